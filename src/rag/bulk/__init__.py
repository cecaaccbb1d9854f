"""Answers the questions of a file into a file."""
