"""Arranges the quotes of an answer as its form asks: both sides of a comparison, a course of events by date."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.quotes.ranking import RankedSentence
from rag.answering.quotes.selection import ENOUGH, Quote, whole_quote
from rag.question.question import Question
from rag.text.terms import terms

_UNDATED = "9999"
"""Stands for the date of an article without one, which goes behind all others."""


def quotes_of_sides(question: Question, ranked: Sequence[RankedSentence]) -> list[Quote]:
    """Quotes the most probable sentence about each side of a comparison.

    Args:
        question: The question.
        ranked: The sentences, most probable first.

    Returns:
        One quote per side that a sentence names in full, if it is not much less probable than the best one. Empty if
        the question compares nothing.
    """
    least = ENOUGH * ranked[0].probability if ranked else 0.0
    about = [(one, set(terms(one.text))) for one in ranked if question.sides and one.probability >= least]
    best = (next((one for one, said in about if side <= said), None) for side in question.sides)
    distinct = {(one.article.id, one.sentence.start): one for one in best if one is not None}
    return [whole_quote(one) for one in distinct.values()]


def in_telling_order(question: Question, quotes: Sequence[Quote]) -> list[Quote]:
    """Sorts quotes by the dates of their articles, where the question asks for a course of events.

    Args:
        question: The question.
        quotes: The quotes, most probable first.

    Returns:
        For a timeline the oldest first, for the latest news the newest first. What the person asked for says, the
        oldest first, comes before what others tell of it. An overview keeps its best quote in front, and what followed
        comes after it. Other forms keep their order, and so does the question who said something.
    """
    if question.form == "timeline" and question.wants_news:
        return sorted(quotes, key=lambda quote: quote.article.published or "", reverse=True)
    if question.form == "said" and question.speaker is not None:
        own = [quote for quote in quotes if quote.best.features["said_by_asked"]]
        return [*sorted(own, key=_day), *(quote for quote in quotes if quote not in own)]
    kept = {"overview": 1, "timeline": 0}.get(question.form, len(quotes))
    return [*quotes[:kept], *sorted(quotes[kept:], key=_day)]


def _day(quote: Quote) -> str:
    return quote.article.published or _UNDATED
