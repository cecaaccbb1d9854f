"""Searches for a question, and corrects its spelling by the words of the passages found."""

from __future__ import annotations

from dataclasses import dataclass

from rag.core.article import Hit
from rag.core.ports import Embedder, Vectors
from rag.core.schema import Correction
from rag.question.acronyms import spell_out
from rag.question.question import Question
from rag.question.spelling import correct, unknown_words
from rag.retrieval.focus import Focus
from rag.retrieval.retriever import Retriever


@dataclass(frozen=True, slots=True)
class Search:
    """The result of a search.

    Attributes:
        question: The question with corrections applied.
        corrections: The words that were corrected or spelled out.
        vector: The unit vector of that question, shape (dimension,).
        focus: The focus of the search.
        hits: The passages found, best first.
    """

    question: Question
    corrections: tuple[Correction, ...]
    vector: Vectors
    focus: Focus
    hits: list[Hit]


def search(question: Question, embedder: Embedder, retriever: Retriever, k: int, focus: Focus) -> Search:
    """Finds the k best passages for a question; corrects the question and searches again if needed.

    Unknown words are corrected to words of the passages found. Acronyms and long names get their other form added.

    Args:
        question: The question.
        embedder: Embeds the question.
        retriever: The indexes to search.
        k: Number of passages wanted.
        focus: Restricts and orders the search.
    """
    vector = embedder.embed([question.text])[0]
    rankings = retriever.rank(question.text, vector, focus)
    hits = retriever.best(rankings, vector, k, focus)
    texts = [hit.passage.text for hit in hits]
    read = question.text
    corrections: tuple[Correction, ...] = ()
    if unknown_words(read, texts):
        around = retriever.best(rankings, vector, max(k, retriever.settings.hits_per_ranking), focus)
        read, corrections = correct(read, [hit.passage.text for hit in around])
    read, added = spell_out(read, texts)
    if read == question.text:
        return Search(question, (), vector, focus, hits)
    vector = embedder.embed([read])[0]
    hits = retriever.retrieve(read, vector, k, focus)
    return Search(question.reworded(read), (*corrections, *added), vector, focus, hits)
