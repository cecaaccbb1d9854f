"""Recognises link text that a scrape left beside a name: `Finn Aune Finn AuneCouncil`, `MORE`, `Story highlights`.

A name made out of it is nobody's. Left out: a single word that may be glued (`AuneCouncil`), because names of companies
look like that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from itertools import groupby, pairwise

from rag.text.english.scraps import LINK_WORDS, NAME_PREFIXES

_WORD = re.compile(r"[^\W_][\w’'-]*")
_GLUED = re.compile(r"([A-ZÀ-Þ][a-zà-ÿ]{2,})[A-ZÀ-Þ]\w")
_LEAST = 4
"""Number of words from which a name is no name if a word stands in it twice, or if all are in capitals."""
_SHORT = 2
"""Most letters of a word that may stand in a name twice."""


def is_link_text(name: str, words_of_text: Callable[[], Set[str]]) -> bool:
    """Returns whether words that stand where a speaker is named are link text, or a name that link text is glued to.

    Args:
        name: The words.
        words_of_text: Returns the words of the article. It is called if one of the name's words may be two.
    """
    words = _WORD.findall(name)
    return bool(words) and (_begins_as_link(words) or _stands_twice(words) or _is_glued(words, words_of_text))


def _begins_as_link(words: Sequence[str]) -> bool:
    """Whether the words begin like a link: `MORE`, `Story highlights Opponents`, `Columnists In-depth`."""
    first, two = words[0].lower(), " ".join(words[:2]).lower()
    is_name_behind = len(words) > 1 and words[1][0].isupper() and first != "more"
    return two in LINK_WORDS or (first in LINK_WORDS and (is_name_behind or words[0].isupper()))


def _stands_twice(words: Sequence[str]) -> bool:
    """Whether a long run of capitals has a word twice, or is a headline in capitals: `Finn Aune Finn Olav Aune`."""
    for is_capital, run in groupby(words, lambda word: word[0].isupper()):
        names = [word for word in run if is_capital and len(word) > _SHORT]
        if len(names) >= _LEAST and len(set(names)) < len(names):
            return True
    return len(words) >= _LEAST and " ".join(words).isupper()


def _is_glued(words: Sequence[str], words_of_text: Callable[[], Set[str]]) -> bool:
    """Whether the end of a name is glued to the next word, and the text has the name without it."""
    for before, word in pairwise(words):
        glued = _GLUED.match(word)
        if glued and before[0].isupper() and glued[1].lower() not in NAME_PREFIXES and glued[1] in words_of_text():
            return True
    return False


def words_of(text: str) -> Set[str]:
    """Returns the words of a text."""
    return frozenset(_WORD.findall(text))
