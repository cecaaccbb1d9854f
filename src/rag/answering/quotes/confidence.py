"""Computes the confidence of an answer: the probability that its quotes tell what is asked.

Left out, because they did not help on cross-validated questions: the question's verbs and numbers in the quotes, the
second-best sentence, the number of sources that agree, and trees over all of these in place of a regression.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.candidates import Candidate
from rag.answering.confidence import log_odds
from rag.answering.material import Material
from rag.answering.quotes.selection import Quote
from rag.answering.validation.misleading import is_only_planned
from rag.answering.validation.parts import COUNTED
from rag.question.question import Question
from rag.text.terms import terms

_BEFORE, _BEHIND = 300, 150
"""Characters around a quote in which a word of the question may stand as well."""


def answer_features(question: Question, candidates: Sequence[Candidate], quotes: Sequence[Quote]) -> dict[str, float]:
    """Computes the features of an answer.

    Args:
        question: The question.
        candidates: The candidates, best first.
        quotes: The selected quotes; not empty.

    Returns:
        Of the models: the log-odds of the best sentence and of the best candidate, the reader's evidence for a quote,
        and the similarity of the best sentence's passage. Of the question: whether it asks for an overview, for a
        reason or for words. Of both, see `_missing`; whether the best candidate tells only a plan; and whether
        someone's words are asked for and no quote's best sentence is by them.
    """
    best = max(quotes, key=lambda quote: quote.best.probability)
    is_said = any(quote.best.features["said_by_asked"] for quote in quotes)
    first = candidates[0] if candidates else None
    return {
        "best": log_odds(best.best.probability),
        "candidate": log_odds(max((candidate.confidence for candidate in candidates), default=0.0)),
        "evidence": max(quote.best.features["evidence"] for quote in quotes),
        "similarity": best.best.features["similarity"],
        "broad": float(question.is_broad),
        "reason": float(question.kind == "reason"),
        "said": float(question.form == "said"),
        "said_by_none": float(question.speaker is not None and not is_said),
        "planned": float(first is not None and is_only_planned(question, first.hit.passage, first.span)),
        **_missing(question, best, quotes),
    }


def _missing(question: Question, best: Quote, quotes: Sequence[Quote]) -> dict[str, float]:
    """Which words of the question are missing.

    Returns:
        The share of its words without names that stand neither in the best quote, around it nor in the title; the share
        of its names that no quote and no title has; and whether the best quote has not what is counted.
    """
    text = best.article.text
    around = {*terms(text[max(0, best.start - _BEFORE) : best.end + _BEHIND]), *terms(best.article.title)}
    told = {term for quote in quotes for words in (quote.text, quote.article.title) for term in terms(words)}
    words, names = set(question.words.terms) - question.words.names, question.words.proper_names
    counted = COUNTED.search(question.text)
    return {
        "words_missing": len(words - around) / max(1, len(words)),
        "names_missing": len(names - told) / max(1, len(names)),
        "counted_missing": float(counted is not None and set(terms(counted["thing"])).isdisjoint(terms(best.text))),
    }


def confidence_of(material: Material, candidates: Sequence[Candidate], quotes: Sequence[Quote]) -> float:
    """Returns the calibrated probability in [0, 1] that the quotes tell what is asked; 0 without quotes."""
    if not quotes:
        return 0.0
    return material.quotes.answer.probability(answer_features(material.question, candidates, quotes))
