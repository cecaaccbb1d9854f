"""Finds the articles that hold words and phrases, joined by AND, OR and NOT, through the lexical index.

An article fits as a whole: its words may stand in different passages or in the title. It is ranked by its best passage.
Boilerplate is in no passage, so it is not searched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np

from rag.core.article import Passage
from rag.core.ports import Ids, LexicalIndex, PassageSet, Scores, as_ids
from rag.question.search_query import AllOf, AnyOf, Query, Sought, Without, must_hold_a_word, words_to_find


@dataclass(frozen=True, slots=True)
class FoundPassages:
    """An article that fits a query.

    Attributes:
        version: The id of the article's version in the store.
        score: The score of the best passage.
        ids: Ids of its passages that hold words to find, best first, shape (n,).
    """

    version: int
    score: float
    ids: Ids


@dataclass(frozen=True, slots=True)
class FullText:
    """Searches the words of one generation.

    Attributes:
        lexical: The lexical index.
        versions_of: Returns the version of each passage, given by ids of shape (n,), in their order.
        load: Returns passages in the order of their ids, shape (n,).
    """

    lexical: LexicalIndex
    versions_of: Callable[[Ids], Ids]
    load: Callable[[Ids], list[Passage]]

    def find(self, query: Query, within: PassageSet | None = None) -> Matches:
        """Finds all articles that fit a query.

        Args:
            query: The query. Each article that fits must hold one of its words (`must_hold_a_word`).
            within: The passages of the articles to search; None searches all.
        """
        return Matches(query, {sought: self._hold(sought, within) for sought in _all_words(query)})

    def naming(self, names: Sequence[str]) -> Ids:
        """Finds the articles that have each of some names in these words.

        Args:
            names: The names, at least one.

        Returns:
            Their versions, ascending, shape (n,).
        """
        found = (self._hold(Sought(name, exact=True), None).articles for name in names)
        return as_ids(reduce(np.intersect1d, found))

    def _hold(self, sought: Sought, within: PassageSet | None) -> Holding:
        ids, scores = self.lexical.find(sought.words, exact=sought.exact)
        if within is not None:
            is_inside = within.holds(ids)
            ids, scores = ids[is_inside], scores[is_inside]
        return Holding(ids, scores, self.versions_of(ids))


@dataclass(frozen=True)
class Holding:
    """The passages that hold a word or phrase.

    Attributes:
        ids: Ids of the passages, ascending, shape (n,).
        scores: Their BM25 scores, shape (n,).
        versions: The version of each, shape (n,).
    """

    ids: Ids
    scores: Scores
    versions: Ids

    @cached_property
    def articles(self) -> Ids:
        """The versions, each once, ascending."""
        return as_ids(np.unique(self.versions))


@dataclass(frozen=True)
class Matches:
    """The articles that fit a query.

    Attributes:
        query: The query.
        holding: The passages that hold each of its words, those to leave out included.
    """

    query: Query
    holding: dict[Sought, Holding]

    @cached_property
    def ranked(self) -> list[FoundPassages]:
        """The articles, best first; equal scores by ascending id of the best passage."""
        ids, versions, scores = self._passages
        order = np.lexsort((ids, -scores))
        by_version: dict[int, list[int]] = {}
        for place in order.tolist():
            by_version.setdefault(int(versions[place]), []).append(place)
        return [FoundPassages(version, float(scores[places[0]]), ids[places]) for version, places in by_version.items()]

    @property
    def passages(self) -> int:
        """Number of passages of these articles that hold words to find."""
        return len(self._passages[0])

    @cached_property
    def _passages(self) -> tuple[Ids, Ids, Scores]:
        """Ids, versions and summed scores of the passages, shape (n,) each, by ascending id."""
        parts = [self.holding[sought] for sought in words_to_find(self.query)]
        every = np.concatenate([part.ids for part in parts])
        ids, first, places = np.unique(every, return_index=True, return_inverse=True)
        versions = np.concatenate([part.versions for part in parts])[first]
        sums = np.bincount(places, np.concatenate([part.scores for part in parts]), len(ids))
        fits = np.isin(versions, _fitting(self.query, self.holding, None))
        return as_ids(ids[fits]), as_ids(versions[fits]), np.round(sums[fits], 4).astype(np.float32)


def _all_words(query: Query) -> list[Sought]:
    """The words of a query, also those to leave out, each once."""
    match query:
        case Sought():
            return [query]
        case Without(part):
            return _all_words(part)
        case AllOf(parts) | AnyOf(parts):
            return list(dict.fromkeys(sought for part in parts for sought in _all_words(part)))


def _fitting(query: Query, holding: dict[Sought, Holding], among: Ids | None) -> Ids:
    """The versions that fit.

    Args:
        query: The query.
        holding: The passages that hold each word.
        among: Only these versions may fit, shape (n,). None only if each version that fits must hold a word.
    """
    match query:
        case Sought():
            found = holding[query].articles
            return found if among is None else as_ids(np.intersect1d(found, among))
        case Without(part):
            assert among is not None
            return as_ids(np.setdiff1d(among, _fitting(part, holding, among)))
        case AnyOf(parts):
            return as_ids(np.unique(np.concatenate([_fitting(part, holding, among) for part in parts])))
        case AllOf(parts):
            for part in sorted(parts, key=must_hold_a_word, reverse=True):
                among = _fitting(part, holding, among)
            assert among is not None
            return among
