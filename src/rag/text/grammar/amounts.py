"""Reads numbers in digits and in words: `1.2bn`, `twelve hundred`, `a fifth`, `one in three`."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import reduce

from rag.text.english.numbers import MAGNITUDES, NUMBER_WORD, NUMBER_WORDS, ONE_LETTER_MAGNITUDES, ONE_TO_FIVE, PARTS
from rag.text.english.patterns import any_of

_SCALE = any_of(MAGNITUDES.keys() - ONE_LETTER_MAGNITUDES)
_DIGITS = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?(?:[ -]?{_SCALE}\b|[kmb]\b)*"
_IN_WORDS = rf"(?:{NUMBER_WORD}|an?(?=[ -]{_SCALE}))(?:(?:[ -]and)?[ -](?:{NUMBER_WORD}|{_SCALE}))*(?![\w-]*\w)"
_PART = rf"(?:(?:an?|{any_of(ONE_TO_FIVE)})[ -])?{any_of(PARTS)}s?"
_ONE_IN = rf"(?:one|1)(?: person)? (?:in|out of)(?: every)? (?:\d+|{NUMBER_WORD})(?![ -](?:{NUMBER_WORD}|{_SCALE})\b)"
AMOUNT = rf"(?:{_ONE_IN}|{_PART}\b|{_DIGITS}|{_IN_WORDS})"
"""A pattern of numbers. Case does not matter."""


def is_part(number: str) -> bool:
    """Whether a number is a part of a whole: `a fifth`, `one in three`."""
    return re.fullmatch(rf"{_PART}|{_ONE_IN}", number, re.IGNORECASE) is not None


def amount_of(number: str) -> Fraction | None:
    """Reads a number.

    Args:
        number: Words that AMOUNT matches.

    Returns:
        Its value; for a part (`a fifth`), its share of one. None if there is no number.
    """
    words = re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", number.lower())
    if is_part(number):
        return _share(words)
    return reduce(_add, words, (Fraction(0), Fraction(0)))[0] if words else None


def _share(words: list[str]) -> Fraction:
    if words[-1].rstrip("s") in PARTS or words[-1] in PARTS:
        count = NUMBER_WORDS.get(words[0], 1) if len(words) > 1 else 1
        return Fraction(count, PARTS.get(words[-1], PARTS.get(words[-1].rstrip("s"), 1)))
    last = words[-1]
    return Fraction(1, max(1, int(last) if last.isdecimal() else NUMBER_WORDS[last]))


def _add(so_far: tuple[Fraction, Fraction], word: str) -> tuple[Fraction, Fraction]:
    """The total after one more word, and the part of the total that a following magnitude multiplies."""
    total, group = so_far
    if word in MAGNITUDES:
        size, of = MAGNITUDES[word], group or Fraction(1)
        return total - group + of * size, (of * size if size == 100 else Fraction(0))
    if word in ("a", "an", "and"):
        return so_far
    number = Fraction(word.replace(",", "")) if word[0].isdigit() else Fraction(NUMBER_WORDS[word])
    return total + number, group + number


def shared_magnitude(first: str, second: str) -> int:
    """Finds the magnitude that a range states only once, for both ends: the million of `5 to 10 million`.

    Args:
        first: The first number.
        second: The second number.

    Returns:
        What the first number has to be multiplied by; 1 if it states its magnitude itself.
    """
    last = re.findall(r"[a-z]+", second.lower())[-1:]
    own = re.findall(r"[a-z]+", first.lower())[-1:]
    return MAGNITUDES.get(last[0], 1) if last and not (own and own[0] in MAGNITUDES) else 1
