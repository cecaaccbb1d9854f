"""The names of the files inside an index folder, each declared once."""

from __future__ import annotations

from pathlib import Path

DEFAULT = "index"
"""The index folder where none is named, below the working folder."""
STORE = "library.sqlite"
"""The truth: articles, passages, vectors. Everything else here can be made from it."""
DENSE = "dense.faiss"
LEXICAL = "lexical"
STAGING = "embedded.sqlite"
"""The vectors of an update that was cut short; gone when the next one has ended."""
REBUILD = "rebuild"
"""The folder in which the truth is made anew; gone when that has ended."""
LOCK = "update.lock"
HOLDER = "update.holder"
"""Who holds the lock: process id and start time, for the message to whoever comes second."""

SETTINGS = "rag.toml"
"""The numbers that the user changed (see `rag.core.settings`); written by hand, and never by this project."""


def store_path(index: Path) -> Path:
    """Where the SQLite file of this index lies."""
    return index / STORE


def settings_path(index: Path) -> Path:
    """Where the settings of this index lie, if there are any."""
    return index / SETTINGS
