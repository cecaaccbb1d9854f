"""Decides whether a line break that an author set (two spaces or a backslash in Markdown, `<br>`) ends a sentence."""

from __future__ import annotations

import re

from rag.text.english.patterns import any_of
from rag.text.english.scraps import OPENERS, UNFINISHED
from rag.text.english.verbs import FINITE_AUXILIARIES, MODALS

BULLET = re.compile(r"(?:[-–—*•·▪►‣◦>]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")
"""What an item of a list begins with."""
LONG_LINE = 40
"""Characters of a line that is too long to be a title, a name or an item."""
STOPS = '.!?…:;"”)'
"""Last characters of a line behind which nothing goes on."""
_CLOSERS = '"”)'
_ENDS = re.compile(r"[.!?…]")
_FINITE = re.compile(rf"\b{any_of((*FINITE_AUXILIARIES, *MODALS))}\b")
_WORD = re.compile(r"[^\W_]+")
_REACH = 200
"""Characters of a line that are examined at each side of a break."""


def goes_on(before: str, after: str) -> bool:
    """Returns whether a sentence goes on over a line break that an author set.

    It does if the first line ends with a comma or a word that needs another one (`was closed by`), or if the second one
    begins in lower case. Before a capital or a number it does if the first line is long or has a finite verb, and the
    second line ends a sentence: a name, an address or a title in bold stays apart.

    Args:
        before: The line before the break, without outer white space.
        after: The line after it, without outer white space.
    """
    if not before or not after or BULLET.match(after):
        return False
    near = before[-_REACH:]
    if after[0].islower() and near.rstrip(_CLOSERS)[-1:] not in STOPS:
        return True
    if near[-1] in STOPS:
        return False
    words = _WORD.findall(near)
    if near[-1] == "," or (words and words[-1] in UNFINISHED and near[-1].isalpha()):
        return True
    begun = re.split(r"[.!?…]\s", near)[-1]
    first = _WORD.match(after)
    is_opened = first is not None and first.group().lower() in OPENERS
    if len(before) < LONG_LINE and (is_opened or _FINITE.search(begun) is None):
        return False
    return len(after) >= LONG_LINE or _ENDS.search(after) is not None
