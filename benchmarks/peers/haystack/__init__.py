"""Haystack, by its own documentation: hybrid retrieval and its extractive reader."""
