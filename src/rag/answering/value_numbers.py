"""Numbers with units as articles write them: `20%`, `twenty per cent`, `a fifth`, `$1.2bn`, `1.2 billion dollars`.

Left out: conversion between systems (miles, kilometres), which rounds; and words without a number (`hundreds`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: number for number, word in enumerate(_ONES)} | {
    word: 10 * number for number, word in enumerate(_TENS, start=2)
}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_MAGNITUDES = {"hundred": 10**2, "thousand": 10**3, "k": 10**3, "lakh": 10**5, "crore": 10**7, "dozen": 12}
_MAGNITUDES |= dict.fromkeys(("million", "millions", "mln", "mn", "m"), 10**6)
_MAGNITUDES |= dict.fromkeys(("billion", "billions", "bln", "bn", "b"), 10**9)
_MAGNITUDES |= dict.fromkeys(("trillion", "trillions", "trn", "tn"), 10**12)

_WORD_NUMBER = rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_SCALE = r"(?:hundred|thousand|lakh|crore|dozen|[mb]illions?|trillions?|mln|mn|bln|bn|trn|tn)"
_DIGITS = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?(?:[ -]?{_SCALE}\b|[kmb]\b)*"
_IN_WORDS = rf"(?:{_WORD_NUMBER}|an?(?=[ -]{_SCALE}))(?:(?:[ -]and)?[ -](?:{_WORD_NUMBER}|{_SCALE}))*(?![\w-]*\w)"
_PART = rf"(?:(?:an?|one|two|three|four|five)[ -])?(?:{'|'.join(_PARTS)})s?"
_ONE_IN = rf"(?:one|1)(?: person)? (?:in|out of)(?: every)? (?:\d+|{_WORD_NUMBER})"
_SIGN = r"(?:US|C|A|NZ|HK|S)?\$|[€£¥₹₽₺₪₩]|(?:USD|EUR|GBP|Rs\.?) ?"
_NUMBER = rf"(?P<sign_>{_SIGN})?\s?(?P<number_>{_ONE_IN}|{_PART}\b|{_DIGITS}|{_IN_WORDS})"
_FIRST, _SECOND = (_NUMBER.replace("_>", f"{number}>") for number in "12")
_JOINED = r"(?P<joined>\s?(?:%|per ?cent)?\s?[-–—]\s?|\s?(?:%|per ?cent)?\s(?:to|and|or)\s)"
_FOUND = re.compile(rf"(?<![\w.,]){_FIRST}(?:{_JOINED}{_SECOND})?(?!\w*\d)", re.IGNORECASE)
_AND_A_HALF = re.compile(rf"\b(\d+|{_WORD_NUMBER})(?: and a half\b|½)", re.IGNORECASE)
_TIMES = r"second|minute|hour|day|week|fortnight|month|year|decade|century"
_ONE_UNIT = re.compile(rf"^((?:\w+ ){{0,2}})an? (?=(?:{_TIMES}|mile|kilomet|acre|hectare)\w*\b)", re.IGNORECASE)

_BOUNDS = (
    (">", r"(?:more|greater|higher) than|over|above|upwards? of|exceed(?:ing|s|ed)?"),
    ("≥", r"at least|no (?:fewer|less) than|a minimum of"),
    ("<", r"(?:less|fewer|lower) than|under|below"),
    ("≤", r"up to|at most|as (?:many|much) as|no more than|a maximum of"),
)
_BEFORE = tuple((sign, re.compile(rf"\b(?:{words})\s+(?:the |an? )?$", re.IGNORECASE)) for sign, words in _BOUNDS)
_BEHIND = (("≥", re.compile(r"\s?\+|\s?or more\b", re.IGNORECASE)), ("≤", re.compile(r"\s?or (?:less|fewer)\b", re.I)))
_NEAR = 20
"""The longest bound, in characters."""
_HEDGES = re.compile(
    r"\b(?:about|around|roughly|approximately|nearly|almost|some|an? estimated|estimated|just|only|exactly|another"
    r"|a total of|close to|circa|between|from)\s*$",
    re.IGNORECASE,
)

_UNITS = {
    "%": r"%|per ?cent(?:age)?(?! points?)|pct",
    "percentage point": r"(?:percentage|per ?cent) points?|points? percent",
    "dollar": r"(?:U\.?S\.? |American )?dollars?|bucks",
    "cent": r"cents?",
    "euro": r"euros?",
    "pound": r"(?:British )?pounds?(?: sterling)?|quid",
    "yen": r"yen",
    "yuan": r"yuan|renminbi",
    "rupee": r"(?:Indian )?rupees?",
    "ruble": r"(?:Russian )?r(?:o?u)bles?",
    "second": r"seconds?|secs?",
    "minute": r"minutes?|mins?",
    "hour": r"hours?|hrs?",
    "day": r"days?",
    "week": r"weeks?",
    "fortnight": r"fortnights?",
    "month": r"months?",
    "year": r"years?(?:[- ]old)?|yrs?",
    "decade": r"decades?",
    "century": r"centur(?:y|ies)",
    "metre": r"met(?:re|er)s?|m",
    "kilometre": r"kilomet(?:re|er)s?|km|kms",
    "centimetre": r"centimet(?:re|er)s?|cm",
    "square kilometre": r"square (?:kilomet(?:re|er)s?|km)|sq\.? km|km2|km²",
    "mile": r"miles?|mi",
    "foot": r"feet|foot|ft",
    "inch": r"inch(?:es)?",
    "acre": r"acres?",
    "hectare": r"hectares?|ha",
    "gram": r"grams?|g",
    "kilogram": r"kilogram(?:me)?s?|kilos?|kg",
    "tonne": r"(?:metric tons?|tonnes?)",
    "ton": r"tons?",
    "litre": r"lit(?:re|er)s?|l",
    "barrel": r"barrels?|bbl",
    "barrel/day": r"bpd|b/d",
    "megawatt": r"megawatts?|MW",
    "gigawatt": r"gigawatts?|GW",
    "kilometre/hour": r"km/h|kmh|kph",
    "mile/hour": r"mph",
    "degree": r"degrees?|°",
    "degree Celsius": r"degrees? (?:Celsius|centigrade)|°\s?C",
    "degree Fahrenheit": r"degrees? Fahrenheit|°\s?F",
}
_UNIT = tuple((unit, re.compile(rf"[\s-]?(?:{pattern})(?!\w)", re.IGNORECASE)) for unit, pattern in _UNITS.items())
_SIGNS = {"$": "dollar", "us$": "dollar", "usd": "dollar", "€": "euro", "eur": "euro", "£": "pound", "gbp": "pound"}
_SIGNS |= {"¥": "yen", "₹": "rupee", "rs": "rupee", "₽": "ruble"}
_SMALLER = {
    "cent": ("dollar", Fraction(1, 100)),
    "second": ("day", Fraction(1, 86400)),
    "minute": ("day", Fraction(1, 1440)),
    "hour": ("day", Fraction(1, 24)),
    "week": ("day", Fraction(7)),
    "fortnight": ("day", Fraction(14)),
    "month": ("year", Fraction(1, 12)),
    "decade": ("year", Fraction(10)),
    "century": ("year", Fraction(100)),
    "centimetre": ("metre", Fraction(1, 100)),
    "kilometre": ("metre", Fraction(1000)),
    "gram": ("kilogram", Fraction(1, 1000)),
    "tonne": ("kilogram", Fraction(1000)),
    "gigawatt": ("megawatt", Fraction(1000)),
}
_RATE = re.compile(
    r"\s?(?:(?:per|an?|every|each) |/)(second|minute|hour|day|week|month|year|barrel|person|head|ounce|tonne|ton"
    r"|litre|liter|gallon|kilo)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount from `low` to `high` (the same where it is one number) in `unit`, and what stands around it.

    `bound` is one of "", ">", "≥", "<", "≤". A hedge ("about") is neither a bound nor left in `around`.
    """

    low: Fraction
    high: Fraction
    unit: str
    bound: str
    around: str


