"""Measures answers to questions as reporters ask them: `python -m benchmarks.newsroom`."""
