"""The store: the one truth about a library, in one SQLite file.

Articles with every version they had, passages, sentences' offsets, vectors, the embedder's fingerprint. What is
searched (FAISS, tantivy) is derived from here and can be made anew at will.

Left out on purpose: a check of the whole file when it is opened (each row is checked when it is read instead), and
the migration of formats, as there is only one.
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

from rag.article import Article, Passage
from rag.database import Database, Row
from rag.errors import CitationError
from rag.files import store_path
from rag.ports import Fingerprint, Ids, Vectors
from rag.schema import ArticleSummary, Edition
from rag.store_editions import read_editions
from rag.store_format import create_file, missing, open_reader, visible
from rag.store_rows import (
    GROUP,
    PASSAGE,
    PLACE,
    VECTOR,
    VERSION,
    columns,
    newest_generation,
    read_article,
    read_fields,
    read_fingerprint,
    read_generation,
    read_passage,
    read_vectors,
)
from rag.store_scan import Snapshot
from rag.store_write import Change

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
    def generation(self) -> int:
        """The number of the newest generation; 0 is the empty library."""
        return newest_generation(self._database).number

    @property
    def fingerprint(self) -> Fingerprint | None:
        """The embedder that made the vectors; None as long as there are none."""
        return read_fingerprint(self._database)

    def counts(self) -> tuple[int, int]:
        """How many articles and how many passages the newest generation has."""
        newest = newest_generation(self._database)
        return newest.articles, newest.passages

    def roots(self) -> list[Path]:
        """The folders and files that updates were given, absolute."""
        return [Path(row[0]) for row in self._database.rows("SELECT path FROM root ORDER BY path")]

    def files(self) -> dict[str, tuple[str, str]]:
        """The path of every article of the newest generation, with its id and its file's sha256."""
        sql = (
            "SELECT article.path, article.id, version.file_hash FROM article"
            " JOIN version ON version.article_id = article.id AND version.removed_generation IS NULL"
            " WHERE article.removed_generation IS NULL"
        )
        found = {path: (article_id, file_hash) for path, article_id, file_hash in self._database.rows(sql)}
        newest = newest_generation(self._database)
        if len(found) != newest.articles:  # an update would not miss the others: their files may be as they were
            raise self._database.damaged(f"the articles of generation {newest.number}")
        return found

    def signatures(self) -> dict[str, str]:
        """What each file of many articles was told by when it was last read in full (see `contents`)."""
        return dict(self._database.rows("SELECT path, signature FROM file"))

    def fields(self) -> dict[str, str]:
        """Which fields of JSON files hold what, as updates were last told."""
        return read_fields(self._database)

    def passages(self, ids: Ids, generation: int | None = None) -> list[Passage]:
        """The passages of these ids in their order, and their articles as that generation saw them.

        Without a generation any id is good, for it means the same words of the same version for ever, and the
        articles' paths are the newest. With one, an id that it doesn't see is damage.
        """
        sql = (
            f"SELECT {_GROUP}, {columns('article', PLACE)}, {columns('passage', PASSAGE)}"
            " FROM json_each(:ids) AS wanted JOIN passage ON passage.id = wanted.value"
            " JOIN version ON version.id = passage.version_id JOIN article ON article.id = version.article_id AND "
        )
        sql += _LAST_PLACE if generation is None else f"{visible('article')} AND {visible('passage')}"
        found = {}
        for group, *row in self._database.rows(sql, {"ids": json.dumps(ids.tolist()), "generation": generation}):
            _, path, _, _ = self._database.intact(tuple(row[: len(PLACE) + 1]), "an article's path")
            values = self._database.intact(tuple(row[len(PLACE) + 1 :]), "a passage")
            found[values[0]] = read_passage(values, self._article(values[1], path, group))
        self._require(ids, found, "passage")
        return [found[passage_id] for passage_id in ids.tolist()]

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
            f"SELECT version.id, {_GROUP}, {columns('article', PLACE)} FROM version"
            f" JOIN article ON article.id = version.article_id AND {_LAST_PLACE}"
            f" WHERE version.article_id = :id AND {wanted} ORDER BY version.id DESC LIMIT 1"
        )
        row = self._database.row(sql, {"id": article_id, "hash": content_hash, "generation": None})
        if row is None:
            version = f" with the content hash {content_hash}" if content_hash else ""
            raise CitationError(f"The library has no article {article_id}{version}; ask again, or run: rag update")
        _, path, _, _ = self._database.intact(row[2:], "an article's path")
        article = self._article(row[0], path, row[1])
        if article.id != article_id or content_hash not in (None, article.content_hash):
            raise self._database.damaged(f"the versions of article {article_id}")
        return article

    def editions(self, article_id: str) -> tuple[Edition, ...]:
        """The texts that this article has had, oldest first; none where there never was such an article."""
        return read_editions(self._database, article_id)

    def articles(self, generation: int | None = None) -> list[ArticleSummary]:
        """Every article of the generation (None: the newest), by title."""
        sql = (
            f"SELECT {columns('article', PLACE)}, {columns('version', VERSION)},"
            f" (SELECT count(*) FROM passage WHERE passage.version_id = version.id AND {visible('passage')}), {_GROUP}"
            f" FROM article JOIN version ON version.article_id = article.id AND {visible('version')}"
            f" WHERE {visible('article')} ORDER BY version.title, article.path"
        )
        read = read_generation(self._database, generation)
        if read is None:
            return []
        found = [self._summary(row) for row in self._database.rows(sql, {"generation": read.number})]
        if (len(found), sum(summary.passages for summary in found)) != (read.articles, read.passages):
            raise self._database.damaged(f"the articles of generation {read.number}")
        return found

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

    def _summary(self, row: Row) -> ArticleSummary:
        """From the columns of PLACE and VERSION, each with its checksum, the number of passages, and the group."""
        width = len(PLACE) + 1
        article_id, path, _, _ = self._database.intact(row[:width], "an article's path")
        version = dict(zip(VERSION, self._database.intact(row[width:-2], "a version"), strict=True))
        shown = {name: version[name] for name in ("title", "source", "published")}
        return ArticleSummary(id=article_id, path=path, passages=row[-2], group=self._sound_group(row[-1]), **shown)

    def _article(self, version_id: int, path: str, group: int | str | None) -> Article:
        """The article of a version, from the cache if it was read lately; `group` is as `_GROUP` gave it."""
        sound = self._sound_group(group)
        key = (version_id, path, sound)
        with self._lock:
            cached = self._articles.get(key)
            if cached is not None:
                self._articles.move_to_end(key)
                return cached
        article = replace(read_article(self._database, version_id, path), group=sound)
        with self._lock:
            self._articles[key] = article
            while len(self._articles) > _CACHED_ARTICLES:
                self._articles.popitem(last=False)
        return article

    def _sound_group(self, group: int | str | None) -> int | None:
        """What `_GROUP` gave, unless that is damage."""
        if isinstance(group, str):
            raise self._database.damaged("a group")
        return group

    def _require(self, ids: Ids, found: Mapping[int, object], what: str) -> None:
        missing = [passage_id for passage_id in ids.tolist() if passage_id not in found]
        if missing:
            raise self._database.damaged(f"{what} {missing[0]} is missing")


_LAST_PLACE = "article.rowid = (SELECT max(place.rowid) FROM article AS place WHERE place.id = version.article_id)"
"""The SQL condition for where a version's article lies now, or lay last."""


def _seen(table: str) -> str:
    """The SQL condition that `:generation` sees a row, or that it is there now."""
    return f"CASE WHEN :generation IS NULL THEN {table}.removed_generation IS NULL ELSE {visible(table)} END"


_GROUP = (
    f"coalesce((SELECT CASE text_group.checksum WHEN checksum({', '.join(f'text_group.{name}' for name in GROUP)})"
    " THEN text_group.group_id ELSE 'damaged' END FROM text_group"
    f" WHERE text_group.version_id = version.id AND {_seen('text_group')}),"
    f" CASE WHEN {_seen('version')} THEN 'damaged' END)"
)
"""The SQL expression for a version's group in `:generation`, or now; none of a version that is not seen."""
