"""Reads RTF: what a reader of the printed document sees, as for Word files.

Notes and text boxes are read behind the paragraph that they belong to. Left out: headers, footers, comments and field
codes; text that a tracked change deleted or moved away; hidden text. No library is used: those that are kept up drop
the notes and the text boxes and keep what is hidden or deleted.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from rag.formats.extracted import Extracted
from rag.formats.fields import clean_byline
from rag.formats.office.archive import damaged, without_text
from rag.formats.office.docx import clean_title
from rag.formats.tables import read_table

_NAME = "RTF file"
_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_LEFT_OUT = frozenset(
    """annotation atnauthor atnid atnref background bkmkend bkmkstart buptim category colorschememapping colortbl
    comment company creatim datafield datastore do doccomm docvar dptxbxtext falt filetbl fldinst fontemb footer
    footerf footerl footerr ftncn ftnsep ftnsepc aftncn aftnsep aftnsepc generator header headerf headerl headerr
    keywords latentstyles listtable listoverridetable listtext manager mmathPr nesttableprops nextfile nonesttables
    nonshppict objdata operator pict pntext pgptbl printim private revtbl revtim rsidtbl shprslt sp stylesheet subject
    tc themedata txe userprops xe xmlnstbl""".split()
)
"""Groups whose text is not the document's."""
_CHARACTERS = {
    **{"tab": " ", "line": " ", "softline": " ", "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "•"},
    **{"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"},
}
_SIGNS = {b"~": "\xa0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}
_CHARSETS = {
    **{0: "cp1252", 77: "mac_roman", 78: "shift_jis", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936"},
    **{136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257"},
    **{204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850"},
}
"""The encoding of a font by its character set. Symbol fonts have none and are read as the document's."""
_DOCUMENT_CHARSETS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}

_Destination = Literal["text", "left_out", "unknown", "fonts", "title", "author"]
"""What becomes of a group's text. A group is unknown if readers may pass it over; a group inside may be known."""


@dataclass(slots=True)
class _Flow:
    """The text of the document, of a note or of a text box: whole lines, and what the current one has so far.

    Attributes:
        lines: The paragraphs and table rows so far.
        pieces: The text of the current paragraph or cell.
        cells: The cells of the current row.
        rows: The cells of the current table's rows so far.
        beside: The lines of the current paragraph's notes and text boxes.
    """

    lines: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    def end_paragraph(self) -> None:
        table = read_table(self.rows) if self.rows else []
        self.lines += [*table, *filter(None, [self._take()]), *self.beside]
        self.rows, self.beside = [], []

    def end_cell(self) -> None:
        self.cells.append(self._take())

    def end_row(self) -> None:
        if self.pieces:  # a cell without an end
            self.end_cell()
        self.rows.append(self.cells)
        self.cells = []

    def _take(self) -> str:
        pieces, self.pieces = self.pieces, []
        whole = "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return " ".join(whole.split())


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds in a group of the file.

    Attributes:
        flow: Where its text goes.
        destination: What its text is.
        outside: The destination outside the unknown groups that it is in.
        unseen: The reasons why its text is not shown: hidden, deleted, moved away.
        font: Number of its font.
        fallback: Number of characters to skip after a Unicode character.
        in_table: Whether a paragraph's end is inside a cell.
    """

    flow: _Flow
    destination: _Destination = "text"
    outside: _Destination = "text"
    unseen: frozenset[str] = frozenset()
    font: int = -1
    fallback: int = 1
    in_table: bool = False


def extract(data: bytes) -> list[Extracted]:
    """Reads the text of an RTF file; each paragraph and each table row becomes one line.

    Args:
        data: The bytes of the file.

    Returns:
        One article.

    Raises:
        ArticleError: If this is not RTF, or it has no text.
    """
    if not data[:64].lstrip(b"\xef\xbb\xbf \r\n\t\0").startswith(b"{\\rtf"):
        raise damaged(_NAME)
    reader = _Reader()
    lines = reader.read(data)
    if not lines:
        raise without_text(_NAME)
    title, author = ("".join(reader.about[name]) for name in ("title", "author"))
    return [Extracted(text="\n\n".join(lines), title=clean_title(title), byline=clean_byline(author))]


class _Reader:
    """Reads one file.

    Attributes:
        about: The pieces of the title and of the author's name.
    """

    def __init__(self) -> None:
        self.about: dict[str, list[str]] = {"title": [], "author": []}
        self._group = _Group(_Flow())
        self._around: list[_Group] = []
        self._fonts: dict[int, str] = {}
        self._encoding = "cp1252"
        self._bytes = bytearray()
        self._skip = 0
        self._words: dict[str, Callable[[int | None], None]] = {
            **dict.fromkeys(("par", "sect", "page", "column"), self._end_paragraph),
            **dict.fromkeys(("cell", "nestcell"), self._end_cell),
            **dict.fromkeys(("row", "nestrow"), self._end_row),
            **dict.fromkeys(("footnote", "shptxt"), self._begin_beside),
            "u": self._unicode,
            "uc": lambda number: self._set(fallback=number if number is not None else 1),
            "f": self._font,
            "fcharset": self._charset,
            "ansicpg": lambda number: self._set_encoding(f"cp{number}"),
            "plain": lambda number: self._set(unseen=frozenset()),
            "pard": lambda number: self._set(in_table=False),
            "intbl": lambda number: self._set(in_table=True),
            "fonttbl": lambda number: self._set(destination="fonts"),
            "upr": lambda number: self._pass_over(),
            "ud": lambda number: self._enter(destination=self._group.outside),
        }

    def read(self, data: bytes) -> list[str]:
        """Returns the lines of the document."""
        document = self._group.flow
        for token in self._tokens(data):
            kind = token.lastgroup
            if kind == "byte":
                self._add_bytes(bytes.fromhex(token["byte"].decode()))
            elif kind == "text":
                self._add_bytes(token["text"])
            elif kind == "brace":
                self._flush()
                self._skip = 0
                if token["brace"] == b"{":
                    self._around.append(self._group)
                elif self._around:
                    self._close(self._around.pop())
            elif kind == "sign":
                self._sign(token["sign"])
            elif kind in ("word", "number"):
                self._flush()
                number = int(token["number"]) if token["number"] else None
                self._word(token["word"].decode(), number)
        self._flush()
        document.end_paragraph()
        return document.lines

    def _tokens(self, data: bytes) -> Iterator[re.Match[bytes]]:
        position = 0
        while token := _TOKEN.match(data, position):
            position = token.end()
            if token["word"] == b"bin":  # so many bytes of a picture follow
                position += max(0, int(token["number"] or 0))
            else:
                yield token

    def _word(self, word: str, number: int | None) -> None:
        if word in self._words:
            self._words[word](number)
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word in ("v", "deleted", "mvf"):
            unseen = self._group.unseen
            self._set(unseen=unseen - {word} if number == 0 else unseen | {word})
        elif word in _DOCUMENT_CHARSETS:
            self._set_encoding(_DOCUMENT_CHARSETS[word])
        elif word in self.about and len(self._around) == 3:  # in the group "info" of the document
            self._set(destination=word)
        elif word in _LEFT_OUT:
            self._set(destination="left_out")

    def _sign(self, sign: bytes) -> None:
        self._flush()
        if sign == b"*":
            self._pass_over()
        elif sign in (b"\r", b"\n"):
            self._end_paragraph(None)
        else:
            self._add(_SIGNS.get(sign, ""))

    def _close(self, outer: _Group) -> None:
        """Ends a group. The lines of a note or text box go beside the paragraph around it."""
        flow = self._group.flow
        if flow is not outer.flow:
            flow.end_paragraph()
            outer.flow.beside += flow.lines
        self._group = outer

    def _set(self, **changes: object) -> None:
        self._group = replace(self._group, **changes)  # type: ignore[arg-type]

    def _add(self, text: str) -> None:
        """Adds text to where the group's text goes."""
        destination = self._group.destination
        if destination in self.about:
            self.about[destination].append(text)
        elif destination == "text" and not self._group.unseen:
            self._group.flow.pieces.append(text)

    def _add_bytes(self, data: bytes) -> None:
        skipped = min(self._skip, len(data))
        self._skip -= skipped
        self._bytes += data[skipped:]

    def _flush(self) -> None:
        """Decodes the bytes so far. They are decoded together, because a character may have several."""
        if self._bytes:
            self._add(self._bytes.decode(self._fonts.get(self._group.font, self._encoding), "replace"))
            self._bytes.clear()

    def _unicode(self, number: int | None) -> None:
        self._add(chr((number or 0) % 0x10000))
        self._skip = self._group.fallback

    def _font(self, number: int | None) -> None:
        self._set(font=-1 if number is None else number)

    def _charset(self, number: int | None) -> None:
        if self._group.destination == "fonts" and number in _CHARSETS:
            self._fonts[self._group.font] = _CHARSETS[number]

    def _set_encoding(self, name: str) -> None:
        with contextlib.suppress(LookupError):
            self._encoding = codecs.lookup(name).name

    def _pass_over(self) -> None:
        """Makes the group an unknown one, which is passed over except for known groups inside."""
        if self._group.destination not in ("left_out", "unknown"):
            self._set(outside=self._group.destination, destination="unknown")

    def _enter(self, **changes: object) -> None:
        """Begins to read a group again that is inside an unknown one."""
        if self._group.destination != "left_out":
            self._set(**changes)

    def _begin_beside(self, number: int | None) -> None:
        self._enter(flow=_Flow(), destination="text", in_table=False)

    def _end_paragraph(self, number: int | None) -> None:
        if self._group.in_table:
            self._add(" ")
        elif self._group.destination == "text":
            self._group.flow.end_paragraph()

    def _end_cell(self, number: int | None) -> None:
        if self._group.destination == "text":
            self._group.flow.end_cell()

    def _end_row(self, number: int | None) -> None:
        if self._group.destination == "text":
            self._group.flow.end_row()
