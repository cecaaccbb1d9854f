"""Which articles a question is asked of, checked as it comes from outside."""

from __future__ import annotations

from collections.abc import Sequence

from rag.core.errors import QuestionError
from rag.core.schema import Scope
from rag.text.dates import parse_date


def check_scope(since: str | None, until: str | None, sources: Sequence[str], as_of: str | None) -> Scope | None:
    """The scope that these name, None where they name none. Raises QuestionError."""
    given = [sources] if isinstance(sources, str) else sources
    named = tuple(source.strip() for source in given if source.strip())
    scope = Scope(since=_date(since), until=_date(until), sources=named, as_of=_date(as_of))
    if scope.since and scope.until and scope.since > f"{scope.until}~":
        raise QuestionError(
            f"{scope.since} is after {scope.until}, so no article can match",
            "dates_reversed",
            remedy="give the earlier date first",
            since=scope.since,
            until=scope.until,
        )
    return None if scope == Scope() else scope


def _date(stated: str | None) -> str | None:
    """The date as ISO 8601. Raises QuestionError where it is none."""
    if stated is None or not stated.strip():
        return None
    found = parse_date(stated)
    if found is None:
        raise QuestionError(
            f"'{stated}' is not a date", "no_date", remedy="write it as 2025-04-12, 2025-04 or 2025", stated=stated
        )
    return found
