"""Leaves out what would mislead or distract beside a sure short answer.

It is another number or name, told of another matter, and what the same article says around the answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.candidates import Candidate
from rag.answering.quotes.contradictions import best_span, say_the_same, value_at
from rag.answering.quotes.ranking import RankedSentence
from rag.question.question import Question

PROBABLE = 0.1
"""Least probability of a further sentence of the answer's own article, as a share of that of the answer's sentence."""


def without_surroundings(first: Candidate, sentences: Sequence[RankedSentence]) -> list[RankedSentence]:
    """Drops the sentences of the answer's own article that are much less probable than the answer's sentence.

    They stand near the answer and share its words, but seldom answer. Another article may tell the same, or more.

    Args:
        first: The sure short answer.
        sentences: The sentences, in any order; it is kept.
    """
    least = PROBABLE * max((one.probability for one in sentences if one.is_in(first)), default=0.0)
    return [one for one in sentences if one.probability >= least or one.article.id != first.article.id]


def without_other_matters(
    question: Question, first: Candidate, sentences: Sequence[RankedSentence]
) -> list[RankedSentence]:
    """Drops the sentences of other articles that tell another value and have fewer of the question's words.

    Below "2.3 million euros" for the sirens, "The plan costs 4.1 million euros" reads as if it were of the sirens too.
    Sources that differ on the same matter have the question's words as the first one has.

    Args:
        question: The question.
        first: The sure short answer.
        sentences: The sentences, in any order; it is kept.
    """
    own = [one for one in sentences if one.is_in(first)]
    least = max((one.features["pair_coverage"] for one in own), default=0.0)
    return [one for one in sentences if not _is_of_another_matter(question, first, least, one)]


def _is_of_another_matter(question: Question, first: Candidate, least: float, one: RankedSentence) -> bool:
    if one.article.id == first.article.id or one.features["pair_coverage"] >= least:
        return False
    span = best_span(one)
    if span is None:
        return False
    value = value_at(one.article, span, question.kind)
    return isinstance(value, type(first.value)) and not say_the_same(first.value, value)
