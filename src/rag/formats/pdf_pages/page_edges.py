"""Divides the lines of PDF pages into the text, the notes at the foot, and what is left out: running heads and feet."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from rag.formats.pdf_pages.lines import Line

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|s\.) ?)?\W*(?:\d{1,4}|[ivxlc]{1,6})\W*(?:(?:of|/|von) ?\d{1,4}\W*)?", re.IGNORECASE
)
"""A line that is only a page number: `7`, `- 7 -`, `Page 7`, `7 of 12`, `vii`."""
_PAGE_LABEL = re.compile(r"\b(?:page|seite) \d{1,4}(?: ?(?:of|/|von) ?\d{1,4})?\W*\Z", re.IGNORECASE)
"""The end of a line that names its page."""
_END_NUMBER = re.compile(r"\A\d{1,4}(?= )|(?<= )\d{1,4}\Z")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_SAME_PLACE = 15.0
"""Points by which the heights of a running head may differ."""
_SET_OFF = 1.25
"""A running head is at least this many steps from line to line away from the text."""
_OTHER_SIZE = 0.06
"""A running head may also be set off by its font size, if that differs by this share."""
_NOTE_SIZE = 0.93
"""Largest font size of a note, as a share of the text's."""
_NOTE = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§¶]{1,3})[\])]?[.:]? ?(?=[^\W\d_]|[\"“‘(\[])")
"""How a note begins."""


class PageLines(NamedTuple):
    """The lines of a page: the text, and the notes at its foot."""

    text: list[Line]
    notes: list[Line]


def divide_pages(pages: Sequence[Sequence[Line]]) -> list[PageLines]:
    """Divides the lines of each page.

    Left out are page numbers, and lines at the same edge of several pages that differ in digits only. At least one line
    of each page is kept.

    Args:
        pages: The lines of each page, in reading order.
    """
    body = _body_size(pages)
    kept = [_without_edges(page, frozenset()) for page in pages]
    while repeated := _find_repeated(kept, body):  # a running head may have several lines
        kept = [_without_edges(page, repeated) for page in kept]
    return [_take_notes(page, body) for page in kept]


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The font size of most characters."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _find_repeated(pages: Sequence[Sequence[Line]], body: float) -> frozenset[tuple[bool, str]]:
    """The outermost lines that are running heads and feet, as edge and shape.

    A line that most pages share is one. Others must be set off from the text and no larger: a line that two pages share
    at one height, such as the name of a chapter; lines with the numbers of consecutive pages; a line with "page 3".
    """
    usual = _usual_step(pages)
    shared: Counter[tuple[bool, str]] = Counter()
    set_off: defaultdict[tuple[bool, str], list[Line]] = defaultdict(list)
    for page in pages:
        for is_top in (True, False) if len(page) > 1 else ():
            line, following = _from_edge(page, is_top)[:2]
            if _may_be_running(line, is_top):
                key = is_top, _shape(line)
                shared[key] += 1
                is_small = line.size < (1 - _OTHER_SIZE) * body
                is_apart = abs(line.base - following.base) > _SET_OFF * usual
                if is_small or (is_apart and line.size < (1 + _OTHER_SIZE) * body):
                    set_off[key].append(line)
    often = {key for key, times in shared.items() if times >= max(3, len(pages) / 2)}
    numbered = _find_numbered(line for lines in set_off.values() for line in lines)
    return frozenset(
        often
        | {
            key
            for key, lines in set_off.items()
            if _are_at_one_height(lines) or any(_PAGE_LABEL.search(line.text) or id(line) in numbered for line in lines)
        }
    )


def _find_numbered(lines: Iterable[Line]) -> frozenset[int]:
    """The ids of lines at one height that begin or end with the numbers of consecutive pages."""
    numbered: set[int] = set()
    earlier: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        for number in {int(match) for match in _END_NUMBER.findall(line.text)}:
            for other in (*earlier[number - 1], *earlier[number + 1]):
                if abs(line.base - other.base) <= _SAME_PLACE:
                    numbered |= {id(line), id(other)}
            earlier[number].append(line)
    return frozenset(numbered)


def _usual_step(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance from line to line, in points; 0 if no page has two lines."""
    steps = (abs(before.base - line.base) for page in pages for before, line in pairwise(page))
    return median([step for step in steps if step > 1.0] or [0.0])


def _from_edge(page: Sequence[Line], is_top: bool) -> list[Line]:
    """The lines from the top down, or from the bottom up."""
    return sorted(page, key=lambda line: -line.base if is_top else line.base)


def _may_be_running(line: Line, is_top: bool) -> bool:
    """Whether a line at an edge has words and is no note, which ends like a sentence."""
    is_note = not is_top and _begins_note(line) and line.text.endswith(".")
    return _LETTERS.search(line.text) is not None and not is_note


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", line.text).casefold()


def _are_at_one_height(lines: Sequence[Line]) -> bool:
    """Whether two of the lines are at nearly the same height."""
    return any(above - below <= _SAME_PLACE for below, above in pairwise(sorted(line.base for line in lines)))


def _without_edges(page: Sequence[Line], repeated: Container[tuple[bool, str]]) -> list[Line]:
    """The page without its running head and foot and its page numbers, from the outermost line inwards."""
    kept = list(page)
    for is_top in (True, False):
        for line in _from_edge(page, is_top):
            is_out = (is_top, _shape(line)) in repeated or _PAGE_NUMBER.fullmatch(line.text)
            if len(kept) < 2 or not is_out:
                break
            kept = [other for other in kept if other is not line]
    return kept


def _take_notes(page: Sequence[Line], body: float) -> PageLines:
    """Takes the notes from a page: small lines behind a mark, below which there is no text in the same column."""
    text: list[Line] = []
    notes: list[Line] = []
    in_note = False
    for line in page:
        small = line.size <= _NOTE_SIZE * body
        in_note = small and (in_note or (_begins_note(line) and not any(_is_text_below(line, o, body) for o in page)))
        (notes if in_note else text).append(line)
    return PageLines(text, notes) if text else PageLines(notes, [])


def _begins_note(line: Line) -> bool:
    return _NOTE.match(line.text) is not None


def _is_text_below(line: Line, other: Line, body: float) -> bool:
    overlaps = other.left < line.right and other.right > line.left
    return other.base < line.base and overlaps and other.size > _NOTE_SIZE * body
