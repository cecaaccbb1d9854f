"""Reads a mailbox in the format mbox: each message is an article. Runs in the worker."""

from __future__ import annotations

import re

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted, Refused
from rag.formats.newsroom.mail import read_message

_BEGIN = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\r?\n")
"""The line before each message."""
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def extract(data: bytes) -> list[Extracted | Refused]:
    """Reads the messages of a mailbox.

    Args:
        data: The bytes of the file.

    Returns:
        For each message, its article or why it holds none.

    Raises:
        ArticleError: If the file is no mailbox.
    """
    begins = [match.span() for match in _BEGIN.finditer(data)]
    if not begins or begins[0][0] != 0:
        raise ArticleError("This is not a mailbox", "damaged", remedy="save its messages as .eml files")
    ends = [start for start, _ in begins[1:]] + [len(data)]
    return [_read(data[begin:end]) for (_, begin), end in zip(begins, ends, strict=True)]


def _read(message: bytes) -> Extracted | Refused:
    try:
        return read_message(_ESCAPED.sub(rb"\1", message))
    except ArticleError as error:
        return Refused.of(error)
