"""The list of articles, searched and filtered."""
