"""Finds which unit of time a question asks for ("On what day …?"), and whether words tell one ("14 April 1987")."""

from __future__ import annotations

import re

from rag.text.english.questions import TIME_UNITS_ASKED, TIME_UNITS_TOLD

_ASKED = tuple((unit, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for unit, pattern in TIME_UNITS_ASKED)
_TOLD = {unit: re.compile(pattern, re.IGNORECASE) for unit, pattern in TIME_UNITS_TOLD.items()}


def time_unit_in(question: str) -> str | None:
    """Returns the unit of time that a question asks for, such as "day"; None if it names none."""
    return next((unit for unit, pattern in _ASKED if pattern.search(question)), None)


def tells(unit: str, words: str) -> bool:
    """Returns whether a short answer tells a time in this unit: "spring" tells no day."""
    return _TOLD[unit].search(words) is not None
