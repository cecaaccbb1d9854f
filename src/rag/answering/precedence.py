"""Puts the candidate first that a reader of the news would want: the newest, the elected, the exact number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.agreement import contradict
from rag.answering.candidates import Candidate
from rag.question.offices import asks_who_took_over, is_taken_over, takes_over
from rag.question.question import Question
from rag.text.english.numbers import LARGE_NUMBERS
from rag.text.english.patterns import any_of
from rag.values.value import Quantity

NEARLY = 0.7
"""Share of the best candidate's probability from which another one may go first.

A newer article's, if news is wanted; an exact number, where the best is a vague one; what more sources give.
"""
_VAGUE = re.compile(rf"(?:(?:many|several|tens|{any_of(LARGE_NUMBERS)}s|billions)(?: of)? ?)+", re.IGNORECASE)


def in_precedence(question: Question, candidates: Sequence[Candidate], threshold: float) -> list[Candidate]:
    """Orders candidates by what the question wants first.

    - The newest of the likely ones, if it asks for news.
    - "Who is the mayor?": the newest who takes the office over, if that article is newer than the best candidate's.
    - "Who was elected mayor?": whoever the sentence says was elected. Candidates that contradict this are dropped: to
      hold the office elsewhere is no answer.
    - An exact number before "tens of millions".

    Args:
        question: The question.
        candidates: The candidates, best first.
        threshold: Least probability of a candidate that is put first by its date or its office.

    Returns:
        The candidates, in the new order.
    """
    ordered = _newest_first(candidates, threshold) if question.wants_news else list(candidates)
    if asks_who_took_over(question.text):
        ordered = _elected_first(question, ordered, threshold)
    else:
        ordered = _successor_first(question, ordered, threshold)
    return _exact_before_vague(ordered)


def _newest_first(candidates: Sequence[Candidate], threshold: float) -> list[Candidate]:
    """Puts the newest first among the candidates that reach the threshold and NEARLY of the best; the others follow."""
    least = max([threshold, *(NEARLY * candidate.confidence for candidate in candidates[:1])])
    good = [candidate for candidate in candidates if candidate.confidence >= least]
    good.sort(key=lambda candidate: candidate.article.published or "", reverse=True)
    return [*good, *(candidate for candidate in candidates if candidate.confidence < least)]


def _elected_first(question: Question, candidates: list[Candidate], threshold: float) -> list[Candidate]:
    likely = (candidate for candidate in candidates if candidate.confidence >= threshold)
    elected = [candidate for candidate in likely if takes_over(question.text, candidate.quote)]
    others = [one for one in candidates if not any(one is c or contradict(one.value, c.value) for c in elected)]
    return [*elected, *others]


def _successor_first(question: Question, candidates: list[Candidate], threshold: float) -> list[Candidate]:
    since = candidates[0].article.published if candidates else None
    later = [
        candidate
        for candidate in candidates
        if since is not None
        and candidate.confidence >= threshold
        and (candidate.article.published or "") > since
        and is_taken_over(question.text, candidate.quote, candidate.article.published)
    ]
    if not later:
        return candidates
    newest = max(later, key=lambda candidate: candidate.article.published or "")
    return [newest, *(candidate for candidate in candidates if candidate is not newest)]


def _exact_before_vague(candidates: list[Candidate]) -> list[Candidate]:
    if not candidates or not _VAGUE.fullmatch(candidates[0].words):
        return candidates
    least = NEARLY * candidates[0].confidence
    exact = (one for one in candidates if isinstance(one.value, Quantity) and one.confidence >= least)
    first = next(exact, candidates[0])
    return [first, *(one for one in candidates if one is not first)]
