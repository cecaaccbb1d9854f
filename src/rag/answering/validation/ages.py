"""Finds out whether an age is taken for another number, or another number for an age."""

from __future__ import annotations

import re

from rag.text.english.units import TIMES
from rag.values.numbers import read_measure

_ASKED = re.compile(r"\bhow old\b|\bage\b", re.IGNORECASE)
_BEHIND_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+, \Z")
_NUMBER = re.compile(r"\d{1,3}(?=,)")
_WORDS_OF_UNIT = 2
"""Number of words behind an answer that may tell its unit."""


def is_age_of_someone(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether an answer is the age behind a name, `Ida Lund, 29, fell`, and none is asked for.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    is_bare = _NUMBER.match(sentence, start) is not None and sentence[start:end].strip(" ,").isdigit()
    return is_bare and _BEHIND_NAME.search(sentence[:start]) is not None and not _ASKED.search(question)


def is_no_age(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether an age is asked for, and the answer's unit is none of time. The arguments are as above."""
    if not _ASKED.search(question):
        return False
    behind = " ".join(sentence[end:].split()[:_WORDS_OF_UNIT])
    told = read_measure(f"{sentence[start:end]} {behind}")
    return told is not None and told.unit not in ("", *TIMES)
