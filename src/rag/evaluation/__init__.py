"""How well a library answers questions whose answers are known.

`questions` reads what is expected, `judge` compares it with what came back, `metrics` and `curves` are the arithmetic,
`run` asks and sums up into the `schema`; `table` shows it on the terminal, `page` and `plots` as one HTML file.
"""
