"""The words of a sentence in the form in which a statement and an article are compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from rag.text.english.calendar import MONTH_NAMES, RELATIVE_DAYS, WEEKDAYS
from rag.text.english.function_words import ADVERBS, STOP_WORDS
from rag.text.english.opposites import OPPOSITES
from rag.text.english.patterns import any_of
from rag.text.english.people import NAME_PARTICLES, TITLES_IN_FULL
from rag.text.english.places import ADJECTIVES_OF_LANDS, ALIASES
from rag.text.english.same_deeds import EMPTY_WORDS, SAME_DEED
from rag.text.english.synonyms import SAME_THING
from rag.text.grammar.verb_forms import base_of
from rag.text.terms import analyze


def _alias_forms() -> dict[str, str]:
    """Each way to write a name that has several, and the standard one. Short ones are acronyms: US, UN."""
    forms = {}
    for standard, row in ALIASES.items():
        single, _, several = row.partition("|")
        for alias in (standard, *single.split(), *filter(None, several.split("|"))):
            forms[alias.upper() if len(alias) <= _ACRONYM else alias] = standard
    return forms


_ACRONYM = 3
"""Most letters of an alias that is written in capitals."""
_ALIASES = _alias_forms()
_WORD = re.compile(
    rf"(?:[A-Z]\.){{2,}}|\b(?i:{any_of(name for name in _ALIASES if ' ' in name)})\b"
    r"|[^\W\d_]+n[’']t\b|[^\W_]+(?:[.,]\d+)*"
)
_NEGATED = re.compile(r"n[’']t\Z")
_EMPTY = STOP_WORDS | EMPTY_WORDS | ADVERBS
_EMPTY_IN_LOWER_CASE = NAME_PARTICLES | {"per"}
"""Words that say nothing, except as names: "Per Aune"."""
_NO_NAMES = frozenset(MONTH_NAMES) | frozenset(WEEKDAYS) | RELATIVE_DAYS
_IRREGULAR = {"found": "find", "founds": "found", "founded": "found", "saw": "see", "felt": "feel"}
"""Verb forms that are base forms of other verbs too, and how news mostly means them."""
_SHORTEST = 4
"""Fewest letters that a name and an adjective made of it share: "Iran", "Iranian"."""
_OF_NATIONS = re.compile(r"(?:n|an|ian|ish|ese|i|s|ans|ians|is|’s)?")


class Word(NamedTuple):
    """A word at `text[start:end]`.

    Attributes:
        start: Start offset in the text, in characters.
        end: End offset, exclusive.
        text: The word.
        key: The form in which it is compared: of a verb the base form, without endings, in lower case.
        tells: Whether it says something: it is no stop word and no empty word.
        is_name: Whether it begins with a capital, and is no month and no day.
    """

    start: int
    end: int
    text: str
    key: str
    tells: bool
    is_name: bool

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Splits `text[start:end]` into words. "don't" is one word, "well-known" are two."""
    return [
        _word(match.start(), match.end(), match.group())
        for match in _WORD.finditer(text, start, len(text) if end is None else end)
    ]


def _word(start: int, end: int, text: str) -> Word:
    bare = text.replace(".", "") if text[0].isupper() else text
    lower = _NEGATED.sub("", bare.lower())
    is_acronym = len(bare) > 1 and bare.isupper()
    standard = _ALIASES.get(bare if is_acronym and len(bare) <= _ACRONYM else lower)
    if standard is not None:
        return Word(start, end, text, standard, tells=True, is_name=True)
    if is_acronym:
        return Word(start, end, text, bare.lower() if len(bare) > _ACRONYM else bare, tells=True, is_name=True)
    tells = lower not in _EMPTY and text not in _EMPTY_IN_LOWER_CASE and (len(lower) > 1 or lower.isdecimal())
    key = key_of(TITLES_IN_FULL.get(lower, lower) if text[0].isupper() else lower)
    return Word(start, end, text, key, tells and bool(key), text[0].isupper() and lower not in _NO_NAMES)


@lru_cache(maxsize=1 << 16)
def key_of(word: str) -> str:
    """Returns the form in which a word is compared."""
    base = _IRREGULAR.get(word) or base_of(word) or word
    return " ".join(analyze(base))


def are_near(one: Word, other: Word) -> bool:
    """Returns whether two words say the same: as inflections, as words for one deed, or as a name and its adjective."""
    if one.key == other.key:
        return True
    if one.is_name and other.is_name:
        return _land_of(one) == _land_of(other) or is_adjective_of(one.lower, other.lower)
    return not _rows_of(one.lower).isdisjoint(_rows_of(other.lower))


def _land_of(word: Word) -> str:
    return ADJECTIVES_OF_LANDS.get(word.lower, word.key if " " in word.key else word.lower)


def is_adjective_of(one: str, other: str) -> bool:
    """Returns whether one of two words is made of the other as the adjective of a country is: "Iran", "Iranian"."""
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST:
        return False
    stem = short[:-1] if short[-1] in "aeoy" and not long.startswith(short) else short
    return long.startswith(stem) and _OF_NATIONS.fullmatch(long[len(stem) :]) is not None


def are_opposite(one: Word, other: Word) -> bool:
    """Returns whether one of two words turns what the other says into its opposite: "rose" and "fell"."""
    return other.key in _opposites().get(one.key, ())


def has_opposite(word: Word) -> bool:
    """Returns whether a word is known to have an opposite."""
    return word.key in _opposites()


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word, others in OPPOSITES.items():
        found.setdefault(key_of(word), set()).update(key_of(other) for other in others)
    return {key: frozenset(others - {key}) for key, others in found.items()}


@cache
def _deeds() -> dict[str, frozenset[int]]:
    rows: dict[str, set[int]] = {}
    for number, row in enumerate(SAME_DEED):
        for word in row:
            rows.setdefault(key_of(word), set()).add(number)
    return {key: frozenset(numbers) for key, numbers in rows.items()}


@cache
def _things() -> list[re.Pattern[str]]:
    alone = ([word for word in row if "-" not in word] for row in SAME_THING)
    return [re.compile("|".join(word.replace("*", r"\w*") for word in row)) for row in alone]


@lru_cache(maxsize=1 << 14)
def _rows_of(word: str) -> frozenset[int]:
    """The numbers of the rows of both tables that have a word. Those of the second one are negative."""
    things = (-1 - number for number, pattern in enumerate(_things()) if pattern.fullmatch(word))
    return _deeds().get(key_of(word), frozenset()) | frozenset(things)


def index_at(words: Sequence[Word], place: int) -> int:
    """Returns the index of the first word that ends behind a place; the number of words if none does."""
    return next((number for number, word in enumerate(words) if word.end > place), len(words))
