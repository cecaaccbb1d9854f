"""Counts which people and places most articles name."""

from __future__ import annotations

from collections import Counter

from rag.said.archive import SpeakerArchive, speakers_in
from rag.said.names import Name, names_in
from rag.said.results import MostNamed, Named
from rag.text.english.places import COMPASS, GEOGRAPHY, GROUPS, PEOPLES_PLACES, PLACES
from rag.text.grammar.tagged_speeches import title_terms

_WORDS_EACH = 10
"""Words of speakers' names that are looked up for each person wanted: most are given names, offices and sources."""
_PASSAGES_EACH = 8
"""Passages that are read for the full name of each word."""
_ALONE = 2
"""Articles in which someone must speak under a family name alone."""
_PLACES = sorted(PLACES - PEOPLES_PLACES)
_NO_PEOPLE = GROUPS | GEOGRAPHY | COMPASS | (PLACES - PEOPLES_PLACES)
"""Words of names that are no people's: `White House`, `New York`."""


def most_named(archive: SpeakerArchive, count: int) -> MostNamed:
    """Finds the people and the places that most articles name.

    Args:
        archive: One generation of the library.
        count: Most people, and most places.

    Returns:
        People who speak in the articles, by their full names, and places that `rag.text.english.places` has, except
        those that are people's names too. The most frequent come first; each with the articles that name it.
    """
    people = {name.shown: archive.articles_naming(name.shown) for name in _people(archive, count)}
    places = {place: archive.articles_naming(place) for place in _PLACES}
    return MostNamed(
        people=_first(people, count, "What did {name} say?"), places=_first(places, count, "What happened in {name}?")
    )


def _first(counts: dict[str, int], count: int, question: str) -> tuple[Named, ...]:
    named = sorted((-articles, name) for name, articles in counts.items() if articles)
    return tuple(
        Named(name=name, articles=-articles, question=question.format(name=name)) for articles, name in named[:count]
    )


def _people(archive: SpeakerArchive, count: int) -> list[Name]:
    """The full names of those who speak in most articles: for each family name the most frequent one."""
    speakers = archive.store.speakers(archive.serving.generation)
    words = sorted((word for word in speakers if word not in title_terms()), key=lambda word: (-speakers[word], word))
    found: list[Name] = []
    for word in words[: _WORDS_EACH * count]:
        person = _person(archive, word)
        if person is not None and not any(person.fits(other) for other in found):
            found.append(person)
    return found


def _person(archive: SpeakerArchive, family: str) -> Name | None:
    """The most frequent full name of a family name, if it is surely a person's.

    It is one if a known first name leads it, or if somebody speaks under the family name alone: `McConnell said`, but
    never `Center said`.
    """
    full: Counter[Name] = Counter()
    alone = 0
    for passages in archive.by_article(archive.serving.said_by(family)[-_PASSAGES_EACH:]):
        article = passages[0].article
        alone += any(name.is_bare and name.indexed == family for name in speakers_in(article))
        full.update({name for name, _ in names_in(article, family) if not name.is_bare})
    names = (name for name, _ in full.most_common() if _NO_PEOPLE.isdisjoint(name.shown.split()))
    return next((name for name in names if name.sex is not None or alone >= _ALONE), None)
