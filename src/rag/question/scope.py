"""Checks the scope of a question, which comes from outside: which articles may answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypedDict
from urllib.parse import urlsplit

from rag.core.errors import QuestionError
from rag.core.plain_text import without_surrogates
from rag.core.reports import ArticleSummary
from rag.core.schema import Scope
from rag.text.dates import parse_date
from rag.text.field_names import plain_name

Filtered = Literal["source", "author", "section", "field", "name"]
"""What is filtered by its name."""
_UNKNOWN: dict[Filtered, str] = {
    "source": "No article is from",
    "author": "No article is by",
    "section": "No article is in the section",
    "field": "No article has the field",
    "name": "No article names",
}
"""The message for a name that no article has."""
_AUTHORS_END = re.compile(r"[,;&|]| and ")
"""What stands between the names of a byline."""
_NEAREST = 3
"""Most names that are named instead of an unknown one."""
_ALIKE = 60.0
"""Least similarity of a name that is named because its spelling is near, from 0 to 100."""


class Filters(TypedDict, total=False):
    """The arguments that restrict a question or a search to some articles. Those left out restrict nothing.

    - `since`: The first day of publication: `2025-04-12`, `2025-04` or `2025`.
    - `until`: The last day, in the same form. The whole day, month or year counts.
    - `sources`: Parts of sources' names or of web addresses. One of them must be in the article's.
    - `authors`: Names, or words of names. One of them must be in the article's byline.
    - `sections`: Names, or words of names. One of them must be in the article's section.
    - `where`: Fields of one's own and the value that each must have, or several of which it must have one.
    - `naming`: People or places, as the articles write them. An article must name each of them.
    - `as_of`: The day that counts as today, in the same form. Articles published later are left out.
    """

    since: str | None
    until: str | None
    sources: Sequence[str]
    authors: Sequence[str]
    sections: Sequence[str]
    where: Mapping[str, str | Sequence[str]]
    naming: Sequence[str]
    as_of: str | None


def check_scope(
    since: str | None = None,
    until: str | None = None,
    sources: Sequence[str] = (),
    as_of: str | None = None,
    *,
    authors: Sequence[str] = (),
    sections: Sequence[str] = (),
    where: Mapping[str, str | Sequence[str]] | None = None,
    naming: Sequence[str] = (),
) -> Scope | None:
    """Checks the parts of a scope and joins them.

    Args:
        since: The first day, in any form of a date, possibly partial; None or blank for none.
        until: The last day, in the same forms.
        sources: Parts of sources' names or of addresses; blank ones are ignored.
        as_of: The day that counts as today, in the same forms.
        authors: Words of authors' names; blank ones are ignored.
        sections: Words of sections' names; blank ones are ignored.
        where: Values of fields of one's own, by the field's name.
        naming: Names of people or places; blank ones are ignored.

    Returns:
        The scope with ISO 8601 dates; None if all parts are empty.

    Raises:
        QuestionError: If a date can't be read, `since` is after `until`, or `where` is no mapping or has an empty name
            or value.
    """
    scope = Scope(
        since=_date(since),
        until=_date(until),
        sources=_names(sources),
        authors=_names(authors),
        sections=_names(sections),
        where=_pairs(where or {}),
        naming=_names(naming),
        as_of=_date(as_of),
    )
    if scope.since and scope.until and scope.since > f"{scope.until}~":
        raise QuestionError(
            f"{scope.since} is after {scope.until}, so no article can match",
            "dates_reversed",
            remedy="give the earlier date first",
            since=scope.since,
            until=scope.until,
        )
    return None if scope == Scope() else scope


def single_filters(scope: Scope) -> Iterator[tuple[Filtered, str, Scope]]:
    """Yields each name in a scope: what it filters by, the name, and a scope of it alone."""
    for source in scope.sources:
        yield "source", source, Scope(sources=(source,))
    for author in scope.authors:
        yield "author", author, Scope(authors=(author,))
    for section in scope.sections:
        yield "section", section, Scope(sections=(section,))
    for name, value in scope.where:
        yield "field", f"{name}={value}", Scope(where=((name, value),))
    for name in scope.naming:
        yield "name", name, Scope(naming=(name,))


def names_in(articles: Sequence[ArticleSummary], filtered: Filtered, name: str) -> list[str]:
    """Lists the names by which articles can be filtered, repeated for each article.

    Args:
        articles: The articles.
        filtered: What is filtered by.
        name: The name that no article has. Of a field with other values, only these are listed.
    """
    match filtered:
        case "source":
            stated = [article.source or urlsplit(article.url or "").hostname or "" for article in articles]
        case "author":
            stated = [author for article in articles for author in _AUTHORS_END.split(article.byline or "")]
        case "section":
            stated = [article.section or "" for article in articles]
        case "field":
            pairs = [f"{field}={value}" for article in articles for field, value in article.fields]
            start = f"{name.partition('=')[0]}="
            stated = [pair for pair in pairs if pair.startswith(start)] or pairs
        case "name":
            stated = []  # an article's text names people and places, and no list has them all
    return [found.strip() for found in stated if found.strip()]


def unknown_name(filtered: Filtered, name: str, known: Sequence[str]) -> QuestionError:
    """Makes the error for a source, an author, a section or a value of a field that no article has.

    Args:
        filtered: What is filtered by.
        name: The name as it was asked for.
        known: The names of all articles, repeated for each article.

    Returns:
        The error. It names those with the most similar spelling, or else those with the most articles.
    """
    if filtered == "name":
        return QuestionError(
            f"{_UNKNOWN[filtered]} '{name}'", "not_named", remedy="write the name as the articles do", name=name
        )
    from rapidfuzz import fuzz, process

    counted = Counter(known)
    alike = process.extract(name, sorted(counted), scorer=fuzz.WRatio, processor=str.casefold, limit=_NEAREST)
    near = [found for found, score, _ in alike if score >= _ALIKE]
    nearest = near or [found for found, _ in sorted(counted.items(), key=lambda row: (-row[1], row[0]))[:_NEAREST]]
    named = ", ".join(f"'{found}'" for found in nearest)
    message = f"{_UNKNOWN[filtered]} '{name}'"
    remedy = (
        f"name one that the library has: {named}" if nearest else f"leave the {filtered} out: no article states one"
    )
    if filtered == "source":
        return QuestionError(message, "no_source", remedy=remedy, source=name, nearest=named or "–")
    return QuestionError(message, "no_name", remedy=remedy, name=name, nearest=named or "–")


def _names(given: Sequence[str]) -> tuple[str, ...]:
    """The names that are not blank. A single name is a list of one."""
    listed = [given] if isinstance(given, str) else given
    return tuple(without_surrogates(name.strip()) for name in listed if name.strip())


def _pairs(where: Mapping[str, str | Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """The fields and values, sorted. Raises QuestionError if one is empty."""
    advice = 'give each field its value: {"desk": "politics"}'
    if not isinstance(where, Mapping):
        raise QuestionError(f"The fields are a mapping, not {type(where).__name__}", remedy=advice)
    pairs = {(plain_name(name), value) for name, values in where.items() for value in _names(values) or ("",)}
    for name, value in sorted(pairs):
        if not name or not value:
            raise QuestionError(f"The field '{name}={value}' lacks its name or its value", remedy=advice)
    return tuple(sorted(pairs))


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
