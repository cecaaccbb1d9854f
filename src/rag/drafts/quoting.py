"""Compares the quotations of a draft with the articles, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rag.core.article import Article
from rag.drafts.draft import Quoted
from rag.drafts.evidence import Window, window_at
from rag.verification.archive import Archive
from rag.verification.matching import words_of
from rag.verification.results import QuoteClaim, Verification
from rag.verification.verify import verify_claims

_MOST_PLACES = 4
"""Most places of a quotation that are compared."""
_NEAR = 0.75
"""Least similarity of words of which a quotation is a changed form."""


@dataclass(frozen=True, slots=True)
class QuotePlaced:
    """A place of a quotation in an article.

    Attributes:
        article: The article.
        start: Start offset in its text, in characters.
        end: End offset, exclusive.
        is_exact: Whether it has the quotation's words in their order; marks and capitals may differ.
    """

    article: Article
    start: int
    end: int
    is_exact: bool

    def windows(self) -> Iterator[Window]:
        """Yields the sentences of the place: alone, with the one before, with the one behind."""
        own = window_at(self.article, self.start, self.end)
        if own is None:
            return
        yield own
        if own.first > 0:
            yield Window(own.article, own.first - 1, own.last)
        if own.last < len(own.article.sentences):
            yield Window(own.article, own.first, own.last + 1)


def find_quotation(quoted: Quoted, archive: Archive) -> list[QuotePlaced]:
    """Finds a quotation in the articles, or the words that are most like it.

    Args:
        quoted: The quotation.
        archive: The articles.

    Returns:
        Its places, or one place of similar words; nothing if no article has similar ones.
    """
    (checked,) = verify_claims([QuoteClaim(quote=quoted.words)], archive)
    if checked.status not in ("exact", "moved", "nearly") or checked.similarity < _NEAR:
        return []
    found = []
    for place in checked.places:
        article = archive.article(place.article_id)
        if article is not None and article.content_hash == place.content_hash:
            found.append(QuotePlaced(article, place.start, place.end, _has_words(checked, quoted, place.quote)))
    voices = {placed.article.voice: placed for placed in reversed(found)}
    return list(reversed(voices.values()))[:_MOST_PLACES]


def _has_words(checked: Verification, quoted: Quoted, stated: str) -> bool:
    """Whether an article's words are those of a quotation, apart from marks and capitals."""
    return checked.stands or words_of(quoted.words).texts == words_of(stated).texts
