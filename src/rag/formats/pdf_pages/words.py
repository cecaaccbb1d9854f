"""Reads the words of a PDF page with their places, from pypdfium2's characters.

Characters are read one by one only where it is needed, because each call costs about a microsecond: the rest follows
from the first and last character of a word.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rag.text.broken_words import HYPHENS

_SOFT = "\x02\xad\ufffe"
"""Characters behind which pdfium leaves out the line end."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a part of one that was drawn by itself, such as the mark of a footnote.

    Lengths are in points, from the lower left corner of the page.

    Attributes:
        text: The characters.
        left: The left end.
        right: The right end.
        base: The height of the line that it stands on.
        size: The size of the font as it is drawn.
        angle: The angle of the line, in degrees.
        is_glued: Whether no white space is between it and the part before it.
        drawn: The address of the page object that drew it.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    angle: float = 0.0
    is_glued: bool = False
    drawn: int = 0


def read_words(page: Any) -> list[Word]:
    """Reads the words of a page in the order in which they are drawn.

    Args:
        page: The page, a `pypdfium2.PdfPage`.
    """
    return list(_Reader(page).words())


class _Reader:
    """Reads one page. The places of characters are numbers of pdfium's text page."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._text_page = page.get_textpage()  # kept, because pdfium closes it with its last reference
        self._raw = self._text_page.raw
        self._sizes: dict[int, tuple[float, float]] = {}
        self._left, self._right, self._bottom, self._top = (ctypes.c_double() for _ in range(4))

    def words(self) -> Iterator[Word]:
        """Yields the words of the page."""
        code_of = self._pdfium.FPDFText_GetUnicode
        characters = [chr(code_of(self._raw, place)) for place in range(self._text_page.count_chars())]
        start: int | None = None
        for place, character in enumerate(characters):
            if character == "\0" or character.isspace():
                if start is not None:
                    yield from self._split(characters, start, place)
                start = None
                continue
            start = place if start is None else start
            if character in _SOFT:
                yield from self._split(characters, start, place + 1)
                start = None
        if start is not None:
            yield from self._split(characters, start, len(characters))

    def _split(self, characters: list[str], start: int, end: int) -> Iterator[Word]:
        """Yields the parts of a word that were drawn by themselves, usually one."""
        first, last = self._object(start), self._object(end - 1)
        if first == last:
            yield self._word(characters, start, end, first, is_glued=False)
            return
        begin, drawn = start, first
        for place in range(start + 1, end):
            now = self._object(place)
            # pdfium makes up the hyphens at line ends, which belong to no object.
            if now and now != drawn:
                yield self._word(characters, begin, place, drawn, is_glued=begin > start)
                begin, drawn = place, now
        yield self._word(characters, begin, end, drawn, is_glued=begin > start)

    def _word(self, characters: list[str], start: int, end: int, drawn: int, is_glued: bool) -> Word:
        raw, last = self._raw, end - 1
        while last > start and characters[last] in HYPHENS:
            last -= 1
        self._pdfium.FPDFText_GetCharBox(raw, last, self._left, self._right, self._bottom, self._top)
        right = self._right.value
        self._pdfium.FPDFText_GetCharOrigin(raw, start, self._left, self._bottom)
        size, angle = self._size(drawn, start)
        text = "".join(characters[start:end])
        if not text.isascii():  # characters beyond the first plane may come as two halves
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
        return Word(text, self._left.value, right, self._bottom.value, size, angle, is_glued, drawn)

    def _object(self, place: int) -> int:
        """The address of the page object that drew a character; 0 for one that pdfium made up."""
        drawn = self._pdfium.FPDFText_GetTextObject(self._raw, place)
        return ctypes.addressof(drawn.contents) if drawn else 0

    def _size(self, drawn: int, place: int) -> tuple[float, float]:
        """The font's size as it is drawn, and the angle of its line."""
        if drawn not in self._sizes:
            matrix = self._pdfium.FS_MATRIX()
            self._pdfium.FPDFText_GetMatrix(self._raw, place, matrix)
            size = self._pdfium.FPDFText_GetFontSize(self._raw, place) * math.hypot(matrix.c, matrix.d)
            self._sizes[drawn] = (round(size, 1), math.degrees(math.atan2(matrix.b, matrix.a)))
        return self._sizes[drawn]
