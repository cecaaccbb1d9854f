"""Reads the numbers, days and names in words, and compares them."""
