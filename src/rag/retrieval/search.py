"""From a question to the passages to be read: in its own spelling, and where no passage has that, in theirs."""

from __future__ import annotations

from dataclasses import dataclass

from rag.core.article import Hit
from rag.core.ports import Embedder, Vectors
from rag.core.schema import Correction
from rag.question.acronyms import spell_out
from rag.question.question import Question
from rag.question.spelling import correct, unknown_words
from rag.retrieval.focus import Focus
from rag.retrieval.retriever import DEPTH, Retriever


@dataclass(frozen=True, slots=True)
class Search:
    """What was searched for and found: the question as read, its unit vector of shape (dimension,), focus and hits."""

    question: Question
    corrections: tuple[Correction, ...]
    vector: Vectors
    focus: Focus
    hits: list[Hit]


def search(question: Question, embedder: Embedder, retriever: Retriever, k: int, focus: Focus) -> Search:
    """The k best passages for a question; for what it was read as where the passages put its words otherwise."""
    vector = embedder.embed([question.text])[0]
    rankings = retriever.rank(question.text, vector, focus)
    hits = retriever.best(rankings, vector, k, focus)
    texts = [hit.passage.text for hit in hits]
    read = question.text
    corrections: tuple[Correction, ...] = ()
    if unknown_words(read, texts):
        around = retriever.best(rankings, vector, max(k, DEPTH), focus)
        read, corrections = correct(read, [hit.passage.text for hit in around])
    read, added = spell_out(read, texts)
    if read == question.text:
        return Search(question, (), vector, focus, hits)
    vector = embedder.embed([read])[0]
    hits = retriever.retrieve(read, vector, k, focus)
    return Search(question.reworded(read), (*corrections, *added), vector, focus, hits)