def read_measure(words: str) -> Measure | None:
    """The one number of these words with its unit; None where there is none, or more than one."""
    words = _AND_A_HALF.sub(lambda half: f"{half[1] if half[1].isdecimal() else _WORDS[half[1].lower()]}.5", words)
    found = list(_FOUND.finditer(words))
    if not found:
        words = _ONE_UNIT.sub(r"\1one ", words)
        found = list(_FOUND.finditer(words))
    if len(found) != 1:
        return None
    match = found[0]
    first, second = match["number1"], match["number2"]
    low = _amount(first)
    high = _amount(second) if second else low
    if low is None or high is None:
        return None
    if second and low > high:
        return None
    if second:
        low *= _shared_magnitude(first, second)
    before, behind = words[: match.start()], words[match.end() :]
    sign = match["sign1"] or match["sign2"] or ""
    is_part = _is_part(first)
    unit, behind = _unit(sign, is_part or "%" in (match["joined"] or ""), behind)
    if is_part:
        low = high = Fraction(round(100 * low))
    unit, size = _SMALLER.get(unit, (unit, Fraction(1)))
    rate = _RATE.match(behind)
    if rate:
        unit, behind = f"{unit}/{rate[1].lower()}", behind[rate.end() :]
    bound, before, behind = _bound(before, behind)
    return Measure(low * size, high * size, unit, bound, f"{before} {behind}".strip())


