"""Reads PDFs: lines of text from pypdfium2, joined to paragraphs. Runs in the worker.

Each page ends in a form feed, also the last one, so that the text itself shows on which page a quote is. Left out: the
PDF's own date and title, which describe the program that wrote it, and lines that repeat on most pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted

PAGE_END = "\f"
"""The character that ends each page: a form feed."""
_MOST_PAGES = 5_000
"""Most pages of a PDF that is read."""
_HYPHENS = "\x02\xad\ufffe"
"""The characters that pdfium gives for a hyphen that divides a word at the end of a line."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page )?\W*\d{1,4}\W*(?:(?:of|/) \d{1,4})?", re.IGNORECASE)
"""A line that is only a page number: `7`, `Page 7`, `7 of 12`."""
_GAP = 1.4
"""A paragraph begins if the step from line to line is more than this many times the usual one."""
_FULL = 0.85
"""A line that is shorter than this share of the widest and ends with a stop ends its paragraph."""
_STOPS = tuple('.!?:…"”’)')
"""Characters that may end a sentence."""


class Line(NamedTuple):
    """A line of a page.

    Attributes:
        text: The words.
        height: Height above the bottom of the page, in points.
        width: Width, in points.
    """

    text: str
    height: float
    width: float


def extract(data: bytes) -> list[Extracted]:
    """Reads the text of a PDF.

    Args:
        data: The bytes of the file.

    Returns:
        One article without fields.

    Raises:
        ArticleError: If the PDF is encrypted or damaged, or has too many pages or no text.
    """
    import pypdfium2 as pdfium

    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise ArticleError("The PDF is encrypted", "encrypted", remedy="save it without a password") from error
        raise ArticleError("The PDF is damaged", "damaged", remedy="save it again, or as plain text") from error
    if len(file) > _MOST_PAGES:
        raise ArticleError(
            f"The PDF has more than {_MOST_PAGES:,} pages",
            "too_many_pages",
            remedy="split it into its articles",
            most=_MOST_PAGES,
        )
    pages = _without_repeats([_read_lines(file[number]) for number in range(len(file))])
    if not any(pages):
        raise ArticleError(
            "The PDF has no text, only images", "only_images", remedy="run text recognition (OCR) over it first"
        )
    return [Extracted(text="".join(map(_write_page, pages)))]


def _write_page(lines: Sequence[Line]) -> str:
    """The page's paragraphs and its form feed. A sentence that continues on the next page stays one."""
    text = "\n\n".join(_paragraphs(lines))
    return text + ("" if not text else "\n" if text.endswith(_STOPS) else " ") + PAGE_END


def _read_lines(page: Any) -> list[Line]:
    """The page's lines in pdfium's reading order, from the top."""
    text_page = page.get_textpage()
    lines, start = [], 0
    for line in text_page.get_text_range(errors="ignore").split("\r\n"):
        words = " ".join(line.replace("\0", " ").split())
        if words:
            left, bottom, right, _ = _box(text_page, start, len(line))
            lines.append(Line(words, bottom, right - left))
        start += len(line) + 2
    return lines


def _box(text_page: Any, start: int, length: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a line, by its first and last character."""
    last = min(start + length, text_page.count_chars()) - 1
    first = text_page.get_charbox(max(0, min(start, last)))
    end = text_page.get_charbox(max(0, last))
    return first[0], min(first[1], end[1]), end[2], max(first[3], end[3])


def _without_repeats(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The pages without page numbers and without top and bottom lines that most pages share.

    At least one line of each page is kept.
    """
    edges = Counter(_shape(line) for page in pages for line in {*page[:1], *page[-1:]})
    often = {shape for shape, times in edges.items() if times >= max(3, len(pages) / 2)}
    kept = []
    for page in pages:
        lines = list(page)
        for edge in (0, -1):
            while len(lines) > 1 and (_shape(lines[edge]) in often or _PAGE_NUMBER.fullmatch(lines[edge].text)):
                lines.pop(edge)
        kept.append(lines)
    return kept


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", line.text)


def _paragraphs(lines: Sequence[Line]) -> list[str]:
    """Joins lines to paragraphs and divided words to words."""
    steps = [before.height - line.height for before, line in pairwise(lines)]
    usual = median([step for step in steps if step > 0] or [0.0])
    widest = max((line.width for line in lines), default=0.0)
    paragraphs: list[str] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if before is None or _begins(before, line, steps[number - 1], usual, widest):
            paragraphs.append(line.text)
        elif paragraphs[-1].endswith(tuple(_HYPHENS)):
            paragraphs[-1] = paragraphs[-1].rstrip(_HYPHENS) + line.text
        else:
            paragraphs[-1] += f" {line.text}"
    return ["".join(c for c in paragraph if c not in _HYPHENS) for paragraph in paragraphs]


def _begins(before: Line, line: Line, step: float, usual: float, widest: float) -> bool:
    """Whether a paragraph begins with this line. A step upwards is a new column, which may continue a sentence."""
    if step > _GAP * usual > 0:
        return True
    ended = before.text.endswith(_STOPS) and before.width < _FULL * widest
    return (ended or step < -usual) and not line.text[0].islower() and (ended or before.text.endswith(_STOPS))
