"""Which format a file has, by its name; and the names of articles that share a file.

An article that has its file to itself goes by the file's path. One of many goes by `path#key`; since a key has no dot
and every readable file's name ends in a suffix, the one is never taken for the other.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1024 * 1024
MAX_BYTES = 32 * MEBIBYTE
"""The default limit of a file's size, unpacked, in bytes."""


@dataclass(frozen=True, slots=True)
class FileType:
    """A format. `reader` is the module of `rag.formats` that reads it in the worker; None: it is read right here.

    `holds_many`: the file may hold more than one article. `forgets`: what left the file is not gone, as a feed only
    shows its latest. `max_bytes` is the limit of the size, unpacked.
    """

    name: str
    reader: str | None = None
    holds_many: bool = False
    forgets: bool = False
    max_bytes: int = MAX_BYTES


TEXT = FileType("text")
MARKDOWN = FileType("Markdown", reader="markdown")
HTML = FileType("HTML", reader="html")
PDF = FileType("PDF", reader="pdf")
DOCX = FileType("docx", reader="docx")
JSON = FileType("JSON", holds_many=True, max_bytes=128 * MEBIBYTE)
JSON_LINES = FileType("JSON Lines", holds_many=True, max_bytes=2048 * MEBIBYTE)
"""Read line by line, so the whole may be large; a line is limited to MAX_BYTES."""
FEED = FileType("feed", reader="feed", holds_many=True, forgets=True)

FILE_TYPES: Mapping[str, FileType] = {
    ".txt": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".pdf": PDF,
    ".docx": DOCX,
    ".json": JSON,
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
    ".xml": FEED,
    ".rss": FEED,
    ".atom": FEED,
}
"""Formats by suffix, in lower case; each may be packed."""
PACKED = (".gz", ".xz")
SIDE_FILE = ".meta.json"
"""What is added to a file's name for the file beside it that states title, date and so on."""
READABLE = ", ".join(FILE_TYPES)
_SEPARATORS = tuple(filter(None, (os.sep, os.altsep)))
_KEY = re.compile(r"#[A-Za-z0-9_-]+\Z")


def file_type_of(path: Path) -> FileType | None:
    """The format of a file of this name; None where it can't be read."""
    return file_type_of_name(path.name)


def file_type_of_name(name: str) -> FileType | None:
    """As `file_type_of`; folders in front of the name make no difference."""
    name = name.lower()
    if name.endswith(SIDE_FILE):
        return None
    for packed in PACKED:
        name = name.removesuffix(packed)
    stem, dot, suffix = name.rpartition(".")
    return FILE_TYPES.get(dot + suffix) if stem and not stem.endswith(_SEPARATORS) else None


def article_path(file: str, key: str | None) -> str:
    """The path that an article goes by."""
    return file if key is None else f"{file}#{key}"


def file_of(path: str) -> str:
    """The file that an article's path lies in."""
    return _KEY.sub("", path)
