"""Restricts and orders a search by the times in a question and its scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from rag.core.passage_set import ListedPassages
from rag.core.ports import Ids, PassageSet
from rag.core.schema import Period, Scope, today_of
from rag.question.periods import REPORTED_WITHIN
from rag.question.question import Question

RECENT = timedelta(days=30)
"""Time before the day that a question is asked as of, whose articles are favoured if the question names no time."""


@dataclass(frozen=True, slots=True)
class Focus:
    """Which passages may be found, and which come first.

    Attributes:
        within: The only passages that may be found; None allows all.
        favoured: Groups of passages that are ranked before equally good ones.
        newest: Whether newer passages come before equally good older ones.
        period: The time in the question, from which a favoured group follows.
    """

    within: PassageSet | None = None
    favoured: tuple[PassageSet, ...] = ()
    newest: bool = False
    period: Period | None = None


def focus_on(
    question: Question,
    scope: Scope | None,
    passages_in: Callable[[Scope], PassageSet],
    said_by: Callable[[str], Ids],
) -> Focus:
    """Derives the focus of a question.

    A time in the question excludes nothing, because an event of March may be reported in May or in an article without a
    date. Articles of that time, and those soon after it (`REPORTED_WITHIN`), are only favoured. A question without a
    time that is asked as of some day (`Scope.as_of`) favours the articles of the RECENT time before: what people ask
    about was in the news. So are passages with words of the person whose words are asked for.

    Args:
        question: The question.
        scope: The dates and sources that restrict the search, if any.
        passages_in: Returns the passages in a scope.
        said_by: Returns the ids of the passages with words of a person of this name, shape (n,).
    """
    within = None if scope is None else passages_in(scope)
    period = question.period
    favoured: list[PassageSet] = []
    if period is not None:
        favoured.append(passages_in(Scope(since=period.since, until=_reported_until(period.until))))
    elif scope is not None and scope.as_of is not None:
        since = today_of(scope) - RECENT
        favoured.append(passages_in(Scope(since=since.isoformat(), until=scope.as_of)))
    if question.speaker is not None:
        favoured.append(ListedPassages(said_by(question.speaker)))
    if within is not None:
        favoured = [group & within for group in favoured]
    return Focus(within, tuple(group for group in favoured if group), question.wants_news, period)


def _reported_until(until: str | None) -> str | None:
    return None if until is None else (date.fromisoformat(until) + REPORTED_WITHIN).isoformat()
