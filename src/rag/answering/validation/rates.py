"""Finds out whether a figure is told per another period or thing than asked for: 3 million a month, not a year."""

from __future__ import annotations

import re

from rag.text.english.patterns import any_of
from rag.text.english.units import PERIODIC, RATES
from rag.text.grammar.clauses import clause_place

_UNIT = any_of(RATES)
_NO_RATE = r"(?:in|within|after|for|over|during|about|than|half|such|quite|not|of|by|with|before|is|was|be|as|to|until)"
_PER = rf"(?:per|each|every) (?P<unit>{_UNIT})\b|/ ?(?P<sign>{_UNIT})\b|\b(?P<adjective>{any_of(PERIODIC)})\b"
_A = (
    rf"(?<![\w-])(?!{_NO_RATE} )(?:[\w.,%€£$-]+) an? (?P<counted>{_UNIT})\b"
    r"(?! (?:ago|later|earlier|before|after|old|long|early|from)\b|[’'-])"
)
_RATE = re.compile(rf"{_PER}|{_A}", re.IGNORECASE)
_FIGURE = re.compile(r"\d[\d.,]*")
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w-]+")


def is_of_another_rate(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether a question names the period of a figure, and the answer's clause names only another one.

    So it is too if the clause names that period, but another name, and the sentence tells of the question's name
    elsewhere: `Osk makes 5 a month; Hult makes 60 a year` does not tell how many Osk makes a year.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    asked = set(_units(question))
    if not asked or (start == 0 and end == len(sentence)):
        return False
    begun, stop = clause_place(sentence, start, end)
    number = _FIGURE.search(sentence, start, stop)
    other = _FIGURE.search(sentence, max(end, number.end()), stop) if number else None
    told = set(_units(sentence[start : other.start() if other else stop])) or set(_units(sentence[begun:start]))
    if told.isdisjoint(asked):
        return bool(told)
    return _is_of_other_name(question, sentence, begun, stop)


def _is_of_other_name(question: str, sentence: str, begun: int, stop: int) -> bool:
    """Whether the sentence tells of a name of the question, but not in this clause, which has a name of its own."""
    names = set(_NAME.findall(question[1:]))
    own = set(_NAME.findall(sentence, begun, stop))
    return bool(own) and names.isdisjoint(own) and not names.isdisjoint(_NAME.findall(sentence))


def _units(text: str) -> list[str]:
    """The periods and things that amounts are given per in a text: "year" for `annual`, `a year` and `per year`."""
    found = []
    for match in _RATE.finditer(text):
        unit = (match["unit"] or match["sign"] or match["counted"] or "").lower()
        found.append(unit or PERIODIC[match["adjective"].lower()])
    return found
