"""Computes the confidence of an answer: the probability that its quotes tell what is asked.

Left out, because they did not help on cross-validated questions: the cosine of the passages with the question, the
share of the question's words, names and verbs in the quotes, and the number of sources that agree.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.candidates import Candidate
from rag.answering.confidence import log_odds
from rag.answering.material import Material
from rag.answering.quotes.selection import Quote
from rag.question.question import Question


def answer_features(question: Question, candidates: Sequence[Candidate], quotes: Sequence[Quote]) -> dict[str, float]:
    """Computes the features of an answer.

    Args:
        question: The question.
        candidates: The candidates, best first.
        quotes: The selected quotes; not empty.

    Returns:
        The log-odds of the best sentence and of the best candidate, the reader's evidence for a quote, whether the
        question asks for an overview, and whether it asks for someone's words and no quote's best sentence is by them.
    """
    best = max((quote.best for quote in quotes), key=lambda one: one.probability)
    is_said = any(quote.best.features["said_by_asked"] for quote in quotes)
    return {
        "best": log_odds(best.probability),
        "candidate": log_odds(max((candidate.confidence for candidate in candidates), default=0.0)),
        "evidence": max(quote.best.features["evidence"] for quote in quotes),
        "broad": float(question.is_broad),
        "said_by_none": float(question.speaker is not None and not is_said),
    }


def confidence_of(material: Material, candidates: Sequence[Candidate], quotes: Sequence[Quote]) -> float:
    """Returns the calibrated probability in [0, 1] that the quotes tell what is asked; 0 without quotes."""
    if not quotes:
        return 0.0
    return material.quotes.answer.probability(answer_features(material.question, candidates, quotes))
