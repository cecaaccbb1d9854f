"""From a question to the passages to be read: in its own spelling, and where no passage has that, in theirs."""

from __future__ import annotations

from dataclasses import dataclass

from rag.article import Hit
from rag.focus import Focus
from rag.ports import Embedder, Vectors
from rag.retrieve import DEPTH, Retriever
from rag.schema import Correction
from rag.spelling import correct, unknown_words


@dataclass(frozen=True, slots=True)
class Search:
    """What was searched for and found: the question as read, its unit vector of shape (dimension,), focus and hits."""

    question: str
    corrections: tuple[Correction, ...]
    vector: Vectors
    focus: Focus
    hits: list[Hit]


def search(question: str, embedder: Embedder, retriever: Retriever, k: int, focus: Focus) -> Search:
    """The k best passages for a question; for its corrected form where the best passages spell its words otherwise."""
    vector = embedder.embed([question])[0]
    hits = retriever.retrieve(question, vector, k, focus)
    if not unknown_words(question, [hit.passage.text for hit in hits]):
        return Search(question, (), vector, focus, hits)
    around = retriever.retrieve(question, vector, max(k, DEPTH), focus)
    read, corrections = correct(question, [hit.passage.text for hit in around])
    if not corrections:
        return Search(question, (), vector, focus, hits)
    vector = embedder.embed([read])[0]
    return Search(read, corrections, vector, focus, retriever.retrieve(read, vector, k, focus))
