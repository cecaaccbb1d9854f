"""Keeps the vectors of an unfinished update on disk, so that no text is embedded twice after an interrupt.

An update is one transaction or a few, and embedding takes nearly all of its time. Vectors are written here a few
hundred at a time. The next update takes from here what it needs, and the file is deleted after the commit. It is a
cache: a damaged file is replaced by an empty one.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import TracebackType

import numpy as np

from rag.core.errors import IndexDamagedError, IndexNotWritableError, RagError
from rag.core.index_layout import STAGING
from rag.core.ports import Fingerprint, Vectors
from rag.ingest.embed_texts import TEXTS_AT_ONCE, Embedded, Work, vectors_of
from rag.store.database import checksum
from rag.store.sqlite.connection import SqliteConnection

_AT_ONCE = 512
"""Number of vectors at which they are written."""
_SECONDS = 2.0
"""Seconds after which vectors are written, even if there are fewer."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS staged (
    text_hash BLOB PRIMARY KEY, vector BLOB NOT NULL, checksum INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""


class Staging:
    """Vectors by the hash of their embedder and text. The caller must hold the folder's update lock.

    It is a context manager, which writes pending vectors when the block ends. After a commit, call `discard`.

    Args:
        folder: The index folder.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / STAGING
        self._pending: dict[bytes, Vectors] = {}
        self._written = time.monotonic()
        self._database: SqliteConnection | None = None
        if self._path.exists():
            self._database = self._open()

    def vectors(self, text_hashes: Iterable[bytes]) -> dict[bytes, Vectors]:
        """Reads vectors by hash.

        Returns:
            The vectors found, each of shape (dimension,). Unknown hashes are left out.
        """
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

    def embed(self, embedder: Fingerprint, texts: Mapping[bytes, str], work: Work) -> Iterator[Embedded]:
        """Embeds texts, and yields what was made of some of them at a time.

        Args:
            embedder: The embedder of the hashes.
            texts: Texts without a vector, by their hashes.
            work: Embeds texts.
        """
        waiting = iter(texts.items())
        while some := dict(islice(waiting, TEXTS_AT_ONCE)):
            embedded = work(some)
            self.keep(vectors_of(embedded))
            yield embedded

    def keep(self, vectors: Mapping[bytes, Vectors]) -> None:
        """Adds vectors, by hash. They are on disk some seconds later.

        Raises:
            IndexNotWritableError: If the file can't be written.
        """
        self._pending.update(vectors)
        if len(self._pending) >= _AT_ONCE or time.monotonic() - self._written > _SECONDS:
            self._write()

    def discard(self) -> None:
        """Drops all vectors, also on disk if possible. Vectors that stay on disk can serve the next update."""
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
            # Otherwise the error that ended the block is the one to report.
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
            # The vectors stay pending, so that they are written when the block ends.
            with contextlib.suppress(RagError):
                self._database.run("ROLLBACK")
            raise
        self._pending.clear()
        self._written = time.monotonic()

    def _open(self) -> SqliteConnection:
        """Opens the file; replaces it if it is damaged."""
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


def _open(path: Path) -> SqliteConnection:
    """Opens the file. Raises IndexDamagedError if it is damaged."""
    database = SqliteConnection(path, "mode=rwc")
    try:
        database.script(_SCHEMA)
    except BaseException:
        database.close()
        raise
    return database
