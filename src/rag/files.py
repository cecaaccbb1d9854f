"""The names of the files inside an index folder, each declared once."""

from __future__ import annotations

from pathlib import Path

STORE = "library.sqlite"
"""The truth: articles, passages, vectors. Everything else here can be made from it."""
DENSE = "dense.faiss"
LEXICAL = "lexical"
LOCK = "update.lock"
HOLDER = "update.holder"
"""Who holds the lock: process id and start time, for the message to whoever comes second."""


def store_path(index: Path) -> Path:
    """Where the SQLite file of this index lies."""
    return index / STORE
