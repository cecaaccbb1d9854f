"""txtai, by its own documentation: a hybrid index and its extractive pipeline with references."""
