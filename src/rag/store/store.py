"""The store: the one truth about a library, in one SQLite file.

Articles with every version they had, passages, sentences' offsets, vectors, the embedder's fingerprint. What is
searched (FAISS, tantivy) is derived from here and can be made anew at will.

Left out on purpose: a check of the whole file when it is opened, and the migration of formats, as there is only one.
Instead each row is checked when it is read, by its checksum; and what an SQLite index names, which has none, by the
row that it led to and by the numbers that the generation states.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import numpy as np

from rag.core.article import Article, Passage
from rag.core.errors import CitationError, EmbedderMismatchError, IndexDamagedError
from rag.core.index_layout import store_path
from rag.core.ports import Fingerprint, Ids, Vectors
from rag.core.remedies import Remedy
from rag.core.reports import ArticleSummary, Edition
from rag.core.schema import Scope
from rag.store.change import Change
from rag.store.database import Database, Row
from rag.store.editions import read_editions
from rag.store.file_format import ROOTS, create_file, missing, open_reader, visible
from rag.store.listing import GROUP_OF, list_articles, sound_group
from rag.store.rows import (
    PASSAGE,
    PLACE,
    VECTOR,
    Generation,
    columns,
    newest_generation,
    read_article,
    read_fields,
    read_fingerprint,
    read_generation,
    read_passage,
    read_vectors,
)
from rag.store.scope_query import read_scope
from rag.store.snapshot import Snapshot

_CACHED_ARTICLES = 512


class Store:
    """A library's SQLite file, opened for reading; `begin_update` writes. Safe to share between threads.

    Reads share one connection, one statement at a time: a question needs a handful of rows. Updates and snapshots
    have a connection of their own, so neither makes a reader wait. Every method may raise IndexDamagedError.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self._database = database
        self._articles: OrderedDict[tuple[int, str, int | None], Article] = OrderedDict()
        self._lock = threading.Lock()

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether there is a library in this folder, sound or not."""
        path = store_path(folder)
        return path.is_file() and path.stat().st_size > 0

    @classmethod
    def create(cls, folder: Path) -> Store:
        """The library in this folder, an empty one if there was none. Raises IndexNotWritableError."""
        create_file(folder)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Store:
        """The library in this folder. Raises IndexMissingError, IndexFormatError or IndexDamagedError."""
        if not cls.exists(folder):
            raise missing(folder)
        return cls(folder, open_reader(store_path(folder)))

    @property
    def newest(self) -> Generation:
        """The newest generation; number 0 is the empty library."""
        return newest_generation(self._database)

    @property
    def generation(self) -> int:
        """The number of the newest generation."""
        return self.newest.number

    @property
    def fingerprint(self) -> Fingerprint | None:
        """The embedder that made the vectors; None as long as there are none."""
        return read_fingerprint(self._database)

    def check_embedder(self, fingerprint: Fingerprint) -> None:
        """Raises EmbedderMismatchError where the vectors were made by another embedder than this."""
        stored = self.fingerprint
        if stored is None and self.counts()[1]:
            raise IndexDamagedError(
                f"{self.folder} doesn't tell its embedder",
                remedy=Remedy(action="rebuild_from_articles"),
                path=str(self.folder),
            )
        if stored is not None and stored != fingerprint:
            raise EmbedderMismatchError(
                f"The index in {self.folder} was embedded with {_describe(stored)}, and the one in use is "
                f"{_describe(fingerprint)}",
                remedy=Remedy("use the former, or", "change_embedder"),
            )

    def counts(self) -> tuple[int, int]:
        """How many articles and how many passages the newest generation has."""
        newest = self.newest
        return newest.articles, newest.passages

    def roots(self) -> list[Path]:
        """The folders and files that updates were given, absolute."""
        return [Path(row[0]) for row in self._database.rows(ROOTS)]

    def files(self) -> dict[str, tuple[str, str]]:
        """The path of every article of the newest generation, with its id and its file's sha256."""
        alive = "NOT INDEXED WHERE removed_generation IS NULL"
        hashes: dict[str, str] = dict(
            self._database.rows(f"SELECT article_id, CAST(file_hash AS TEXT) FROM version {alive}")
        )
        places = self._database.rows(f"SELECT id, CAST(path AS TEXT) FROM article {alive}")
        found = {path: (article_id, hashes[article_id]) for article_id, path in places if article_id in hashes}
        newest = self.newest
        if (
            not len(found) == len(hashes) == newest.articles
        ):  # an update would not miss the others: their files may be as they were
            raise self._database.damaged(f"the articles of generation {newest.number}")
        return found

    def signatures(self) -> dict[str, str]:
        """What each file of many articles was told by when it was last read in full (see `contents`)."""
        return dict(self._database.rows("SELECT CAST(path AS TEXT), CAST(signature AS TEXT) FROM file"))

    def fields(self) -> dict[str, str]:
        """Which fields of JSON files hold what, as updates were last told."""
        return read_fields(self._database)

    def passages(self, ids: Ids, generation: int | None = None) -> list[Passage]:
        """The passages of these ids in their order, and their articles as that generation saw them.

        Without a generation any id is good, for it means the same words of the same version for ever, and the
        articles' paths are the newest. With one, an id that it doesn't see is damage.
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
            found[values[0]] = read_passage(values, self._article(values[1], place, group))
        self._require(ids, found, "passage")
        return [found[passage_id] for passage_id in ids.tolist()]

    def passages_in(self, scope: Scope, generation: int) -> Ids:
        """The ids of the generation's passages whose articles are in the scope, ascending, shape (n,)."""
        return read_scope(self._database, scope, generation)

    def vectors(self, ids: Ids) -> Vectors:
        """The vectors of these passages in their order, shape (n, dimension).

        A removed passage's vector is there for some generations more (`store_write.KEPT_GENERATIONS`).
        """
        if not len(ids):
            fingerprint = self.fingerprint
            return np.zeros((0, fingerprint.dimension if fingerprint else 0), np.float32)
        sql = (
            f"SELECT {columns('vector', VECTOR)} FROM json_each(?) AS wanted"
            " JOIN vector ON vector.passage_id = wanted.value"
        )
        found = {row[0]: row for row in self._database.rows(sql, (json.dumps(ids.tolist()),))}
        self._require(ids, found, "vector")
        rows = [found[passage_id] for passage_id in ids.tolist()]
        # Told by the vectors themselves: an older generation may have had another embedder.
        return read_vectors(self._database, rows, len(rows[0][VECTOR.index("vector")]) // 4)

    def article(self, article_id: str, content_hash: str | None = None) -> Article:
        """The article as it is now, or as it was with this content hash, even if it was removed since.

        Raises CitationError where there is no such article or version.
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
        article = self._article(version_id, place, group)
        is_gone = ended is not None or place[PLACE.index("removed_generation")] is not None
        wanted_is_gone = content_hash is None and is_gone
        if wanted_is_gone or article.id != article_id or content_hash not in (None, article.content_hash):
            raise self._database.damaged(f"the versions of article {article_id}")
        return article

    def editions(self, article_id: str) -> tuple[Edition, ...]:
        """The texts that this article has had, oldest first; none where there never was such an article."""
        return read_editions(self._database, article_id)

    def articles(self, generation: int | None = None) -> list[ArticleSummary]:
        """Every article of the generation (None: the newest), by title."""
        read = read_generation(self._database, generation)
        return [] if read is None else list_articles(self._database, read)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """The newest generation, held still for as long as the block lasts."""
        database = open_reader(self._database.path)
        try:
            yield Snapshot.of_newest(database)
        finally:
            database.close()

    @contextmanager
    def begin_update(self) -> Iterator[Change]:
        """A change that nobody sees before its `commit`, and that never was if the block ends without.

        Raises IndexNotWritableError, or IndexBusyError where another program is writing to the file.
        """
        database = Database(self._database.path)
        try:
            yield Change(database)
        finally:
            database.close()

    def close(self) -> None:
        """Closes the file; the store can't be used afterwards."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _article(self, version_id: int, place: Row, group: int | str | None) -> Article:
        """The article of a version, from the cache if it was read lately; `group` is as `GROUP_OF` gave it.

        `place` has the values of PLACE of where it lies. Raises IndexDamagedError where that is another article's.
        """
        sound = sound_group(self._database, group)
        article_id, path, _, _ = place
        article = self._cached((version_id, path, sound))
        if article.id != article_id:
            raise self._database.damaged(f"the place of article {article_id}")
        return article

    def _cached(self, key: tuple[int, str, int | None]) -> Article:
        version_id, path, group = key
        with self._lock:
            cached = self._articles.get(key)
            if cached is not None:
                self._articles.move_to_end(key)
                return cached
        article = replace(read_article(self._database, version_id, path), group=group)
        with self._lock:
            self._articles[key] = article
            while len(self._articles) > _CACHED_ARTICLES:
                self._articles.popitem(last=False)
        return article

    def _require(self, ids: Ids, found: Mapping[int, object], what: str) -> None:
        missing = [passage_id for passage_id in ids.tolist() if passage_id not in found]
        if missing:
            raise self._database.damaged(f"{what} {missing[0]} is missing")


def _describe(fingerprint: Fingerprint) -> str:
    return f"{fingerprint.name} ({fingerprint.weights_sha256[:12]})"


_LAST_PLACE = "article.rowid = (SELECT max(place.rowid) FROM article AS place WHERE place.id = version.article_id)"
"""The SQL condition for where a version's article lies now, or lay last."""
