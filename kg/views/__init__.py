"""Looking at the graph: queries, exports, measures and pages."""
