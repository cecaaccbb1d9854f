"""Finds by the grammar of English who says what, and what a sentence denies."""
