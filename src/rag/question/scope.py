"""Checks the scope of a question, which comes from outside: which articles may answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypedDict

from rag.core.errors import QuestionError
from rag.core.plain_text import without_surrogates
from rag.core.schema import Scope
from rag.text.dates import parse_date

_NEAREST = 3
"""Most sources that are named instead of an unknown one."""
_ALIKE = 60.0
"""Least similarity of a source that is named because its spelling is near, from 0 to 100."""


class Filters(TypedDict, total=False):
    """The arguments that restrict a question or a search to some articles. Those left out restrict nothing.

    - `since`: The first day of publication: `2025-04-12`, `2025-04` or `2025`.
    - `until`: The last day, in the same form. The whole day, month or year counts.
    - `sources`: Parts of sources' names or of web addresses. One of them must be in the article's.
    - `as_of`: The day that counts as today, in the same form. Articles published later are left out.
    """

    since: str | None
    until: str | None
    sources: Sequence[str]
    as_of: str | None


def check_scope(
    since: str | None = None, until: str | None = None, sources: Sequence[str] = (), as_of: str | None = None
) -> Scope | None:
    """Checks the parts of a scope and joins them.

    Args:
        since: The first day, in any form of a date, possibly partial; None or blank for none.
        until: The last day, in the same forms.
        sources: Parts of sources' names or of addresses; blank ones are ignored.
        as_of: The day that counts as today, in the same forms.

    Returns:
        The scope with ISO 8601 dates; None if all parts are empty.

    Raises:
        QuestionError: If a date can't be read, or `since` is after `until`.
    """
    given = [sources] if isinstance(sources, str) else sources
    named = tuple(without_surrogates(source.strip()) for source in given if source.strip())
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


def unknown_source(name: str, known: Sequence[str]) -> QuestionError:
    """Makes the error for a source that no article has.

    Args:
        name: The source as it was asked for.
        known: The sources of all articles, repeated for each article.

    Returns:
        The error. It names the sources with the most similar spelling, or else those with the most articles.
    """
    from rapidfuzz import fuzz, process

    counted = Counter(known)
    alike = process.extract(name, sorted(counted), scorer=fuzz.WRatio, processor=str.casefold, limit=_NEAREST)
    near = [source for source, score, _ in alike if score >= _ALIKE]
    nearest = near or [source for source, _ in sorted(counted.items(), key=lambda row: (-row[1], row[0]))[:_NEAREST]]
    named = ", ".join(f"'{source}'" for source in nearest)
    remedy = f"name one that the library has: {named}" if nearest else "leave the source out: no article states one"
    return QuestionError(f"No article is from '{name}'", "no_source", remedy=remedy, source=name, nearest=named or "–")


def _date(stated: str | None) -> str | None:
    """The date as ISO 8601, or None if it is blank. Raises QuestionError if it can't be read."""
    if stated is None or not stated.strip():
        return None
    found = parse_date(stated)
    if found is None:
        raise QuestionError(
            f"'{stated}' is not a date", "no_date", remedy="write it as 2025-04-12, 2025-04 or 2025", stated=stated
        )
    return found
