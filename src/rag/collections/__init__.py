"""Several libraries in one folder: the collections, and who may see which."""
