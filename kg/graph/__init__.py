"""Claims become RDF: identifiers, quads, store and checks."""
