"""Compares this project with other question-answering systems. `benchmarks.peers.__main__` runs everything."""
