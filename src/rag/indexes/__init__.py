"""The FAISS and tantivy indexes: caches on disk, derived from the store and rebuilt at will."""
