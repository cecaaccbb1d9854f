"""Tells whether a file that is named as plain text holds HTML: a saved page, or the body that a system exported.

An article that only writes about HTML must stay as it is, so what is doubtful is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from rag.formats.file_types import HTML, HTML_PIECE, TEXT, FileType

_PAGE = re.compile(r"\s*(?:<\?[^<>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_OF_PAGES = re.compile(r"</(?:title|head|body|p|div|h[1-6]|article|table)\s*>", re.IGNORECASE)
_LEAST_OF_PAGES = 2
"""Least ends of elements in a page. Whoever writes about HTML hardly writes more of them."""
_BLOCK = r"(?:p|div|h[1-6]|main|article|section|blockquote|figure|table|ul|ol)"
_BEGINS = re.compile(rf"\s*<{_BLOCK}(?:\s[^<>]{{0,2000}})?>", re.IGNORECASE)
_ENDS = re.compile(rf"</{_BLOCK}\s*>\s*\Z", re.IGNORECASE)
_END = 200
"""Characters at the end of a file in which its last tag stands."""
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_TAG = re.compile(r"\s*</?[a-z]", re.IGNORECASE)


def type_of_text(text: str) -> FileType:
    """Returns the format of what a `.txt` file holds.

    A page begins with its doctype or `<html>` and has ends of elements. A piece of HTML begins and ends with tags of
    blocks, and each part of it between blank lines begins with a tag: what a plain text or Markdown has there does not.

    Args:
        text: The file's text. Comments in it don't count.
    """
    if "</" not in text:
        return TEXT
    shown = "".join(_without_comments(text))
    if _PAGE.match(shown):
        ends = list(islice(_OF_PAGES.finditer(shown), _LEAST_OF_PAGES))
        return HTML if len(ends) == _LEAST_OF_PAGES else TEXT
    if not _BEGINS.match(shown) or not _ENDS.search(shown, max(0, len(shown) - _END)):
        return TEXT
    return HTML_PIECE if all(map(_TAG.match, _BLANK_LINE.split(shown.strip()))) else TEXT


def _without_comments(text: str) -> Iterator[str]:
    """The text between comments. What is never closed is no comment."""
    start = 0
    while (opened := text.find("<!--", start)) >= 0 and (closed := text.find("-->", opened)) >= 0:
        yield text[start:opened]
        start = closed + len("-->")
    yield text[start:]
