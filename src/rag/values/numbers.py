"""Reads numbers with units as articles write them: `20%`, `twenty per cent`, `a fifth`, `$1.2bn`.

Left out: conversion between systems (miles, kilometres), because it rounds, and words without a number (`hundreds`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from rag.question.question import Kind
from rag.text.english.calendar import YEAR
from rag.text.english.numbers import (
    BLURS,
    BLURS_BEHIND,
    BOUND_SIGNS,
    BOUNDS,
    BOUNDS_BEHIND,
    HEDGES,
    MAGNITUDES,
    MINUS,
    MOVES_OF_VALUES,
    NEARLY,
    NUMBER_WORD,
    NUMBER_WORDS,
    VALUE_CHANGES,
)
from rag.text.english.patterns import any_of
from rag.text.english.units import CURRENCIES, CURRENCY_SIGN, EXACT_UNITS, PARTS_OF_UNITS, RATES, SINGLE, UNITS
from rag.text.grammar.amounts import AMOUNT, amount_of, is_part, shared_magnitude

_NUMBER = rf"(?P<sign_>{CURRENCY_SIGN})?\s?(?P<number_>{AMOUNT})"
_FIRST, _SECOND = (_NUMBER.replace("_>", f"{number}>") for number in "12")
_JOINED = r"(?P<joined>\s?(?:%|per ?cent)?\s?[-–—]\s?|\s?(?:%|per ?cent)?\s(?:to|and|or)\s)"
_FOUND = re.compile(rf"(?<![\w.,]){_FIRST}(?:{_JOINED}{_SECOND})?(?!\w*\d|[.,]\d)", re.IGNORECASE)
_AND_A_HALF = re.compile(rf"\b(\d+|{NUMBER_WORD})(?: and a half\b|½)", re.IGNORECASE)
_ONE_UNIT = re.compile(rf"^((?:\w+ ){{0,2}})an? (?={any_of(SINGLE)}\w*\b)", re.IGNORECASE)

_BEFORE = tuple((sign, re.compile(rf"\b(?:{words})\s+(?:the |an? )?$", re.IGNORECASE)) for sign, words in BOUNDS)
_BEHIND = tuple((sign, re.compile(words, re.IGNORECASE)) for sign, words in BOUNDS_BEHIND)
_BOUND_SIGN = re.compile(rf"({any_of(BOUND_SIGNS)})\s?\Z")
_BLUR_BEFORE = re.compile(rf"(?:\b{BLURS}\s+|[≈~±]\s?)\Z", re.IGNORECASE)
_NEARLY_BEFORE = re.compile(rf"\b{NEARLY}\s+\Z", re.IGNORECASE)
_BLUR_BEHIND = re.compile(rf"(?P<counted>(?:\s\w+)?){BLURS_BEHIND}", re.IGNORECASE)
_NEAR = 20
"""Number of characters before a number that are searched for a bound."""
_MINUS = re.compile(rf"(?:^|(?<=[\s<>≤≥≈~(=]))(?:{MINUS})\s?\Z", re.IGNORECASE)
_SIGNS = re.compile(r"[<>≤≥≈~±+−–-]*\s?")
_AHEAD = tuple(
    re.compile(rf"{pattern}\Z", re.IGNORECASE)
    for pattern in (
        r"(?:(?<!\S)(?<!\d\s)|(?<=[(\[\"“<>≤≥≈~=]))[+−–-]",
        rf"(?<!\w)(?:{CURRENCY_SIGN})\s?",
        r"(?<![^\s(\[\"“])(?:[<>]=?|[≤≥≈~±])\s?",
        r"\b(?:minus|negative)\s",
        rf"\b{BLURS}\s+",
    )
)
"""What belongs to a number and stands before it: a sign, a currency, a word that says it is not exact."""
_BOUND_AHEAD = re.compile(rf"\b(?:{'|'.join(words for _, words in BOUNDS)})\s+(?:the |an? )?\Z", re.IGNORECASE)
_COMPARED = re.compile(r"[a-z]+ than the (?=\W?\d)", re.IGNORECASE)
"""What stands before a number that another one is compared with, and that is exact: `fewer than the 260 of 2019`."""
_MOVED = re.compile(rf"\b(?:{any_of((*VALUE_CHANGES, *MOVES_OF_VALUES))}) \Z", re.IGNORECASE)
_UP_TO = re.compile(r"(?:up|down) to (?=\W?\d)", re.IGNORECASE)
"""What is no bound behind a verb: `the rate edged up to 3.6%`."""
_YEAR = re.compile(YEAR)
_BETWEEN = re.compile(r"\bbetween\s+\Z", re.IGNORECASE)
_SIGN_BEHIND = re.compile(r"(?<=\d)(?:\s?(?:[%‰]|°(?:\s?[CF]\b)?)|\s?[€£¥₹₽₺₪₩₴₦₫₱฿$](?!\s?\d)|\+(?!\w))")
_BOUND_BEHIND = re.compile(
    rf"-plus\b|{BLURS_BEHIND}|,?\s(?:or (?:more|over|above|higher|older|less|fewer|under|below|lower|younger)"
    r"|at (?:least|most)|and counting)\b",
    re.IGNORECASE,
)
_DECADE = re.compile(r"[’']?s\b")
_ROUNDED = 10
"""Greatest denominator of a part that is rounded to a whole percentage: a third is 33%."""
_HALF_STEP = 5
"""Half of ten: a number whose last digit is 5 may be rounded to the half, as "about 450" for 437."""
_LEAST_ROUNDED = 1000
"""Least magnitude whose numbers are rounded: `1.2 million` is, `twelve hundred` and `two dozen` are not."""
_FURTHEST, _FURTHEST_BLURRED = Fraction(1, 12), Fraction(1, 5)
"""Largest shares of a number by which the exact one differs, the second with "about": 2.5 million are not 3 million."""
_EXACTLY = re.compile(r"\bexactly\s*$", re.IGNORECASE)
_HEDGES = re.compile(rf"\b{HEDGES}\s*$", re.IGNORECASE)
_UNIT = tuple((unit, re.compile(rf"[\s-]?(?:{pattern})(?!\w)", re.IGNORECASE)) for unit, pattern in UNITS.items())
_RATE = re.compile(rf"\s?(?:(?:per|an?|every|each) |/)({any_of(RATES)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number or a range with its unit.

    Attributes:
        low: The number, or the lower end of a range. Amounts in cents, weeks, grams and the like are converted.
        high: The upper end of a range; equal to `low` for one number.
        unit: The unit, such as "dollar" or "barrel/day"; "" without one.
        bound: ">", "≥", "<" or "≤"; "" without one.
        around: The other words, without the bound and without hedges such as "about".
        rounding: How far the exact number may be from this one, in its unit; 0 for an exact number and for a bound.
        is_unreached: Whether the exact number can't be above this one: `nearly half`.
    """

    low: Fraction
    high: Fraction
    unit: str
    bound: str
    around: str
    rounding: Fraction
    is_unreached: bool


