"""Tells in words which articles are asked, and what was counted among them."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from rag.core.schema import Answer, Period, Scope
from rag_ui.language.strings import Strings, shortened


class ScopePart(NamedTuple):
    """A filter of the articles that are asked: its name, its value, and both in words."""

    filter: str
    value: str
    words: str


def scope_parts(scope: Scope | None, strings: Strings) -> list[ScopePart]:
    """Returns the filters of a scope; none for None."""
    if scope is None:
        return []
    words = strings.words
    parts = [ScopePart("sources", name, words.from_source.format(source=name)) for name in scope.sources]
    parts += [ScopePart("authors", name, words.by_author.format(author=name)) for name in scope.authors]
    parts += [ScopePart("sections", name, words.in_section.format(section=name)) for name in scope.sections]
    parts += [ScopePart("naming", name, words.naming.format(name=name)) for name in scope.naming]
    dates = (("since", scope.since, words.since_date), ("until", scope.until, words.until_date))
    return parts + [ScopePart(name, day, form.format(date=strings.date(day))) for name, day, form in dates if day]


def narrowed(scope: Scope | None, strings: Strings) -> str:
    """Tells a scope in one phrase: of several sources one has to fit, of several names all. Empty for all articles."""
    words = strings.words
    alike = groupby(scope_parts(scope, strings), key=attrgetter("filter"))
    return ", ".join(
        f" {words.both if name == 'naming' else words.either} ".join(part.words for part in parts)
        for name, parts in alike
    )


def mentions(answer: Answer, strings: Strings) -> str:
    """Tells how many articles mention what was asked about, and what narrowed them; empty if nothing was counted."""
    if answer.count is None:
        return ""
    counted, period, words = answer.count, answer.period or Period(), strings.words
    parts = [strings.count(counted.articles, words.count_mentions, words=shortened(counted.words))]
    parts += [words.by_author.format(author=shortened(counted.author))] if counted.author else []
    parts += [part.words for part in scope_parts(Scope(since=period.since, until=period.until), strings)]
    parts += [] if counted.mentions is None else [strings.count(counted.mentions, words.mentions_in_all)]
    return ", ".join(parts)
