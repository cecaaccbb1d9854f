"""Compares a statement with a sentence of an article, part by part."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field

from rag.drafts import dates, figures
from rag.drafts.alignment import Alignment, align
from rag.drafts.binding import Bound, broken_clauses, exchanged_parts, loose_parts
from rag.drafts.evidence import Window
from rag.drafts.naming import core_of, find_name, is_place_of_article, other_name, pronouns_for
from rag.drafts.results import PartKind, PartStatus
from rag.drafts.swaps import swap_of, turned_words
from rag.drafts.told import Item, Told
from rag.drafts.turning import hedges_of, turns_of
from rag.drafts.words import are_opposite

Supported = Callable[[Window, Item], bool]
"""Decides whether an article says a word elsewhere that describes a name of the statement."""
_CLOSE_ALONE = 0.3
"""The same share, if both have only one figure, or only one date."""
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
        hedges: What it takes back of the statement, although it has its words; see `rag.drafts.turning`.
        loose: What it has beside other words than the statement; see `rag.drafts.binding`.
        alignment: The pairs of words.
    """

    window: Window
    parts: tuple[Found, ...]
    lacking: tuple[Item, ...]
    matched: int
    hedges: tuple[str, ...]
    loose: tuple[str, ...]
    alignment: Alignment = field(repr=False)


def compare(given: Told, window: Window, supported: Supported | None = None) -> Comparison:
    """Compares a statement with a window.

    Args:
        given: The statement.
        window: The sentence of the article, or two.
        supported: Decides whether the article says a word elsewhere that describes a name of the statement.
    """
    alignment = align(given, window.told(), window.ends)
    supported = supported or (lambda _window, _item: False)
    named = {n for first, last in given.names for n in core_of(alignment, first, last)}
    names, slots = list(_names(alignment, window, supported)), list(_slots(alignment, window))
    parts = [*names, *(found for found, _ in slots)]
    runs = zip(given.names, names, strict=True)
    differing = {n for (first, last), name in runs if name.status == "otherwise" for n in range(first, last)}
    lacking = []
    for index, item in enumerate(given.items):
        if item.word is None or not item.is_compared or index in alignment.pairs or index in named | differing:
            continue
        opposite = _opposite(alignment, index)
        if opposite is not None:
            parts.append(Found("words", item.start, item.end, "otherwise", (opposite.start, opposite.end)))
        elif not supported(window, item):
            lacking.append(item)
    turn, swap = turns_of(alignment), swap_of(alignment)
    parts += [Found("denial", *turn.given, "otherwise", turn.stated)] if turn else []
    parts += [Found("name", *swap.given, "otherwise", swap.stated)] if swap else []
    bound = [*_bound_names(alignment, window, names), *(one for _, one in slots if one is not None)]
    hedges = tuple(hedges_of(alignment, window.text, window.ends))
    loose = [*loose_parts(alignment, bound, window.ends), *broken_clauses(alignment, bound, window.ends)]
    loose += [] if swap else [*exchanged_parts(alignment, bound), *turned_words(alignment)]
    matched = sum(part.status == "stated" for part in parts)
    matched += sum(n not in named and given.items[n].is_compared for n in alignment.pairs)
    return Comparison(window, tuple(parts), tuple(lacking), matched, hedges, tuple(loose), alignment)


def _bound_names(alignment: Alignment, window: Window, names: Sequence[Found]) -> Iterator[Bound]:
    """The names that a window has, with the sentences where a pronoun stands for each."""
    items = alignment.given.items
    for (first, last), found in zip(alignment.given.names, names, strict=True):
        core = core_of(alignment, first, last)
        if found.status != "stated" or found.place is None:
            continue
        words = [word for n in core if (word := items[n].word) is not None]
        pronouns = pronouns_for(window, words) if len(window.ends) > 1 else ()
        stands_in = frozenset(sum(end <= start for end in window.ends) for start, _ in pronouns)
        yield Bound(core[0], core[-1] + 1, alignment.pairs.get(core[-1]), "name", stands_in)


