"""Finds names, figures and dates that an article has beside other words than a statement does.

A sentence may have all words of a statement and say something else: who did what is told by their places. So the words
beside a name in the statement must not stand nearer to another name in the article, and words that the statement has in
one clause must not come from two sentences of the article with different subjects.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from rag.drafts.alignment import Alignment
from rag.drafts.told import Item, Told
from rag.text.english.function_words import CLAUSE_STARTS, QUESTION_WORDS, STOP_WORDS
from rag.text.english.patterns import any_of

_STEPS = 2
"""Items beside one of the statement that are looked at on each side."""
_IN_ORDER = 0.9
"""Share of the words in the article's order from which a statement repeats its sentence."""
_FEWEST = 4
"""Fewest words from which their order tells something."""
_OTHER_SENTENCE = 50
"""What an article's end of a sentence adds to the distance of two items."""
_DATELINE = re.compile(r"(?:,? [\w.]+)?,?\s?(?:\([\w /.]{2,30}\)\s?)?[-–—]")
_STOP = re.compile(r"[^\w\s.-]")
_NEAR_START = 40
"""Characters from the start within which a dateline stands."""
_CLAUSE = re.compile(rf"[,;:—–()]|\b(?:and|or|{any_of(CLAUSE_STARTS | QUESTION_WORDS)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bound:
    """An item of the statement, or a whole name, and where the article has it.

    Attributes:
        first: The index of its first item in the statement.
        last: The index behind its last one.
        place: The index of the article's item; None if a pronoun stands for it.
        kind: "name", "figure" or "date".
        stands_in: Numbers of the article's sentences where a pronoun stands for it.
        is_same: Whether the article says the same there; otherwise it has another value in its place.
    """

    first: int
    last: int
    place: int | None
    kind: str
    stands_in: frozenset[int] = frozenset()
    is_same: bool = True


def loose_parts(alignment: Alignment, bound: Sequence[Bound], ends: Sequence[int]) -> Iterator[str]:
    """Yields the parts of a statement that the article has beside other words.

    Args:
        alignment: The statement beside the article's sentences.
        bound: The names, figures and dates that both have.
        ends: Where each sentence of the article ends, in its text.
    """
    owners = {place: one for one in bound if (place := one.place) is not None}
    for one in bound:
        if one.place is None or not one.is_same or _is_dateline(alignment.stated, one):
            continue
        beside = list(_beside(alignment, one))
        apart = [x for x in beside if _is_nearer_to_another(alignment, one, x, owners, ends)]
        if apart and len(apart) == len(beside):
            yield f"{one.kind}: {_words(alignment.given, one.first, one.last)}"


def exchanged_parts(alignment: Alignment, bound: Sequence[Bound]) -> Iterator[str]:
    """Yields two names, figures or dates that stand in another order than in the article, where all else keeps its."""
    for kind in ("name", "figure", "date"):
        own = sorted((one for one in bound if one.kind == kind and one.place is not None), key=lambda one: one.first)
        owned = {n for one in own for n in range(one.first, one.last)}
        rest = [place for n, place in sorted(alignment.pairs.items()) if n not in owned]
        if len(own) < 2 or len(rest) < _FEWEST or _longest_rising(rest) < _IN_ORDER * len(rest):
            continue
        for one, other in combinations(own, 2):
            if (one.place or 0) > (other.place or 0):
                places = (_words(alignment.given, each.first, each.last) for each in (one, other))
                yield f"order: {', '.join(places)}"


def _longest_rising(numbers: Sequence[int]) -> int:
    """The length of the longest rising subsequence."""
    ends: list[int] = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)


def _is_dateline(stated: Told, one: Bound) -> bool:
    """Whether a name is the place of a report, before its first sentence: all of that happened there."""
    return (
        one.kind == "name"
        and one.place is not None
        and _DATELINE.match(stated.text, stated.items[one.place].end) is not None
        and stated.items[one.place].start < _NEAR_START
    )


