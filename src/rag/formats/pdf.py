"""PDF: pypdfium2's lines of text, put together to paragraphs; runs in the worker.

Each page ends in a form feed, the last one included, so that the text itself says which page a quote is on. Left out:
dates and titles of the file's own (they tell of the program that wrote it), and lines that repeat on every page.
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
_MOST_PAGES = 5_000
_HYPHENS = "\x02\xad\ufffe"
"""What pdfium gives for the hyphen of a word divided at a line's end."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page )?\W*\d{1,4}\W*(?:(?:of|/) \d{1,4})?", re.IGNORECASE)
_GAP = 1.4
"""A paragraph begins where the way from line to line is this much longer than usual."""
_FULL = 0.85
"""A line shorter than this share of the widest, with a stop at its end, ends its paragraph."""
_STOPS = tuple('.!?:…"”’)')


class Line(NamedTuple):
    """A line of a page: its words, how high it stands and how wide it is, in points."""

    text: str
    height: float
    width: float


def extract(data: bytes) -> list[Extracted]:
    """The text of a PDF. Raises ArticleError where it is encrypted, damaged, or has no text."""
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
    """The page's paragraphs and its end; a sentence that goes on with the next page stays one."""
    text = "\n\n".join(_paragraphs(lines))
    return text + ("" if not text else "\n" if text.endswith(_STOPS) else " ") + PAGE_END


def _read_lines(page: Any) -> list[Line]:
    """The page's lines from the top, in pdfium's reading order."""
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
    """Left, bottom, right and top of a line, from its first and last character."""
    last = min(start + length, text_page.count_chars()) - 1
    first = text_page.get_charbox(max(0, min(start, last)))
    end = text_page.get_charbox(max(0, last))
    return first[0], min(first[1], end[1]), end[2], max(first[3], end[3])


def _without_repeats(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The pages without page numbers and without what stands on top or at the foot of most; a line of each is kept."""
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
    """The lines joined to paragraphs, divided words put together."""
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
    """Whether a paragraph begins with this line; a step up is another column, which may go on with a sentence."""
    if step > _GAP * usual > 0:
        return True
    ended = before.text.endswith(_STOPS) and before.width < _FULL * widest
    return (ended or step < -usual) and not line.text[0].islower() and (ended or before.text.endswith(_STOPS))
