"""Cuts the clause out of a sentence that some of its words stand in."""

from __future__ import annotations

import re

CLAUSE_JOINT = re.compile(
    r"[;:()—–]\s|, (?=[A-Za-z]+ )|\b(?:and|but|while|whereas|when|after|before|until|once|who|which|where)\b"
)
"""What separates clauses, those of a relative pronoun or of a time too. A comma before a figure belongs to a date."""
MAIN_JOINT = re.compile(r"; |, (?:and|but|while|whereas) ")
"""What separates main clauses only."""


def clause_around(sentence: str, start: int, end: int, joint: re.Pattern[str] = CLAUSE_JOINT) -> str:
    """Returns the text between the last joint before some words and the first one behind them.

    Args:
        sentence: The sentence's text.
        start: Start of the words in the sentence, in characters.
        end: Their end, exclusive.
        joint: What separates clauses.
    """
    return sentence[slice(*clause_place(sentence, start, end, joint))]


def clause_place(sentence: str, start: int, end: int, joint: re.Pattern[str] = CLAUSE_JOINT) -> tuple[int, int]:
    """Returns the half-open interval of the clause around some words, see `clause_around`."""
    begun = max((match.end() for match in joint.finditer(sentence, 0, start)), default=0)
    ended = joint.search(sentence, end)
    return begun, ended.start() if ended else len(sentence)
