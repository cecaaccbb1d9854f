"""Writes answers as a Word file: each question with its answer, and each quote with a footnote that names its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.bulk.answers import AnsweredQuote, AnsweredRow
from rag.formats.office.write_docx import Paragraph, Run, keywords_of, make_docx, paragraph

MARK = "answers of newsroom-rag"
"""Stands among the file's properties, so that no other file is overwritten."""


def make_document(rows: Sequence[AnsweredRow]) -> bytes:
    """Makes a Word file.

    Args:
        rows: The answers.

    Returns:
        Its bytes. A footnote has the quote with its article, and the place of the quote in the article.
    """
    return make_docx((part for row in rows for part in _paragraphs(row)), MARK)


def is_of_answers(data: bytes) -> bool:
    """Returns whether the bytes are those of a Word file of answers."""
    return keywords_of(data) == MARK


def _paragraphs(row: AnsweredRow) -> Iterator[Paragraph]:
    yield paragraph(row.question or "(no question)", "Heading 2")
    if row.short_answer:
        yield Paragraph((Run(row.short_answer, is_bold=True),))
    for quote in row.quotes:
        yield paragraph(quote.quote, "Quote", _note(quote))
    if row.reason:
        yield paragraph(row.reason)
    if row.status == "answered":
        yield paragraph(f"Confidence {row.confidence:.0%}")


def _note(quote: AnsweredQuote) -> str:
    return f"{quote.citation} [{quote.article}, characters {quote.start}–{quote.end}]"
