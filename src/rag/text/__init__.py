"""Turns article text into sentences, passages and terms. Works on strings only: no files, no models, no store."""
