"""Counts which people and places most articles name, of all articles or of those that fit a search.

The names are read from a sample of the articles, spread evenly; then the articles that name each are counted, by
full-text search. Nobody who is named often is missing from the sample, and an archive of any size takes about as long.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from rag.core.article import Article
from rag.core.ports import Ids, PassageSet, as_ids
from rag.core.schema import Scope
from rag.question.search_query import Query, Sought
from rag.said.archive import SpeakerArchive
from rag.said.names import Name, every_name_in
from rag.said.results import MostNamed, Named
from rag.text.english.places import COMPASS, GEOGRAPHY, GROUPS, PEOPLES_PLACES, PLACES

_SAMPLE = 120
"""Articles from which names are read."""
_COUNTED = 3
"""Names that are counted for each that is wanted: their order in the sample is not quite that among all articles."""
_OFTEN = 4
"""Articles that have a whole name, for one in which its last word says something."""
_WORD = re.compile(r"[A-Z][a-z]+")
_PLACES = PLACES - PEOPLES_PLACES
_NO_PEOPLE = GROUPS | GEOGRAPHY | COMPASS | _PLACES
"""Words of names that are no people's: `White House`, `New York`."""


@dataclass(frozen=True, slots=True)
class Among:
    """The articles among which names are counted.

    Attributes:
        passages: Passages of these articles, of which some are read, shape (n,).
        within: All passages of the scope; None for the whole library.
        versions: The versions of these articles, shape (n,); None for all in the scope.
    """

    passages: Ids
    within: PassageSet | None = None
    versions: Ids | None = None


def articles_among(archive: SpeakerArchive, query: Query | None, scope: Scope | None) -> Among:
    """Finds the articles that fit a search and a scope; None for either leaves it out."""
    serving = archive.serving
    within = None if scope is None else serving.passages_in(scope)
    if query is not None:
        fitting = sorted((found.version, int(found.ids[0])) for found in serving.matches(query, scope).ranked)
        versions, passages = (as_ids(column) for column in zip(*fitting, strict=True)) if fitting else ((), ())
        return Among(as_ids(passages), within, as_ids(versions))
    if within is not None:
        return Among(within.ids, within)
    with archive.store.snapshot() as snapshot:
        return Among(snapshot.ids())


def most_named(archive: SpeakerArchive, among: Among, count: int) -> MostNamed:
    """Finds the people and the places that most articles name.

    Args:
        archive: One generation of the library.
        among: The articles that are counted.
        count: Most people, and most places.

    Returns:
        People who speak in articles of the library, by their full names, and places that `rag.text.english.places` has,
        except those that are people's names too. The most frequent come first; each with the articles that name it.
    """
    articles = _sample(archive, among.passages)
    people = islice(_people(archive, articles), _COUNTED * count)
    places: Counter[str] = Counter()
    for article in articles:
        places.update(_PLACES.intersection(_WORD.findall(article.text)))
    frequent = sorted(places, key=lambda place: (-places[place], place))[: _COUNTED * count]
    return MostNamed(
        people=_counted(archive, among, (name.shown for name in people), "What did {name} say?")[:count],
        places=_counted(archive, among, frequent, "What happened in {name}?")[:count],
    )


def _sample(archive: SpeakerArchive, passages: Ids) -> list[Article]:
    """The articles of some passages, spread evenly; the copies of one text count once, as one voice."""
    chosen = passages[np.unique(np.linspace(0, len(passages) - 1, _SAMPLE).astype(int))] if len(passages) else passages
    found = archive.serving.full_text.load(as_ids(chosen))
    return list({passage.article.voice: passage.article for passage in found}.values())


def _counted(archive: SpeakerArchive, among: Among, names: Iterable[str], question: str) -> tuple[Named, ...]:
    """The names with the number of articles that have them in these words, the most frequent first."""
    counts = {name: _articles_naming(archive, among, name) for name in names}
    named = sorted((-articles, name) for name, articles in counts.items() if articles)
    return tuple(Named(name=name, articles=-count, question=question.format(name=name)) for count, name in named)


def _articles_naming(archive: SpeakerArchive, among: Among, name: str) -> int:
    sought = Sought(name, exact=True)
    found = archive.serving.full_text.find(sought, among.within).holding[sought].articles
    return len(found if among.versions is None else np.intersect1d(found, among.versions))


def _people(archive: SpeakerArchive, articles: Iterable[Article]) -> Iterator[Name]:
    """Yields the full names of people, those in most of these articles first; each in its most frequent form.

    A name is a person's if a known first name leads it, or if its last word alone often says something where the whole
    name stands too: "Wrenfold said", but never "Vegas said". Somebody of this name must speak, as the store knows it.
    """
    naming: Counter[str] = Counter()
    saying: Counter[str] = Counter()
    forms: dict[str, Name] = {}
    for article in articles:
        named = list(every_name_in(article))
        says = {name.shown for name, says in named if says and name.is_bare}
        full = {name.shown: name for name, _ in named if not name.is_bare}
        naming.update(full.keys())
        saying.update(words for words in full if words.split()[-1] in says)
        forms |= full
    found: list[Name] = []
    for words, count in sorted(naming.items(), key=lambda row: (-row[1], row[0])):
        name = forms[words]
        is_person = name.sex is not None or saying[words] * _OFTEN >= count
        if not is_person or not _NO_PEOPLE.isdisjoint(words.split()):
            continue
        if not any(name.fits(other) for other in found) and len(archive.serving.said_by(name.indexed)):
            found.append(name)
            yield name
