"""Searches for a question, and corrects its spelling by the words of the passages found."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from rag.core.article import Hit
from rag.core.errors import RagError
from rag.core.ports import Embedder, Vectors
from rag.core.program_fault import describe_fault
from rag.core.schema import Correction
from rag.question.acronyms import spell_out
from rag.question.question import Question
from rag.question.spelling import correct, unknown_words
from rag.retrieval.focus import Focus
from rag.retrieval.retriever import Retriever

_log = logging.getLogger(__name__)


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

    Words that no article has are corrected to words of the passages found. Acronyms and long names get their other form
    added.

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

    def texts_around() -> list[str]:
        around = retriever.best(rankings, vector, max(k, retriever.settings.hits_per_ranking), focus)
        return [hit.passage.text for hit in around]

    read, corrections = _try_to_correct(question.text, texts, texts_around, retriever.has_word)
    if read == question.text:
        return Search(question, (), vector, focus, hits)
    vector = embedder.embed([read])[0]
    hits = retriever.retrieve(read, vector, k, focus)
    return Search(question.reworded(read), corrections, vector, focus, hits)


def _try_to_correct(
    question: str, texts: list[str], texts_around: Callable[[], list[str]], has_word: Callable[[str], bool]
) -> tuple[str, tuple[Correction, ...]]:
    """Corrects a question by the texts of passages. If this program fails on one of them, the question stays."""
    try:
        read: str = question
        corrections: tuple[Correction, ...] = ()
        unknown = unknown_words(read, texts)
        known = frozenset(filter(has_word, unknown))
        if len(known) < len(unknown):
            read, corrections = correct(read, texts_around(), known)
        read, added = spell_out(read, texts)
    except RagError:
        raise
    except Exception as error:
        _log.warning(
            "This program has a fault in correcting a question (%s); report this line; it is asked as it stands",
            describe_fault(error),
        )
        return question, ()
    return read, (*corrections, *added)
