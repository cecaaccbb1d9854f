"""Reads OpenDocument texts (`.odt`) with lxml: what a reader of the printed document sees, as for Word files.

Notes are read behind the paragraph that refers to them, and a text box behind the paragraph that holds it. Left out:
headers, footers, comments and tables of contents; text that a tracked change deleted; hidden text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted
from rag.formats.fields import clean_byline, clean_language, clean_line
from rag.formats.office.archive import DAMAGES, damaged, open_archive, read_xml, without_text
from rag.formats.office.docx import clean_title
from rag.formats.tables import read_table

_NAME = "OpenDocument file"
_ODF = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _STYLE = f"{_ODF}text:1.0}}", f"{_ODF}table:1.0}}", f"{_ODF}style:1.0}}"
_OFFICE, _DRAW, _META = f"{_ODF}office:1.0}}", f"{_ODF}drawing:1.0}}", f"{_ODF}meta:1.0}}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_GAPS = (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break")
_LEFT_OUT = frozenset(
    (
        *(f"{_TEXT}{name}" for name in ("tracked-changes", "table-of-content", "ruby-text", "note-citation", "script")),
        *(f"{_TEXT}{name}" for name in ("hidden-text", "hidden-paragraph", "placeholder", "sequence-decls")),
        *(f"{_OFFICE}{name}" for name in ("annotation", "annotation-end", "forms", "scripts")),
        f"{_TABLE}covered-table-cell",
        *("{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}" + name for name in ("title", "desc")),
    )
)
"""Elements whose text is not the document's."""
_HIDDEN = ("none", "false", "collapse", "filter")
"""Values that hide a section, a table, or a table's row."""


def extract(data: bytes) -> list[Extracted]:
    """Reads the text of an OpenDocument file; each paragraph and each table row becomes one line.

    Args:
        data: The bytes of the file.

    Returns:
        One article.

    Raises:
        ArticleError: If the file is damaged, encrypted, too large, or has no text.
    """
    try:
        with open_archive(data, _NAME) as archive:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise ArticleError(f"The {_NAME} is encrypted", "encrypted", remedy="save it without a password")
            content = read_xml(archive, "content.xml")
            styles = [content] + ([read_xml(archive, "styles.xml")] if "styles.xml" in archive.namelist() else [])
            about = read_xml(archive, "meta.xml") if "meta.xml" in archive.namelist() else content
    except DAMAGES as error:
        raise damaged(_NAME) from error
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    reader = _Body(styles)
    lines = [line for line in reader.lines(() if body is None else body) if line]
    if not lines:
        raise without_text(_NAME)
    author = about.findtext(f".//{_META}initial-creator") or about.findtext(f".//{_DUBLIN_CORE}creator") or ""
    return [
        Extracted(
            text="\n\n".join(lines),
            title=clean_title(about.findtext(f".//{_DUBLIN_CORE}title") or "") or reader.title,
            byline=clean_byline(author),
            language=clean_language(about.findtext(f".//{_DUBLIN_CORE}language") or ""),
        )
    ]


class _Body:
    """Reads the text of a document's elements.

    Args:
        sheets: The roots of the parts that define styles.

    Attributes:
        title: The text of the first paragraph of the style "Title"; None if there is none yet.
    """

    def __init__(self, sheets: Iterable[Any]) -> None:
        styles = [style for sheet in sheets for style in sheet.iter(f"{_STYLE}style")]
        self._based = {_name_of(style): style.get(f"{_STYLE}parent-style-name", "") for style in styles}
        self._hidden = {_name_of(style) for style in styles if _hides(style)}
        self._beside: list[Any] = []
        self.title: str | None = None

    def lines(self, container: Iterable[Any]) -> Iterator[str]:
        """Yields the text of each paragraph and each table row, and behind it that of its notes and text boxes."""
        for block in container:
            if not self._is_shown(block):
                continue
            if block.tag in _PARAGRAPHS:
                yield self._paragraph(block)
            elif block.tag == f"{_TABLE}table" and block.find(f".//{_TABLE}table") is None:
                heads = len(block.findall(f"{_TABLE}table-header-rows/{_TABLE}table-row"))
                yield from read_table([self._cells(row) for row in self._rows(block)], heads or None)
            elif block.tag == f"{_TABLE}table-row":
                yield " | ".join(filter(None, self._cells(block)))
            else:
                yield from self.lines(block)
            if block.tag in _PARAGRAPHS:
                beside, self._beside = self._beside, []
                yield from self.lines(beside)

    def _rows(self, part: Any) -> Iterator[Any]:
        """The rows of a table, which may lie in groups."""
        for child in part:
            if self._is_shown(child):
                yield from [child] if child.tag == f"{_TABLE}table-row" else self._rows(child)

    def _cells(self, row: Any) -> list[str]:
        return [" ".join(filter(None, self.lines(cell))) for cell in row if self._is_shown(cell)]

    def _paragraph(self, paragraph: Any) -> str:
        if any(field.get(f"{_TEXT}is-hidden") == "true" for field in paragraph.iter(f"{_TEXT}hidden-paragraph")):
            return ""
        line = " ".join("".join(self._words(paragraph)).split())
        if self.title is None and "Title" in self._styles_of(paragraph):
            self.title = clean_line(line)
        return line

    def _words(self, element: Any) -> Iterator[str]:
        """Yields the text below an element; notes and text boxes are kept for later."""
        yield element.text or ""
        for part in element:
            if not isinstance(part.tag, str) or not self._is_shown(part):
                pass
            elif part.tag in _GAPS:
                yield " "
            elif part.tag == f"{_TEXT}note":
                self._beside += part.iterchildren(f"{_TEXT}note-body")
            elif part.tag.startswith(_DRAW):
                self._beside.append(part)
            else:
                yield from self._words(part)
            yield part.tail or ""

    def _is_shown(self, element: Any) -> bool:
        if element.tag in _LEFT_OUT:
            return False
        switches = (f"{_TEXT}display", f"{_TABLE}visibility", f"{_TABLE}display")
        if any(element.get(switch) in _HIDDEN for switch in switches):
            return False
        return self._hidden.isdisjoint(self._styles_of(element))

    def _styles_of(self, element: Any) -> list[str]:
        """The names of the element's style and of those that it is based on."""
        names: list[str] = []
        name = element.get(f"{_TEXT}style-name", "")
        while name and name not in names:
            names.append(name)
            name = self._based.get(name, "")
        return names


def _name_of(style: Any) -> str:
    return str(style.get(f"{_STYLE}name", ""))


def _hides(style: Any) -> bool:
    properties = style.find(f"{_STYLE}text-properties")
    return properties is not None and properties.get(f"{_TEXT}display") == "none"
