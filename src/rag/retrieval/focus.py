"""Restricts and orders a search by the times in a question and its scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from rag.core.ports import Ids
from rag.core.schema import Period, Scope
from rag.question.periods import REPORTED_WITHIN
from rag.question.question import Question


@dataclass(frozen=True, slots=True)
class Focus:
    """Which passages may be found, and which come first.

    Attributes:
        within: Ids of the only passages that may be found, shape (n,); None allows all.
        favoured: Ids of passages that are ranked before equally good ones, shape (n,); None favours none.
        newest: Whether newer passages come before equally good older ones.
        period: The time in the question, from which `favoured` follows.
    """

    within: Ids | None = None
    favoured: Ids | None = None
    newest: bool = False
    period: Period | None = None


def focus_on(question: Question, scope: Scope | None, passages_in: Callable[[Scope], Ids]) -> Focus:
    """Derives the focus of a question.

    A time in the question excludes nothing, because an event of March may be reported in May or in an article without a
    date. Articles of that time, and those soon after it (`REPORTED_WITHIN`), are only favoured.

    Args:
        question: The question.
        scope: The dates and sources that restrict the search, if any.
        passages_in: Returns the ids of the passages in a scope, shape (n,).
    """
    within = None if scope is None else passages_in(scope)
    period = question.period
    favoured = None
    if period is not None:
        favoured = passages_in(Scope(since=period.since, until=_reported_until(period.until)))
        if within is not None:
            favoured = np.intersect1d(favoured, within)
    return Focus(within, favoured, question.wants_news, period)


def _reported_until(until: str | None) -> str | None:
    return None if until is None else (date.fromisoformat(until) + REPORTED_WITHIN).isoformat()
