"""What a sentence tells, taken apart: its words, figures, dates and names, and what it denies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.drafts.dates import Moment, find_moments
from rag.drafts.figures import find_figures
from rag.drafts.words import Word, words_of
from rag.text.english.function_words import FIRST_WORDS, STOP_WORDS
from rag.text.english.patterns import any_of, capitalised
from rag.text.english.people import ABBREVIATED_TITLES, MENS_NAMES, NAME_PARTICLES, WOMENS_NAMES
from rag.text.english.places import ADJECTIVES_OF_LANDS, PLACES
from rag.text.english.spelling import common_words
from rag.text.grammar.denials import Denial, find_denials
from rag.text.grammar.unrealised import find_unrealised
from rag.values.value import Quantity

_INSIDE_NAME = re.compile(rf"(?<!\w)(?:[A-Z]|{any_of(capitalised(ABBREVIATED_TITLES))})\.\Z")
"""An initial or a title with its full stop, behind which a name goes on."""
_SURELY_NAMES = PLACES | capitalised(ADJECTIVES_OF_LANDS) | MENS_NAMES | WOMENS_NAMES


@dataclass(frozen=True, slots=True)
class Item:
    """A word that says something, a figure or a date, at `text[start:end]`.

    Attributes:
        start: Start offset in the text, in characters.
        end: End offset, exclusive.
        word: The word; None for a figure or a date.
        figure: What a figure says; None for another item.
        moment: The date; None for another item.
        is_compared: Whether it is compared here. Quotations and speakers are compared in other ways; their words only
            tell where the others stand.
    """

    start: int
    end: int
    word: Word | None = None
    figure: Quantity | None = None
    moment: Moment | None = None
    is_compared: bool = True

    @property
    def key(self) -> str:
        """What is equal for items that may stand for each other: all figures, all dates, inflections of a word."""
        return self.word.key if self.word else "#" if self.figure else "@"

    @property
    def is_name(self) -> bool:
        """Whether it is a word with a capital."""
        return self.word is not None and self.word.is_name


@dataclass(frozen=True, slots=True)
class Told:
    """What a text tells.

    Attributes:
        text: The text.
        words: All its words, in order.
        items: Its words that say something, its figures and its dates, in order.
        names: For each name the indices of its items, as a half-open interval.
        denials: What it denies.
        unrealised: What it tells only as planned, hoped, asked and the like, as half-open intervals of the text.
    """

    text: str
    words: tuple[Word, ...]
    items: tuple[Item, ...]
    names: tuple[tuple[int, int], ...]
    denials: tuple[Denial, ...]
    unrealised: tuple[tuple[int, int], ...]


@lru_cache(maxsize=4096)
def read_told(text: str, left_out: tuple[tuple[int, int], ...] = ()) -> Told:
    """Takes a text apart.

    Args:
        text: One sentence or two.
        left_out: Half-open intervals whose words are not compared, such as quotations.
    """
    moments = find_moments(text)
    figures = find_figures(text, [(moment.start, moment.end) for moment in moments])
    words = words_of(text)
    found = [Item(m.start, m.end, moment=m) for m in moments] + [Item(f.start, f.end, figure=f.value) for f in figures]
    taken = [(slot.start, slot.end) for slot in found]
    found += [Item(w.start, w.end, word=w) for w in words if w.tells and not _touches(w.start, w.end, taken)]
    items = tuple(
        replace(item, is_compared=not _touches(item.start, item.end, left_out))
        for item in sorted(found, key=lambda item: item.start)
    )
    return Told(text, tuple(words), items, tuple(_names(text, items)), find_denials(text), find_unrealised(text))


def _touches(start: int, end: int, places: Sequence[tuple[int, int]]) -> bool:
    return any(begin < end and start < until for begin, until in places)


def _names(text: str, items: Sequence[Item]) -> list[tuple[int, int]]:
    """Runs of words with capitals that stand side by side."""
    found: list[tuple[int, int]] = []
    for index, item in enumerate(items):
        if not item.is_name or not item.is_compared or _only_opens(text, items, index):
            continue
        if found and found[-1][1] == index and _is_joint(text, items[index - 1], item):
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return found


def _is_joint(text: str, one: Item, other: Item) -> bool:
    """Whether only white space, initials and particles stand between two words; a stop only behind a title."""
    between = text[one.end : other.start]
    if between.startswith(".") and text[one.start : one.end].lower() not in ABBREVIATED_TITLES:
        return False
    parts = between.replace(".", " ").split()
    is_inside = all(part in NAME_PARTICLES or (len(part) == 1 and part.isupper()) for part in parts)
    return is_inside and between != "" and not {",", "'", "’", "\n"}.intersection(between)


def _only_opens(text: str, items: Sequence[Item], index: int) -> bool:
    """Whether a word has its capital only because a sentence or a quotation begins with it."""
    word = items[index].word
    if word is None or word.text.isupper() or word.text in _SURELY_NAMES:
        return False
    before = text[: word.start].rstrip()
    if before and (before[-1] not in '.!?:“"‘' or _INSIDE_NAME.search(before)):
        return False
    if word.lower in STOP_WORDS | FIRST_WORDS:
        return True
    following = items[index + 1] if index + 1 < len(items) else None
    goes_on = following is not None and following.is_name and _is_joint(text, items[index], following)
    return word.lower in common_words() and not goes_on
