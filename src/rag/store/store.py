"""The store: a library in one database, which is the single source of truth.

It holds the articles with all their versions, passages, sentence offsets, vectors and the embedder's fingerprint. The
search indexes (FAISS, tantivy) are derived from it and can be rebuilt at any time.

Left out on purpose: a check of the whole library on opening. Each row is checked against its checksum when it is read.
A database's index has no checksum: what it names is compared with the row it leads to and with the generation's counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np

from rag.core.article import Article, Passage
from rag.core.errors import IndexDamagedError
from rag.core.passage_set import ListedPassages
from rag.core.place import AnyPlace, Place
from rag.core.ports import Fingerprint, Ids, PassageSet, Vectors
from rag.core.remedies import Remedy
from rag.core.reports import ArticleSummary, Edition
from rag.core.schema import Scope
from rag.store.backend import Backend, mismatch
from rag.store.backends import backend_of
from rag.store.change import Change
from rag.store.columns import VECTOR
from rag.store.current_library import CurrentLibrary, in_order
from rag.store.database import Database
from rag.store.editions import read_editions
from rag.store.known_files import Withdrawal, read_roots, read_signatures, read_withdrawals
from rag.store.listing import list_files, list_files_in
from rag.store.rows import Generation, read_fields, read_fingerprint, read_vectors, vector_rows
from rag.store.scope_query import (
    ScopedPassages,
    read_newest_first,
    read_said_by,
    read_scope,
    read_speakers,
    read_versions,
    scope_condition,
)
from rag.store.snapshot import Snapshot


class Store:
    """A library's database, opened for reading; `begin_update` writes. Threads may share it.

    In SQLite, all reads share one connection and run one statement at a time, because a question needs only a few rows.
    Updates and snapshots have connections of their own, so readers do not wait for them. Every method may raise
    IndexDamagedError, and DatabaseUnreachableError if the library lies in PostgreSQL.

    Attributes:
        backend: The database.
        folder: The folder of what lies on this machine: the search indexes and the settings.
    """

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.folder = backend.place.folder
        self._current = CurrentLibrary(backend)

    @staticmethod
    def exists(place: AnyPlace) -> bool:
        """Whether there is a library at this place, damaged or not."""
        return backend_of(place).exists()

    @classmethod
    def create(cls, place: AnyPlace) -> Store:
        """Opens the library at this place; creates an empty one if there is none.

        Raises:
            IndexNotWritableError: If the library can't be written.
        """
        backend_of(place).create()
        return cls.open(place)

    @classmethod
    def open(cls, place: AnyPlace) -> Store:
        """Opens the library at this place. One of an older release is brought up to date first.

        Raises:
            IndexMissingError: If there is no library.
            IndexFormatError: If another release wrote it in a format that this one can't read.
            IndexDamagedError: If it is damaged.
            IndexBusyError: If it is of an older release, and another process is updating it.
        """
        backend = backend_of(place)
        backend.bring_up_to_date()
        return cls(backend)

    @property
    def place(self) -> Place:
        """Where the library lies."""
        return self.backend.place

    @property
    def _database(self) -> Database:
        return self._current.database

    @property
    def newest(self) -> Generation:
        """The newest generation; number 0 is the empty library. If the content was replaced, the new one is read."""
        return self._current.newest()

    @property
    def generation(self) -> int:
        """The number of the newest generation."""
        return self.newest.number

    def holds(self, number: int, token: str) -> bool:
        """Whether the library grew out of this generation, so that the ids of that time mean the same."""
        return self._current.holds(number, token)

    @property
    def fingerprint(self) -> Fingerprint | None:
        """The embedder that made the vectors; None if there are no vectors yet."""
        return read_fingerprint(self._database)

    def check_embedder(self, fingerprint: Fingerprint) -> None:
        """Checks that this embedder made the stored vectors.

        Raises:
            EmbedderMismatchError: If another embedder made them.
        """
        stored = self.fingerprint
        if stored is None and self.counts()[1]:
            raise IndexDamagedError(
                f"{self.place} doesn't name its embedder",
                remedy=Remedy(action="rebuild_from_articles"),
                path=str(self.place),
            )
        if stored is not None and stored != fingerprint:
            raise mismatch(self.place, stored, fingerprint)

    def counts(self) -> tuple[int, int]:
        """The number of articles and of passages in the newest generation."""
        newest = self.newest
        return newest.articles, newest.passages

    def roots(self) -> list[Path]:
        """The absolute paths of the folders and files that updates were given."""
        return read_roots(self._database)

    def files(self) -> dict[str, tuple[str, str]]:
        """The path of every article of the newest generation, mapped to its id and the hash of its file or record."""
        newest = self.newest  # first, because it opens the library anew if it was replaced
        return list_files(self._database, newest)

    def files_in(self, roots: Iterable[str], ids: Iterable[str] = ()) -> dict[str, tuple[str, str]]:
        """The same as `files`, for the articles of some files and folders, and those of some ids, if they are there."""
        self._current.newest()  # opens the library anew if it was replaced
        return list_files_in(self._database, roots, ids)

    def signatures(self) -> dict[str, str]:
        """The signature of each file of many articles, by path, as of its last full reading (`rag.ingest.records`)."""
        return read_signatures(self._database)

    def withdrawals(self) -> list[Withdrawal]:
        """The places and contents of the articles that a person withdrew, the earliest first."""
        self._current.newest()  # opens the library anew if it was replaced
        return read_withdrawals(self._database)

    def fields(self) -> dict[str, str]:
        """Which field of a JSON file holds what, as the last update set it."""
        return read_fields(self._database)

    def passages(self, ids: Ids, generation: int | None = None) -> list[Passage]:
        """Reads passages and their articles.

        Args:
            ids: Ids of passages, shape (n,).
            generation: Paths are those of this generation, and it must see every id. None: any id is valid, because an
                id means the same words for ever, and paths are the newest.

        Returns:
            The passages in the order of the ids.
        """
        return self._current.passages(ids, generation)

    def passages_in(self, scope: Scope, generation: int, naming: Ids | None = None) -> PassageSet:
        """The passages in a scope. `naming`: see `scope_condition`.

        If the vectors are searched in the database, so is the scope; otherwise all ids are read once.
        """
        condition = scope_condition(self._database, scope, generation, naming)
        if self.place.vectors_there:
            return ScopedPassages(self._database, condition)
        return ListedPassages(read_scope(self._database, condition))

    def said_by(self, name: str, generation: int) -> Ids:
        """The ids of the generation's passages with words of a person of this name, ascending, shape (n,)."""
        return read_said_by(self._database, name, generation)

    def speakers(self, generation: int) -> dict[str, int]:
        """For each term of a speaker's name the number of the generation's articles where such a person speaks."""
        return read_speakers(self._database, generation)

    def newest_first(self, ids: Ids) -> Ids:
        """Passages by their articles' dates, the newest first, those without a date last, shape (n,)."""
        return read_newest_first(self._database, ids)

    def versions_of(self, ids: Ids) -> Ids:
        """The ids of the versions of passages, in their order, shape (n,)."""
        return read_versions(self._database, ids)

    def vectors(self, ids: Ids) -> Vectors:
        """Reads the vectors of passages.

        A removed passage's vector is kept for some more generations (`rag.store.change.KEPT_GENERATIONS`).

        Args:
            ids: Ids of passages, shape (n,).

        Returns:
            The vectors in the order of the ids, shape (n, dimension).
        """
        if not len(ids):
            fingerprint = self.fingerprint
            return np.zeros((0, fingerprint.dimension if fingerprint else 0), np.float32)
        found = {row[0]: row for row in vector_rows(self._database, ids)}
        rows = in_order(self._database, ids, found, "vector")
        # The dimension is that of the vectors themselves: an older generation may have had another embedder.
        return read_vectors(self._database, rows, len(rows[0][VECTOR.index("vector")]) // 4)

    def article(self, article_id: str, content_hash: str | None = None) -> Article:
        """Reads an article as it is now, or its version with this content hash, also if the article was removed.

        Raises:
            CitationError: If there is no such article or version.
        """
        return self._current.article(article_id, content_hash)

    def editions(self, article_id: str) -> tuple[Edition, ...]:
        """The texts that this article has had, oldest first; empty for an unknown id."""
        return read_editions(self._database, article_id)

    def articles(self, generation: int | None = None) -> list[ArticleSummary]:
        """Every article of the generation (None: the newest), by title (`Snapshot.articles`)."""
        with self.snapshot() as snapshot:
            return snapshot.articles(generation)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """The newest generation, which does not change inside the block."""
        with self.backend.snapshot() as database:
            yield Snapshot.of_newest(database)

    @contextmanager
    def begin_update(self) -> Iterator[Change]:
        """A change that becomes visible by its `commit`, and is dropped if the block ends without it.

        Raises:
            IndexNotWritableError: If the library can't be written.
            IndexBusyError: If another program is writing to it.
        """
        with self.backend.change() as database:
            yield Change(database)

    def lock(self, timeout: float) -> AbstractContextManager[None]:
        """Holds the right to update this library while the block runs (`Backend.lock`)."""
        return self.backend.lock(timeout)

    def close(self) -> None:
        """Closes the connections; the store can't be used afterwards."""
        self._current.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
