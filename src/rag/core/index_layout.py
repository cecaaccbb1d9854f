"""The names of the files in an index folder, each declared once."""

from __future__ import annotations

from pathlib import Path

DEFAULT = "index"
"""The default index folder, below the working folder."""
STORE = "library.sqlite"
"""The SQLite file of articles, passages and vectors. All other files here can be made from it."""
DENSE = "dense"
"""The folder of the dense index."""
FORMER_DENSE = "dense.faiss"
"""The file in which older releases kept the dense index. It is deleted when the folder is written."""
LEXICAL = "lexical"
"""The folder of the tantivy index."""
STAGING = "embedded.sqlite"
"""Vectors of an interrupted update. The next update deletes the file when it ends."""
REBUILD = "rebuild"
"""The folder in which a library is rebuilt. It is deleted when the rebuild ends."""
COPY = "copy"
"""The folder in which a library of a database is copied. It is deleted when the copy is complete."""
LOCK = "update.lock"
"""The file that is locked during an update."""
HOLDER = "update.holder"
"""The process id and start time of the update that holds the lock, for the message to a second update."""

ADDED, POSTED, FEEDS = "added", "posted", "feeds"
"""The folders beside an index in which articles are kept that came by the page, from programs and from feeds."""

SETTINGS = "rag.toml"
"""The settings that the user changed (`rag.core.settings`). Only the user writes this file."""

USERS = "users"
"""The people who may sign in to the page, with hashes of their passwords. `rag user` writes this file."""

TOKENS = "tokens"
"""The programs that `rag serve` lets in, with hashes of their tokens. `rag token` writes this file."""

RESPONSES = "responses.sqlite"
"""The responses of the last day to changes of programs that had an idempotency key. `rag serve` writes this file."""

STANDING = "standing.sqlite"
"""The questions that are followed, and what changed in their answers. `rag follow` and updates write this file."""

CORRECTIONS = "corrections.jsonl"
"""What people corrected about articles (`rag.ingest.corrections`). `rag correct` and people write this file."""

STANDING_LOCK = "standing.lock"
"""The file that is locked while the questions that are followed are asked again."""


def store_path(index: Path) -> Path:
    """Returns the path of the SQLite file in an index folder."""
    return index / STORE


def settings_path(index: Path) -> Path:
    """Returns the path of the settings file in an index folder. The file need not exist."""
    return index / SETTINGS


def users_path(index: Path) -> Path:
    """Returns the path of the file of users in an index folder. The file need not exist."""
    return index / USERS


def tokens_path(index: Path) -> Path:
    """Returns the path of the file of tokens in an index folder. The file need not exist."""
    return index / TOKENS


def responses_path(index: Path) -> Path:
    """Returns the path of the file of responses in an index folder. The file need not exist."""
    return index / RESPONSES


def standing_path(index: Path) -> Path:
    """Returns the path of the file of followed questions in an index folder. The file need not exist."""
    return index / STANDING


def corrections_path(index: Path) -> Path:
    """Returns the path of the file of corrections in an index folder. The file need not exist."""
    return index / CORRECTIONS


def beside(index: Path, name: str) -> Path:
    """Returns a folder of articles beside an index. Indexes side by side, which have other names, have others.

    Args:
        index: The index folder.
        name: The name beside the default index folder, such as ADDED.
    """
    index = index.absolute()
    return index.with_name(name if index.name == DEFAULT else f"{index.name}-{name}")
