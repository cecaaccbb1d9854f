"""Who says what: candidates that say the same value together, and how a value changed from article to article.

Copies of one text are one source. Nothing here says who is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from rag.answering.candidates import Candidate
from rag.answering.values import group_values
from rag.core.schema import Citation


@dataclass(frozen=True, slots=True)
class Saying:
    """Candidates of different sources that say one value, most probable first."""

    candidates: tuple[Candidate, ...]

    @property
    def best(self) -> Candidate:
        """The most probable one."""
        return self.candidates[0]

    @property
    def voices(self) -> int:
        """How many say it, independently of one another."""
        return len(self.candidates)


def group_candidates(candidates: Sequence[Candidate]) -> list[Saying]:
    """The candidates by what they say, in the order given; of copies of one text, and of one article, the first."""
    said: dict[int, list[Candidate]] = {}
    for candidate, group in zip(candidates, group_values([c.value for c in candidates]), strict=True):
        voices = {other.article.voice for other in said.setdefault(group, [])}
        if candidate.article.voice not in voices:
            said[group].append(candidate)
    return [Saying(tuple(found)) for found in said.values()]


def timeline(sayings: Sequence[Sequence[Citation]]) -> tuple[int, ...]:
    """The number of the earliest citation of each value, oldest first, where one value followed the other.

    Empty where there is one value only, a date is unknown, or two values were said within a day, or in turns: sources
    that write about the same news side by side disagree, nothing changed.
    """
    dated = [(citation.published or "", number) for number, said in enumerate(sayings) for citation in said]
    dated.sort()
    order = list(dict.fromkeys(number for _, number in dated))
    runs = [number for index, (_, number) in enumerate(dated) if index == 0 or dated[index - 1][1] != number]
    clear = all(one == other or _is_before(day, next_day) for (day, one), (next_day, other) in pairwise(dated))
    if len(order) < 2 or runs != order or not clear:
        return ()
    return tuple(min(sayings[number], key=lambda citation: citation.published or "").number for number in order)


def _is_before(one: str, other: str) -> bool:
    """Whether the first of two ISO dates, which may be partial, is the earlier one by more than a day."""
    if len(one) == len(other) == len("2020-01-03"):
        return date.fromisoformat(other) - date.fromisoformat(one) > timedelta(days=1)
    known = min(len(one), len(other))
    return known > 0 and one[:known] < other[:known]
