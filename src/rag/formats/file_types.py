"""Finds the format of a file by its name, and names the articles that share a file.

The path of an article that is alone in its file is the file's path. The path of one of many is `path#key`. A key has no
dot, and every readable file's name ends in a suffix, so the two can't be confused.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.core.settings import MEBIBYTE, FileSettings


@dataclass(frozen=True, slots=True)
class FileType:
    """A file format.

    Attributes:
        name: The name for messages.
        reader: The module of `rag.formats` that reads it in the worker; None if it is read in this process.
        holds_many: Whether a file may hold several articles.
        has_fields: Whether a file's fields can be named (see `rag.formats.fields`).
        record: What an article in a file of many is called in messages.
        forgets: Whether an article stays in the library after it left the file: a feed shows only its latest entries.
        has_pages: Whether a file may have thousands of pages, and takes as long as a scanned one may.
    """

    name: str
    reader: str | None = None
    holds_many: bool = False
    has_fields: bool = False
    record: str = "Article"
    forgets: bool = False
    has_pages: bool = False


TEXT = FileType("text")
MARKDOWN = FileType("Markdown", reader="markdown")
HTML = FileType("HTML", reader="html")
HTML_PIECE = FileType("HTML", reader="html_piece")
"""What no file is named as: HTML in a file of plain text, see `rag.formats.html_in_text`."""
PDF = FileType("PDF", reader="pdf_pages.document", has_pages=True)
DOCX = FileType("docx", reader="office.docx")
ODT = FileType("OpenDocument", reader="office.odt")
RTF = FileType("RTF", reader="office.rtf")
EPUB = FileType("EPUB", reader="office.epub", holds_many=True)
JSON = FileType("JSON", reader="json_records", holds_many=True, has_fields=True)
JSON_LINES = FileType("JSON Lines", reader="json_lines", holds_many=True, has_fields=True, record="Line")
"""Read line by line, so the file may be large."""
EMAIL = FileType("e-mail", reader="newsroom.mail")
MAILBOX = FileType("mailbox", reader="newsroom.mailbox", holds_many=True, record="Message")
SAVED_PAGE = FileType("MHTML", reader="newsroom.saved_page")
WEB_ARCHIVE = FileType("WARC", reader="newsroom.web_archive", holds_many=True, record="Page", has_pages=True)
TABLE = FileType("table", reader="newsroom.table_file", holds_many=True, has_fields=True, record="Row")
WORKBOOK = FileType("Excel", reader="newsroom.workbook", holds_many=True, has_fields=True, record="Row")
FEED = FileType("feed", reader="feed", holds_many=True, record="Entry", forgets=True)

FILE_TYPES: Mapping[str, FileType] = {
    ".txt": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".pdf": PDF,
    ".docx": DOCX,
    ".odt": ODT,
    ".rtf": RTF,
    ".epub": EPUB,
    ".json": JSON,
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
    ".eml": EMAIL,
    ".mbox": MAILBOX,
    ".mht": SAVED_PAGE,
    ".mhtml": SAVED_PAGE,
    ".warc": WEB_ARCHIVE,
    ".csv": TABLE,
    ".tsv": TABLE,
    ".xlsx": WORKBOOK,
    ".xml": FEED,
    ".rss": FEED,
    ".atom": FEED,
}
"""Formats by suffix, in lower case. A file of each may be packed."""
PACKED = (".gz", ".xz")
"""Suffixes of packed files."""
SIDE_FILE = ".meta.json"
"""Appended to a file's name, this names the file beside it that states title, date and so on."""
MAX_SIDE_FILE = MEBIBYTE
"""Most bytes of a side file."""
READABLE = ", ".join(FILE_TYPES)
"""The readable suffixes, for messages."""
_SEPARATORS = tuple(filter(None, (os.sep, os.altsep)))
_KEY = re.compile(r"#[A-Za-z0-9_-]+\Z")
"""The key at the end of an article's path."""


def file_type_of(path: Path) -> FileType | None:
    """Returns the format of a file by its name; None if it can't be read."""
    return file_type_of_name(path.name)


def file_type_of_name(name: str) -> FileType | None:
    """Returns the format by a name, with or without folders in front; None if it can't be read."""
    name = name.lower()
    if name.endswith(SIDE_FILE):
        return None
    for packed in PACKED:
        name = name.removesuffix(packed)
    stem, dot, suffix = name.rpartition(".")
    return FILE_TYPES.get(dot + suffix) if stem and not stem.endswith(_SEPARATORS) else None


def max_bytes_of(file_type: FileType, limits: FileSettings) -> int:
    """Returns the most unpacked bytes that a file of this type may have."""
    own = {
        JSON.name: limits.max_json_megabytes,
        JSON_LINES.name: limits.max_json_lines_megabytes,
        WEB_ARCHIVE.name: limits.max_json_megabytes,
    }
    return own.get(file_type.name, limits.max_megabytes) * MEBIBYTE


def article_path(file: str, key: str | None) -> str:
    """Joins a file's path and an article's key to the article's path."""
    return file if key is None else f"{file}#{key}"


def file_of(path: str) -> str:
    """Returns the path of the file that holds an article, by the article's path."""
    return _KEY.sub("", path)
