"""Writes a Word file of paragraphs, of which each may have a footnote."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rag.core.plain_text import printable

Style = Literal["Heading 1", "Heading 2", "Heading 3", "Normal", "Quote", "List Bullet"]
"""The name of a style, as Word has it."""
Highlight = Literal["green", "yellow", "red", "gray"]
"""A colour behind a stretch of text."""

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_COLOURS: dict[Highlight, str] = {"green": "green", "yellow": "yellow", "red": "red", "gray": "lightGray"}
_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, bold or not, with a colour behind it or none. `note` is its footnote; empty for none."""

    text: str
    is_bold: bool = False
    highlight: Highlight | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its style. `note` is the text of its own footnote, at its end; empty for none."""

    runs: tuple[Run, ...]
    style: Style = "Normal"
    note: str = ""


def paragraph(text: str, style: Style = "Normal", note: str = "") -> Paragraph:
    """Makes a paragraph of one stretch of text that is not bold."""
    return Paragraph((Run(text),), style, note)


def make_docx(paragraphs: Iterable[Paragraph], keywords: str = "") -> bytes:
    """Makes a Word file.

    Args:
        paragraphs: The paragraphs. A character that no XML file can hold is replaced.
        keywords: Stands among the file's properties.

    Returns:
        The file's bytes. The footnotes are numbered in the order of the text.
    """
    from docx import Document

    document = Document()
    document.core_properties.keywords = keywords
    notes: list[str] = []
    for part in paragraphs:
        added = document.add_paragraph(style=part.style)
        for run in part.runs:
            written = added.add_run(printable(run.text))
            written.bold = run.is_bold or None  # True or None: False would take the bold from a heading
            if run.highlight:
                written._r.get_or_add_rPr().append(_element("highlight", val=_COLOURS[run.highlight]))
            if run.note:
                notes.append(printable(run.note))
                _refer(added, len(notes))
        if part.note:
            notes.append(printable(part.note))
            _refer(added, len(notes))
    _add_notes(document, notes)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def keywords_of(data: bytes) -> str | None:
    """Returns the keywords among a Word file's properties; None if the bytes are no Word file."""
    from docx import Document

    try:
        return str(Document(io.BytesIO(data)).core_properties.keywords)
    except (KeyError, ValueError, OSError):
        return None


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
