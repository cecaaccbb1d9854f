"""What a question's times mean for the search: which passages may answer, and which are looked at first."""

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
    """Only passages of `within` are found (all, where it is None), those of `favoured` before others as good.

    `newest`: of passages that are as good, the newer come first. `period` is the time that `favoured` follows from.
    """

    within: Ids | None = None
    favoured: Ids | None = None
    newest: bool = False
    period: Period | None = None


def focus_on(question: Question, scope: Scope | None, passages_in: Callable[[Scope], Ids]) -> Focus:
    """The focus of a question; `passages_in` gives the ids of the passages in a scope.

    A time in the question excludes nothing: what happened in March may be told in May, or in an article without a
    date. Articles of that time, and those of the month after it, are only looked at first.
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
