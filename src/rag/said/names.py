"""Reads the names of people, and tells whether two names may be one person's.

A name has a family name, which comes last, and given names. "Keller" alone may be any Keller. Left out: family names
that come first ("Xi Jinping"), except where an article uses the first word alone (`rag.said.identity`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

from rag.core.article import Article, Sentence
from rag.text.english.calendar import MONTHS, WEEKDAYS
from rag.text.english.function_words import ARTICLES, CLAUSE_STARTS, FIRST_WORDS, PREPOSITIONS, STOP_WORDS
from rag.text.english.patterns import any_of
from rag.text.english.people import (
    ABBREVIATED_TITLES,
    BEFORE_TITLES,
    DEPARTMENTS,
    GENERATIONS,
    MENS_NAMES,
    MENS_TITLES,
    NAME_PARTICLES,
    PERSON_NOUNS,
    ROLES_BEFORE_NAMES,
    TITLES,
    TITLES_BEFORE_NAMES,
    WOMENS_NAMES,
    WOMENS_TITLES,
)
from rag.text.english.saying import SAYING_FORMS
from rag.text.terms import analyze

Sex = Literal["he", "she"]
_PART = r"(?:[a-z]{2}-)?[A-ZÀ-Þ][\w.’'-]*"
_CAPITALS = re.compile(rf"{_PART}(?: (?:{any_of(NAME_PARTICLES)} ){{0,2}}{_PART})*")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_ACRONYM = re.compile(r"[A-Z]{3,}")
_BETWEEN_PEOPLE = re.compile(r",? and |, | & ")
_OUTER = "\"“”'‘’()[].,;:–—"
_OPENERS = FIRST_WORDS | STOP_WORDS | frozenset(MONTHS) | frozenset(WEEKDAYS) | frozenset(SAYING_FORMS)
"""Words with a capital that may stand before a name where a sentence or a quotation begins."""
_BEFORE_NAMES = ARTICLES | PREPOSITIONS | CLAUSE_STARTS - {"so"}
"""Words before a name in the words for a speaker: "If Collins". "So" is a given name too."""
_ARTICLE = re.compile(r"\b[Tt]he (?:[a-z]+ )?\Z")
"""The article before a name of a thing, with at most one word between."""
_SAYS = re.compile(rf" {any_of(SAYING_FORMS)}\b")
_SAID = re.compile(rf"\b{any_of(SAYING_FORMS)} \Z")
_NEAR = 30
"""Characters before and behind a name that are looked at."""
_GOES_ON = re.compile(r"\b[A-Z][\w.]* (?:of|for) \Z")
"""What stands before the rest of a longer name."""
_OPENING = re.compile(r"(?:[“\"‘'(]|\A)\Z")
_ROLES = (
    TITLES | TITLES_BEFORE_NAMES | ABBREVIATED_TITLES | BEFORE_TITLES | PERSON_NOUNS | ROLES_BEFORE_NAMES | GENERATIONS
)
_MEN = frozenset(name.lower() for name in MENS_NAMES) | MENS_TITLES
_WOMEN = frozenset(name.lower() for name in WOMENS_NAMES) | WOMENS_TITLES


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name. Its words are compared as analysed (`rag.text.terms`), so case and accents make no difference.

    Attributes:
        given: The terms before the family name, in order; particles such as "von" are among them.
        family: The terms of the last word, joined by hyphens: "corn", "filler-corn", "busaidi" for "al-Busaidi".
        generation: "jr", "sr" and the like; empty if the name has none.
        shown: The name as it was written, without titles.
        sex: What the titles and the first name tell; None if they tell nothing.
    """

    given: tuple[str, ...]
    family: str
    generation: str = ""
    shown: str = field(default="", compare=False)
    sex: Sex | None = field(default=None, compare=False)

    @property
    def indexed(self) -> str:
        """The term of the family name by which the store finds the passages of speakers."""
        return self.family.rpartition("-")[2]

    @property
    def is_bare(self) -> bool:
        """Whether it is a family name alone, which several people may have."""
        return all(word in NAME_PARTICLES for word in self.given)

    def fits(self, other: Name) -> bool:
        """Returns whether both names may be one person's: one has all words of the other, or their initials."""
        if (self.family, self.generation) != (other.family, other.generation):
            return False
        if {self.sex, other.sex} == {"he", "she"}:
            return False
        fewer, more = sorted((self.given, other.given), key=len)
        return all(any(_is_short_for(word, longer) for longer in more) for word in fewer)


def _is_short_for(word: str, other: str) -> bool:
    """Whether two words of names are the same, or one is the initial of the other."""
    return word == other or (1 in (len(word), len(other)) and word[0] == other[0])


def read_name(words: str) -> Name | None:
    """Reads the name in the words for a speaker, without titles, roles and what follows it.

    Args:
        words: Such as "Iranian Foreign Minister Abbas Araghchi", "Sen. Mike Braun of Indiana" or "Keller".

    Returns:
        The name; None if the words name nobody: "the mayor", "a spokesman for Keller", "Keller's office".
    """
    every = words.split()
    ends = next((n for n, word in enumerate(every) if word in PREPOSITIONS), len(every))
    head = [word.strip(_OUTER) for word in every[:ends] if word.strip(_OUTER)]
    generation = ""
    if head and head[-1].lower() in GENERATIONS and len(head) > 1:
        generation = head.pop().lower()
    first = _first_of_name(head)
    while first < len(head) and head[first].lower() in _BEFORE_NAMES:
        first += 1
    parts = head[first:]
    if not parts or _POSSESSIVE.search(parts[-1]) or _is_role(head, first):
        return None
    *given, last = [analyze(part) for part in parts]
    family = [term for term in last if len(term) > 1 and term not in NAME_PARTICLES]
    if not family:
        return None
    written = [f"{part}." if len(part) == 1 else part for part in parts]
    shown = " ".join([*written, *([every[ends - 1]] if generation else [])])
    before = (*chain.from_iterable(given), *(term for term in last if term in NAME_PARTICLES))
    return Name(before, "-".join(family), generation, shown, _sex(head))


