"""Tells whether a file that is named as plain text holds HTML: a saved page, or the body that a system exported."""

from __future__ import annotations

import re

from rag.formats.file_types import HTML, HTML_PIECE, TEXT, FileType

_START = rb"\A(?:\xef\xbb\xbf)?\s*"
_PAGE = re.compile(
    _START + rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s*)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE,
)
_BLOCK = rb"(?:p|div|h[1-6]|article|section|blockquote|figure|table|ul|ol|li)"
_BEGINS = re.compile(_START + rb"<" + _BLOCK + rb"(?:\s[^<>]{0,2000})?>", re.IGNORECASE)
_ENDS = re.compile(rb"</" + _BLOCK + rb"\s*>\s*\Z", re.IGNORECASE)
_LONGEST_END = 100
"""Bytes at the end of a line in which its last tag stands."""
_LEAST_LINES = 3
"""Least lines that end with a tag where the file does not begin with one, as below a title."""


def type_of_text(data: bytes) -> FileType:
    """Returns the format of what a `.txt` file holds.

    An article that only writes about HTML is text: a piece of HTML begins and ends with tags of blocks, or most of its
    lines end with one.

    Args:
        data: The file's bytes.
    """
    if _PAGE.match(data):
        return HTML
    if b"</" not in data:
        return TEXT
    lines = [line for line in data.splitlines() if line.strip()]
    ended = sum(_ENDS.search(line[-_LONGEST_END:]) is not None for line in lines)
    is_whole = _BEGINS.match(data) and _ENDS.search(lines[-1][-_LONGEST_END:])
    return HTML_PIECE if is_whole or (ended >= _LEAST_LINES and 2 * ended > len(lines)) else TEXT
