"""The vectors of an update that has not ended yet, kept on disk, so that no text is embedded twice if it is cut short.

An update is one transaction, and embedding is nearly all of its time. What is embedded is written here some hundred at
a time; the next update, whatever it finds in the folders by then, takes from here what it needs, and when it is
committed the file goes. It is a cache: where it is damaged, it is begun anew.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType

import numpy as np

from rag.core.errors import IndexDamagedError, IndexNotWritableError, RagError
from rag.core.index_layout import STAGING
from rag.core.ports import Vectors
from rag.store.database import Database, checksum

_AT_ONCE = 512
_SECONDS = 2.0
"""Vectors are written when there are so many, or when the last were written so long ago."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS staged (
    text_hash BLOB PRIMARY KEY, vector BLOB NOT NULL, checksum INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""


class Staging:
    """Vectors by the hash of their embedder and text; for whoever holds the update lock of the folder.

    A context: left by an error or an interrupt, it writes what it has. `discard` is for when all of it is in the store.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / STAGING
        self._pending: dict[bytes, Vectors] = {}
        self._written = time.monotonic()
        self._database: Database | None = None
        if self._path.exists():
            self._database = self._open()

    def vectors(self, text_hashes: Iterable[bytes]) -> dict[bytes, Vectors]:
        """The vectors, of shape (dimension,), that are kept for texts of these hashes; unknown ones are left out."""
        if self._database is None:
            return {}
        found = {}
        with contextlib.suppress(IndexDamagedError):
            for text_hash in text_hashes:
                row = self._database.row(
                    "SELECT text_hash, vector, checksum FROM staged WHERE text_hash = ?", (text_hash,)
                )
                if row is not None and checksum(*row[:2]) == row[2]:
                    found[text_hash] = np.frombuffer(row[1], "<f4").astype(np.float32)
        return found

    def keep(self, vectors: Mapping[bytes, Vectors]) -> None:
        """Takes more vectors; they are on disk some seconds later. Raises IndexNotWritableError."""
        self._pending.update(vectors)
        if len(self._pending) >= _AT_ONCE or time.monotonic() - self._written > _SECONDS:
            self._write()

    def discard(self) -> None:
        """Forgets everything, on disk too where that can be: what stays there is good for the next update."""
        self._pending.clear()
        self._close()
        with contextlib.suppress(IndexNotWritableError):
            self._remove()

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._pending:
                self._write()
        except IndexNotWritableError:
            if error is None:
                raise
            # Else the error that is under way is the one to tell.
        finally:
            self._close()

    def _write(self) -> None:
        if self._database is None:
            self._database = self._open()
        self._database.run("BEGIN IMMEDIATE")
        try:
            for text_hash, vector in self._pending.items():
                values = (text_hash, vector.astype("<f4").tobytes())
                self._database.run("INSERT OR REPLACE INTO staged VALUES (?, ?, ?)", (*values, checksum(*values)))
            self._database.run("COMMIT")
        except BaseException:
            # So that what an interrupt cut short can be written when the block is left.
            with contextlib.suppress(RagError):
                self._database.run("ROLLBACK")
            raise
        self._pending.clear()
        self._written = time.monotonic()

    def _open(self) -> Database:
        """The file, begun anew where it is damaged."""
        with contextlib.suppress(IndexDamagedError):
            return _open(self._path)
        self._remove()
        return _open(self._path)

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _remove(self) -> None:
        try:
            for path in (self._path, self._path.with_name(f"{self._path.name}-journal")):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise IndexNotWritableError(
                f"{self._path} can't be removed ({error.strerror})",
                remedy="check its folder's permissions, then try again",
                path=str(self._path),
            ) from error


def _open(path: Path) -> Database:
    """Raises IndexDamagedError where the file is no such file."""
    database = Database(path, "mode=rwc")
    try:
        database.script(_SCHEMA)
    except BaseException:
        database.close()
        raise
    return database
