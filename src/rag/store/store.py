"""The store: a library in one SQLite file, which is the single source of truth.

It holds the articles with all their versions, passages, sentence offsets, vectors and the embedder's fingerprint. The
search indexes (FAISS, tantivy) are derived from it and can be rebuilt at any time.

Left out on purpose: a check of the whole file on opening. Each row is checked against its checksum when it is read. An
SQLite index has no checksum: what it names is compared with the row it leads to and with the generation's counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from rag.core.article import Article, Passage
from rag.core.errors import CitationError, IndexDamagedError
from rag.core.index_layout import store_path
from rag.core.ports import Fingerprint, Ids, Vectors
from rag.core.remedies import Remedy
from rag.core.reports import ArticleSummary, Edition
from rag.core.schema import Scope
from rag.store.change import Change
from rag.store.current_file import CurrentFile
from rag.store.database import Database
from rag.store.editions import read_editions
from rag.store.file_format import create_file, mismatch, missing, open_reader, visible
from rag.store.known_files import Withdrawal, read_roots, read_signatures, read_withdrawals
from rag.store.listing import GROUP_OF, list_files
from rag.store.rows import (
    PASSAGE,
    PLACE,
    VECTOR,
    Generation,
    columns,
    read_fields,
    read_fingerprint,
    read_passage,
    read_vectors,
)
from rag.store.scope_query import read_newest_first, read_said_by, read_scope, read_speakers, read_versions
from rag.store.snapshot import Snapshot
from rag.store.upgrade import upgrade_if_older


class Store:
    """A library's SQLite file, opened for reading; `begin_update` writes. Threads may share it.

    All reads share one connection and run one statement at a time, because a question needs only a few rows. Updates
    and snapshots have connections of their own, so readers do not wait for them. Every method may raise
    IndexDamagedError.
    """

    def __init__(self, folder: Path, file: CurrentFile) -> None:
        self.folder = folder
        self._file = file

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether there is a library in this folder, damaged or not."""
        path = store_path(folder)
        return path.is_file() and path.stat().st_size > 0

    @classmethod
    def create(cls, folder: Path) -> Store:
        """Opens the library in this folder; creates an empty one if there is none.

        Raises:
            IndexNotWritableError: If the folder or the file can't be written.
        """
        create_file(folder)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Opens the library in this folder. One of an older release is brought up to date first.

        Raises:
            IndexMissingError: If there is no library.
            IndexFormatError: If another release wrote it in a format that this one can't read.
            IndexDamagedError: If it is damaged.
            IndexBusyError: If it is of an older release, and another process is updating it.
        """
        if not cls.exists(folder):
            raise missing(folder)
        upgrade_if_older(folder)
        return cls(folder, CurrentFile(store_path(folder)))

    @property
    def _database(self) -> Database:
        return self._file.database

    @property
    def newest(self) -> Generation:
        """The newest generation; number 0 is the empty library. If the file was replaced, the new one is read."""
        return self._file.newest()

    @property
    def generation(self) -> int:
        """The number of the newest generation."""
        return self.newest.number

    def holds(self, number: int, token: str) -> bool:
        """Whether the library grew out of this generation, so that the ids of that time mean the same."""
        return self._file.holds(number, token)

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
                f"{self.folder} doesn't name its embedder",
                remedy=Remedy(action="rebuild_from_articles"),
                path=str(self.folder),
            )
        if stored is not None and stored != fingerprint:
            raise mismatch(self.folder, stored, fingerprint)

    def counts(self) -> tuple[int, int]:
        """The number of articles and of passages in the newest generation."""
        newest = self.newest
        return newest.articles, newest.passages

    def roots(self) -> list[Path]:
        """The absolute paths of the folders and files that updates were given."""
        return read_roots(self._database)

    def files(self) -> dict[str, tuple[str, str]]:
        """The path of every article of the newest generation, mapped to its id and the hash of its file or record."""
        newest = self.newest  # first, because it opens the file anew if it was replaced
        return list_files(self._database, newest)

    def signatures(self) -> dict[str, str]:
        """The signature of each file of many articles, by path, as of its last full reading (`rag.ingest.records`)."""
        return read_signatures(self._database)

    def withdrawals(self) -> list[Withdrawal]:
        """The places and contents of the articles that a person withdrew, the earliest first."""
        self._file.newest()  # opens the file anew if it was replaced
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
        sql = (
            f"SELECT {GROUP_OF}, {columns('article', PLACE)}, {columns('passage', PASSAGE)}"
            " FROM json_each(:ids) AS wanted JOIN passage ON passage.id = wanted.value"
            " JOIN version ON version.id = passage.version_id JOIN article ON article.id = version.article_id AND "
        )
        sql += _LAST_PLACE if generation is None else f"{visible('article')} AND {visible('passage')}"
        found = {}
        for group, *row in self._database.rows(sql, {"ids": json.dumps(ids.tolist()), "generation": generation}):
            place = self._database.intact(tuple(row[: len(PLACE) + 1]), "an article's path")
            values = self._database.intact(tuple(row[len(PLACE) + 1 :]), "a passage")
            found[values[0]] = read_passage(values, self._file.cache.article(values[1], place, group))
        self._require(ids, found, "passage")
        return [found[passage_id] for passage_id in ids.tolist()]

    def passages_in(self, scope: Scope, generation: int, naming: Ids | None = None) -> Ids:
        """The ids of the passages in a scope, ascending, shape (n,). `naming`: see `read_scope`."""
        return read_scope(self._database, scope, generation, naming)

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
        sql = f"SELECT {columns('vector', VECTOR)} FROM json_each(?) AS wanted JOIN vector ON passage_id = wanted.value"
        found = {row[0]: row for row in self._database.rows(sql, (json.dumps(ids.tolist()),))}
        self._require(ids, found, "vector")
        rows = [found[passage_id] for passage_id in ids.tolist()]
        # The dimension is that of the vectors themselves: an older generation may have had another embedder.
        return read_vectors(self._database, rows, len(rows[0][VECTOR.index("vector")]) // 4)

    def article(self, article_id: str, content_hash: str | None = None) -> Article:
        """Reads an article as it is now, or its version with this content hash, also if the article was removed.

        Raises:
            CitationError: If there is no such article or version.
        """
        wanted = "version.removed_generation IS NULL" if content_hash is None else "version.content_hash = :hash"
        sql = (
            f"SELECT version.id, version.removed_generation, {GROUP_OF}, {columns('article', PLACE)} FROM version"
            f" JOIN article ON article.id = version.article_id AND {_LAST_PLACE}"
            f" WHERE version.article_id = :id AND {wanted} ORDER BY version.id DESC LIMIT 1"
        )
        row = self._database.row(sql, {"id": article_id, "hash": content_hash, "generation": None})
        if row is None:
            version = f" with the content hash {content_hash}" if content_hash else ""
            raise CitationError(
                f"The library has no article {article_id}{version}", remedy=Remedy("ask again, or", "update")
            )
        version_id, ended, group, *checked = row
        place = self._database.intact(tuple(checked), "an article's path")
        article = self._file.cache.article(version_id, place, group)
        is_gone = ended is not None or place[PLACE.index("removed_generation")] is not None
        is_other = article.id != article_id or content_hash not in (None, article.content_hash)
        if is_other or (is_gone and content_hash is None):
            raise self._database.damaged(f"the versions of article {article_id}")
        return article

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
        database = open_reader(self._database.path)
        try:
            yield Snapshot.of_newest(database)
        finally:
            database.close()

    @contextmanager
    def begin_update(self) -> Iterator[Change]:
        """A change that becomes visible by its `commit`, and is dropped if the block ends without it.

        Raises:
            IndexNotWritableError: If the file can't be written.
            IndexBusyError: If another program is writing to the file.
        """
        database = Database(self._database.path)
        try:
            yield Change(database)
        finally:
            database.close()

    def close(self) -> None:
        """Closes the file; the store can't be used afterwards."""
        self._file.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _require(self, ids: Ids, found: Mapping[int, object], what: str) -> None:
        missing = [passage_id for passage_id in ids.tolist() if passage_id not in found]
        if missing:
            raise self._database.damaged(f"{what} {missing[0]} is missing")


_LAST_PLACE = "article.rowid = (SELECT max(place.rowid) FROM article AS place WHERE place.id = version.article_id)"
"""The SQL condition that selects the current or last path of a version's article."""
