"""Retrieves passages for a question: a dense and a BM25 ranking, fused by rank."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rag.core.article import Hit, Passage
from rag.core.ports import Ids, LexicalIndex, PassageSet, Vectors, VectorSearch, as_ids
from rag.core.settings import DEFAULTS, SearchSettings
from rag.retrieval.focus import Focus
from rag.text.terms import terms

_JOINT = re.compile(r"['’-]")
"""What joins the parts of a word."""
RANK_CONSTANT = 60
"""The constant of reciprocal rank fusion, in ranks, as in the paper."""
NEWEST = 24
"""If a question wants news, this number of the best passages is also ranked by date."""

ALIKE = 12
"""Number of passages that may tell the same as a sentence."""


def fuse(rankings: Sequence[Ids]) -> list[tuple[int, float]]:
    """Fuses rankings by reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009).

    The score of a passage is the sum of 1 / (60 + rank) over the rankings that have it, with ranks from 1.

    Args:
        rankings: Ids of passages, best first, each of shape (n,).

    Returns:
        Ids with their fused scores, best first; equal scores by ascending id.
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, passage_id in enumerate(ranking.tolist(), start=1):
            scores[passage_id] = scores.get(passage_id, 0.0) + 1.0 / (RANK_CONSTANT + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


@dataclass(frozen=True, slots=True)
class Retriever:
    """Searches the two indexes of one generation.

    Attributes:
        dense: The dense index.
        lexical: The lexical index.
        load: Returns the passages of some ids and their vectors, shape (n, dimension), in the order of the ids.
        settings: The numbers that the search works with.
    """

    dense: VectorSearch
    lexical: LexicalIndex
    load: Callable[[Ids], tuple[list[Passage], Vectors]]
    settings: SearchSettings = DEFAULTS.search

    def retrieve(self, question: str, vector: Vectors, k: int, focus: Focus | None = None) -> list[Hit]:
        """Finds the k best passages.

        Args:
            question: The question, for the lexical index.
            vector: The question's unit vector, shape (dimension,).
            k: Number of passages wanted.
            focus: Restricts and orders the search; None searches everything.

        Returns:
            Hits with ranks from 1.
        """
        focus = focus or Focus()
        return self.best(self.rank(question, vector, focus), vector, k, focus)

    def rank(self, question: str, vector: Vectors, focus: Focus) -> list[Ids]:
        """Searches both indexes, and again in each group of favoured passages.

        Args:
            question: The question, for the lexical index.
            vector: The question's unit vector, shape (dimension,).
            focus: Restricts the search and names favoured passages.

        Returns:
            One ranking of ids for each search, best first: two, and two for each favoured group.
        """
        rankings = self._search(question, vector, focus.within)
        for group in focus.favoured:
            rankings += self._search(question, vector, group)
        return rankings

    def best(self, rankings: Sequence[Ids], vector: Vectors, k: int, focus: Focus) -> list[Hit]:
        """Fuses rankings into the k best passages. If the focus wants the newest, a ranking by date is fused too.

        Of passages that are word for word the same in copies of one text, only the best one counts.

        Args:
            rankings: The rankings that `rank` returned.
            vector: The question's unit vector, shape (dimension,), for the hits' similarity.
            k: Number of passages wanted.
            focus: Says whether newer passages come first.

        Returns:
            Hits with ranks from 1.
        """
        newest = [self._newest(fuse(rankings)[:NEWEST])] if focus.newest else []
        fused = fuse([*rankings, *newest])
        found: dict[tuple[object, str], tuple[Passage, float, float]] = {}
        first = 0
        while first < len(fused) and len(found) < k:
            part = fused[first : first + k - len(found)]
            passages, vectors = self.load(as_ids([passage_id for passage_id, _ in part]))
            similarities = np.clip(vectors @ vector, -1.0, 1.0).tolist()
            for passage, (_, score), similarity in zip(passages, part, similarities, strict=True):
                found.setdefault((passage.article.voice, passage.text), (passage, score, similarity))
            first += len(part)
        return [Hit(passage, rank, score, like) for rank, (passage, score, like) in enumerate(found.values(), start=1)]

    def alike(self, sentence: str, within: PassageSet | None) -> list[Passage]:
        """Finds the passages that have most of a sentence's words.

        Args:
            sentence: The sentence.
            within: The passages to search; None for all.
        """
        ids, _ = self.lexical.search(sentence, ALIKE, within)
        return self.load(ids)[0]

    def has_word(self, word: str) -> bool:
        """Returns whether each part of a word (`al-Busaidi` has two) stands in a passage, in any inflection.

        A stop word, such as the s of a possessive, stands everywhere.
        """
        parts = [part for part in _JOINT.split(word) if terms(part)]
        return bool(parts) and all(len(self.lexical.search(part, 1)[0]) for part in parts)

    def _search(self, question: str, vector: Vectors, within: PassageSet | None) -> list[Ids]:
        most = self.settings.hits_per_ranking
        dense_ids, _ = self.dense.search(vector, most, within)
        lexical_ids, _ = self.lexical.search(question, most, within)
        return [dense_ids, lexical_ids]

    def _newest(self, fused: Sequence[tuple[int, float]]) -> Ids:
        """The passages whose articles have a date, newest first; of one date, the best first."""
        passages, _ = self.load(as_ids([passage_id for passage_id, _ in fused]))
        dated = [passage for passage in passages if passage.article.published]
        dated.sort(key=lambda passage: passage.article.published or "", reverse=True)
        return as_ids([passage.id for passage in dated])
