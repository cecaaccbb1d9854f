"""The two search indexes, FAISS (dense) and tantivy (lexical), which are derived from the store."""