def _beside(alignment: Alignment, one: Bound) -> Iterator[int]:
    """The nearest words of the statement on both sides of a part, that the article has too and that are no names."""
    items = alignment.given.items
    for steps in (range(one.first - 1, one.first - 1 - _STEPS, -1), range(one.last, one.last + _STEPS)):
        near = (n for n in steps if 0 <= n < len(items) and n in alignment.pairs)
        found = next((n for n in near if one.kind != "name" or not items[n].is_name), None)
        if found is not None:
            yield found


def _is_nearer_to_another(
    alignment: Alignment, one: Bound, beside: int, owners: Mapping[int, Bound], ends: Sequence[int]
) -> bool:
    """Whether another part of this kind is nearer, in the article, to a word that stands beside this one."""
    stated, there = alignment.stated, alignment.pairs[beside]
    assert one.place is not None
    if sentence_of(stated.items[there], ends) in one.stands_in:
        return False
    distance = _distance(stated, one.place, there, ends)
    own = abs(beside - one.first)
    for other in _others(alignment, one):
        owner = owners.get(other)
        is_there_too = owner is not None and min(abs(beside - owner.first), abs(beside - owner.last + 1)) <= own
        # A name on the other side of a verb than this one, in both, is the verb's other party.
        is_party = (other < there) not in (one.first < beside, one.place < there)
        if not is_there_too and not is_party and _distance(stated, other, there, ends) < distance:
            return True
    return False


def _others(alignment: Alignment, one: Bound) -> Iterator[int]:
    """The article's other parts of a kind, by the index of their last item."""
    items = alignment.stated.items
    if one.kind != "name":
        yield from (
            n for n, item in enumerate(items) if n != one.place and item.key == ("#" if one.kind == "figure" else "@")
        )
        return
    place, stated = one.place or 0, alignment.stated
    for first, last in stated.names:
        if not first <= place < last and not _describes(stated, last - 1, place):
            yield last - 1


def _describes(told: Told, name: int, place: int) -> bool:
    """Whether a name stands before another one only to describe it: "the US congresswoman Martha McSally"."""
    between = told.text[told.items[name].end : told.items[place].start] if name < place else ","
    return _STOP.search(between) is None and not STOP_WORDS.intersection(between.lower().split())


def _distance(told: Told, one: int, other: int, ends: Sequence[int]) -> int:
    crossed = abs(sentence_of(told.items[one], ends) - sentence_of(told.items[other], ends))
    return abs(one - other) + _OTHER_SENTENCE * crossed


def sentence_of(item: Item, ends: Sequence[int]) -> int:
    """Returns the number of the sentence that has an item; `ends` is where each sentence ends."""
    return sum(end <= item.start for end in ends)


def broken_clauses(alignment: Alignment, bound: Sequence[Bound], ends: Sequence[int]) -> Iterator[str]:
    """Yields the words of a statement that stand in one clause of it, and in two sentences of the article.

    They may, if a name stands in one of the two sentences and a pronoun for it in the other.
    """
    if len(ends) < 2:
        return
    given, stated = alignment.given, alignment.stated
    placed = {n: sentence_of(stated.items[place], ends) for n, place in alignment.pairs.items()}
    placed |= {one.first: sentence_of(stated.items[one.place], ends) for one in bound if one.place is not None}
    named = {n: one.stands_in for one in bound for n in range(one.first, one.last)}
    for one, other in pairwise(sorted(placed)):
        between = given.text[given.items[one].end : given.items[other].start]
        by_pronoun = placed[other] in named.get(one, ()) or placed[one] in named.get(other, ())
        if placed[one] != placed[other] and not by_pronoun and _CLAUSE.search(between) is None:
            yield f"apart: {_words(given, one, other + 1)}"


def _words(told: Told, first: int, last: int) -> str:
    return told.text[told.items[first].start : told.items[last - 1].end]
