"""Texts that articles had before and no longer have, ready to be searched.

The lexical index has only what articles say now. This one is made in memory when it is first needed, and holds the
newest passages that updates removed. A generation later only what was removed since is added.
"""

from __future__ import annotations

import threading

from rag.core.article import Article
from rag.core.ports import as_ids
from rag.indexes.lexical import TantivyIndex
from rag.store.store import Store

MOST_FORMER = 50_000
"""Most removed passages that are searched, those that were added last. Reading them takes a few seconds, once."""


class FormerTexts:
    """The newest passages that updates removed. Threads may share it.

    Args:
        store: The articles.
        most: Most passages.
    """

    def __init__(self, store: Store, most: int = MOST_FORMER) -> None:
        self._store = store
        self._most = most
        self._lock = threading.Lock()
        self._index = TantivyIndex.in_memory()

    def search(self, quote: str, k: int) -> list[Article]:
        """Finds former texts of articles that share words with a quote.

        Args:
            quote: The quote.
            k: Most passages to look at.

        Returns:
            The articles in the version that had these words, best first, each version once.
        """
        with self._lock:
            self._catch_up()
            ids, _ = self._index.search(quote, k)
        found = {(p.article.id, p.article.content_hash): p.article for p in self._store.passages(ids)}
        return list(found.values())

    def _catch_up(self) -> None:
        index = self._index
        newest = self._store.newest
        if (index.generation, index.token) == (newest.number, newest.token):
            return
        if index.generation and not self._store.holds(index.generation, index.token):
            index = TantivyIndex.in_memory()  # a backup was restored, and ids may mean other passages
        with self._store.snapshot() as snapshot:
            for ids, texts in snapshot.former_texts(index.generation, self._most):
                index.add(as_ids(ids), texts)
            index.commit(snapshot.generation.number, snapshot.generation.token)
        self._index = index
