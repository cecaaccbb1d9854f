"""Brings files, feeds and uploads into the store: finds what changed, embeds it, and commits it."""
