"""Haystack, built as its documentation shows: hybrid retrieval and the extractive reader."""
