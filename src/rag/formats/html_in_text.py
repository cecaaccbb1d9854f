"""Tells whether a file that is named as plain text holds HTML: a saved page, or the body that a system exported."""

from __future__ import annotations

import re

from rag.formats.file_types import HTML, HTML_PIECE, TEXT, FileType

_START = rb"\A(?:\xef\xbb\xbf)?\s*"
_PAGE = re.compile(
    _START + rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s*)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE,
)
_BLOCK = rb"(?:p|div|h[1-6]|article|section|blockquote|figure|table|ul|ol)"
_BEGINS = re.compile(_START + rb"<" + _BLOCK + rb"(?:\s[^<>]{0,2000})?>", re.IGNORECASE)
_ENDS = re.compile(rb"</" + _BLOCK + rb"\s*>\s*\Z", re.IGNORECASE)
_END = 200
"""Bytes at the end of a file in which its last tag stands."""


def type_of_text(data: bytes) -> FileType:
    """Returns the format of what a `.txt` file holds.

    An article that only writes about HTML is text: a piece of HTML must begin and end with tags of blocks.

    Args:
        data: The file's bytes.
    """
    if _PAGE.match(data):
        return HTML
    return HTML_PIECE if _BEGINS.match(data) and _ENDS.search(data, max(0, len(data) - _END)) else TEXT