def read_measure(words: str) -> Measure | None:
    """Reads the number or range in these words.

    Args:
        words: The words of a short answer.

    Returns:
        The number with its unit; None if there is no number, several separate ones, or a range that falls.
    """
    words = _AND_A_HALF.sub(
        lambda half: f"{half[1] if half[1].isdecimal() else NUMBER_WORDS[half[1].lower()]}.5", words
    )
    found = list(_FOUND.finditer(words))
    if not found:
        words = _ONE_UNIT.sub(r"\1one ", words)
        found = list(_FOUND.finditer(words))
    if len(found) != 1:
        return None
    match = found[0]
    ends = _ends(match["number1"], match["number2"])
    if ends is None:
        return None
    low, high = ends
    before, behind = words[: match.start()], words[match.end() :]
    beside = (before.rstrip()[-1:], behind.lstrip()[:1])
    if _DECADE.match(behind) or any(_is_odd(character) for character in beside):
        return None
    is_share = is_part(match["number1"])
    unit, behind = _unit(match["sign1"] or match["sign2"] or "", is_share or "%" in (match["joined"] or ""), behind)
    if _MINUS.search(before):
        low, high, before = -high, -low, _MINUS.sub("", before)
    is_unreached = _NEARLY_BEFORE.search(before) is not None
    is_blurred, behind = _without_blur(before, behind)
    rounding = _rounding(match["number2"] or match["number1"], high, unit, is_blurred=is_blurred)
    unit, size = PARTS_OF_UNITS.get(unit, (unit, Fraction(1)))
    if rate := _RATE.match(behind):
        unit, behind = f"{unit}/{rate[1].lower()}", behind[rate.end() :]
    is_exact = _EXACTLY.search(before)
    bound, before, behind = _bound(before, behind)
    around = f"{before} {behind}".strip()
    rounding = Fraction(0) if bound or is_exact else rounding * size
    return Measure(low * size, high * size, unit, bound, around, rounding, is_unreached)


def _ends(first: str, second: str | None) -> tuple[Fraction, Fraction] | None:
    """The number twice, or the two ends of a range. A share of one is given in percent. None if the range falls."""
    low = amount_of(first)
    high = amount_of(second) if second else low
    if low is None or high is None or (second and low > high):
        return None
    if second:
        low *= shared_magnitude(first, second)
    if is_part(first):
        low = high = Fraction(round(100 * low)) if low.denominator <= _ROUNDED else 100 * low
    return low, high


def _without_blur(before: str, behind: str) -> tuple[bool, str]:
    """Whether words beside a number say that it is not exact, and the words behind it without these."""
    after = _BLUR_BEHIND.match(behind)
    behind = f"{after['counted']}{behind[after.end() :]}" if after else behind
    return after is not None or _BLUR_BEFORE.search(before) is not None, behind


