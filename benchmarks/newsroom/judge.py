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
class Shown:
    """What a system shows for a question.

    Attributes:
        answered: Whether the system answers.
        short: The short answer; "" if there is none.
        quotes: The texts that it shows as its answer, in the order shown.
        near: The texts that it shows as merely close to the question, in the order shown.
    """

    answered: bool
    short: str = ""
    quotes: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What an answer shows of the gold facts.

    Attributes:
        question: The question.
        shown: What was shown.
        outcome: The outcome.
        vital: The share of the vital facts within each of DEPTHS words, in [0, 1]; empty if unanswerable. The closest
            passages count, if there is no answer.
        helped: Whether the answer is right or any text shown has a vital fact.
        words: Number of words of the quotes of the answer; 0 without an answer.
    """

    question: NewsroomQuestion
    shown: Shown
    outcome: Outcome
    vital: tuple[float, ...]
    helped: bool
    words: int


def shown_by(answer: Answer) -> Shown:
    """Returns what this project shows: the quotes of the answer and of the other answers, and the closest passages."""
    quotes = [*answer.citations, *(citation for other in answer.other_answers for citation in other.citations)]
    return Shown(answer.answered, answer.short_answer or "", _texts(quotes), _texts(answer.near_misses))


def judge(question: NewsroomQuestion, shown: Shown) -> Judged:
    """Judges what is shown for a question.

    An answer is right if the first RIGHT_WITHIN words of its quotes have a vital fact and its short answer is not one
    of the wrong ones. Any other answer is wrong.
    """
    words = sum(len(quote.split()) for quote in shown.quotes) if shown.answered else 0
    if not question.answerable:
        outcome: Outcome = "answered in vain" if shown.answered else "left unanswered"
        return Judged(question, shown, outcome, (), False, words)
    texts = shown.quotes or shown.near
    vital = tuple(share_told(question.vital, first_words(texts, depth)) for depth in DEPTHS)
    outcome = _outcome(question, shown)
    helped = outcome == "right" or share_told(question.vital, shown.near) > 0
    return Judged(question, shown, outcome, vital, helped, words)


def _texts(citations: Iterable[Citation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.quote for citation in citations))


def _outcome(question: NewsroomQuestion, shown: Shown) -> Outcome:
    if not shown.answered:
        return "silent"
    short = normalise(shown.short)
    misled = bool(short) and short in {normalise(text) for text in question.wrong}
    told = share_told(question.vital, first_words(shown.quotes, RIGHT_WITHIN)) > 0
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
