"""Finds the names of a statement in an article, and other names in their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rag.core.article import Article
from rag.drafts.alignment import Alignment
from rag.drafts.evidence import Window
from rag.drafts.told import Item
from rag.drafts.words import Word
from rag.text.english.function_words import PLACING, THIRD_PERSONS
from rag.text.english.patterns import any_of
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
from rag.text.english.places import GEOGRAPHY, GROUPS
from rag.text.grammar.antecedents import person_before

_TITLES = TITLES | TITLES_BEFORE_NAMES | ABBREVIATED_TITLES | BEFORE_TITLES | ROLES_BEFORE_NAMES | PERSON_NOUNS
_GENERIC = GROUPS | GEOGRAPHY
_IN_PLACE = re.compile(rf"\b{any_of(PLACING)} \Z", re.IGNORECASE)
_LEAST = 3
"""Fewest letters of an acronym's name."""


def find_name(alignment: Alignment, window: Window, first: int, last: int) -> tuple[int, int] | None:
    """Finds a name of a statement in a window.

    A family name stands for the whole name if the article has the whole name, and so does "the court" for a court; a
    pronoun stands for the one person who is named before it.

    Args:
        alignment: The statement beside the window.
        window: The window.
        first: The index of the name's first item.
        last: The index behind its last one.

    Returns:
        The half-open place in the window's text; None if it is not there.
    """
    core = core_of(alignment, first, last)
    words = [word for n in core if (word := alignment.given.items[n].word) is not None]
    if not words:
        return 0, 0
    paired = [n for n in core if n in alignment.pairs]
    places = [alignment.stated.items[alignment.pairs[n]] for n in paired]
    is_whole = len(paired) == len(core) and all(place.is_name for place in places)
    if is_whole and not _is_in_other_name(alignment, core):
        return min(place.start for place in places), max(place.end for place in places)
    is_generic = words[-1].text in _GENERIC and bool(places) and _lower(places[-1]) == words[-1].lower
    may_be_short = core[-1] in paired and (places[-1].is_name or is_generic) and not is_whole
    if may_be_short and not _has_other_given_name(alignment, core) and _has_whole(window.article, words):
        return places[-1].start, places[-1].end
    return _acronym(alignment, words) or next(pronouns_for(window, words), None)


def other_name(alignment: Alignment, first: int, last: int) -> tuple[int, int] | None:
    """Finds the name of the article that stands in the place of a statement's name; None if there is none.

    Of names that share words, the others are compared: "Rafael Cruz" stands in the place of "Ted Cruz". A name without
    shared words is compared with whole ones: the "Jong" of Kim Jong Un stands in the place of no country.
    """
    core = core_of(alignment, first, last)
    own = [n for n in core if n not in alignment.pairs]
    if not own or own != list(range(own[0], own[-1] + 1)):
        return None
    starts = (own[0], first) if own == core else (own[0],)
    for begin, end in _free_runs(alignment, of_whole_names=own == core):
        if any(alignment.stands_in_place(start, own[-1] + 1, begin, end) for start in starts):
            return alignment.stated.items[begin].start, alignment.stated.items[end - 1].end
    return None


def _free_runs(alignment: Alignment, of_whole_names: bool) -> Iterator[tuple[int, int]]:
    """The words of the article's names that the statement does not have, and the same without titles in front."""
    taken = set(alignment.pairs.values())
    for first, last in alignment.stated.names:
        begin = first
        if of_whole_names and any(n in taken and not _is_title(alignment, n) for n in range(first, last)):
            continue
        while begin < last:
            end = begin
            while end < last and end not in taken:
                end += 1
            titles = [n for n in range(begin, end) if _is_title(alignment, n)]
            if begin < end:
                yield begin, end
            if titles and titles[-1] + 1 < end:
                yield titles[-1] + 1, end
            begin = end + 1


def _is_title(alignment: Alignment, index: int) -> bool:
    return _lower(alignment.stated.items[index]) in _TITLES


def core_of(alignment: Alignment, first: int, last: int) -> list[int]:
    """Returns the items of a name behind its last title, without "Jr"; all of them if it is nothing else."""
    items = [n for n in range(first, last) if _lower(alignment.given.items[n]) not in GENERATIONS]
    last_word = alignment.given.items[items[-1]].word if items else None
    if last_word is None or last_word.text in _GENERIC:
        return items  # "Supreme Court", "Defense Department"
    titles = [n for n in items[:-1] if _lower(alignment.given.items[n]) in _TITLES]
    kept = [n for n in items if not titles or n > titles[-1]]
    return [n for n in kept if _lower(alignment.given.items[n]) not in COURTESY_TITLES]


def _lower(item: Item) -> str:
    return item.word.lower if item.word else ""


def _is_in_other_name(alignment: Alignment, core: list[int]) -> bool:
    """Whether a name of one word is there only as the adjective in a longer one: "the American Civil War"."""
    ours, place = alignment.given.items[core[0]], alignment.pairs[core[0]]
    if len(core) > 1 or ours.key == alignment.stated.items[place].key:
        return False
    return any(first <= place < last - 1 for first, last in alignment.stated.names)


def _has_other_given_name(alignment: Alignment, core: list[int]) -> bool:
    """Whether the article has another given name before the family name: "Ted Cruz" is not "Rafael Cruz"."""
    family = alignment.pairs[core[-1]]
    for begin, end in alignment.stated.names:
        if begin < family < end:
            before = [_lower(alignment.stated.items[n]) for n in range(begin, family)]
            given = {_lower(alignment.given.items[n]) for n in core[:-1]}
            return any(word not in given | _TITLES and len(word) > 1 for word in before)
    return False


def _has_whole(article: Article, words: Sequence[Word]) -> bool:
    return _whole(tuple(word.text for word in words)).search(article.text) is not None


@lru_cache(maxsize=1024)
def _whole(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern of a whole name, which may have initials between its words."""
    return re.compile(r"(?:[\s.]+[A-Z]\b\.?)?[\s.]+".join(map(re.escape, words)))


def _acronym(alignment: Alignment, words: list[Word]) -> tuple[int, int] | None:
    """The place of the acronym of a name, or of the name of an acronym."""
    initials, taken = "".join(word.text[0] for word in words), set(alignment.pairs.values())
    for begin, end in alignment.stated.names:
        items = alignment.stated.items[begin:end]
        letters = "".join(item.word.text[0] for item in items if item.word)
        if any(n in taken for n in range(begin, end)):
            continue
        for item in items:
            if item.word and len(words) >= _LEAST and item.word.text.replace(".", "") == initials:
                return item.start, item.end
        if len(words) == 1 and len(letters) >= _LEAST and words[0].text.replace(".", "") == letters:
            return items[0].start, items[-1].end
    return None


def is_place_of_article(alignment: Alignment, window: Window, first: int, last: int) -> bool:
    """Returns whether a statement has a name as that of a place, and the article's title names it: all is about it."""
    words = [word for n in range(first, last) if (word := alignment.given.items[n].word) is not None]
    is_place = _IN_PLACE.search(alignment.given.text, 0, words[0].start) is not None
    return is_place and _whole(tuple(word.text for word in words)).search(window.article.title) is not None


def pronouns_for(window: Window, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yields the places of the pronouns in a window that stand for a person of this name."""
    article = window.article
    for word in window.told().words:
        if word.lower not in THIRD_PERSONS:
            continue
        named = person_before(article.text, article.sentences, window.start + word.start)
        if named is None:
            continue
        is_same = re.search(rf"\b{re.escape(words[-1].text)}\Z", article.text[slice(*named)]) is not None
        if is_same and _has_whole(article, words):
            yield word.start, word.end
