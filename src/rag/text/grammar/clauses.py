"""Cuts the clause out of a sentence that some of its words stand in."""

from __future__ import annotations

import re


def clause_around(joint: re.Pattern[str], sentence: str, start: int, end: int) -> str:
    """Returns the text between the last joint before some words and the first one behind them.

    Args:
        joint: What separates clauses, for example a comma or `but`.
        sentence: The sentence's text.
        start: Start of the words in the sentence, in characters.
        end: Their end, exclusive.
    """
    return sentence[slice(*clause_place(joint, sentence, start, end))]


def clause_place(joint: re.Pattern[str], sentence: str, start: int, end: int) -> tuple[int, int]:
    """Returns the half-open interval of the clause around some words, see `clause_around`."""
    begun = max((match.end() for match in joint.finditer(sentence, 0, start)), default=0)
    ended = joint.search(sentence, end)
    return begun, ended.start() if ended else len(sentence)
