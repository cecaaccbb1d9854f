"""Finds names by their capitals, and leaves out the words that have one for another reason."""

from __future__ import annotations

import re

from rag.text.english.calendar import MONTHS, WEEKDAYS
from rag.text.english.function_words import STOP_WORDS
from rag.text.english.patterns import capitalised
from rag.text.english.people import TITLES

WORD = r"[A-ZÀ-Þ][\w’'-]*"
"""Pattern of a word with a capital."""
NAME = rf"{WORD}(?: {WORD})*"
"""Pattern of words with capitals."""
NO_NAMES = capitalised((*MONTHS, *WEEKDAYS, *STOP_WORDS, *TITLES))
"""Words with a capital that are no names: months, titles, and words that only begin a sentence."""
_NAME = re.compile(NAME)
_POSSESSIVE = re.compile(r"[’']s?$")


def names_in(text: str) -> list[re.Match[str]]:
    """Returns the names in a text; a month, a title or the first word of a sentence alone is none."""
    return [match for match in _NAME.finditer(text) if bare(match.group())]


def bare(name: str) -> list[str]:
    """Returns the words of a name without titles and words that only begin a sentence or a question."""
    words = (word.removesuffix("'s").removesuffix("’s") for word in name.split())
    return [word for word in words if re.split("[’']", word)[0] not in NO_NAMES]


def own_words(name: str) -> list[str]:
    """Returns the words of a name behind its last title: `the former President Otto Vik` becomes `Otto Vik`.

    Words that only begin a sentence are left out too. What stands inside of a name is kept: `World War I`.
    """
    words = name.split()
    first = 0
    for index, word in enumerate(words[:-1]):
        is_leading = first == index and _POSSESSIVE.sub("", word) in NO_NAMES
        if is_leading or word.lower().rstrip(".") in TITLES:
            first = index + 1
    return words[first:] if words[first] not in NO_NAMES else []