def _rounding(number: str, value: Fraction, unit: str, *, is_blurred: bool) -> Fraction:
    """Half of the step that a number is rounded to: 50,000 for `1.2 million`, 500 for `about 5,000`, 0 for `5,000`.

    A number that ends with a 5 and is not exact may be rounded to the half of ten: the step of `about 450` is 50.

    A measure in a physical unit is rounded to its last digit: 11.9 km are 12 km. A price or a count is exact.

    Args:
        number: The number, in digits or in words; of a range the second.
        value: Its value.
        unit: Its unit.
        is_blurred: Whether words such as "about" say that it is not exact.
    """
    *_, decimals = re.findall(r"\d[\d,]*\.(\d+)", number) or [""]
    step = Fraction(1, 10 ** len(decimals))
    is_rounded = is_blurred or unit not in EXACT_UNITS
    if is_part(number):
        is_rounded, step = is_blurred or value.denominator == 1, Fraction(10 if is_blurred else 1)
    else:
        for word in reversed(re.findall(r"[a-z]+", number.lower())):
            if word not in MAGNITUDES:
                break
            is_rounded |= MAGNITUDES[word] >= _LEAST_ROUNDED
            step *= MAGNITUDES[word] if MAGNITUDES[word] >= _LEAST_ROUNDED else 1
        while is_blurred and value and value % (10 * step) == 0:
            step *= 10
        if is_blurred and abs(value) > 10 * step and value % (_HALF_STEP * step) == 0:
            step *= _HALF_STEP
    furthest = (_FURTHEST_BLURRED if is_blurred else _FURTHEST) * abs(value)
    return min(step / 2, furthest) if is_rounded else Fraction(0)


def _is_odd(character: str) -> bool:
    """Whether the character is a part of a number that is not read, such as `¼` or `²`."""
    return character.isnumeric() and not character.isdecimal()


def whole_number(text: str, start: int, end: int, kind: Kind) -> tuple[int, int]:
    """Widens the place of a number by what belongs to it: a minus, a currency sign, `at least`, `about`, `or more`.

    Args:
        text: Any text.
        start: Start offset of the words that begin with the number, in characters.
        end: Their end offset, exclusive.
        kind: The kind of thing that the question asks for. Only for a quantity is a number in words widened, and a
            bound before a year: "over 2018" may be during the year.

    Returns:
        The half-open interval of the words with the whole number; `(start, end)` if they don't begin with a number.
        Words before the number that only compare it, or belong to a verb, are left out: `than the`, `edged up to`.
    """
    start = _behind_comparison(text, start)
    signs = _SIGNS.match(text, start)
    number = _FOUND.match(text, signs.end() if signs else start)
    if number is None or (kind != "quantity" and not number["number1"][0].isdecimal()):
        return start, end
    is_year = kind != "quantity" and _YEAR.fullmatch(number["number1"]) is not None
    ahead = _AHEAD if is_year else (*_AHEAD, _BOUND_AHEAD)
    if number["number2"] and number.end() <= end:
        start = _start_of(_BETWEEN, text, start)
    while (wider := min(_start_of(pattern, text, start) for pattern in ahead)) < start:
        start = wider
    start = _behind_comparison(text, start)
    for pattern in (_SIGN_BEHIND, _BOUND_BEHIND):
        behind = pattern.match(text, end) if end >= number.end() else None
        end = behind.end() if behind else end
    return start, end


def _behind_comparison(text: str, start: int) -> int:
    """Where the number begins behind `fewer than the`, or behind `up to` if that belongs to a verb; else `start`."""
    moved = _UP_TO.match(text, start)
    if moved and not _MOVED.search(text, max(0, start - _NEAR), start):
        moved = None
    compared = moved or _COMPARED.match(text, start)
    return compared.end() if compared else start


def _start_of(pattern: re.Pattern[str], text: str, end: int) -> int:
    """Where the pattern's match that ends at `end` begins; `end` if there is none."""
    found = pattern.search(text, max(0, end - _NEAR), end)
    return found.start() if found else end


def _unit(sign: str, is_share: bool, behind: str) -> tuple[str, str]:
    """The unit and the words after it. If a sign gives the currency, a word after the number can only repeat it."""
    matches = [(match.end(), unit) for unit, pattern in _UNIT if (match := pattern.match(behind))]
    end, unit = max(matches, default=(0, ""))
    if sign:
        named = sign.strip(" .").lower()
        currency = CURRENCIES.get(named, named)
        return currency, behind[end:] if unit == currency else behind
    return (unit or "%", behind[end:]) if is_share else (unit, behind[end:])


def _bound(before: str, behind: str) -> tuple[str, str, str]:
    """The bound, and the words before and after the number without the bound and without hedges."""
    for sign, pattern in _BEHIND:
        match = pattern.search(behind)
        if match:
            return sign, before, f"{behind[: match.start()]} {behind[match.end() :]}"
    before = _HEDGES.sub("", _BLUR_BEFORE.sub("", before))
    if sign_before := _BOUND_SIGN.search(before):
        return BOUND_SIGNS[sign_before[1]], before[: sign_before.start()], behind
    for sign, pattern in _BEFORE:
        match = pattern.search(before)
        if match:
            return sign, _HEDGES.sub("", before[: match.start()]), behind
    return "", before, behind
