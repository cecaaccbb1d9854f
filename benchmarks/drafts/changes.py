"""Changes one part of a sentence, so that an article states it otherwise; or mixes up two parts of it.

What is put in comes from other articles of the archive. The parts are found by plain patterns, and not by the code that
is measured.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, islice, pairwise
from typing import Any

from benchmarks.drafts.sentences import sentences_alone
from rag.text.english.calendar import MONTHS, WEEKDAYS
from rag.text.segment import segment

_WITH_VALUES = 300
"""Articles from which values are taken."""
_NAME = r"[A-Z][a-z]+(?: [A-Z][a-z]+)+"
_NAMES = re.compile(rf"(?<=[a-z,] ){_NAME}\b")
_SAYS = r"(?:said|says|told|added|warned|argued|announced|noted|wrote)"
_SPEAKERS = re.compile(
    rf"(?<=, )(?P<who>{_NAME}) {_SAYS}\b|\A(?P<opening>{_NAME}) {_SAYS}\b|\b{_SAYS} (?P<behind>{_NAME})\b"
)
_CAPITALS = re.compile(r"(?<=[a-z,] )(?!Mrs?\b|Ms\b)[A-Z][a-z]+(?: [A-Z][a-z]+)*\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DAYS = re.compile(
    rf"\b(?:{'|'.join(name.title() for name in (*WEEKDAYS, *MONTHS) if name not in ('may', 'march'))})\b"
)
_DIGITS = re.compile(r"(?<![\w.,-])\d[\d,]*(?<=\d)(?![\w]|[.,]\d|-\d)")
_NUMBERS = {"two": "six", "three": "eight", "four": "nine", "five": "eleven", "six": "two", "seven": "twelve"}
_NUMBER = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b")
_HELPER = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|should|has|have|had)\b(?! (?:not|never|no|yet|also|to)\b|n[’']t)"
)
_NOT = re.compile(r"(?<=\b(?:is|as|re|ve|ad|ld|id|es|do|ll|an) )(?:not|never) (?!to\b|only\b)", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:not|no|never|nor|neither|without|den(?:y|ied|ies))\b|n[’']t\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


class Values:
    """Values of the articles, for sentences of others.

    Attributes:
        names: Names of two words or more.
        speakers: Names of people who speak.
        before: For each sentence the one before it in its article.
    """

    def __init__(self, articles: Sequence[Mapping[str, Any]]) -> None:
        self.names: list[str] = []
        self.speakers: list[str] = []
        self.before: dict[str, str] = {}
        for article in articles:
            text = article["text"]
            told = [text[one.start : one.end] for one in segment(text)]
            self.before |= dict(pairwise(reversed(told)))
        for words in chain.from_iterable(islice(sentences_alone(one), 3) for one in articles[:_WITH_VALUES]):
            self.names += _NAMES.findall(words)
            self.speakers += [match[match.lastgroup or 0] for match in _SPEAKERS.finditer(words)]

    def other(self, names: Sequence[str], words: str, rng: random.Random) -> str:
        """Draws a name that shares no word with a sentence."""
        return rng.choice([name for name in names if not set(name.split()) & set(re.findall(r"\w+", words))])


Change = Callable[[str, Values, random.Random], str | None]
"""Changes one part of a sentence. Returns the changed sentence; None if it has no such part."""


def _outside(pattern: re.Pattern[str], words: str) -> list[re.Match[str]]:
    """The matches that are not in a quotation."""
    quoted = [match.span() for match in _QUOTED.finditer(words)]
    found = pattern.finditer(words)
    return [match for match in found if not any(start <= match.start() < end for start, end in quoted)]


def _put(words: str, start: int, end: int, other: str) -> str:
    return words[:start] + other + words[end:]


def _figure(words: str, values: Values, rng: random.Random) -> str | None:
    found = [match for match in _outside(_DIGITS, words) if not _YEAR.fullmatch(match[0])] or _outside(_NUMBER, words)
    if not found:
        return None
    figure = rng.choice(found)
    if figure[0] in _NUMBERS:
        return _put(words, *figure.span(), _NUMBERS[figure[0]])
    number = int(figure[0].replace(",", ""))
    other = number + rng.choice([1, 2, 3, 5, 10]) * 10 ** max(0, len(str(number)) - 2)
    return _put(words, *figure.span(), f"{other:,}" if "," in figure[0] else str(other))


def _date(words: str, values: Values, rng: random.Random) -> str | None:
    found = [*_outside(_DAYS, words), *_outside(_YEAR, words)]
    if not found:
        return None
    date = rng.choice(found)
    if date[0].isdigit():
        return _put(words, *date.span(), str(int(date[0]) - rng.choice([1, 2, 3, 4, 7])))
    names = [name.title() for name in (WEEKDAYS if date[0].lower() in WEEKDAYS else MONTHS)]
    return _put(words, *date.span(), rng.choice([name for name in names if name != date[0]]))


def _name(words: str, values: Values, rng: random.Random) -> str | None:
    found = [match for match in _outside(_NAMES, words) if words.count(match[0].split()[-1]) == 1]
    return _put(words, *rng.choice(found).span(), values.other(values.names, words, rng)) if found else None


def _denial(words: str, values: Values, rng: random.Random) -> str | None:
    negated = _outside(_NOT, words)
    if len(negated) == 1 and len(_outside(_DENIES, words)) == 1:
        return _put(words, *negated[0].span(), "")
    helpers = _outside(_HELPER, words)
    if _outside(_DENIES, words) or not helpers:
        return None
    return _put(words, helpers[0].end(), helpers[0].end(), " not")


def _speaker(words: str, values: Values, rng: random.Random) -> str | None:
    found = _outside(_SPEAKERS, words)
    if not found:
        return None
    speaker = rng.choice(found)
    return _put(words, *speaker.span(speaker.lastgroup or 0), values.other(values.speakers, words, rng))


def _exchanged(words: str, pattern: re.Pattern[str], rng: random.Random) -> str | None:
    """The sentence with two matches exchanged."""
    found = [match for match in _outside(pattern, words) if words.count(match[0]) == 1]
    found = [match for match in found if not _YEAR.search(match[0]) and not _DAYS.search(match[0])]
    if len(found) < 2:
        return None
    one, other = sorted(rng.sample(found, 2), key=lambda match: match.start())
    between = words[one.end() : other.start()]
    is_list = between.strip() in ("", "and", ",", "or", "to", "-", "/", "in", "of")
    return None if is_list else words[: one.start()] + other[0] + between + one[0] + words[other.end() :]


def _names_exchanged(words: str, values: Values, rng: random.Random) -> str | None:
    return _exchanged(words, _CAPITALS, rng)


def _figures_exchanged(words: str, values: Values, rng: random.Random) -> str | None:
    return _exchanged(words, _DIGITS, rng)


def _name_before(words: str, values: Values, rng: random.Random) -> str | None:
    """The sentence with a name of the sentence before in place of one of its own."""
    own = _outside(_NAMES, words)
    others = [match[0] for match in _outside(_NAMES, values.before.get(words, ""))]
    others = [other for other in others if not set(other.split()) & set(re.findall(r"\w+", words))]
    return _put(words, *rng.choice(own).span(), rng.choice(others)) if own and others else None


CHANGES: dict[str, Change] = {
    "a figure changed": _figure,
    "a date changed": _date,
    "a name changed": _name,
    "a denial changed": _denial,
    "the speaker changed": _speaker,
}
"""Changes behind which an article states the sentence otherwise."""
MIXES: dict[str, Change] = {
    "two names exchanged": _names_exchanged,
    "two figures exchanged": _figures_exchanged,
    "a name of the sentence before": _name_before,
}
"""Changes behind which all words still stand in the article."""
