"""Fusion of two rankings, and how often the rankings are made for one question."""

from __future__ import annotations

import numpy as np

from rag.core.article import Article, Passage, Sentence
from rag.core.ports import Ids, PassageSet, Scores, Vectors, as_ids
from rag.retrieval.focus import Focus
from rag.retrieval.retriever import Retriever, fuse
from rag.retrieval.search import search
from rag.text.terms import terms
from tests.composing import asked
from tests.fakes import HashingEmbedder, NumpyVectorIndex


def test_fused_score_is_the_sum_of_reciprocal_ranks() -> None:
    fused = dict(fuse([as_ids([7, 3]), as_ids([3])]))
    assert fused == {7: 1 / 61, 3: 1 / 62 + 1 / 61}


def test_a_passage_in_both_rankings_comes_before_one_in_either() -> None:
    assert [passage for passage, _ in fuse([as_ids([1, 2]), as_ids([3, 2])])] == [2, 1, 3]


def test_ties_go_to_the_lower_id() -> None:
    assert [passage for passage, _ in fuse([as_ids([9]), as_ids([4])])] == [4, 9]


def test_no_rankings_give_no_passages() -> None:
    assert fuse([as_ids([]), as_ids([])]) == []


class NotedQuestions:
    """A lexical index of one passage, which notes the questions."""

    TEXT = "Mr Soleimani was killed in Baghdad."

    def __init__(self) -> None:
        self.questions: list[str] = []
        self.embedder = HashingEmbedder()

    def search(self, question: str, k: int, within: PassageSet | None = None) -> tuple[Ids, Scores]:
        self.questions.append(question)
        found = as_ids([1] if set(terms(question)) & set(terms(self.TEXT)) else [])
        return found, np.ones(len(found), np.float32)

    def load(self, ids: Ids) -> tuple[list[Passage], Vectors]:
        sentences = (Sentence(0, len(self.TEXT)),)
        passage = Passage(1, Article("a", "a.txt", "hash", self.TEXT, "News", sentences=sentences), 0, 35, sentences)
        return [passage] * len(ids), self.embedder.embed([self.TEXT] * len(ids))


def test_a_question_is_searched_once_as_it_is_and_once_as_it_is_read_and_an_odd_word_alone() -> None:
    noted = NotedQuestions()
    retriever = Retriever(NumpyVectorIndex(), noted, noted.load)  # type: ignore[arg-type]
    found = search(asked("Who killed Soleymani?"), noted.embedder, retriever, 8, Focus())
    assert noted.questions == ["Who killed Soleymani?", "Soleymani", "Who killed Soleimani?"]
    assert (found.question.text, [hit.rank for hit in found.hits]) == ("Who killed Soleimani?", [1])
    noted.questions.clear()
    search(asked("Who was killed in Baghdad?"), noted.embedder, retriever, 8, Focus())
    assert noted.questions == ["Who was killed in Baghdad?"]
