"""Decides which person a name means: in the archive, and in each article where only a family name stands.

Two people of one family name are never joined. Where an article has the full names of two, a family name alone is
nobody's for sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal

from rag.core.article import Article
from rag.core.errors import QuestionError
from rag.said.names import Name, Sex, names_in
from rag.text.english.places import PLACES
from rag.text.english.spelling import common_words
from rag.text.terms import analyze

Verdict = Literal["is", "unclear", "not"]
"""Whether a name in an article means the person: surely, perhaps, or not."""
_MOST_NAMED = 6
"""Most names that an error or a result offers."""


@dataclass(frozen=True, slots=True)
class Person:
    """The person whose words are asked for.

    Attributes:
        asked: The name as it was asked for.
        names: The full names by which the person speaks in the archive, the most frequent first.
        others: Other people of this family name who speak, as full names, the most frequent first.
    """

    asked: Name
    names: tuple[Name, ...]
    others: tuple[Name, ...]

    @property
    def shown(self) -> str:
        """The name to show: the full one, if a family name was asked for and the archive has it."""
        return self.names[0].shown if self.asked.is_bare and self.names else self.asked.shown

    @property
    def sex(self) -> Sex | None:
        """What the names tell of the sex."""
        return next((name.sex for name in (self.asked, *self.names) if name.sex), None)

    def has(self, name: Name) -> bool:
        """Returns whether a full name is this person's."""
        if name.is_bare or name in self.others:
            return False
        if self.asked.is_bare:
            return any(name.fits(own) for own in self.names)
        return name.fits(self.asked)


def identify(asked: Name, speaking: Mapping[Name, int]) -> Person:
    """Finds out who is meant.

    Args:
        asked: The name.
        speaking: The full names with this family name under which somebody speaks in the archive, and how often each
            stands in it.

    Returns:
        The person. Nobody may be known by a full name.

    Raises:
        QuestionError: If several people may be meant. It names them.
    """
    ranked = sorted(speaking, key=lambda name: (-speaking[name], name.shown))
    fitting = [name for name in ranked if name.fits(asked)]
    if _are_several(fitting):
        own = [name for name in fitting if not asked.is_bare and len(name.given) <= len(asked.given)]
        if not own or _are_several(own):
            raise _several(asked, one_each(fitting))
        fitting = own
    others = [name for name in ranked if name not in fitting]
    return Person(asked, tuple(fitting), tuple(others))


def has_rare_word(name: Name) -> bool:
    """Returns whether a given name is no common English word, as "Senior" is in "Senior Keller aides"."""
    words = name.shown.lower().split()[: -2 if name.generation else -1]
    return name.sex is not None or any(word.strip(".") not in common_words() for word in words)


def _are_several(names: Sequence[Name]) -> bool:
    return any(not one.fits(other) for one, other in combinations(names, 2))


def one_each(names: Iterable[Name]) -> list[str]:
    """Returns names of different people, as they are shown, at most _MOST_NAMED."""
    people: list[Name] = []
    for name in names:
        if not any(name.fits(known) for known in people):
            people.append(name)
    return [name.shown for name in people[:_MOST_NAMED]]


def _several(asked: Name, names: Sequence[str]) -> QuestionError:
    named = ", ".join(f"'{name}'" for name in names)
    return QuestionError(
        f"Several people named '{asked.shown}' speak in the articles",
        "several_speakers",
        remedy=f"give the full name: {named}",
        name=asked.shown,
        nearest=named,
    )


class Bearers:
    """The people of one family name in one article.

    Args:
        person: The person whose words are asked for.
        article: The article.
        speakers: The names of all who speak in the article.
    """

    def __init__(self, person: Person, article: Article, speakers: Iterable[Name]) -> None:
        self._person = person
        self._article = article
        self._speakers = frozenset(speakers)

    def verdict(self, name: Name) -> Verdict:
        """Decides whether a speaker's name means the person."""
        asked = self._person.asked
        if (name.family, name.generation) != (asked.family, asked.generation):
            return "is" if self._is_family_name_first(name) else "not"
        if not name.is_bare:
            return "is" if self._person.has(name) else "not"
        if {name.sex, self._person.sex} == {"he", "she"}:
            return "not"
        own = any(self._person.has(full) for full in self._full_names)
        others = any(not self._person.has(full) for full in self._full_names)
        if others:
            return "unclear" if own else "not"
        # Who asks for a family name that one person has alone means each that bears it.
        return "is" if own or asked.is_bare else "unclear"

    @cached_property
    def _full_names(self) -> list[Name]:
        """The full names with the person's family name, as far as they may be a person's."""
        asked = self._person.asked
        full = {name for name, opens in names_in(self._article, asked.family) if self._is_someone(name, opens)}
        every = full | {name for name in self._speakers if name.family == asked.family}
        return [name for name in every if not name.is_bare and name.generation == asked.generation]

    def _is_someone(self, name: Name, opens: bool) -> bool:
        """Whether capitalised words are surely a name, or may be one: "Asked Keller" begins a sentence and is none."""
        if not opens or has_rare_word(name):
            return True
        words = name.shown.lower().split()[:-1]
        return any(re.search(rf"\b{re.escape(word)}\b", self._article.text) is None for word in words)

    def _is_family_name_first(self, name: Name) -> bool:
        """Whether a single word is the first of the person's name, which this article uses as a family name.

        It is, if the last word never stands alone here: "Xi said", where the article has "Xi Jinping".
        """
        words = self._person.asked.shown.split()
        if not name.is_bare or name.generation or len(words) < 2 or words[0] in PLACES:
            return False
        if analyze(words[0])[-1:] != [name.family]:
            return False
        text = self._article.text
        together = rf"\b{re.escape(words[0])} {re.escape(' '.join(words[1:]))}\b"
        apart = rf"(?<!{re.escape(words[0])} )\b{re.escape(words[-1])}\b"
        others = (full for full, _ in names_in(self._article, name.family) if not full.is_bare)
        has_both = re.search(together, text) is not None
        return has_both and re.search(apart, text) is None and next(others, None) is None
