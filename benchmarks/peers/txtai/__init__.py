"""txtai, built as its documentation shows: a hybrid index and the extractive pipeline with references."""
