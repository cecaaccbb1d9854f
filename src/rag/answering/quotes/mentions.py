"""Answers how many articles mention something: counts them, and quotes a sentence of each that mentions it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from rag.answering.build_answer import Composed
from rag.answering.citations import cite
from rag.core.article import QUOTABLE, Article, Passage
from rag.core.ports import as_ids
from rag.core.schema import ArchiveCount
from rag.question.archive_count import CountAsked
from rag.question.search_query import Sought, words_to_find, write_query
from rag.retrieval.full_text import FullText, Matches
from rag.retrieval.snippets import places_of
from rag.text.found_words import Place

_LISTED = 20
"""Most articles that are quoted."""
_PASSAGES_READ = 6
"""Most passages of an article in which a sentence to quote is looked for."""
_MOST_COUNTED = 5000
"""Most passages that are read to count the mentions. Beyond, only articles are counted."""
_AT_ONCE = 500
"""Passages held in memory at a time."""


def compose_count(full_text: FullText, matches: Matches, asked: CountAsked) -> Composed:
    """Composes the answer to a question that counts articles.

    Args:
        full_text: Loads the passages.
        matches: The articles that fit.
        asked: What the question counts.

    Returns:
        The count, with a quote from each of the best articles. If there are none, the reason says so.
    """
    sought = words_to_find(matches.query)
    is_countable = asked.wants_mentions and matches.passages <= _MOST_COUNTED
    count = ArchiveCount(
        words=write_query(matches.query),
        author=asked.author,
        articles=len(matches.ranked),
        mentions=_count_mentions(full_text, matches, sought) if is_countable else None,
    )
    places: list[tuple[Article, int, int]] = []
    for found in matches.ranked[:_LISTED]:
        passages = full_text.load(found.ids[:_PASSAGES_READ])
        quotes = [quote for passage in passages for quote in _sentences(passage, sought)]
        if quotes:
            _, start, end = max(quotes, key=lambda quote: quote[0])
            places.append((passages[0].article, start, end))
    citations = tuple(cite(number, *place) for number, place in enumerate(places, start=1))
    return Composed(
        confidence=1.0 if citations else 0.0,
        reason=None if citations else "nothing_about_it",
        citations=citations,
        count=count,
    )


def _sentences(passage: Passage, sought: Sequence[Sought]) -> Iterator[tuple[tuple[bool, int], int, int]]:
    """Yields each sentence that mentions a word, with how good it is: whether it can be quoted alone, and how many."""
    found = _places(passage, sought)
    for sentence in passage.sentences:
        has = sum(any(sentence.start <= a and b <= sentence.end for a, b in each) for each in found)
        if has:
            yield (sentence.kind in QUOTABLE, has), sentence.start, sentence.end


def _places(passage: Passage, sought: Sequence[Sought]) -> list[list[Place]]:
    """The places of each word in the article's text."""
    return [[(passage.start + a, passage.start + b) for a, b in each] for each in places_of(sought, passage.text)]


def _count_mentions(full_text: FullText, matches: Matches, sought: Sequence[Sought]) -> int:
    """How often the words stand in the articles' texts. Passages overlap, so each place counts once."""
    ids = list(chain.from_iterable(found.ids.tolist() for found in matches.ranked))
    mentions: set[tuple[str, Place]] = set()
    for start in range(0, len(ids), _AT_ONCE):
        for passage in full_text.load(as_ids(ids[start : start + _AT_ONCE])):
            mentions |= {(passage.article.id, place) for place in chain.from_iterable(_places(passage, sought))}
    return len(mentions)
