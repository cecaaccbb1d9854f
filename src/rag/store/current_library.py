"""The library as it is now: opened again if other content took its place, with articles cached per content.

An update adds generations. A restored backup or a rebuilt library replaces the content, and its ids may mean other
texts.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass, replace

from rag.core.article import Article
from rag.core.errors import IndexDamagedError
from rag.store.backend import Backend
from rag.store.database import Database, Row
from rag.store.rows import Generation, newest_generation, read_article, read_generation

_SIZE = 512
"""Number of articles kept in memory."""


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
