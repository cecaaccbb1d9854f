"""The articles that were read last, kept in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace

from rag.core.article import Article
from rag.store.database import Database, Row
from rag.store.listing import sound_group
from rag.store.rows import read_article

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
