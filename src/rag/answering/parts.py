"""Finds out whether an answer to "How many …?" counts all, where the sentence says of how many of them it is true.

"Four of Brendal's seven sirens did not sound" tells of four. If words behind the noun say which ones are meant, they
are all that were asked for: "two of the 14 people killed were children".
"""

from __future__ import annotations

import re

from rag.text.english.numbers import NUMBER_WORDS
from rag.text.english.patterns import any_of
from rag.text.english.questions import COUNTING_ALL
from rag.text.english.verbs import AUXILIARIES

COUNTED = re.compile(r"\bhow many (?:more |other |different )?(?P<thing>\w+)", re.IGNORECASE)
"""A question for a count, and what is counted."""
_ASKS_FOR_ALL = re.compile(rf"\b(?:{COUNTING_ALL})\b", re.IGNORECASE)
_NUMBER = re.compile(rf"\b(?:\d[\d.,]*|{any_of(NUMBER_WORDS)})\b", re.IGNORECASE)
_PART_OF = re.compile(rf"{_NUMBER.pattern} (?:out )?of (?:(?!and\b|or\b)[\w.’'-]+ ){{0,4}}\Z", re.IGNORECASE)
"""What stands before the number of all: `four of Brendal's `, before "seven sirens"."""


def counts_all_of_part(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether a question asks of how many something is true, and the answer is how many there are in all.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    asked = COUNTED.search(question)
    number = _NUMBER.search(sentence, start, end)
    if asked is None or number is None or _ASKS_FOR_ALL.search(question):
        return False
    bare = re.compile(rf" (?:[\w-]+ )?{re.escape(asked['thing'])} {any_of(AUXILIARIES)}\b", re.IGNORECASE)
    return _PART_OF.search(sentence, 0, number.start()) is not None and bare.match(sentence, number.end()) is not None
