"""The library as it is now: opened again if other content took its place, with articles cached per content.

An update adds generations. A restored backup or a rebuilt library replaces the content, and its ids may mean other
texts.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any, TypeVar

from rag.core.article import Article, Passage
from rag.core.errors import CitationError, IndexDamagedError
from rag.core.ports import Ids
from rag.core.remedies import Remedy
from rag.store.backend import Backend
from rag.store.columns import GROUP, PASSAGE, PLACE, columns, seen, visible
from rag.store.database import Database, Row
from rag.store.listing import join_group, sound_group
from rag.store.rows import Generation, newest_generation, read_article, read_generation, read_passage

_SIZE = 512
"""Number of articles kept in memory."""
_Found = TypeVar("_Found")


class ArticleCache:
    """Reads articles and keeps the last ones in memory. Threads may share it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._articles: OrderedDict[tuple[int, str, int | None], Article] = OrderedDict()
        self._lock = threading.Lock()

    def article(self, version_id: int, place: Row, group: int | None) -> Article:
        """Reads the article of a version, from memory if possible.

        Args:
            version_id: The version's id.
            place: The values of PLACE of the article's path.
            group: The version's group, if it has one.

        Raises:
            IndexDamagedError: If the version is damaged, or the path is another article's.
        """
        article_id, path, _, _ = place
        article = self._cached((version_id, path, group))
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
            while len(self._articles) > _SIZE:
                self._articles.popitem(last=False)
        return article


@dataclass(frozen=True, slots=True)
class _Opened:
    """A connection, the articles read through it, and the identity of the content (`Backend.identity`)."""

    database: Database
    cache: ArticleCache
    identity: Hashable | None

    @classmethod
    def of(cls, backend: Backend) -> _Opened:
        # The identity is read first: if the content is replaced meanwhile, it is opened once more than needed.
        identity = backend.identity()
        database = backend.open()
        return cls(database, ArticleCache(database), identity)


class CurrentLibrary:
    """A connection to the library that lies at a place now. Threads may share it.

    Args:
        backend: The library's database.

    Raises:
        IndexMissingError: If there is no library.
        IndexFormatError: If another release wrote it in a format that this one can't read.
        IndexDamagedError: If it is damaged.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._lock = threading.Lock()
        self._before: Database | None = None
        self._newest: Generation | None = None
        self._opened = _Opened.of(backend)

    @property
    def database(self) -> Database:
        """The connection, as of the last call of `newest`."""
        return self._opened.database

    @property
    def cache(self) -> ArticleCache:
        """The articles of the content that `newest` saw last."""
        return self._opened.cache

    def newest(self) -> Generation:
        """Reads the newest generation, of the new content if it was replaced.

        Raises:
            IndexDamagedError: If the library is damaged or has no generation.
        """
        if self._backend.identity() not in (None, self._opened.identity):
            with self._lock:
                if self._backend.identity() not in (None, self._opened.identity):
                    self._open_again()
        newest = newest_generation(self.database)
        if newest != self._newest:
            with self._lock:
                if self._newest is not None and not self.holds(self._newest.number, self._newest.token):
                    self._opened = replace(self._opened, cache=ArticleCache(self.database))
                self._newest = newest
        return newest

    def holds(self, number: int, token: str) -> bool:
        """Whether the content grew out of this generation, so that the ids of that time mean the same."""
        with suppress(IndexDamagedError):
            known = read_generation(self.database, number)
            return known is not None and known.token == token
        return False

    def passages(self, ids: Ids, generation: int | None = None) -> list[Passage]:
        """See `Store.passages`."""
        database = self.database
        there = _LAST_PLACE if generation is None else f"{visible('article')} AND {visible('passage')}"
        sql = (
            f"SELECT {_IN_GROUP.format(seen=seen('version', generation))},"
            f" {columns('article', PLACE)}, {columns('passage', PASSAGE)}"
            f" FROM {database.listed('ids')} AS wanted JOIN passage ON passage.id = wanted.value"
            f" JOIN version ON version.id = passage.version_id {join_group(generation)}"
            f" JOIN article ON article.id = version.article_id AND {there}"
        )
        found = {}
        for is_seen, *row in database.rows(sql, {"ids": ids.tolist(), "generation": generation}):
            group_row, place_row, passage_row = _split(row, len(GROUP) + 1, len(PLACE) + 1)
            place = database.intact(place_row, PLACE, "an article's path")
            values = database.intact(passage_row, PASSAGE, "a passage")
            group = sound_group(database, group_row, values[1], is_seen=is_seen)
            found[values[0]] = read_passage(values, self.cache.article(values[1], place, group))
        return in_order(database, ids, found, "passage")

    def article(self, article_id: str, content_hash: str | None = None) -> Article:
        """See `Store.article`."""
        wanted = "version.removed_generation IS NULL" if content_hash is None else "version.content_hash = :hash"
        sql = (
            f"SELECT version.id, version.removed_generation, {columns('text_group', GROUP)},"
            f" {columns('article', PLACE)} FROM version {join_group(None)}"
            f" JOIN article ON article.id = version.article_id AND {_LAST_PLACE}"
            f" WHERE version.article_id = :id AND {wanted} ORDER BY version.id DESC LIMIT 1"
        )
        row = self.database.row(sql, {"id": article_id, "hash": content_hash})
        if row is None:
            version = f" with the content hash {content_hash}" if content_hash else ""
            raise CitationError(
                f"The library has no article {article_id}{version}", remedy=Remedy("ask again, or", "update")
            )
        version_id, ended, *joined = row
        group_row, place_row = _split(joined, len(GROUP) + 1)
        group = sound_group(self.database, group_row, version_id, is_seen=ended is None)
        place = self.database.intact(place_row, PLACE, "an article's path")
        article = self.cache.article(version_id, place, group)
        is_gone = ended is not None or place[PLACE.index("removed_generation")] is not None
        is_other = article.id != article_id or content_hash not in (None, article.content_hash)
        if is_other or (is_gone and content_hash is None):
            raise self.database.damaged(f"the versions of article {article_id}")
        return article

    def close(self) -> None:
        """Closes the connection."""
        self._opened.database.close()
        if self._before is not None:
            self._before.close()

    def _open_again(self) -> None:
        opened = _Opened.of(self._backend)
        # Another thread may be reading through the connection before, but not through the one before that.
        if self._before is not None:
            self._before.close()
        self._before, self._opened = self._opened.database, opened


def in_order(database: Database, ids: Ids, found: Mapping[int, _Found], what: str) -> list[_Found]:
    """What was found under these ids, in their order. Raises IndexDamagedError if an id is missing."""
    missing = [passage_id for passage_id in ids.tolist() if passage_id not in found]
    if missing:
        raise database.damaged(f"{what} {missing[0]} is missing")
    return [found[passage_id] for passage_id in ids.tolist()]


def _split(row: Sequence[Any], *widths: int) -> list[Row]:
    """Splits a row into parts of these widths, and the rest."""
    starts = [0, *accumulate(widths)]
    return [tuple(row[start:end]) for start, end in zip(starts, [*starts[1:], len(row)], strict=True)]


_IN_GROUP = f"CASE WHEN {{seen}} THEN 1 ELSE 0 END, {columns('text_group', GROUP)}"
"""The SQL of whether a generation sees a version, and of the row of its group."""
_LAST_PLACE = "article.rowid = (SELECT max(place.rowid) FROM article AS place WHERE place.id = version.article_id)"
"""The SQL condition that selects the current or last path of a version's article."""
