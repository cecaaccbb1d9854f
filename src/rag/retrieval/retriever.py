"""A question to the passages that may answer it: dense and BM25 side by side, fused by rank."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rag.core.article import Hit, Passage
from rag.core.ports import Ids, LexicalIndex, VectorIndex, Vectors, as_ids
from rag.core.settings import DEFAULTS, SearchSettings
from rag.retrieval.focus import Focus

RANK_CONSTANT = 60
"""The constant of reciprocal rank fusion, in ranks, as in the paper."""
NEWEST = 3
"""Where a question wants news, the best `NEWEST * k` passages are ranked once more by date."""


def fuse(rankings: Sequence[Ids]) -> list[tuple[int, float]]:
    """Passage ids with their fused scores, best first, ties by lower id.

    Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): the score of a passage is the sum over the
    rankings of 1 / (60 + its rank there), ranks from 1; a ranking that lacks the passage adds nothing.
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, passage_id in enumerate(ranking.tolist(), start=1):
            scores[passage_id] = scores.get(passage_id, 0.0) + 1.0 / (RANK_CONSTANT + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


@dataclass(frozen=True, slots=True)
class Retriever:
    """The two indexes of one generation, and how its passages are loaded.

    `load` gives the passages of some ids and their vectors, shape (n, dimension), in the order of the ids.
    """

    dense: VectorIndex
    lexical: LexicalIndex
    load: Callable[[Ids], tuple[list[Passage], Vectors]]
    settings: SearchSettings = DEFAULTS.search

    def retrieve(self, question: str, vector: Vectors, k: int, focus: Focus | None = None) -> list[Hit]:
        """The k best passages as hits, rank from 1; `vector` is the question's unit vector, shape (dimension,)."""
        focus = focus or Focus()
        return self.best(self.rank(question, vector, focus), vector, k, focus)

    def rank(self, question: str, vector: Vectors, focus: Focus) -> list[Ids]:
        """What each index finds, best first; what the focus favours is searched once more by itself."""
        rankings = self._search(question, vector, focus.within)
        if focus.favoured is not None and len(focus.favoured):
            rankings += self._search(question, vector, focus.favoured)
        return rankings

    def best(self, rankings: Sequence[Ids], vector: Vectors, k: int, focus: Focus) -> list[Hit]:
        """The k best passages of these rankings; what is newest is one more of them where the focus wants it."""
        newest = [self._newest(fuse(rankings)[: NEWEST * k])] if focus.newest else []
        fused = fuse([*rankings, *newest])[:k]
        if not fused:
            return []
        passages, vectors = self.load(as_ids([passage_id for passage_id, _ in fused]))
        similarities = np.clip(vectors @ vector, -1.0, 1.0).tolist()
        ranked = zip(passages, fused, similarities, strict=True)
        return [
            Hit(passage, rank, score, similarity)
            for rank, (passage, (_, score), similarity) in enumerate(ranked, start=1)
        ]

    def _search(self, question: str, vector: Vectors, within: Ids | None) -> list[Ids]:
        most = self.settings.hits_per_ranking
        dense_ids, _ = self.dense.search(vector, most, within)
        lexical_ids, _ = self.lexical.search(question, most, within)
        return [dense_ids, lexical_ids]

    def _newest(self, fused: Sequence[tuple[int, float]]) -> Ids:
        """The passages whose articles have a date, the newest first, of one date the best first."""
        passages, _ = self.load(as_ids([passage_id for passage_id, _ in fused]))
        dated = [passage for passage in passages if passage.article.published]
        dated.sort(key=lambda passage: passage.article.published or "", reverse=True)
        return as_ids([passage.id for passage in dated])
