"""Compares quotes with the articles, letter for letter."""
