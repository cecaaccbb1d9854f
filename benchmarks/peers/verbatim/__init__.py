"""VerbatimRAG, built as its documentation shows: dense retrieval, an extractor of its interface, a static template."""
