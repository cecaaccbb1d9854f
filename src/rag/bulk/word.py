"""Writes answers as a Word file: each question with its answer, and each quote with a footnote that names its place."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from rag.bulk.answers import AnsweredQuote, AnsweredRow
from rag.bulk.tables import printable

MARK = "answers of newsroom-rag"
"""Stands among the file's properties, so that no other file is overwritten."""
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))


def make_document(rows: Sequence[AnsweredRow]) -> bytes:
    """Makes a Word file.

    Args:
        rows: The answers.

    Returns:
        Its bytes. A footnote has the quote with its article, and the place of the quote in the article.
    """
    from docx import Document

    document = Document()
    document.core_properties.keywords = MARK
    notes: list[str] = []
    for row in rows:
        document.add_heading(printable(row.question) or "(no question)", level=2)
        if row.short_answer:
            document.add_paragraph().add_run(printable(row.short_answer)).bold = True
        for quote in row.quotes:
            paragraph = document.add_paragraph(printable(quote.quote), style="Quote")
            notes.append(_note(quote))
            _refer(paragraph, len(notes))
        if row.reason:
            document.add_paragraph(printable(row.reason))
        if row.status == "answered":
            document.add_paragraph(f"Confidence {row.confidence:.0%}")
    _add_notes(document, notes)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def is_of_answers(data: bytes) -> bool:
    """Returns whether the bytes are those of a Word file of answers."""
    from docx import Document

    try:
        return bool(Document(io.BytesIO(data)).core_properties.keywords == MARK)
    except (KeyError, ValueError, OSError):
        return False


def _note(quote: AnsweredQuote) -> str:
    return printable(f"{quote.citation} [{quote.article}, characters {quote.start}–{quote.end}]")


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _raised() -> Any:
    """The properties of a run that stands high, as the number of a footnote does."""
    properties = _element("rPr")
    properties.append(_element("vertAlign", val="superscript"))
    return properties


def _refer(paragraph: Any, number: int) -> None:
    """Adds the number of a footnote to a paragraph."""
    run = _element("r")
    run.append(_raised())
    run.append(_element("footnoteReference", id=str(number)))
    paragraph._p.append(run)


def _add_notes(document: Any, notes: Sequence[str]) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from lxml import etree

    root = parse_xml(f'<w:footnotes xmlns:w="{_WORD}"/>')
    for number, kind in _SEPARATORS:
        root.append(_footnote(number, _element(kind), kind=kind))
    for place, words in enumerate(notes, start=1):
        text = _element("t")
        text.text = f" {words}"
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        root.append(_footnote(str(place), _element("footnoteRef"), text))
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), _TYPE, data, document.part.package)
    document.part.relate_to(part, _NOTES)


def _footnote(number: str, *inner: Any, kind: str = "") -> Any:
    """A footnote with one paragraph; its number, or its line, stands in a run of its own."""
    note = _element("footnote", **({"type": kind} if kind else {}), id=number)
    paragraph = _element("p")
    for place, element in enumerate(inner):
        run = _element("r")
        if place == 0 and not kind:
            run.append(_raised())
        run.append(element)
        paragraph.append(run)
    note.append(paragraph)
    return note
