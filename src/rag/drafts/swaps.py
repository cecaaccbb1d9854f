"""Finds out whether a statement and an article's sentence give one deed to different people: "Vik beat Aune"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rag.drafts.alignment import Alignment
from rag.drafts.told import Told
from rag.drafts.words import index_at, words_of
from rag.text.english.verbs import AUXILIARIES_OF_BEING
from rag.text.grammar.verb_forms import also_noun, base_of, is_past

_REACH = 8
"""Most items between a verb and a name that it belongs to."""
_BESIDE = 2
"""Most items between a verb and a word that it belongs to."""
_LOOK_BACK = 2
"""Words before a participle that are searched for a form of "be"."""


class Swap(NamedTuple):
    """The place of a name in the statement, and of the name that the article has there; half-open."""

    given: tuple[int, int]
    stated: tuple[int, int]


def swap_of(alignment: Alignment) -> Swap | None:
    """Finds a verb whose subject and object are names that change places; None if there is none."""
    given, stated = alignment.given, alignment.stated
    for index, other in alignment.pairs.items():
        word = given.items[index].word
        if word is None or not word.text.islower() or not _is_verb(word.lower):
            continue
        left, right = _beside(given, index)
        if left is None or right is None:
            continue
        first, second = alignment.pairs.get(left), alignment.pairs.get(right)
        if first is None or second is None or max(abs(first - other), abs(second - other)) > _REACH:
            continue
        ours, theirs = _is_passive(given, index, right), _is_passive(stated, other, max(first, second))
        if ours is None or theirs is None:
            continue
        before, behind = (second, first) if ours != theirs else (first, second)
        if behind < other < before:
            own, found = given.items[left], stated.items[second]
            return Swap((own.start, own.end), (found.start, found.end))
    return None


def turned_words(alignment: Alignment) -> Iterator[str]:
    """Yields verbs on whose sides two words change places: "the senator praised the president"."""
    given, stated = alignment.given, alignment.stated
    for index, other in alignment.pairs.items():
        word = given.items[index].word
        left, right = alignment.pairs.get(index - 1), alignment.pairs.get(index + 1)
        if word is None or not _is_verb(word.lower) or also_noun(word.lower) or left is None or right is None:
            continue
        if right < other < left and max(left - other, other - right) <= _BESIDE:
            voices = _is_passive(given, index, index + 1), _is_passive(stated, other, left)
            if None not in voices and voices[0] == voices[1]:
                yield f"turned: {word.text}"


def _is_verb(word: str) -> bool:
    return base_of(word) is not None or is_past(word)


def _beside(told: Told, verb: int) -> tuple[int | None, int | None]:
    """The last word of the nearest name before a verb, and of the nearest one behind it."""
    before = [last - 1 for first, last in told.names if last <= verb and verb - last < _REACH]
    behind = [last - 1 for first, last in told.names if first > verb and first - verb <= _REACH]
    return (before[-1] if before else None), (behind[0] if behind else None)


def _is_passive(told: Told, verb: int, name: int) -> bool | None:
    """Whether a name behind a verb does what it says to the one before it: "was beaten by Vik". None if unsure."""
    at = index_at(told.words, told.items[verb].start)
    before = {word.lower for word in told.words[max(0, at - _LOOK_BACK) : at]}
    behind = {word.lower for word in words_of(told.text, told.items[verb].end, told.items[name].start)}
    is_participle = not before.isdisjoint(AUXILIARIES_OF_BEING)
    if "by" in behind:
        return True
    return None if is_participle else False
