"""Reads Word files: python-docx opens them, and the text is what a reader of the printed document sees.

Footnotes and endnotes are read behind the paragraph that refers to them, and a text box behind the paragraph that holds
it. Left out: headers, footers and comments; text that a tracked change deleted or moved away; hidden text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rag.formats.extracted import Extracted
from rag.formats.fields import clean_byline, clean_language, clean_line
from rag.formats.office.archive import DAMAGES, damaged, open_archive, without_text
from rag.formats.tables import read_table

_NAME = "Word file"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ID, _VALUE, _TYPE = f"{_WORD}id", f"{_WORD}val", f"{_WORD}type"
_GAPS = {
    **dict.fromkeys((f"{_WORD}tab", f"{_WORD}ptab", f"{_WORD}br", f"{_WORD}cr"), " "),
    f"{_WORD}noBreakHyphen": "-",
}
"""Parts of a run that are text without having one, and what they are read as."""
_LEFT_OUT = frozenset(
    f"{_WORD}{name}" for name in ("del", "moveFrom", "delText", "instrText", "rPr", "pPr", "sdtPr", "rt", "tblPr")
) | {f"{_COMPATIBLE}Fallback"}
"""Elements whose text is not the document's: deleted or moved away, properties, how a word is pronounced."""
_NOTES = {f"{_WORD}footnoteReference": "footnote", f"{_WORD}endnoteReference": "endnote"}
_SYMBOLS = {
    **{0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB0: "°", 0xB7: "•", 0xB9: "≠", 0xBB: "≈", 0x2D: "−"},
    **{0xA5: "∞", 0xA2: "′", 0xB2: "″", 0x6D: "µ", 0x57: "Ω", 0x44: "Δ", 0x61: "α", 0x62: "β", 0x67: "γ", 0x70: "π"},
    **{0xD2: "®", 0xD3: "©", 0xD4: "™", 0xAE: "→", 0xAC: "←", 0xBC: "…", 0xA0: "€"},
}
"""Characters of the font Symbol that change what a sentence says, by their number in the font."""
_OWN_NUMBERS = 0xF000
"""From this number on, a symbol's number is one of its font."""
_NO_AUTHORS = ("python-docx", "microsoft office user", "windows user", "user", "admin", "administrator", "unknown")
"""Author names that programs write; they are not bylines."""
_NO_TITLE = re.compile(
    r"(?:microsoft )?word(?: document)?|document ?\d*|untitled.*|.*\.(?:docx?|rtf|odt)", re.IGNORECASE
)
"""Titles that programs write."""


def extract(data: bytes) -> list[Extracted]:
    """Reads the text of a Word file; each paragraph and each table row becomes one line.

    Args:
        data: The bytes of the file.

    Returns:
        One article.

    Raises:
        ArticleError: If the file is damaged, encrypted, too large, or has no text.
    """
    open_archive(data, _NAME).close()
    try:
        import docx

        file = docx.Document(io.BytesIO(data))
        body = _Body(_hidden_styles(file.styles.element), _read_notes(file.part))
        lines = [line for line in body.lines(file.element.body) if line]
        about = file.core_properties
        title, author, language = about.title or "", about.author or "", about.language or ""
    except DAMAGES as error:
        raise damaged(_NAME) from error
    if not lines:
        raise without_text(_NAME)
    return [
        Extracted(
            text="\n\n".join(lines),
            title=clean_title(title) or body.title,
            byline=None if author.strip().lower() in _NO_AUTHORS else clean_byline(author),
            language=clean_language(language),
        )
    ]


def clean_title(title: str) -> str | None:
    """Returns the title on one line; None for what a program wrote because nobody gave a title."""
    line = clean_line(title)
    return None if line is None or _NO_TITLE.fullmatch(line) else line


