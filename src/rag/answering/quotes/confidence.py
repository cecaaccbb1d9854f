"""Computes the confidence of an answer: the probability that its quotes tell what is asked.

Left out, because they did not help on cross-validated questions: the cosine of the passages with the question, the
share of the question's words in the quotes, and the number of sources that agree.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.candidates import Candidate
from rag.answering.confidence import log_odds
from rag.answering.material import Material
from rag.answering.quotes.selection import Quote


def answer_features(candidates: Sequence[Candidate], quotes: Sequence[Quote]) -> dict[str, float]:
    """Computes the features of an answer.

    Args:
        candidates: The candidates, best first.
        quotes: The selected quotes; not empty.

    Returns:
        The log-odds of the best sentence and of the best candidate, the reader's evidence for a quote, and whether no
        quote's passage has all the names and numbers of the question.
    """
    best = max((quote.best for quote in quotes), key=lambda one: one.probability)
    return {
        "best": log_odds(best.probability),
        "candidate": log_odds(max((candidate.confidence for candidate in candidates), default=0.0)),
        "evidence": max(quote.best.features["evidence"] for quote in quotes),
        "names_missing": min(_names_missing(quote) for quote in quotes),
    }


def _names_missing(quote: Quote) -> float:
    return max(quote.best.features["names_partly"], quote.best.features["names_nowhere"])


def confidence_of(material: Material, candidates: Sequence[Candidate], quotes: Sequence[Quote]) -> float:
    """Returns the calibrated probability in [0, 1] that the quotes tell what is asked; 0 without quotes."""
    if not quotes:
        return 0.0
    return material.quotes.answer.probability(answer_features(candidates, quotes))
