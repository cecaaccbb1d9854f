"""Checks a draft: what the archive says of each of its sentences."""
