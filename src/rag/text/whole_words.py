"""Makes words whole that a plain text file breaks at line ends: `app-` and `roved` become `approved`.

A hyphen that belongs to the word stays (`well-` and `known` become `well-known`). What decides is, in this order: how
the rest of the text writes the word, whether it is a common English word, and whether it looks like a compound.
"""

from __future__ import annotations

import re
from collections.abc import Set

from rag.text.english.patterns import any_of
from rag.text.english.scraps import COMPOUND_ENDS, COMPOUND_STARTS, SUSPENDING_WORDS
from rag.text.english.spelling import common_words
from rag.text.sentences import BROKEN_WORD, read_stretches

_BREAK = re.compile(
    rf"(?P<first>[^\W_]+)(?P<hyphen>[-\u00ad\u2010])[ \t]*(?:\r\n|\n|\r)[ \t]*"
    rf"(?!{any_of(SUSPENDING_WORDS)}\b)(?P<second>[^\W_]+)"
)
"""A word, a hyphen, a line end and the rest of the word."""
_LINE_END = re.compile(r"[ \t]*(?:\r\n|\n|\r)[ \t]*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def whole_words(text: str) -> str:
    """Joins the words that are broken at line ends, and with them the lines of each paragraph.

    Args:
        text: The text of a file.

    Returns:
        The text; the same if it breaks no word. Blank lines, and lines that are paragraphs of their own, stay.
    """
    if not BROKEN_WORD.search(text):
        return text
    used = frozenset(word.lower() for word in _WORD.findall(text))
    parts, end = [], 0
    for stretch in read_stretches(text):
        paragraph = _BREAK.sub(lambda match: _join(match, used), text[stretch.start : stretch.end])
        parts += [text[end : stretch.start], _LINE_END.sub(" ", paragraph)]
        end = stretch.end
    return "".join([*parts, text[end:]])


def _join(match: re.Match[str], used: Set[str]) -> str:
    """The two parts of a word as one, with its hyphen if the hyphen belongs to it."""
    first, second = match["first"], match["second"]
    joined, compound = f"{first}{second}", f"{first}-{second}"
    if match["hyphen"] == "\u00ad" or joined.lower() in used:
        return joined
    if compound.lower() in used or not (first + second).isalpha() or (second[0].isupper() and not first.isupper()):
        return compound
    if joined.lower() in common_words():
        return joined
    return compound if _is_compound(first.lower(), second.lower()) else joined


def _is_compound(first: str, second: str) -> bool:
    """Whether two words are usually written with a hyphen: `well-known`, `state-owned`, `ten-year`."""
    if not {first, second} <= common_words() | COMPOUND_STARTS:
        return False
    return first in COMPOUND_STARTS or second in COMPOUND_ENDS or second.endswith(("ed", "ing"))
