"""Makes lines of a PDF page: reads the words of each, and drops the marks of footnotes inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rag.formats.pdf_pages.columns import Segment, read_segments, reading_order, to_segment
from rag.formats.pdf_pages.words import Word

_SMALL, _RAISED = 0.8, 0.15
"""A mark is at most this large, and stands at least this high above the line, as shares of its font's size."""
_SAME_LINE = 0.3
"""Greatest difference in height of what stands on one line, in font sizes."""
_MARK = re.compile(r"[\[(]?(?:\d{1,3}(?:[,–-]\d{1,3})*|[*†‡§¶]{1,3})[\])]?[.,;:]?")
_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED_IN_FONT = re.compile(rf"(?<=[^\W\d_{_RAISED_DIGITS}])(?<!\b[kcdm]m)(?<!\bm)(?<!\bft)[{_RAISED_DIGITS}]+(?!\w)")
"""A mark in raised digits behind a word that is no unit of length."""
_UNIT = re.compile(r"(?:\b|\d)(?:[kcdm]?m|ft|yd|mi|in|s)\Z")
_POWER = re.compile(r"(?:\A|\D)10\Z")
_TO_RAISED = str.maketrans("0123456789", _RAISED_DIGITS)
_CELL_GAP = 1.2
"""Least gap between two cells of a table, in font sizes."""
_ALIGNED = 3.0
"""Points by which the ends of a column's cells may differ."""
_TURNED = 1.0
"""Degrees from which a line is turned."""


class Line(NamedTuple):
    """A line of a page.

    Attributes:
        text: The words.
        left: The left end, in points.
        right: The right end.
        base: The height above the bottom of the page.
        size: The font size of most characters.
        room: The width of its column.
        cells: The cells, if it is a row of a table. In the text, ` | ` is between them.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    room: float
    cells: tuple[str, ...] = ()

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return bool(self.cells)


def to_lines(words: Sequence[Word]) -> list[Line]:
    """Puts the words of a page into lines in reading order. What is written askew, such as a stamp, is left out.

    Args:
        words: The words in the order of drawing.
    """
    level = [word for word in words if abs(word.angle) < _TURNED]
    upright = [word for word in words if abs(abs(word.angle) - 90) < _TURNED]
    if len(level) < len(upright):  # a page that was turned: its lines are read as they are drawn
        return [_to_line([segment], 0.0) for segment in _runs(upright)]
    blocks = reading_order(read_segments(level))
    lines = []
    for block in blocks:
        room = max(segment.right for segment in block) - min(segment.left for segment in block)
        rows = list(_side_by_side(block))
        for number, segments in enumerate(rows):
            beside = rows[max(0, number - 1) : number] + rows[number + 1 : number + 2]
            lines.append(_to_line(segments, room, is_row=any(_are_rows(segments, other) for other in beside)))
    return [line for line in lines if line.text]


def _runs(words: Sequence[Word]) -> Iterator[Segment]:
    """Yields the words of turned lines, in the order of drawing."""
    run: list[Word] = []
    for word in words:
        if run and abs(word.left - run[-1].left) > _SAME_LINE * word.size:
            yield to_segment(run)
            run = []
        run.append(word)
    if run:
        yield to_segment(run)


def _side_by_side(block: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Yields the segments of each line: those that follow one another to the right at one height."""
    line: list[Segment] = []
    for segment in block:
        if line and (
            abs(segment.base - line[-1].base) > _SAME_LINE * max(segment.size, line[-1].size)
            or segment.left < line[-1].right - segment.size
        ):
            yield line
            line = []
        line.append(segment)
    if line:
        yield line


def _are_rows(line: Sequence[Segment], other: Sequence[Segment]) -> bool:
    """Whether two lines are rows of one table: both have gaps, and behind them two cells are aligned."""
    cells, others = _cells_behind_gaps(line), _cells_behind_gaps(other)
    return any(
        abs(cell.left - beside.left) <= _ALIGNED or abs(cell.right - beside.right) <= _ALIGNED
        for cell in cells
        for beside in others
    )


def _cells_behind_gaps(line: Sequence[Segment]) -> list[Segment]:
    return [cell for before, cell in pairwise(line) if cell.left - before.right > _CELL_GAP * cell.size]


def _to_line(segments: Sequence[Segment], room: float, is_row: bool = False) -> Line:
    whole = to_segment([word for segment in segments for word in segment.words])
    parts = [" ".join(_read(segment.words, whole).split()) for segment in segments]
    text = (" | " if is_row else " ").join(filter(None, parts))
    cells = tuple(parts) if is_row else ()
    return Line(text, whole.left, whole.right, whole.base, whole.size, room, cells)


def _read(words: Sequence[Word], line: Segment) -> str:
    """The text of words of a line, without the marks of notes. A mark that begins the line is kept: it is a note's."""
    text = ""
    for word in words:
        raised = word.size < _SMALL * line.size and word.base > line.base + _RAISED * word.size
        if raised and _MARK.fullmatch(word.text):
            text += _read_mark(text, word.text) if text or words[0] is not line.words[0] else f"{word.text} "
        else:
            text += word.text if word.is_glued else f" {word.text}"
    return _RAISED_IN_FONT.sub("", text)


def _read_mark(before: str, mark: str) -> str:
    """What a raised number adds to the text before it: nothing, a power of ten, or a square."""
    digits = mark.rstrip(".,;:")
    if _POWER.search(before) or (digits in ("2", "3") and _UNIT.search(before)):
        return digits.translate(_TO_RAISED) + mark[len(digits) :]
    return mark[len(digits) :] if digits.strip("[]()").isdigit() else ""
