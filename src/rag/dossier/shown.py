"""Remembers what a dossier quotes, so that no words stand in it twice."""

from __future__ import annotations

from rag.answering.citations import cite
from rag.core.article import Article, Span
from rag.core.citation import Citation
from rag.text.terms import terms

REPEATED = 0.6
"""Share of the terms of the shorter of two quotes in the other one from which both say the same."""


def say_the_same(one: str, other: str) -> bool:
    """Returns whether two quotes have most of their words in common."""
    said, told = set(terms(one)), set(terms(other))
    return len(said & told) >= REPEATED * max(1, min(len(said), len(told)))


class Shown:
    """The quotes of a dossier so far. Each has a number of its own, from 1."""

    def __init__(self) -> None:
        self._cited: list[Citation] = []

    def is_new(self, article: Article, start: int, end: int) -> bool:
        """Returns whether neither the words at `[start, end)` nor others that say the same were quoted."""
        if any(one.article_id == article.id and one.start < end and start < one.end for one in self._cited):
            return False
        return not any(say_the_same(article.text[start:end], one.quote) for one in self._cited)

    def cite(self, article: Article, start: int, end: int, short: Span | None = None) -> Citation:
        """Cites the words at `[start, end)` of an article.

        Args:
            article: The article.
            start: Start offset in its text, in characters.
            end: End offset, exclusive.
            short: The words in the quote that matter most, if only a few do.

        Returns:
            A citation with the next number; if these words are in an earlier quote, that quote, with its number.
        """
        place = {} if short is None else {"short_start": short.start, "short_end": short.end}
        for one in self._cited:
            if one.article_id == article.id and one.start <= start and end <= one.end:
                return one.model_copy(update=place)
        self._cited.append(cite(len(self._cited) + 1, article, start, end))
        return self._cited[-1].model_copy(update=place)
