"""Measures quality and speed. One command produces each figure."""
