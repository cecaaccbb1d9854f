"""Puts the lines of a PDF page into reading order: column by column, also if the page was drawn row by row.

The order of drawing is kept unless it jumps between columns. Columns are told from tables by what stands in them: the
lines of a column run on, so many of them begin with a lower-case letter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rag.formats.pdf_pages.words import Word
from rag.text.broken_words import ends_broken

_GAP = 0.9
"""Widest space between two words of a line, in font sizes."""
_NARROW_GAP = 0.4
"""Narrowest gutter between two columns, in font sizes."""
_SAME_LINE = 0.3
"""Greatest difference in height of what stands on one line, in font sizes."""
_SMALL = 0.8
"""Largest size of a mark, as a share of the size of the words around it."""
_LEAST_ROWS = 3
"""Least number of lines of a column."""
_ALIGNED = 2.0
"""Points by which the left ends of a column's lines may differ."""
_ALIGNED_SHARE = 0.5
"""Least share of the rows that begin at the column's left end. Paragraphs may be indented."""
_LOWER_SHARE = 0.25
"""Least share of a column's lines that begin with a lower-case letter or behind a divided word."""
_LEAST_WORDS = 2.5
"""Least mean number of words of a column's lines."""
_MOST_SEGMENTS = 2_000
"""A page of more pieces is a plan or a table, and is left in the order of drawing."""


class Segment(NamedTuple):
    """Words side by side that are drawn one after the other, without a gap between.

    Attributes:
        words: The words, from the left.
        left: The left end, in points.
        right: The right end.
        base: The height of its line.
        size: The font size of most characters.
    """

    words: tuple[Word, ...]
    left: float
    right: float
    base: float
    size: float

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return "".join(("" if word.is_glued else " ") + word.text for word in self.words).strip()


class _Band(NamedTuple):
    """A part of a page with two columns: the segments to the left and to the right of a gutter."""

    left: list[Segment]
    right: list[Segment]


def read_segments(words: Sequence[Word]) -> list[Segment]:
    """Joins words that are side by side, in the order of drawing."""
    groups: list[list[Word]] = []
    for word in words:
        if groups and _follows(groups[-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return _split_at_edges([to_segment(group) for group in groups])


def to_segment(words: Sequence[Word]) -> Segment:
    """Makes a segment of words that stand on one line."""
    size, base = words[0].size, words[0].base
    if any(word.size != size for word in words):
        sizes: Counter[float] = Counter()
        for word in words:
            sizes[word.size] += len(word.text)
        size = sizes.most_common(1)[0][0]
        base = next(word.base for word in words if word.size == size)
    return Segment(tuple(words), min(w.left for w in words), max(w.right for w in words), base, size)


def reading_order(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Divides the segments of a page into blocks in reading order. A block is a column, or what is between columns."""
    band = _find_band(segments) if len(segments) <= _MOST_SEGMENTS else None
    if band is None:
        return [list(segments)] if segments else []
    inside = {id(segment) for segment in (*band.left, *band.right)}
    top = max(segment.base for segment in (*band.left, *band.right))
    outside = [segment for segment in segments if id(segment) not in inside]
    above = [segment for segment in outside if segment.base > top]
    below = [segment for segment in outside if segment.base <= top]
    if _is_drawn_in_columns(segments, band):
        left, right = band
    else:
        left, right = _from_the_top(band.left), _from_the_top(band.right)
    return [block for part in (above, left, right, below) for block in reading_order(part)]


def _follows(line: Sequence[Word], word: Word) -> bool:
    """Whether a word continues the line of words drawn before it. A mark of a note may stand higher or lower."""
    last = line[-1]
    size = max(last.size, word.size)
    difference = min(abs(word.base - last.base), abs(word.base - line[0].base))
    is_mark = min(last.size, word.size) < _SMALL * size
    if difference > (2 * _SAME_LINE if is_mark else _SAME_LINE) * size or last.angle != word.angle:
        return False
    return -0.5 * size <= word.left - last.right <= _GAP * size


def _split_at_edges(segments: Sequence[Segment]) -> list[Segment]:
    """Splits segments at narrow gutters: before a word that begins where the lines of a column do."""
    edges = Counter(round(segment.left / _ALIGNED) for segment in segments)
    split: list[Segment] = []
    for segment in segments:
        words: list[Word] = []
        for word in segment.words:
            is_apart = bool(words) and word.left - words[-1].right >= _NARROW_GAP * segment.size
            if is_apart and edges[round(word.left / _ALIGNED)] >= _LEAST_ROWS:
                split.append(to_segment(words))
                words = []
            words.append(word)
        split.append(to_segment(words))
    return split


def _find_band(segments: Sequence[Segment]) -> _Band | None:
    """The largest part of a page that a gutter divides into columns; None if there is none."""
    edges = Counter(round(segment.left / _ALIGNED) for segment in segments)
    best: _Band | None = None
    for edge in sorted(edge for edge, number in edges.items() if number + edges[edge + 1] >= _LEAST_ROWS):
        for band in _bands_at(segments, edge * _ALIGNED - _ALIGNED):
            if _are_columns(band, edge * _ALIGNED) and (best is None or _rows_in(band) > _rows_in(best)):
                best = band
    return best


def _bands_at(segments: Sequence[Segment], gutter: float) -> list[_Band]:
    """The parts of a page between the segments that cross this gutter, from the top."""
    bands = [_Band([], [])]
    for segment in sorted(segments, key=lambda segment: -segment.base):
        if segment.left >= gutter:
            bands[-1].right.append(segment)
        elif segment.right <= gutter:
            bands[-1].left.append(segment)
        else:
            bands.append(_Band([], []))
    return [_overlap(band) for band in bands if band.left and band.right]


def _overlap(band: _Band) -> _Band:
    """The band without what is above the first line of the lower column, such as a title over one of them."""
    top = min(max(s.base + s.size for s in side) for side in band)
    left, right = ([s for s in side if s.base <= top] for side in band)
    return _Band(left, right)


def _rows_in(band: _Band) -> int:
    return len(band.left) + len(band.right)


def _are_columns(band: _Band, edge: float) -> bool:
    """Whether both sides are running text, and the right one is aligned at the gutter."""
    if not all(_is_running_text(side) for side in band):
        return False
    rows = _rows(band.right)
    aligned = sum(abs(min(segment.left for segment in row) - edge) <= 2 * _ALIGNED for row in rows)
    return aligned >= _ALIGNED_SHARE * len(rows)


def _is_running_text(side: Sequence[Segment]) -> bool:
    if len(_rows(side)) < _LEAST_ROWS:
        return False
    texts = [segment.text for segment in side]
    continued = sum(text[:1].islower() or ends_broken(before) for before, text in pairwise(texts))
    words = sum(len(text.split()) for text in texts)
    return continued >= _LOWER_SHARE * (len(texts) - 1) and words >= _LEAST_WORDS * len(texts)


def _rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    """The segments by rows, from the top."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda segment: -segment.base):
        if rows and rows[-1][0].base - segment.base <= _SAME_LINE * segment.size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return rows


def _from_the_top(segments: Sequence[Segment]) -> list[Segment]:
    return [segment for row in _rows(segments) for segment in sorted(row, key=lambda segment: segment.left)]


def _is_drawn_in_columns(segments: Sequence[Segment], band: _Band) -> bool:
    """Whether the whole left column is drawn before the right one, from the top."""
    place = {id(segment): number for number, segment in enumerate(segments)}
    left, right = ([place[id(segment)] for segment in side] for side in band)
    return max(left) < min(right)