class _Body:
    """Reads the text of a document's elements.

    Args:
        hidden_styles: Ids of the styles whose text is hidden.
        notes: The elements of the footnotes and endnotes, by kind and id. Each is read once.

    Attributes:
        title: The text of the first paragraph of the style "Title"; None if there is none yet.
    """

    def __init__(self, hidden_styles: frozenset[str], notes: Mapping[tuple[str, str], Any]) -> None:
        self._hidden_styles = hidden_styles
        self._notes = dict(notes)
        self._beside: list[Any] = []
        self._carried = ""
        self.title: str | None = None

    def lines(self, container: Iterable[Any]) -> Iterator[str]:
        """Yields the text of each paragraph and each table row, and behind it that of its notes and text boxes."""
        for block in container:
            if block.tag in _LEFT_OUT:
                continue
            if block.tag == f"{_WORD}tbl":
                yield self._take_carried()
                rows = [row for row in _own(block, "tr", "tbl") if not _is_out(row)]
                heads = sum(row.find(f"{_WORD}trPr/{_WORD}tblHeader") is not None for row in rows)
                yield from read_table([self._row(row) for row in rows], heads or None)
                yield from self._read_beside()
            elif block.tag == f"{_WORD}p":
                yield self._paragraph(block)
                yield from self._read_beside()
            else:
                yield from self.lines(_shown(block))
        yield self._take_carried()

    def _read_beside(self) -> Iterator[str]:
        beside, self._beside = self._beside, []
        for element in beside:
            yield from self.lines(element)

    def _row(self, row: Any) -> list[str]:
        return [self._cell(cell) for cell in _own(row, "tc", "tr") if not _is_out(cell)]

    def _cell(self, cell: Any) -> str:
        inside = (p for p in cell.iter(f"{_WORD}p") if not any(map(_is_apart, _ancestors(p, cell))))
        words = [self._paragraph(paragraph) for paragraph in inside]
        return " ".join(filter(None, [*words, self._take_carried()]))

    def _take_carried(self) -> str:
        """The words of a paragraph whose end was deleted, if no paragraph follows that they could join."""
        words, self._carried = self._carried, ""
        return " ".join(words.split())

    def _paragraph(self, paragraph: Any) -> str:
        """The words of a paragraph. They are carried to the next one if the end of this one was deleted."""
        style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        name = style.get(_VALUE) if style is not None else None
        words = "" if name in self._hidden_styles else "".join(self._words(paragraph))
        words, self._carried = self._carried + words, ""
        end = paragraph.find(f"{_WORD}pPr/{_WORD}rPr")
        if end is not None and any(end.find(f"{_WORD}{change}") is not None for change in ("del", "moveFrom")):
            self._carried = words
            return ""
        line = " ".join(words.split())
        if name == "Title" and self.title is None:
            self.title = clean_line(line)
        return line

    def _words(self, element: Any) -> Iterator[str]:
        """Yields the text of the runs below an element; notes and text boxes are kept for later."""
        for part in _shown(element):
            if part.tag in _LEFT_OUT or (part.tag == f"{_WORD}r" and self._is_hidden(part)):
                continue
            if part.tag in (f"{_WORD}t", f"{_MATH}t"):
                yield part.text or ""
            elif part.tag in _GAPS:
                yield _GAPS[part.tag]
            elif part.tag == f"{_WORD}sym":
                yield _symbol(part)
            elif part.tag == f"{_WORD}txbxContent":
                self._beside.append(part)
            elif part.tag in _NOTES:
                note = self._notes.pop((_NOTES[part.tag], part.get(_ID, "")), None)
                self._beside += [] if note is None else [note]
                if part.get(f"{_WORD}customMarkFollows"):
                    return  # what follows in this run is the mark
            else:
                yield from self._words(part)

    def _is_hidden(self, run: Any) -> bool:
        properties = run.find(f"{_WORD}rPr")
        if properties is None:
            return False
        hidden = properties.find(f"{_WORD}vanish")
        if hidden is not None:
            return _is_on(hidden)
        style = properties.find(f"{_WORD}rStyle")
        return style is not None and style.get(_VALUE) in self._hidden_styles


def _shown(element: Any) -> Iterator[Any]:
    """Yields what is read of an element's children: of alternatives the first, and no hint what to type here."""
    if element.tag == f"{_COMPATIBLE}AlternateContent":
        yield from element[:1]
    elif element.find(f"{_WORD}sdtPr/{_WORD}showingPlcHdr") is None:
        yield from (child for child in element if isinstance(child.tag, str))


def _own(outer: Any, inner_name: str, outer_name: str) -> Iterator[Any]:
    """Yields the rows of a table, or the cells of a row, without those of tables inside."""
    for inner in outer.iter(f"{_WORD}{inner_name}"):
        if next(inner.iterancestors(f"{_WORD}{outer_name}")) is outer:
            yield inner


def _ancestors(element: Any, top: Any) -> Iterator[Any]:
    """Yields the elements around an element, up to `top`, exclusive."""
    for outer in element.iterancestors():
        if outer is top:
            return
        yield outer


def _is_apart(element: Any) -> bool:
    """Whether what is inside this element is not read in its place."""
    return element.tag == f"{_WORD}txbxContent" or element.tag in _LEFT_OUT or _is_out(element)


def _is_out(element: Any) -> bool:
    """Whether this is a table row that was deleted or is hidden, or a cell that was deleted."""
    properties = element.find(f"{_WORD}trPr")
    hidden = None if properties is None else properties.find(f"{_WORD}hidden")
    if hidden is not None and _is_on(hidden):
        return True
    deleted = (f"{_WORD}trPr/{_WORD}del", f"{_WORD}tcPr/{_WORD}cellDel")
    return any(element.find(path) is not None for path in deleted)


def _is_on(switch: Any) -> bool:
    return switch.get(_VALUE, "true").lower() not in ("0", "false", "off")


def _symbol(element: Any) -> str:
    try:
        number = int(element.get(f"{_WORD}char", ""), 16)
    except ValueError:
        return ""
    if number < _OWN_NUMBERS:
        return chr(number)
    return _SYMBOLS.get(number & 0xFF, "") if element.get(f"{_WORD}font") == "Symbol" else ""


def _hidden_styles(styles: Any) -> frozenset[str]:
    """The ids of the styles whose text is hidden, by themselves or by the style that they are based on."""
    hidden: dict[str, bool] = {}
    based: dict[str, str] = {}
    for style in styles.iterchildren(f"{_WORD}style"):
        name = style.get(f"{_WORD}styleId", "")
        switch, base_style = style.find(f"{_WORD}rPr/{_WORD}vanish"), style.find(f"{_WORD}basedOn")
        if switch is not None:
            hidden[name] = _is_on(switch)
        elif base_style is not None:
            based[name] = base_style.get(_VALUE, "")
    for name, base in based.items():
        seen, at = {name}, base
        while at in based and at not in seen:
            seen.add(at)
            at = based[at]
        hidden[name] = hidden.get(at, False)
    return frozenset(name for name, is_hidden in hidden.items() if is_hidden)


def _read_notes(part: Any) -> dict[tuple[str, str], Any]:
    """The elements of the footnotes and endnotes, by kind and id, without the lines that separate them."""
    from docx.oxml.parser import parse_xml

    notes = {}
    for relation in part.rels.values():
        kind = relation.reltype.rpartition("/")[2].removesuffix("s")
        if not relation.is_external and kind in _NOTES.values():
            for note in parse_xml(relation.target_part.blob).iterchildren(f"{_WORD}{kind}"):
                if note.get(_TYPE, "normal") == "normal":
                    notes[kind, note.get(_ID, "")] = note
    return notes
