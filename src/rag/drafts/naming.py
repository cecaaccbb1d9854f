"""Finds the names of a statement in an article, and other names in their places."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.core.article import Article
from rag.drafts.alignment import Alignment
from rag.drafts.evidence import Window
from rag.drafts.told import Item
from rag.drafts.words import Word, are_near
from rag.text.english.function_words import PRONOUNS_FOR
from rag.text.english.people import (
    ABBREVIATED_TITLES,
    BEFORE_TITLES,
    COURTESY_TITLES,
    GENERATIONS,
    PERSON_NOUNS,
    ROLES_BEFORE_NAMES,
    TITLES,
    TITLES_BEFORE_NAMES,
)
from rag.text.grammar.antecedents import person_before

_TITLES = TITLES | TITLES_BEFORE_NAMES | ABBREVIATED_TITLES | BEFORE_TITLES | ROLES_BEFORE_NAMES | PERSON_NOUNS
_PERSONAL = frozenset(("he", "him", "his", "she", "her"))
_LEAST = 3
"""Fewest letters of an acronym's name."""


def find_name(alignment: Alignment, window: Window, first: int, last: int) -> tuple[int, int] | None:
    """Finds a name of a statement in a window.

    A family name stands for the whole name if the article has the whole name; so does a pronoun for the one person who
    is named before it.

    Args:
        alignment: The statement beside the window.
        window: The window.
        first: The index of the name's first item.
        last: The index behind its last one.

    Returns:
        The half-open place in the window's text; None if it is not there.
    """
    core = _core(alignment, first, last)
    if not core:
        return 0, 0
    paired = [n for n in core if n in alignment.pairs and alignment.stated.items[alignment.pairs[n]].is_name]
    places = [alignment.stated.items[alignment.pairs[n]] for n in paired]
    if len(paired) == len(core):
        return min(place.start for place in places), max(place.end for place in places)
    words = [word for n in core if (word := alignment.given.items[n].word) is not None]
    if core[-1] in paired and not _has_other_given_name(alignment, core) and _has_whole(window.article, words):
        return places[-1].start, places[-1].end
    return _acronym(alignment, words) or _pronoun(window, words)


def other_name(alignment: Alignment, first: int, last: int) -> tuple[int, int] | None:
    """Finds the name of the article that stands in the place of a statement's name; None if there is none."""
    core = _core(alignment, first, last)
    if not core or any(n in alignment.pairs for n in core):
        return None
    free = alignment.free()
    taken = set(alignment.pairs.values())
    for begin, end in alignment.stated.names:
        while begin < end and begin in taken:
            begin += 1
        if begin == end or not all(n in free for n in range(begin, end)):
            continue
        if alignment.stands_in_place(core[0], core[-1] + 1, begin, end):
            return alignment.stated.items[begin].start, alignment.stated.items[end - 1].end
    return None


def _core(alignment: Alignment, first: int, last: int) -> list[int]:
    """The items of a name without titles; all of them if it is nothing else."""
    items = range(first, last)
    kept = [n for n in items if _lower(alignment.given.items[n]) not in _TITLES | GENERATIONS]
    if kept:
        return kept
    return [n for n in items if _lower(alignment.given.items[n]) not in COURTESY_TITLES]


def _lower(item: Item) -> str:
    return item.word.lower if item.word else ""


def _has_other_given_name(alignment: Alignment, core: list[int]) -> bool:
    """Whether the article has another given name before the family name: "Ted Cruz" is not "Rafael Cruz"."""
    family = alignment.pairs[core[-1]]
    for begin, end in alignment.stated.names:
        if begin < family < end:
            before = [_lower(alignment.stated.items[n]) for n in range(begin, family)]
            given = {_lower(alignment.given.items[n]) for n in core[:-1]}
            return any(word not in given | _TITLES and len(word) > 1 for word in before)
    return False


def _has_whole(article: Article, words: list[Word]) -> bool:
    return _whole(tuple(word.text for word in words)).search(article.text) is not None


@lru_cache(maxsize=1024)
def _whole(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern of a whole name, which may have initials between its words."""
    return re.compile(r"(?:[\s.]+[A-Z]\b\.?)?[\s.]+".join(map(re.escape, words)))


def _acronym(alignment: Alignment, words: list[Word]) -> tuple[int, int] | None:
    """The place of the acronym of a name, or of the name of an acronym."""
    initials = "".join(word.text[0] for word in words)
    for begin, end in alignment.stated.names:
        items = alignment.stated.items[begin:end]
        letters = "".join(item.word.text[0] for item in items if item.word)
        for item in items:
            if item.word and len(words) >= _LEAST and item.word.text.replace(".", "") == initials:
                return item.start, item.end
        if len(words) == 1 and len(letters) >= _LEAST and words[0].text.replace(".", "") == letters:
            return items[0].start, items[-1].end
    return None


def _pronoun(window: Window, words: list[Word]) -> tuple[int, int] | None:
    """The place of a pronoun in a window that stands for a person of this name."""
    article, told = window.article, window.told()
    for word in told.words:
        if word.lower not in _PERSONAL:
            continue
        subject = PRONOUNS_FOR[word.lower]
        named = person_before(article.text, article.sentences, window.start + word.start)
        if named is None or word.lower not in ("he", "she"):
            continue
        name = article.text[slice(*named)]
        family = words[-1]
        if subject and re.search(rf"\b{re.escape(family.text)}\Z", name) and _has_whole(article, words):
            return word.start, word.end
    return None


def same_person(one: str, other: str) -> bool:
    """Returns whether two names may be one person's or one body's, by their last words."""
    from rag.drafts.words import words_of

    first, second = ([word for word in words_of(name) if word.is_name] for name in (one, other))
    return bool(first) and bool(second) and are_near(first[-1], second[-1])
