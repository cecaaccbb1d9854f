"""The layout of PDF pages: words, what can be seen of them, columns, running heads, notes, paragraphs.

All of it runs in the worker.
"""
