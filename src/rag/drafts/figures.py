"""Finds the figures of a sentence with their units, and compares those of a statement with those of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rag.answering.agreement import contradict
from rag.text.english.numbers import ORDINAL_ENDING, PARTS
from rag.text.english.patterns import any_of
from rag.text.english.units import UNITS
from rag.text.grammar.amounts import AMOUNT
from rag.values.numbers import read_measure, whole_number
from rag.values.value import Quantity

_AMOUNT = re.compile(rf"(?<![\w.,]){AMOUNT}(?!\w*\d|[.,]\d)", re.IGNORECASE)
_ORDINAL = re.compile(rf"(?:{any_of(PARTS)})s?\Z", re.IGNORECASE)
_COUNTED_PART = re.compile(r"(?:an?|one|two|three|four|five)[ -]\w+\Z|half\Z|\w+s\Z", re.IGNORECASE)
_TALLY = re.compile(
    r"(?<![\w.,$€£/-])(\d(?:[\d,]*\d)?)(?:\s?[-–—/]\s?|-to-|\sto\s|\svotes? to\s)(\d(?:[\d,]*\d)?)"
    r"(?![\w%/]|[.,]\d|[-–]\d|\s(?:million|billion|percent|per cent))"
)
TALLY = "tally"
"""The unit of two numbers that belong together."""
_RANGE = re.compile(r"\s?[-–—]\s?|\s(?:to|and)\s")
_STOPS = re.compile(r"[;:!?,()“”\"—]|\.(?:\s|\Z)|\b(?:and|or|but|to)\b")
_FARTHEST = 2
"""Greatest ratio of a figure and a bound that it keeps: 450 are "more than 400", and 4,500 are not."""
_BEHIND = 28
"""Characters behind a number that are read for its unit."""
_UNIT = re.compile(rf"[\s-]?(?:{'|'.join(UNITS.values())})(?!\w)", re.IGNORECASE)
_ORDINAL_ENDING = re.compile(ORDINAL_ENDING)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a range with its unit, at `text[start:end]`.

    Attributes:
        start: Start offset in the text, in characters; "about" and a currency belong to it.
        end: End offset, exclusive.
        value: What it says.
    """

    start: int
    end: int
    value: Quantity


def find_figures(text: str, taken: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """Finds the figures of a text.

    Args:
        text: The text.
        taken: Half-open intervals that are no figures, such as dates.

    Returns:
        The figures, in their order. Ordinals, and "one" as a pronoun, are none.
    """
    tallies = list(_tallies(text, taken))
    taken = [*taken, *((one.start, one.end) for one in tallies)]
    every = list(_AMOUNT.finditer(text))
    amounts = [match.span() for match in every if _counts(text, match, taken)]
    # What is taken or does not count may be a number too, and ends what is read for a figure before it.
    ends = sorted([*(match.start() for match in every), *(start for start, _ in taken), len(text)])
    return sorted([*tallies, *_read_all(text, amounts, ends)], key=lambda figure: figure.start)


def _tallies(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Figure]:
    """Two numbers that belong together, and of which the first is not less: votes, scores, 9/11."""
    for match in _TALLY.finditer(text):
        first, second = (Fraction(match[group].replace(",", "")) for group in (1, 2))
        is_range = first < second and match[0].count("/") == 0
        if not is_range and not any(start < match.end() and match.start() < end for start, end in taken):
            yield Figure(match.start(), match.end(), Quantity(first, second, "", TALLY, ()))


def _counts(text: str, match: re.Match[str], taken: Sequence[tuple[int, int]]) -> bool:
    word = match.group().lower()
    if any(start < match.end() and match.start() < end for start, end in taken):
        return False
    if word == "one" or _ORDINAL_ENDING.match(text, match.end()):
        return False
    return _ORDINAL.search(word) is None or _COUNTED_PART.match(word) is not None


def _read_all(text: str, amounts: Sequence[tuple[int, int]], ends: Sequence[int]) -> Iterator[Figure]:
    number = 0
    while number < len(amounts):
        start, end = amounts[number]
        following = amounts[number + 1 : number + 2]
        if following and _RANGE.fullmatch(text, end, following[0][0]):
            both = _read(text, start, following[0][1], ends)
            if both is not None and both.value.low < both.value.high:
                yield both
                number += 2
                continue
        figure = _read(text, start, end, ends)
        if figure is not None:
            yield figure
        number += 1


def _read(text: str, start: int, end: int, ends: Sequence[int]) -> Figure | None:
    """Reads the number at `text[start:end]` with what belongs to it, up to the next of the ends."""
    first, last = whole_number(text, start, end, "quantity")
    limit = next(place for place in ends if place >= end)
    last = min(last, limit)
    reach = min(limit, last + _BEHIND)
    stop = _STOPS.search(text, last, reach)
    measure = read_measure(text[first : stop.start() if stop else reach])
    if measure is None:
        return None
    value = Quantity(measure.low, measure.high, measure.bound, measure.unit, (), measure.rounding, measure.is_unreached)
    unit = _UNIT.match(text, last, reach) if value.unit else None
    return Figure(first, unit.end() if unit else last, value)


def tells(stated: Quantity, given: Quantity) -> bool:
    """Returns whether a figure of an article tells all that a figure of a statement says.

    An exact figure tells a rounded one and a bound that it keeps; a rounded one tells no exact one.
    """
    if not _same_unit(stated, given):
        return False
    if (stated.low, stated.high, stated.bound) == (given.low, given.high, given.bound):
        return given.rounding >= stated.rounding
    if stated.bound:
        return False
    if given.bound:
        return _keeps(stated, given)
    if stated.rounding > given.rounding:
        return False
    is_range = given.low != given.high or stated.low != stated.high
    return not is_range and abs(given.low - stated.low) <= given.rounding


def _keeps(stated: Quantity, given: Quantity) -> bool:
    """Whether an exact figure is within a bound, and not so far from it that nobody would give that bound."""
    if given.bound in (">", "≥"):
        lowest = stated.low - stated.rounding
        is_kept = lowest > given.low or (lowest == given.low and given.bound == "≥")
        return is_kept and stated.low <= given.low * _FARTHEST
    highest = stated.high + stated.rounding
    is_kept = highest < given.high or (highest == given.high and given.bound == "≤")
    return is_kept and given.high <= stated.high * _FARTHEST


def differs(stated: Quantity, given: Quantity) -> bool:
    """Returns whether the figures of an article and of a statement can't both be right, or have other bounds."""
    if not _same_unit(stated, given):
        return False
    if TALLY in (stated.unit, given.unit):
        return {stated.low, stated.high} != {given.low, given.high}
    is_other = (stated.low, stated.high) != (given.low, given.high)
    is_range = given.low != given.high and stated.low != stated.high
    if is_other and (is_range or stated.bound == given.bound != ""):
        return True
    return _are_apart(stated, given) or contradict(stated, given)


def _are_apart(stated: Quantity, given: Quantity) -> bool:
    """Whether two rounded figures differ by more than either is rounded: "about 20" and "about 25"."""
    are_rounded = stated.rounding > 0 and given.rounding > 0 and not stated.bound and not given.bound
    return are_rounded and abs(stated.low - given.low) > max(stated.rounding, given.rounding)


def _same_unit(stated: Quantity, given: Quantity) -> bool:
    return stated.unit == given.unit or {stated.unit, given.unit} == {"", "year"}  # "Keller, 57" is 57 years old
