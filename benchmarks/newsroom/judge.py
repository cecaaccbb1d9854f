"""Judges an answer by the gold facts of its question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from benchmarks.newsroom.questions import NewsroomQuestion, Nugget
from rag.core.schema import Answer, Citation

Outcome = Literal["right", "wrong", "silent", "left unanswered", "answered in vain"]
"""The outcome of a question; the last two are those of an unanswerable one."""
DEPTHS = (60, 120, 250)
"""Numbers of words, from the first one shown, in which facts are counted."""
RIGHT_WITHIN = 120
"""A right answer has a vital fact within this number of words."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What an answer shows of the gold facts.

    Attributes:
        question: The question.
        answer: The answer.
        outcome: The outcome.
        vital: The share of the vital facts within each of DEPTHS words, in [0, 1]; empty if unanswerable. The closest
            passages count, if there is no answer.
        helped: Whether the answer is right or any text shown has a vital fact.
        words: Number of words of the quotes of the answer; 0 without an answer.
    """

    question: NewsroomQuestion
    answer: Answer
    outcome: Outcome
    vital: tuple[float, ...]
    helped: bool
    words: int


def judge(question: NewsroomQuestion, answer: Answer) -> Judged:
    """Judges an answer.

    An answer is right if the first RIGHT_WITHIN words of its quotes have a vital fact and its short answer is not one
    of the wrong ones. Any other answer is wrong.
    """
    quotes, near = _quotes(answer.citations), _quotes(answer.near_misses)
    quotes += [quote for other in answer.other_answers for quote in _quotes(other.citations)]
    words = sum(len(quote.split()) for quote in quotes) if answer.answered else 0
    if not question.answerable:
        outcome: Outcome = "answered in vain" if answer.answered else "left unanswered"
        return Judged(question, answer, outcome, (), False, words)
    vital = tuple(share_told(question.vital, first_words(quotes or near, depth)) for depth in DEPTHS)
    outcome = _outcome(question, answer, quotes)
    return Judged(question, answer, outcome, vital, outcome == "right" or share_told(question.vital, near) > 0, words)


def _quotes(citations: Iterable[Citation]) -> list[str]:
    return list(dict.fromkeys(citation.quote for citation in citations))


def _outcome(question: NewsroomQuestion, answer: Answer, quotes: Sequence[str]) -> Outcome:
    if not answer.answered:
        return "silent"
    short = normalise(answer.short_answer or "")
    misled = bool(short) and short in {normalise(text) for text in question.wrong}
    told = share_told(question.vital, first_words(quotes, RIGHT_WITHIN)) > 0
    return "right" if told and not misled else "wrong"


def normalise(text: str) -> str:
    """Lower-cases a text and makes every run of characters other than letters and digits one space."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def tells(nugget: Nugget, texts: Sequence[str]) -> bool:
    """Returns whether one of the texts contains a wording of the fact, as whole words."""
    padded = [f" {normalise(text)} " for text in texts]
    return any(f" {normalise(wording)} " in text for wording in nugget.wordings for text in padded)


def share_told(nuggets: Sequence[Nugget], texts: Sequence[str]) -> float:
    """Returns the share of the facts that the texts tell, in [0, 1]; 0 without facts."""
    return sum(tells(nugget, texts) for nugget in nuggets) / len(nuggets) if nuggets else 0.0


def first_words(texts: Sequence[str], most: int) -> list[str]:
    """Cuts texts that are shown one after the other.

    Args:
        texts: The texts, in the order shown.
        most: Number of words to keep in all.
    """
    kept = []
    for text in texts:
        words = text.split()[: max(0, most)]
        kept.append(" ".join(words))
        most -= len(words)
    return kept
