"""Decides whether a sentence of an article turns a statement, or takes something back from it.

A sentence turns a statement if one of both denies what the other one says. It takes something back if it says the same
only as a wish, a plan, a possibility, a suspicion or of a part, or of a former office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rag.drafts.alignment import Alignment
from rag.drafts.told import Item, Told
from rag.drafts.words import Word, index_at
from rag.text.english.function_words import ADVERBS, TURNING_WORDS
from rag.text.english.people import COMING_RANKS, FORMER_RANKS, LESSER_RANKS
from rag.text.english.same_deeds import HEDGING_ADJECTIVES, PARTIAL_WORDS
from rag.text.english.saying import DOUBTING
from rag.text.english.unrealised import REALISING
from rag.text.english.verbs import AUXILIARIES, AUXILIARIES_OF_BEING
from rag.text.grammar.denials import Denial
from rag.text.grammar.verb_forms import also_noun, base_of, is_past
from rag.values.value import NEGATED

_RANKS = FORMER_RANKS | LESSER_RANKS | HEDGING_ADJECTIVES | {"acting", "interim", "late"}
_MOODS = {
    **dict.fromkeys(("will", "shall", "would", "should", "going"), "future"),
    **dict.fromkeys(("may", "might", "could", "can", "must"), "possible"),
    **{"cannot": "possible", "ca": "possible", "wo": "future", "to": "infinitive"},
}
"""Words before a verb, and the mood that they give it."""
_NOT = re.compile(r"n[’']t\Z")
_DOUBT = re.compile(DOUBTING, re.IGNORECASE)
_CONDITIONS = frozenset(("if", "unless", "whether"))
_CHECKED = TURNING_WORDS & frozenset(
    "all some most more less least fewer few only both every before after until since against over under"
    " without".split()
)
"""Words that a statement must not have alone."""
OWN_WORD = "word: "
"""Begins a hedge that is a word of the statement alone, as "after". The article plans or supposes nothing by it."""
_LOOK_BACK = 4
"""Words before a verb that are searched for its mood."""
_BESIDE = 2


class Turn(NamedTuple):
    """Where one of two sentences denies what the other says: the places in both, half-open."""

    given: tuple[int, int]
    stated: tuple[int, int]


def turns_of(alignment: Alignment) -> Turn | None:
    """Finds what one of two sentences denies, and the other one says; None if they agree."""
    given, stated = alignment.given, alignment.stated
    back = {other: n for n, other in alignment.places.items() if given.items[n].is_compared}
    for denial, head in _denied(given):
        if head in alignment.pairs and not _is_denied(stated, alignment.pairs[head]):
            item = stated.items[alignment.pairs[head]]
            return Turn(denial.turn, (item.start, item.end))
    for denial, head in _denied(stated):
        if head in back and not _is_denied(given, back[head]) and not _is_doubt(stated, denial):
            item = given.items[back[head]]
            return Turn((item.start, item.end), denial.turn)
    return _negated_alone(alignment, back)


def _negated_alone(alignment: Alignment, back: Mapping[int, int]) -> Turn | None:
    """A word such as "not" or "no" that only one of two sentences has, beside a word that both have."""
    given, stated = alignment.given, alignment.stated
    ours, theirs = _negations(given), _negations(stated)
    if bool(ours) == bool(theirs):
        return None
    for place in ours:
        near = _item_behind(given, place[1])
        if near in alignment.places:
            item = stated.items[alignment.places[near]]
            return Turn(place, (item.start, item.end))
    for place in theirs:
        near = _item_behind(stated, place[1])
        if near in back:
            item = given.items[back[near]]
            return Turn((item.start, item.end), place)
    return None


def _negations(told: Told) -> list[tuple[int, int]]:
    """The places of "not", "no" and the like, outside of what is not compared."""
    quoted = [(item.start, item.end) for item in told.items if not item.is_compared]
    found = (match.span() for match in NEGATED.finditer(told.text))
    return [place for place in found if not any(start <= place[0] < end for start, end in quoted)]


def _item_behind(told: Told, place: int) -> int:
    """The index of the first item behind a place, or of the last one."""
    return next((n for n, item in enumerate(told.items) if item.start >= place), len(told.items) - 1)


def _is_doubt(told: Told, denial: Denial) -> bool:
    """Whether words leave open what they deny: "allegedly"."""
    return _DOUBT.fullmatch(told.text, *denial.turn) is not None


def _denied(told: Told) -> Iterator[tuple[Denial, int]]:
    """The first word that each denial denies."""
    for denial in told.denials:
        inside = (
            n
            for n, i in enumerate(told.items)
            if denial.scope[0] <= i.start < denial.scope[1] and i.word and i.is_compared
        )
        head = next(inside, None)
        if head is not None:
            yield denial, head


def _is_denied(told: Told, index: int) -> bool:
    place = told.items[index].start
    return any(denial.scope[0] <= place < denial.scope[1] for denial in told.denials)


def hedges_of(alignment: Alignment, text: str, ends: Sequence[int] = ()) -> Iterator[str]:
    """Yields what a sentence takes back of a statement whose words it has: it asks, plans, supposes or limits.

    Args:
        alignment: The pairs of words.
        text: The text of the article's sentences.
        ends: Where each of these ends in the text.
    """
    if text.rstrip().endswith("?"):
        yield "question"
    given, stated = alignment.given, alignment.stated
    for index, other in alignment.pairs.items():
        ours, theirs = given.items[index].word, stated.items[other].word
        if ours is None or theirs is None or not given.items[index].is_compared:
            continue
        at, there = index_at(given.words, ours.start), index_at(stated.words, theirs.start)
        turned = _is_denied(given, index) != _is_denied(stated, other)
        if not turned and _is_verb(given.words, at):
            mood, other_mood = _mood(given.words, at), _mood(stated.words, there)
            if other_mood not in (mood, "") or (mood in ("possible", "future") and other_mood != mood):
                yield f"mood: {ours.text}"
            elif _is_unrealised(stated, theirs) and not mood and not _is_unrealised(given, ours):
                yield f"unrealised: {ours.text}"
        own = {word.lower for word in given.words[max(0, at - _BESIDE) : at + _BESIDE]}
        beside = [word.lower for word in stated.words[max(0, there - _BESIDE) : there]]
        behind = [word.lower for word in stated.words[there + 1 : there + 2]]
        if not _RANKS.isdisjoint(set(beside) - own) or not COMING_RANKS.isdisjoint(set(behind) - own):
            yield f"rank: {ours.text}"
        if beside[-1:] and beside[-1] in PARTIAL_WORDS - own:
            yield f"part: {ours.text}"
    yield from _checked(alignment, ends)
    yield from _doubted(alignment)


def _is_unrealised(told: Told, word: Word) -> bool:
    return any(start <= word.start < end for start, end in told.unrealised)


def _is_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a word is a verb: one that is as often a noun only behind a word that gives it a mood."""
    word = words[at]
    if not word.text.islower():
        return False
    if base_of(word.lower) is None:
        return is_past(word.lower)
    return not also_noun(word.lower) or _mood(words, at) != ""


