"""Leaves out the words of a PDF page that a reader of the page can't see.

A word is certainly unseen if it is drawn without colour, beyond the page, or too small. It may be unseen if it is
nearly white, if something is drawn over it, or if the file has layers: then the page is drawn, and a word is unseen if
nothing shows at its place. The invisible words that text recognition lays over a scanned page are read.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rag.formats.pdf_pages.words import Word

_INVISIBLE_MODES = (3, 7)
"""Modes of drawing text: without colour, and only to cut out what is drawn next."""
_SMALLEST = 1.5
"""Font size, in points, below which nobody reads."""
_PALE = 225
"""Least value of red, green and blue, of 255, at which a colour may not be seen on paper."""
_OPAQUE = 200
"""Opacity, of 255, from which what is drawn covers what was drawn before."""
_CONTRAST = 12
"""Least difference of two grey values, of 255, that a reader sees."""
_SCANNED = 0.5
"""Share of a page that its pictures cover if it is scanned."""
_MOST_PIXELS = 4_000_000
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
"""pdfium's numbers of the kinds of page objects."""
_LAYER = "OC\0".encode("utf-16-le")
"""The name of the mark around what belongs to a layer."""
_DEEPEST = 8
"""Forms inside forms are looked at down to this depth."""


class Box(NamedTuple):
    """A rectangle on a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def covers(self, word: Word) -> bool:
        """Whether most of a word is inside."""
        middle = (word.left + word.right) / 2
        return self.left <= middle <= self.right and self.bottom <= word.base + 0.3 * word.size <= self.top


class _Drawn(NamedTuple):
    """What a page draws.

    Attributes:
        texts: The position of each text object in the order of drawing, by its address.
        covers: Filled shapes and pictures, with their positions.
        images: The rectangles of pictures.
    """

    texts: dict[int, int]
    covers: list[tuple[int, Box]]
    images: list[Box]


def seen_words(page: Any, words: Sequence[Word], has_layers: bool) -> list[Word]:
    """Returns the words of a page that can be seen.

    Args:
        page: The page, a `pypdfium2.PdfPage`.
        words: Its words.
        has_layers: Whether the file has layers, which a reader may have switched off.
    """
    paper = Box(*page.get_cropbox())
    drawn = _look(page)
    invisible = {address for address in {word.drawn for word in words} if _is_invisible(address)}
    sure = [word for word in words if word.drawn not in invisible and word.size >= _SMALLEST and _is_on(word, paper)]
    if len(sure) * 2 < len(words) and _share(drawn.images, paper) >= _SCANNED:
        return [word for word in words if word.size >= _SMALLEST]
    pale = {address for address in {word.drawn for word in sure} if _is_pale(address)}
    layered = {address for address in {word.drawn for word in sure} if has_layers or _is_in_layer(address)}
    doubtful = [word for word in sure if word.drawn in layered or word.drawn in pale or _is_covered(word, drawn)]
    if not doubtful or page.get_rotation():  # the places on a turned picture are others
        return sure
    unseen = {id(word) for word in _without_trace(page, paper, doubtful)}
    return [word for word in sure if id(word) not in unseen]


def picture_share(page: Any) -> float:
    """Returns the share of a page that its pictures cover; more than 1 if they overlap."""
    return _share(_look(page).images, Box(*page.get_cropbox()))


def _look(page: Any) -> _Drawn:
    import pypdfium2.raw as pdfium

    drawn = _Drawn({}, [], [])
    for position, (address, kind) in enumerate(_objects(page)):
        if kind == _TEXT:
            drawn.texts[address] = position
        elif kind == _IMAGE or (kind == _PATH and _is_filled(address)):
            sides = [ctypes.c_float() for _ in range(4)]
            if pdfium.FPDFPageObj_GetBounds(_pointer(address), *sides):
                box = Box(*(side.value for side in sides))
                drawn.covers.append((position, box))
                if kind == _IMAGE:
                    drawn.images.append(box)
    return drawn


def _objects(page: Any) -> Iterator[tuple[int, int]]:
    """Yields the address and the kind of each page object, in the order of drawing.

    Of a form, the texts inside are yielded. A form without text counts as a picture, because the rectangles of what is
    inside are not those of the page.
    """
    import pypdfium2.raw as pdfium

    def texts(form: Any, depth: int) -> Iterator[tuple[int, int]]:
        for number in range(pdfium.FPDFFormObj_CountObjects(form)):
            inside = pdfium.FPDFFormObj_GetObject(form, number)
            kind = pdfium.FPDFPageObj_GetType(inside)
            if kind == _TEXT:
                yield _address(inside), kind
            elif kind == _FORM and depth < _DEEPEST:
                yield from texts(inside, depth + 1)

    for number in range(pdfium.FPDFPage_CountObjects(page.raw)):
        found = pdfium.FPDFPage_GetObject(page.raw, number)
        kind = pdfium.FPDFPageObj_GetType(found)
        written = list(texts(found, 1)) if kind == _FORM else []
        yield from written or [(_address(found), _IMAGE if kind == _FORM else kind)]


def _address(found: Any) -> int:
    return ctypes.addressof(found.contents) if found else 0


def _pointer(address: int) -> Any:
    import pypdfium2.raw as pdfium

    return ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)


def _colour(address: int) -> tuple[int, int, int, int] | None:
    """Red, green, blue and opacity of what fills an object, each of 255; None if it has none."""
    import pypdfium2.raw as pdfium

    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(_pointer(address), *parts):
        return None
    red, green, blue, opacity = (part.value for part in parts)
    return red, green, blue, opacity


def _is_invisible(address: int) -> bool:
    import pypdfium2.raw as pdfium

    if not address:
        return False
    colour = _colour(address)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(_pointer(address))
    return mode in _INVISIBLE_MODES or (mode == 0 and colour is not None and colour[3] == 0)


def _is_pale(address: int) -> bool:
    colour = _colour(address) if address else None
    return colour is not None and (min(colour[:3]) >= _PALE or colour[3] <= 255 - _PALE)


def _is_in_layer(address: int) -> bool:
    """Whether a text stands in a part of the page that a layer shows or hides."""
    import pypdfium2.raw as pdfium

    if not address:
        return False
    found = _pointer(address)
    name, length = (ctypes.c_ushort * 3)(), ctypes.c_ulong()
    for number in range(pdfium.FPDFPageObj_CountMarks(found)):
        mark = pdfium.FPDFPageObj_GetMark(found, number)
        if pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length) and bytes(name) == _LAYER:
            return True
    return False


def _is_filled(address: int) -> bool:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    colour = _colour(address)
    pdfium.FPDFPath_GetDrawMode(_pointer(address), fill, stroke)
    return bool(fill.value) and colour is not None and colour[3] >= _OPAQUE


def _is_covered(word: Word, drawn: _Drawn) -> bool:
    position = drawn.texts.get(word.drawn, -1)
    return any(box.covers(word) for at, box in drawn.covers if at > position)


def _is_on(word: Word, paper: Box) -> bool:
    return (
        word.right > paper.left
        and word.left < paper.right
        and paper.bottom < word.base + word.size
        and (word.base < paper.top)
    )


def _share(boxes: Sequence[Box], paper: Box) -> float:
    """The sum of the boxes' areas on the paper, as a share of the paper."""
    whole = (paper.right - paper.left) * (paper.top - paper.bottom)
    areas = [
        max(0.0, min(box.right, paper.right) - max(box.left, paper.left))
        * max(0.0, min(box.top, paper.top) - max(box.bottom, paper.bottom))
        for box in boxes
    ]
    return sum(areas) / whole if whole > 0 else 0.0


def _without_trace(page: Any, paper: Box, words: Sequence[Word]) -> Iterator[Word]:
    """Yields the words at whose place the drawn page has one shade only."""
    width, height = paper.right - paper.left, paper.top - paper.bottom
    scale = min(2.0, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True)
    data = bytes(picture.buffer)
    for word in words:
        columns = _pixels(word.left - paper.left, word.right - paper.left, scale, picture.width)
        rows = _pixels(paper.top - word.base - 0.7 * word.size, paper.top - word.base, scale, picture.height)
        parts = [data[row * picture.stride + columns[0] : row * picture.stride + columns[1]] for row in range(*rows)]
        shades = [shade for part in parts if part for shade in (min(part), max(part))]
        if not shades or max(shades) - min(shades) < _CONTRAST:
            yield word


def _pixels(start: float, end: float, scale: float, most: int) -> tuple[int, int]:
    """The half-open range of pixels between two lengths in points."""
    first = min(max(0, int(start * scale)), most)
    return first, min(max(first, int(end * scale) + 1), most)
