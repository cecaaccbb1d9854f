"""The few articles that may have the words of a quote, found by the lexical index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from rag.core.article import Article, Passage
from rag.core.errors import CitationError
from rag.core.ports import Ids, LexicalIndex, as_ids
from rag.core.reports import Edition
from rag.store.store import Store
from rag.text.terms import terms
from rag.verification.former import FormerTexts
from rag.verification.matching import words_of

_PASSAGES = 50
"""Most passages that are read for a phrase."""
_ALIKE = 12
"""Passages that are read for words like those of the quote."""
_END_WORDS = 8
"""Words at either end of a quote that are searched as a phrase, because a quote may lie over two passages."""

_COMMON_WORDS = 2
"""So many stop words alone are in nearly each passage. Only the best of them are read."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The articles that quotes are compared with.

    Attributes:
        store: The articles.
        lexical: The lexical index of the generation.
        load: Returns passages of the generation in the order of their ids.
        former: The texts that articles had before.
        generation: The generation's number.
    """

    store: Store
    lexical: LexicalIndex
    load: Callable[[Ids], list[Passage]]
    former: FormerTexts
    generation: int

    def article(self, article_id: str) -> Article | None:
        """Reads an article as it is now; None if there is none with this id."""
        try:
            return self.store.article(article_id)
        except CitationError:
            return None

    def with_phrase(self, quote: str) -> Iterator[Article]:
        """Finds the articles with these words in this order, whatever their case and marks; each once."""
        yield from self._of_passages(self._phrase(quote))

    def alike(self, quote: str) -> Iterator[Article]:
        """Finds the articles that have the quote's first or last words as a phrase, or share words; each once."""
        words = words_of(quote).places
        ends: list[Ids] = []
        if len(words) > _END_WORDS:
            first, last = words[_END_WORDS - 1][1], words[-_END_WORDS][0]
            ends = [self._phrase(quote[:first])[:_ALIKE], self._phrase(quote[last:])[:_ALIKE]]
        alike, _ = self.lexical.search(quote, _ALIKE)
        yield from self._of_passages(np.concatenate([*ends, alike]))

    def editions(self, article_id: str) -> tuple[Edition, ...]:
        """Lists the texts that an article has had, oldest first; none for an unknown id."""
        return self.store.editions(article_id)

    def former_texts(self, quote: str, articles: Iterable[Article]) -> Iterator[Article]:
        """Finds former texts that may have a quote: first those of these articles, then any that shares its words."""
        seen: set[tuple[str, str]] = set()
        for article_id in dict.fromkeys(article.id for article in articles):
            for edition in reversed(self.editions(article_id)):
                if edition.state != "current":
                    seen.add((article_id, edition.content_hash))
                    yield self.store.article(article_id, edition.content_hash)
        for article in self.former.search(quote, _ALIKE):
            if (article.id, article.content_hash) not in seen:
                yield article

    def _phrase(self, words: str) -> Ids:
        """The passages with a phrase, best first; none if it is too common to be looked up."""
        if not terms(words) and len(words_of(words).texts) <= _COMMON_WORDS:
            return as_ids([])
        ids, scores = self.lexical.find(words, exact=True)
        return ids[np.lexsort((ids, -scores))][:_PASSAGES]

    def _of_passages(self, ids: Ids) -> Iterator[Article]:
        wanted = as_ids(list(dict.fromkeys(ids.tolist())))
        seen: set[str] = set()
        for passage in self.load(wanted):
            if passage.article.id not in seen:
                seen.add(passage.article.id)
                yield passage.article
