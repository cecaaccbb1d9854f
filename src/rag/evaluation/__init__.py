"""Measures how well a library answers questions whose answers are known.

`questions` reads the questions, `run` asks them, and `judge` compares the answers with the expected ones by the metrics
of `metrics` and `curves`. `table` shows the result on the terminal; `page` and `plots` make one HTML file of it.
"""
