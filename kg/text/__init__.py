"""Characters only: a file becomes a Report, a Report becomes Sentences."""
