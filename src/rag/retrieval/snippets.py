"""Chooses the parts of a passage that show the found words: whole sentences, or a part of a long one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from rag.core.article import Passage
from rag.core.search_results import Snippet, WordPlace
from rag.question.search_query import Sought
from rag.text.found_words import Place, find_phrase, find_word

_LONGEST = 300
"""Most characters of a snippet, unless a single word is longer."""


def places_of(sought: Sequence[Sought], text: str) -> list[list[Place]]:
    """Finds words and phrases in a text; returns the places of each."""
    return [(find_phrase if one.exact else find_word)(one.words, text) for one in sought]


def cut_snippet(passage: Passage, sought: Sequence[Sought]) -> Snippet:
    """Cuts the part of a passage that shows most of the words.

    Args:
        passage: The passage.
        sought: The words and phrases that were found.

    Returns:
        The snippet. If the passage holds none of them, because the title does, it is the passage's beginning.
    """
    found = [[(passage.start + a, passage.start + b) for a, b in each] for each in places_of(sought, passage.text)]
    places = _without_overlaps(sorted(chain.from_iterable(found), key=lambda place: (place[0], -place[1])))
    start, end = _best_part(passage, found)
    article = passage.article
    return Snippet(
        start=start,
        end=end,
        text=article.text[start:end],
        page=article.page_of(start),
        words=tuple(WordPlace(start=a, end=b) for a, b in places if start <= a and b <= end),
    )


def mark_title(title: str, sought: Sequence[Sought]) -> tuple[WordPlace, ...]:
    """Finds words and phrases in a title."""
    places = sorted(chain.from_iterable(places_of(sought, title)), key=lambda place: (place[0], -place[1]))
    return tuple(WordPlace(start=start, end=end) for start, end in _without_overlaps(places))


def _without_overlaps(places: Sequence[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in places:
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept


def _best_part(passage: Passage, found: Sequence[Sequence[Place]]) -> Place:
    """The part with the most different words, then the most words, then the first."""
    places = sorted(chain.from_iterable(found))
    if not places:
        return _part_from(passage, passage.start, passage.start)
    parts = dict.fromkeys(_part_from(passage, *place) for place in places)
    return max(parts, key=lambda part: (_different(part, found), sum(_is_in(place, part) for place in places)))


def _different(part: Place, found: Sequence[Sequence[Place]]) -> int:
    return sum(any(_is_in(place, part) for place in each) for each in found)


def _is_in(place: Place, part: Place) -> bool:
    return part[0] <= place[0] and place[1] <= part[1]


def _part_from(passage: Passage, start: int, end: int) -> Place:
    """The part that begins with the sentence of a place and has as many whole sentences as fit."""
    sentences = [(max(s.start, passage.start), min(s.end, passage.end)) for s in passage.sentences]
    touched = [number for number, (a, b) in enumerate(sentences) if a < max(end, start + 1) and start < b]
    if not touched:
        return _cut((passage.start, passage.end), start, end, passage.article.text)
    first, last = touched[0], touched[-1]
    if sentences[last][1] - sentences[first][0] > _LONGEST:
        return _cut((sentences[first][0], sentences[last][1]), start, end, passage.article.text)
    while last + 1 < len(sentences) and sentences[last + 1][1] - sentences[first][0] <= _LONGEST:
        last += 1
    return sentences[first][0], sentences[last][1]


def _cut(around: Place, start: int, end: int, text: str) -> Place:
    """A part of a long sentence around a place, cut between words."""
    spare = max(_LONGEST - (end - start), 0)
    first = max(around[0], start - spare // 2)
    last = min(around[1], max(end, first + _LONGEST))
    if first > around[0]:
        gap = text.find(" ", first, start)
        first = start if gap < 0 else gap + 1
    if last < around[1]:
        gap = text.rfind(" ", end, last)
        last = end if gap < 0 else gap
    return first, last