def start_with_bound(text: str, start: int) -> int:
    """Where a number that begins at `start` begins with the words before it that bound it, as `at least`."""
    near = text[max(0, start - _NEAR) : start]
    if _FOUND.match(text, start) is None:
        return start
    found = (match.start() for _, pattern in _BEFORE if (match := pattern.search(near)))
    return start - len(near) + min(found, default=len(near))


def _is_part(number: str) -> bool:
    return re.fullmatch(rf"{_PART}|{_ONE_IN}", number, re.IGNORECASE) is not None


def _amount(number: str) -> Fraction | None:
    """What a number in digits or in words amounts to; of a part, its share of one."""
    words = re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", number.lower())
    if _is_part(number):
        return _share(words)
    return reduce(_add, words, (Fraction(0), Fraction(0)))[0] if words else None


def _share(words: list[str]) -> Fraction:
    if words[-1].rstrip("s") in _PARTS or words[-1] in _PARTS:
        count = _WORDS.get(words[0], 1) if len(words) > 1 else 1
        return Fraction(count, _PARTS.get(words[-1], _PARTS.get(words[-1].rstrip("s"), 1)))
    last = words[-1]
    return Fraction(1, max(1, int(last) if last.isdecimal() else _WORDS[last]))


def _add(so_far: tuple[Fraction, Fraction], word: str) -> tuple[Fraction, Fraction]:
    """The total with one more word, and the part of it that a following magnitude multiplies."""
    total, group = so_far
    if word in _MAGNITUDES:
        size, of = _MAGNITUDES[word], group or Fraction(1)
        return total - group + of * size, (of * size if size == 100 else Fraction(0))
    if word in ("a", "an", "and"):
        return so_far
    number = Fraction(word.replace(",", "")) if word[0].isdigit() else Fraction(_WORDS[word])
    return total + number, group + number


def _shared_magnitude(first: str, second: str) -> int:
    """In `5 to 10 million` the million is said once, for both."""
    last = re.findall(r"[a-z]+", second.lower())[-1:]
    own = re.findall(r"[a-z]+", first.lower())[-1:]
    return _MAGNITUDES.get(last[0], 1) if last and not (own and own[0] in _MAGNITUDES) else 1


def _unit(sign: str, is_share: bool, behind: str) -> tuple[str, str]:
    """The unit, and what stands behind it; where a sign says the currency, the word behind repeats it at most."""
    matches = [(match.end(), unit) for unit, pattern in _UNIT if (match := pattern.match(behind))]
    end, unit = max(matches, default=(0, ""))
    if sign:
        named = sign.strip(" .").lower()
        currency = _SIGNS.get(named, named)
        return currency, behind[end:] if unit == currency else behind
    return (unit or "%", behind[end:]) if is_share else (unit, behind[end:])


def _bound(before: str, behind: str) -> tuple[str, str, str]:
    """The bound, and what is left before and behind without it and without hedges."""
    for sign, pattern in _BEHIND:
        match = pattern.match(behind)
        if match:
            return sign, before, behind[match.end() :]
    before = _HEDGES.sub("", before)
    for sign, pattern in _BEFORE:
        match = pattern.search(before)
        if match:
            return sign, _HEDGES.sub("", before[: match.start()]), behind
    return "", before, behind