def _names(alignment: Alignment, window: Window, supported: Supported) -> Iterator[Found]:
    items = alignment.given.items
    for first, last in alignment.given.names:
        core = core_of(alignment, first, last)
        start, end = items[core[0] if core else first].start, items[last - 1].end
        if core and all(supported(window, items[n]) for n in core):
            yield Found("name", start, end, "stated")  # it describes another name, and does so elsewhere in the article
            continue
        place, other = find_name(alignment, window, first, last), other_name(alignment, first, last)
        if place is None and other is None and core and is_place_of_article(alignment, window, first, last):
            yield Found("name", start, end, "stated")
        elif place is None:
            yield Found("name", start, end, "not_found" if other is None else "otherwise", other)
        else:
            yield Found("name", start, end, "stated", place if place[0] < place[1] else None)


def _slots(alignment: Alignment, window: Window) -> Iterator[tuple[Found, Bound | None]]:
    """What a window says of each figure and each date: the best of those that tell it, or of those that exclude it.

    No figure of the article counts twice: "5 to 4" does not tell "5 to 5".
    """
    used: set[int] = set()
    for index, item in enumerate(alignment.given.items):
        if item.word is None and item.is_compared:
            found, other = _slot(alignment, window, index, used)
            used |= set() if other is None else {other}
            is_same = found.status == "stated"
            yield found, None if other is None else Bound(index, index + 1, other, found.kind, is_same=is_same)


def _slot(alignment: Alignment, window: Window, index: int, used: Container[int]) -> tuple[Found, int | None]:
    item, items = alignment.given.items[index], alignment.stated.items
    kind: PartKind = "figure" if item.figure is not None else "date"
    others = [n for n, other in enumerate(items) if other.key == item.key and n not in used]
    telling = [n for n in others if _tells(items[n], item, window.article.published)]
    telling = [n for n in telling if _is_same_value(items[n], item) or alignment.closeness(index, n) >= _CLOSE]
    excluding = [n for n in others if n not in telling and _excludes(items[n], item)]
    best, worst = _closest(alignment, index, telling), _closest(alignment, index, excluding)
    if best is None and worst != _closest(alignment, index, others):
        worst = None  # a figure of the same thing stands nearer, and may be the same
    is_elsewhere = best and worst and worst[0] > best[0] + _FARTHER and best[0] < _FARTHER
    if best is not None and not is_elsewhere:
        return Found(kind, item.start, item.end, "stated", (items[best[1]].start, items[best[1]].end)), best[1]
    is_alone = len(others) == 1 and sum(one.key == item.key for one in alignment.given.items) == 1
    if best is None and worst is not None and worst[0] >= (_CLOSE_ALONE if is_alone else _CLOSE):
        return Found(kind, item.start, item.end, "otherwise", (items[worst[1]].start, items[worst[1]].end)), worst[1]
    return Found(kind, item.start, item.end, "not_found"), None


def _is_same_value(stated: Item, given: Item) -> bool:
    """Whether two figures are one number; a figure that only fits a bound may be about anything."""
    if stated.figure is None or given.figure is None:
        return True
    return (stated.figure.low, stated.figure.high) == (given.figure.low, given.figure.high)


def _tells(stated: Item, given: Item, published: str | None) -> bool:
    if stated.figure is not None and given.figure is not None:
        return figures.tells(stated.figure, given.figure)
    if stated.moment is not None and given.moment is not None:
        return dates.tells(stated.moment, given.moment, published)
    return False


def _excludes(stated: Item, given: Item) -> bool:
    if stated.figure is not None and given.figure is not None:
        return figures.differs(stated.figure, given.figure)
    return stated.moment is not None and given.moment is not None and dates.excludes(stated.moment, given.moment)


def _closest(alignment: Alignment, index: int, others: Sequence[int]) -> tuple[float, int] | None:
    """The figure or date beside the same word, or else the one with most of the words around."""
    scored = [(alignment.is_beside(index, other), alignment.closeness(index, other), -other) for other in others]
    if not scored:
        return None
    _, closeness, other = max(scored)
    return closeness, -other


def _opposite(alignment: Alignment, index: int) -> Item | None:
    """The word of the article in the place of a statement's word that turns it into its opposite."""
    word = alignment.given.items[index].word
    for other in sorted(alignment.free()):
        stated = alignment.stated.items[other]
        if word and stated.word and are_opposite(word, stated.word) and alignment.closeness(index, other) >= _CLOSE:
            return stated
    return None
