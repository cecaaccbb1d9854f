"""Reads PDFs with pypdfium2: what a reader of the page sees, in reading order, as paragraphs. Runs in the worker.
Scanned pages are read with tesseract, where it is installed.

Each page ends in a form feed, also the last one, so that the text itself shows on which page a quote is. Left out: the
PDF's own date and title, which describe the program that wrote it; what can't be seen; page numbers, running heads and
feet; the marks of footnotes. The footnotes stand behind the text of their page.
"""

from __future__ import annotations

from typing import Any

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted
from rag.formats.pdf_pages.lines import Line, to_lines
from rag.formats.pdf_pages.page_edges import divide_pages
from rag.formats.pdf_pages.paragraphs import write_pages
from rag.formats.pdf_pages.recognise import PROGRAM, languages, recognise_words
from rag.formats.pdf_pages.visible import picture_share, seen_words
from rag.formats.pdf_pages.words import read_words
from rag.text.broken_words import words_of

_MOST_PAGES = 5_000
"""Most pages of a PDF that is read."""
_SCANNED = 0.2
"""Share of a page without words that its pictures cover if it may be a scan."""
_LAYERS = b"/OCProperties"
"""What a file with layers has in its catalog."""


def extract(data: bytes) -> list[Extracted]:
    """Reads the text of a PDF.

    Args:
        data: The bytes of the file.

    Returns:
        One article without fields.

    Raises:
        ArticleError: If the PDF is encrypted or damaged, or has too many pages or no text.
    """
    file = open_pdf(data)
    has_layers = _LAYERS in data
    pages, unread = [], 0
    for number in range(len(file)):
        page = file[number]
        pages.append(read_page(page, has_layers))
        unread += not pages[-1] and not languages() and _may_be_scan(page)
    if not any(pages):
        todo = "run" if languages() else f"install {PROGRAM}, or run"
        raise ArticleError(
            "The PDF has no text, only images", "only_images", remedy=f"{todo} text recognition (OCR) over it first"
        )
    return [Extracted(text=write_text(pages), unread_pages=unread)]


def open_pdf(data: bytes) -> Any:
    """Opens a PDF.

    Raises:
        ArticleError: If it is encrypted or damaged, or has too many pages.
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
    return file


def read_page(page: Any, has_layers: bool) -> list[Line]:
    """Reads the lines of a page, in reading order. Those of a scanned page are recognised, where tesseract is there."""
    words = seen_words(page, read_words(page), has_layers)
    if not words and _may_be_scan(page):
        words = recognise_words(page)
    return to_lines(words)


def _may_be_scan(page: Any) -> bool:
    return picture_share(page) >= _SCANNED


def write_text(pages: list[list[Line]]) -> str:
    """Writes the text of a file from the lines of its pages."""
    known = frozenset(word for page in pages for line in page for word in words_of(line.text))
    return write_pages(divide_pages(pages), known)
