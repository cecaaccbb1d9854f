"""Measures what is found of the statements of a draft: `python -m benchmarks.drafts`."""
