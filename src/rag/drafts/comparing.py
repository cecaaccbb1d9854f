"""Compares a statement with a sentence of an article, part by part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rag.drafts import dates, figures
from rag.drafts.alignment import Alignment, align
from rag.drafts.evidence import Window
from rag.drafts.naming import find_name, other_name
from rag.drafts.results import PartKind, PartStatus
from rag.drafts.told import Item, Told
from rag.drafts.turning import Turn, doubts_of, turns_of
from rag.drafts.words import are_opposite

_CLOSE = 0.5
"""Share of the words around a figure from which another one stands in its place."""
_FARTHER = 0.34
"""By how much closer a figure that differs must be, for one with the same value to be about something else."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a sentence of an article says of a part of a statement.

    Attributes:
        kind: The kind of the part.
        start: Its start offset in the statement, in characters.
        end: Its end offset, exclusive.
        status: What the sentence says of it.
        place: The half-open place of the article's words in the window's text; None if it has none.
    """

    kind: PartKind
    start: int
    end: int
    status: PartStatus
    place: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A statement beside a sentence of an article.

    Attributes:
        window: The sentence, or two.
        parts: What it says of each figure, date, name and denial, and of words with their opposite.
        lacking: The statement's other words that it lacks.
        matched: Number of words, figures, dates and names that it has.
        doubts: Why it does not tell the statement, although it has its words.
        alignment: The pairs of words.
    """

    window: Window
    parts: tuple[Found, ...]
    lacking: tuple[Item, ...]
    matched: int
    doubts: tuple[str, ...]
    alignment: Alignment = field(repr=False)

    @property
    def differing(self) -> tuple[Found, ...]:
        """The parts that it states otherwise."""
        return tuple(part for part in self.parts if part.status == "otherwise")

    @property
    def missing(self) -> tuple[Found, ...]:
        """The parts that it does not have."""
        return tuple(part for part in self.parts if part.status == "not_found")

    @property
    def share(self) -> float:
        """The share of the statement's words and parts that it has, in [0, 1]."""
        lacking = len(self.lacking) + len(self.missing) + len(self.differing)
        return self.matched / (self.matched + lacking) if self.matched else 0.0


def compare(given: Told, window: Window, supported: Callable[[Window, Item], bool] | None = None) -> Comparison:
    """Compares a statement with a window.

    Args:
        given: The statement.
        window: The sentence of the article, or two.
        supported: Decides whether the article says a word elsewhere that describes a name of the statement.
    """
    stated = window.told()
    alignment = align(given, stated)
    named = [index for first, last in given.names for index in range(first, last)]
    parts = [
        *_names(alignment, window),
        *(_slot(alignment, window, index) for index, item in enumerate(given.items) if item.word is None),
    ]
    turn = turns_of(alignment)
    lacking, opposites = [], []
    for index, item in enumerate(given.items):
        if item.word is None or index in named or index in alignment.pairs:
            continue
        opposite = _opposite(alignment, index)
        if opposite is not None:
            opposites.append(Found("words", item.start, item.end, "otherwise", (opposite.start, opposite.end)))
        elif supported is None or not supported(window, item):
            lacking.append(item)
    parts += opposites
    if turn is not None:
        parts.append(_denial(turn))
    matched = sum(part.status == "stated" for part in parts)
    matched += sum(1 for n in alignment.pairs if n not in named)
    return Comparison(window, tuple(parts), tuple(lacking), matched, tuple(doubts_of(alignment, window.text)), alignment)


def _names(alignment: Alignment, window: Window) -> list[Found]:
    found = []
    for first, last in alignment.given.names:
        start, end = alignment.given.items[first].start, alignment.given.items[last - 1].end
        place = find_name(alignment, window, first, last)
        if place is not None:
            found.append(Found("name", start, end, "stated", place))
            continue
        other = other_name(alignment, first, last)
        found.append(Found("name", start, end, "not_found" if other is None else "otherwise", other))
    return found


def _slot(alignment: Alignment, window: Window, index: int) -> Found:
    """What a window says of a figure or a date: the best of those that tell it, or of those that exclude it."""
    item = alignment.given.items[index]
    kind: PartKind = "figure" if item.figure is not None else "date"
    others = [n for n, other in enumerate(alignment.stated.items) if other.key == item.key]
    telling = [n for n in others if _tells(alignment.stated.items[n], item, window.article.published)]
    excluding = [n for n in others if n not in telling and _excludes(alignment.stated.items[n], item)]
    best, worst = _closest(alignment, index, telling), _closest(alignment, index, excluding)
    if best is not None and not (worst is not None and worst[0] > best[0] + _FARTHER and best[0] < _FARTHER):
        place = alignment.stated.items[best[1]]
        return Found(kind, item.start, item.end, "stated", (place.start, place.end))
    if best is None and worst is not None and worst[0] >= _CLOSE:
        place = alignment.stated.items[worst[1]]
        return Found(kind, item.start, item.end, "otherwise", (place.start, place.end))
    return Found(kind, item.start, item.end, "not_found")


def _tells(stated: Item, given: Item, published: str | None) -> bool:
    if stated.figure is not None and given.figure is not None:
        return figures.tells(stated.figure, given.figure)
    if stated.moment is not None and given.moment is not None:
        return dates.tells(stated.moment, given.moment, published)
    return False


def _excludes(stated: Item, given: Item) -> bool:
    if stated.figure is not None and given.figure is not None:
        return figures.excludes(stated.figure, given.figure)
    return stated.moment is not None and given.moment is not None and dates.excludes(stated.moment, given.moment)


def _closest(alignment: Alignment, index: int, others: Sequence[int]) -> tuple[float, int] | None:
    scored = [(alignment.closeness(index, other), -other) for other in others]
    if not scored:
        return None
    closeness, other = max(scored)
    return closeness, -other


def _opposite(alignment: Alignment, index: int) -> Item | None:
    """The word of the article in the place of a statement's word that turns it into its opposite."""
    word = alignment.given.items[index].word
    for other in sorted(alignment.free()):
        stated = alignment.stated.items[other]
        if word and stated.word and are_opposite(word, stated.word) and alignment.closeness(index, other) >= _CLOSE:
            return stated
    return None


def _denial(turn: Turn) -> Found:
    return Found("denial", *turn.given, "otherwise", turn.stated)
