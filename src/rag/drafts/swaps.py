"""Finds out whether a statement and an article's sentence give one deed to different people: "Vik beat Aune"."""

from __future__ import annotations

import re
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


_WINNING = frozenset(
    "win wins won winning victory victories triumph triumphs triumphed prevail prevails prevailed".split()
)
_LOSING = frozenset("lose loses lost losing loss losses".split())
_DEFEATS = frozenset("defeat defeats".split())
_NO_OWNER_BETWEEN = 3
"""Most words between a possessive and the noun that it belongs to."""
_CLAUSE = re.compile(r"[;:,.–—]|\b(?:and|but|after|because|while|when|who|which|that)\b")


class Parties(NamedTuple):
    """Who does something and to whom: the index of the last item of each name; None if it is not told."""

    doer: int | None
    other: int | None


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
    """Yields verbs on whose sides two words change places, and words for a deed whose parties do.

    "The senator praised the president", "Vik's defeat to Aune".
    """
    given, stated = alignment.given, alignment.stated
    for index, other in alignment.pairs.items():
        word = given.items[index].word
        if word is None:
            continue
        if _has_other_parties(alignment, index, other):
            yield f"turned: {word.text}"
            continue
        left, right = alignment.pairs.get(index - 1), alignment.pairs.get(index + 1)
        if not _is_verb(word.lower) or also_noun(word.lower) or left is None or right is None:
            continue
        if right < other < left and max(left - other, other - right) <= _BESIDE:
            voices = _is_passive(given, index, index + 1), _is_passive(stated, other, left)
            if None not in voices and voices[0] == voices[1]:
                yield f"turned: {word.text}"


def _has_other_parties(alignment: Alignment, index: int, other: int) -> bool:
    """Whether the one who wins or does something in a statement is the other party in the article."""
    given, stated = alignment.given, alignment.stated
    ours, theirs = _parties(given, index), _parties(stated, other)
    if ours is None and theirs is None:
        return False  # verbs on both sides are compared above
    ours, theirs = ours or _parties_of_verb(given, index), theirs or _parties_of_verb(stated, other)
    if ours is None or theirs is None:
        return False
    doer, patient = (None if party is None else alignment.pairs.get(party) for party in ours)
    is_turned = (doer is not None and doer == theirs.other) or (patient is not None and patient == theirs.doer)
    is_same = (doer is not None and doer == theirs.doer) or (patient is not None and patient == theirs.other)
    is_defeat = _lower(stated, other) in _DEFEATS and _lower(given, index) not in _DEFEATS
    return is_turned or (is_defeat and not is_same)


def _parties(told: Told, index: int) -> Parties | None:
    """The parties of a victory, a defeat, or a noun for a deed ("the murder of Vik by Aune"); None for others."""
    word, behind, owner = _lower(told, index), dict(_names_behind(told, index)), _owner(told, index)

    def first(*prepositions: str) -> int | None:
        return next((behind[one] for one in prepositions if one in behind), None)

    if word in _DEFEATS and "of" in behind:
        return Parties(first("by") if owner is None else owner, behind["of"])
    if word in _DEFEATS:
        return Parties(first("by", "to", "against", "from"), owner)
    if word in _WINNING | _LOSING:
        subject = first("by", "for", "of") if owner is None else owner
        subject = _beside(told, index)[0] if subject is None else subject
        return Parties(subject, first("over", "against", "to", "from"))
    if "of" in behind and ("by" in behind or owner is not None):
        return Parties(behind.get("by", owner), behind["of"])
    return None


def _parties_of_verb(told: Told, index: int) -> Parties | None:
    """The subject and the object of a verb; None if it is none, or its voice is unsure."""
    if not _is_verb(_lower(told, index)):
        return None
    left, right = _beside(told, index)
    is_passive = False if right is None else _is_passive(told, index, right)
    return None if is_passive is None else Parties(right, left) if is_passive else Parties(left, right)


def _lower(told: Told, index: int) -> str:
    word = told.items[index].word
    return word.lower if word else ""


def _names_behind(told: Told, index: int) -> Iterator[tuple[str, int]]:
    """The names behind a word in its clause, each with the preposition before it."""
    for first, last in reversed(told.names):
        between = told.text[told.items[index].end : told.items[first].start]
        words = [word for word in between.lower().split() if word not in ("the", "a", "an")]
        if first > index and first - index <= _REACH and words and _CLAUSE.search(between) is None:
            yield words[-1], last - 1


def _owner(told: Told, index: int) -> int | None:
    """The name in the possessive before a word: "Vik's narrow victory"."""
    for _, last in told.names:
        between = told.text[told.items[last - 1].end : told.items[index].start]
        is_short = last <= index and len(between.split()) <= _NO_OWNER_BETWEEN + 1
        if is_short and between.startswith(("'", "’")) and _CLAUSE.search(between) is None:
            return last - 1
    return None


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
