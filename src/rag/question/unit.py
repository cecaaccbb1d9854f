"""Finds the unit a question asks for ("On what day …?", "How high is the rate?"), and whether words tell one."""

from __future__ import annotations

import re

from rag.text.english.questions import UNITS_ASKED, UNITS_TOLD

_ASKED = tuple((unit, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for unit, pattern in UNITS_ASKED)
_TOLD = {unit: re.compile(pattern, re.IGNORECASE) for unit, pattern in UNITS_TOLD.items()}


def unit_in(question: str) -> str | None:
    """Returns the unit that a question asks for, such as "day" or "share"; None if it names none."""
    return next((unit for unit, pattern in _ASKED if pattern.search(question)), None)


def tells(unit: str, words: str) -> bool:
    """Returns whether a short answer tells something in this unit: "spring" tells no day, and "5,000" no rate."""
    return _TOLD[unit].search(words) is not None