def _mood(words: Sequence[Word], at: int) -> str:
    """The mood of a verb; "" for a plain form."""
    for number in range(at - 1, max(0, at - _LOOK_BACK) - 1, -1):
        lower = _NOT.sub("", words[number].lower)
        if lower == "to" and number and words[number - 1].lower in REALISING:
            return ""
        if lower in _MOODS:
            return _MOODS[lower]
        if lower not in ADVERBS | AUXILIARIES_OF_BEING | AUXILIARIES and not lower.endswith("ly"):
            return ""
    return ""


def _checked(alignment: Alignment, ends: Sequence[int]) -> Iterator[str]:
    """Words such as "only" and "before" that the statement has beside a word, and the article has not."""
    given, stated = alignment.given, alignment.stated
    theirs = {word.lower for word in stated.words}
    figures = [(item.start, item.end) for item in given.items if item.figure is not None]
    for word in given.words:
        is_bound = any(start <= word.start < end for start, end in figures)  # "more than 300" is compared as a figure
        if word.lower in _CHECKED and word.lower not in theirs and not is_bound:
            yield f"{OWN_WORD}{word.text}"
    own = {word.lower for word in given.words}
    conditions = [word.start for word in stated.words if word.lower in _CONDITIONS - own]
    if conditions and _is_in_sentence_of(conditions, alignment, ends):
        yield "condition"


def _is_in_sentence_of(places: Sequence[int], alignment: Alignment, ends: Sequence[int]) -> bool:
    """Whether one of the places is in a sentence of the article that has a word of the statement that is no name."""
    own = {alignment.stated.items[n].start for n in alignment.pairs.values() if not alignment.stated.items[n].is_name}
    return not {_number(ends, place) for place in places}.isdisjoint(_number(ends, place) for place in own)


def _number(ends: Sequence[int], place: int) -> int:
    return sum(end <= place for end in ends)


def _doubted(alignment: Alignment) -> Iterator[str]:
    """What the article leaves open, or says only of a share: "45 percent of voters"."""
    stated, paired = alignment.stated, set(alignment.pairs.values())
    for denial, head in _denied(stated):
        if _is_doubt(stated, denial) and any(
            head == n and not _is_denied(alignment.given, m) for m, n in alignment.pairs.items()
        ):
            yield "doubted"
    has_share = any(_is_share(item) for item in alignment.given.items)
    for number, item in enumerate(stated.items[:-1]):
        if _is_share(item) and not has_share and number + 1 in paired:
            yield "share"


def _is_share(item: Item) -> bool:
    return item.figure is not None and item.figure.unit == "%"
