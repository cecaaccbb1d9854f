"""Article text to sentences, passages and terms. Works on strings alone: no files, no models, no store."""