def _is_role(head: Sequence[str], first: int) -> bool:
    """Whether only a role is left behind an article: "the President" is nobody's name, "King" may be."""
    return first == len(head) - 1 and first > 0 and head[first].lower() in _ROLES and head[0].lower() in ARTICLES


def _first_of_name(head: Sequence[str]) -> int:
    """Index of the first word of the name that ends the words; behind them if they do not end in a name."""
    first = len(head)
    while first > 0:
        word = head[first - 1]
        is_particle = word in NAME_PARTICLES and first < len(head)
        is_title = not _ROLES.isdisjoint(word.lower().split("-")) and first < len(head)
        if is_title or not (is_particle or re.match(_PART, word)) or _POSSESSIVE.search(word):
            break
        if _ACRONYM.fullmatch(word) and first < len(head):
            break
        first -= 1
    while first < len(head) and head[first] in NAME_PARTICLES:
        first += 1
    return first


def _sex(words: Sequence[str]) -> Sex | None:
    lowered = [word.lower() for word in words]
    is_man, is_woman = (not names.isdisjoint(lowered) for names in (_MEN, _WOMEN))
    return None if is_man == is_woman else "he" if is_man else "she"


def read_names(words: str) -> list[Name]:
    """Reads the names of all who speak together: "Jacky Rosen and Catherine Cortez Masto"."""
    found = (read_name(part) for part in _BETWEEN_PEOPLE.split(words))
    return [name for name in found if name is not None]


def names_in(article: Article, family: str) -> Iterator[tuple[Name, bool]]:
    """Finds the names with a family name in an article's text.

    Args:
        article: The article.
        family: The family name, as in `Name.family`.

    Yields:
        Each name, and whether its first word begins a sentence or a quotation, so that it may be no part of it.
    """
    for sentence in article.sentences:
        yield from names_between(article.text, sentence.start, sentence.end, family)


def names_between(text: str, start: int, end: int, family: str) -> Iterator[tuple[Name, bool]]:
    """Finds the names with a family name in a sentence, or in another stretch of a text; see `names_in`."""
    indexed = family.rpartition("-")[2]
    for begin, words in _capitals(text, start, end):
        if indexed in analyze(words):
            for name, is_doubtful in _people_of(text[start:begin], words):
                if name.family == family:
                    yield name, is_doubtful


def full_names_in(article: Article, sentence: Sentence) -> Iterator[tuple[Name, int, int]]:
    """Finds the names of at least two words in a sentence of an article.

    Args:
        article: The article.
        sentence: One of its sentences.

    Yields:
        Each name, and its half-open place in the article's text.
    """
    for start, words in _capitals(article.text, sentence.start, sentence.end):
        opens = _OPENING.search(article.text[sentence.start : start]) is not None
        name = read_name(_without_department(_without_openers(words) if opens else words))
        if name is None or name.is_bare:
            continue
        place = article.text.find(name.shown, start, start + len(words))
        if place >= 0:
            yield name, place, place + len(name.shown)


def every_name_in(article: Article) -> Iterator[tuple[Name, bool]]:
    """Finds all that is written as a person's name is in the running text of an article.

    Names of things are among them, such as "White House", but neither those behind "the" nor those that go on from
    others: "Department of Natural Resources". Of "Secretary of State Antony Blinken" the last two words are the name.

    Yields:
        Each name of several words, and each single word that says something; and whether it does.
    """
    for sentence in article.sentences:
        if sentence.kind in ("heading", "boilerplate"):
            continue
        for start, words in _capitals(article.text, sentence.start, sentence.end):
            end = start + len(words)
            before = article.text[max(sentence.start, start - _NEAR) : start]
            after = article.text[end : min(sentence.end, end + _NEAR)]
            says = _SAYS.match(after) is not None or _SAID.search(before) is not None
            if " " in words or says:
                yield from ((name, says) for name, _ in _people_of(before, _own_words(before, words)))


def _own_words(before: str, words: str) -> str:
    """The words of a name without those of a longer one that they go on from; empty if they name a thing."""
    if _ARTICLE.search(before):
        return ""
    if not _GOES_ON.search(before):
        return words
    return " ".join(words.split()[-2:]) if words.count(" ") > 1 else ""


def _capitals(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The words with capitals that stand together in a stretch of a text, each time with the offset of the first."""
    for match in _CAPITALS.finditer(text, start, end):
        yield match.start(), _POSSESSIVE.sub("", match.group())


def _people_of(before: str, words: str) -> Iterator[tuple[Name, bool]]:
    """The names in words with capitals; whether the first word may be no part of it, because it begins the sentence."""
    opens = _OPENING.search(before) is not None
    for part in _BETWEEN_PEOPLE.split(words):
        kept = _without_openers(part) if opens else part
        name = read_name(kept)
        if name is not None:
            yield name, opens and kept == part
        opens = False


def _without_department(words: str) -> str:
    """Drops the end of an office that stands before a name: the State of `Secretary of State Otto Lund`."""
    first, _, rest = words.partition(" ")
    return _without_department(rest) if " " in rest and first.lower() in DEPARTMENTS else words


def _without_openers(words: str) -> str:
    first, _, rest = words.partition(" ")
    return _without_openers(rest) if rest and first.lower().strip(_OUTER) in _OPENERS else words
