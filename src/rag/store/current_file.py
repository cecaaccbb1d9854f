"""The library's file as it is now: opened again if another file took its place, with articles cached per content.

An update adds generations to the file. A restored backup or a rebuilt library replaces the content or the whole file,
and its ids may mean other texts.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from rag.core.article import Article
from rag.core.errors import IndexDamagedError
from rag.store.database import Database, Row
from rag.store.file_format import open_reader
from rag.store.listing import sound_group
from rag.store.rows import Generation, newest_generation, read_article, read_generation

_SIZE = 512
"""Number of articles kept in memory."""


class ArticleCache:
    """Reads articles and keeps the last ones in memory. Threads may share it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._articles: OrderedDict[tuple[int, str, int | None], Article] = OrderedDict()
        self._lock = threading.Lock()

    def article(self, version_id: int, place: Row, group: int | str | None) -> Article:
        """Reads the article of a version, from memory if possible.

        Args:
            version_id: The version's id.
            place: The values of PLACE of the article's path.
            group: The version's group, a value of the SQL expression `GROUP_OF`.

        Raises:
            IndexDamagedError: If the group is damaged, the version is damaged, or the path is another article's.
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
            while len(self._articles) > _SIZE:
                self._articles.popitem(last=False)
        return article


@dataclass(frozen=True, slots=True)
class _Opened:
    """A connection, the articles read through it, and the device and inode of its file."""

    database: Database
    cache: ArticleCache
    identity: tuple[int, int] | None

    @classmethod
    def of(cls, path: Path) -> _Opened:
        # The identity is read first: if the file is replaced meanwhile, it is opened once more than needed.
        identity = _identity(path)
        database = open_reader(path)
        return cls(database, ArticleCache(database), identity)


class CurrentFile:
    """A connection to the file that lies at a path now. Threads may share it.

    Args:
        path: The SQLite file.

    Raises:
        IndexMissingError: If the file is empty.
        IndexFormatError: If another release wrote it in a format that this one can't read.
        IndexDamagedError: If it is damaged.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._before: Database | None = None
        self._newest: Generation | None = None
        self._opened = _Opened.of(path)

    @property
    def database(self) -> Database:
        """The connection, as of the last call of `newest`."""
        return self._opened.database

    @property
    def cache(self) -> ArticleCache:
        """The articles of the content that `newest` saw last."""
        return self._opened.cache

    def newest(self) -> Generation:
        """Reads the newest generation, of the new file if the file was replaced.

        Raises:
            IndexDamagedError: If the file is damaged or has no generation.
        """
        if _identity(self._path) not in (None, self._opened.identity):
            with self._lock:
                if _identity(self._path) not in (None, self._opened.identity):
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
        """Closes the file."""
        self._opened.database.close()
        if self._before is not None:
            self._before.close()

    def _open_again(self) -> None:
        opened = _Opened.of(self._path)
        # Another thread may be reading through the connection before, but not through the one before that.
        if self._before is not None:
            self._before.close()
        self._before, self._opened = self._opened.database, opened


def _identity(path: Path) -> tuple[int, int] | None:
    """Device and inode; None if the file is missing, as while a folder is exchanged."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
