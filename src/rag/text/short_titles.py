"""Shortens a sentence to a title."""

from __future__ import annotations

import re
import unicodedata

from rag.text.english.function_words import CUTTING_WORDS
from rag.text.english.patterns import any_of

_CLAUSE_END = re.compile(r"[,;:](?=\s)|\s[-–—]+(?=\s)")
_PREPOSITION = re.compile(rf"\s(?={any_of(CUTTING_WORDS)}\s)")
LONGEST_TITLE = 90
"""Longest title made from a sentence, in characters."""
_SHORTEST_CUT = 40
"""Least number of characters before the place where a sentence is cut."""
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]")
"""Characters of Chinese and Japanese, which are as wide as two letters and stand without spaces."""
_WIDE_STOP = re.compile("[。！？]")
_WIDE_CLAUSE_END = re.compile("[，、；：]")


def shorten(sentence: str, limit: int = LONGEST_TITLE) -> str:
    """Shortens a sentence to a title.

    A sentence that is too long is cut at the end of a clause, else before a preposition or conjunction, else between
    words, and ends in an ellipsis. Chinese and Japanese, which have no spaces, get half as many characters.

    Args:
        sentence: The sentence.
        limit: Most characters of the title.

    Returns:
        The title, on one line.
    """
    title = " ".join(sentence.split())
    if 2 * len(_WIDE.findall(title, 0, limit)) > len(title[:limit]):
        return _shorten_wide(title, limit // 2)
    if len(title) <= limit:
        return title.rstrip(".")
    for pattern in (_CLAUSE_END, _PREPOSITION, re.compile(r"\s")):
        ends = [match.start() for match in pattern.finditer(title, 0, limit) if match.start() >= _SHORTEST_CUT]
        if ends:
            return title[: ends[-1]] + "…"
    return _cut(title, limit)


def _shorten_wide(title: str, limit: int) -> str:
    """Shortens a text of wide characters to its first sentence, and that to a clause."""
    title = _WIDE_STOP.split(title, maxsplit=1)[0] or title
    if len(title) <= limit:
        return title
    ends = [match.start() for match in _WIDE_CLAUSE_END.finditer(title, 0, limit) if 3 * match.start() >= limit]
    return title[: ends[-1]] + "…" if ends else _cut(title, limit)


def _cut(title: str, limit: int) -> str:
    """The first characters, without the marks that belong to a letter that is cut off, and an ellipsis."""
    end = limit - 1
    while end > 1 and unicodedata.category(title[end]).startswith("M"):
        end -= 1
    return title[:end] + "…"
