"""Joins the lines of a PDF page to paragraphs, and the parts of divided words to words."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import groupby, pairwise
from statistics import median

from rag.formats.pdf_pages.lines import Line
from rag.formats.pdf_pages.page_edges import PageLines
from rag.formats.tables import read_table
from rag.text.broken_words import HYPHENS, ends_broken, join_lines

PAGE_END = "\f"
"""The character that ends each page: a form feed."""
STOPS = tuple('.!?:…"”’)')
"""Characters that may end a sentence."""
_GAP = 1.4
"""A paragraph begins if the step from line to line is more than this many times the usual one."""
_OTHER_SIZE = 0.1
"""A paragraph begins if the font size differs by this share, as behind a heading."""
_FULL = 0.85
"""A line that is shorter than this share of its column and ends with a stop ends its paragraph."""
_NOTE_BEGINS = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§¶]{1,3})[\])]?[.:]? ?[^\W\d_]")
_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*(?=\s|\Z)")
_LONGEST_REST = 600
"""Most characters of a sentence that are read on the page before, because notes stand between its two parts."""
_HEADING_WORDS = 12
"""Least number of words of a paragraph without a stop that is no heading, and so goes on with a capital too."""
_INSIDE = {ord(mark): None for mark in HYPHENS[1:] if mark not in "\u2010\u2011"}
"""Hyphens that are shown at the end of a line only."""


def write_pages(pages: Sequence[PageLines], known: Container[str]) -> str:
    """Writes the text of all pages. Each page ends in a form feed, also the last one.

    A divided word is read on the page where it begins. So is a sentence, if notes stand between its two parts, or if
    nothing but the page's end shows that it goes on.

    Args:
        pages: The lines of each page.
        known: The words of the file in lower case.
    """
    paragraphs = [_join(page.text, known) for page in pages]
    notes = [_join_notes(page.notes, known) for page in pages]
    for number, following in enumerate(paragraphs[1:]):
        if paragraphs[number] and following:
            _carry_back(paragraphs[number], following, bool(notes[number]), known)
    return "".join(_write(*page) for page in zip(paragraphs, notes, strict=True))


def _write(paragraphs: Sequence[str], notes: Sequence[str]) -> str:
    text = "\n\n".join(filter(None, [*paragraphs, *notes])).translate(_INSIDE)
    return text + ("" if not text else "\n" if notes or text.endswith(STOPS) else " ") + PAGE_END


def _carry_back(page: list[str], following: list[str], has_notes: bool, known: Container[str]) -> None:
    """Moves the rest of a divided word, or of a sentence that would be torn, from the next page to this one."""
    last, (first, *others) = page[-1], following
    if ends_broken(last):
        word, _, rest = first.partition(" ")
        page[-1] = join_lines([last, word], known)
        following[:] = [rest, *others]
        last, first = page[-1], rest
    goes_on = first[:1].islower() or len(last.split()) >= _HEADING_WORDS
    if last.endswith(STOPS) or not goes_on or (first[:1].islower() and not has_notes):
        return
    end = _SENTENCE_END.search(first, 0, _LONGEST_REST)
    if end is not None:
        page[-1] = f"{last} {first[: end.end()]}"
        following[:] = [first[end.end() :].strip(), *others]


def _join(lines: Sequence[Line], known: Container[str]) -> list[str]:
    """Joins lines to paragraphs."""
    lines = _name_columns(lines)
    steps = [before.base - line.base for before, line in pairwise(lines)]
    usual = median([step for step in steps if step > 0] or [0.0])
    paragraphs: list[list[str]] = []
    for number, line in enumerate(lines):
        if not number or _begins(lines[number - 1], line, steps[number - 1], usual):
            paragraphs.append([])
        paragraphs[-1].append(line.text)
    return [join_lines(paragraph, known) for paragraph in paragraphs]


def _name_columns(lines: Sequence[Line]) -> list[Line]:
    """Writes the rows of tables with the names of their columns, if no row lacks a cell."""
    named: list[Line] = []
    for is_row, group in groupby(lines, key=lambda line: line.is_row):
        rows = list(group)
        cells = [line.cells for line in rows]
        if is_row and len(set(map(len, cells))) == 1:
            written = read_table(cells)
            rows = [line._replace(text=text) for line, text in zip(rows[-len(written) :], written, strict=True)]
        named += rows
    return named


def _join_notes(lines: Sequence[Line], known: Container[str]) -> list[str]:
    notes: list[list[str]] = []
    for line in lines:
        if not notes or _NOTE_BEGINS.match(line.text):
            notes.append([])
        notes[-1].append(line.text)
    return [join_lines(note, known) for note in notes]


def _begins(before: Line, line: Line, step: float, usual: float) -> bool:
    """Whether a paragraph begins with this line. A step upwards is a new column, which may continue a sentence."""
    if line.is_row or before.is_row:
        return True
    continues = line.text[0].islower()
    if continues and ends_broken(before.text):
        return False
    if step > _GAP * usual > 0 or (abs(line.size - before.size) > _OTHER_SIZE * before.size and not continues):
        return True
    ended = before.text.endswith(STOPS) and before.right - before.left < _FULL * before.room
    return (ended or step < -usual) and not continues and (ended or before.text.endswith(STOPS))
