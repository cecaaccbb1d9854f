"""The options that restrict a command to some articles."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import typer

from rag.cli.grouping import grouped
from rag.cli.options import UsageError

if TYPE_CHECKING:
    from rag.question.scope import Filters
else:
    Filters: TypeAlias = dict[str, Any]  # the true one would load pydantic, and help has to be instant

__all__ = ["Filters", "filtered"]
_Text = str | None
_Texts = list[str] | None
_OPTIONS: dict[str, tuple[Any, Any]] = {
    "since": (
        _Text,
        typer.Option(
            "--since", metavar="DATE", help="Only articles published on or after this date: 2025-04-12, 2025-04, 2025."
        ),
    ),
    "until": (
        _Text,
        typer.Option(
            "--until", metavar="DATE", help="Only articles published up to the end of this day, month or year."
        ),
    ),
    "sources": (
        _Texts,
        typer.Option("--source", help="Only articles of this source or web site. The option may be repeated."),
    ),
    "authors": (_Texts, typer.Option("--author", help="Only articles by this author. The option may be repeated.")),
    "sections": (_Texts, typer.Option("--section", help="Only articles of this section. The option may be repeated.")),
    "where": (
        _Texts,
        typer.Option(
            "--where",
            metavar="NAME=VALUE",
            help="Only articles with a field of your own: desk=politics. May be repeated.",
        ),
    ),
    "naming": (
        _Texts,
        typer.Option(
            "--naming",
            metavar="NAME",
            help="Only articles that name this person or place. Of several, an article must name all.",
        ),
    ),
    "as_of": (
        _Text,
        typer.Option("--as-of", metavar="DATE", help="The day that counts as today. Later articles are left out."),
    ),
}
"""The type and the option of each filter, by its name in Python."""


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options of the filters to a command, which takes them together as `filters`."""
    return grouped(command, "filters", {name: (*each, None) for name, each in _OPTIONS.items()}, _given)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """The filters that were given, as `Library.answer` takes them."""
    filters = {name: value for name, value in values.items() if value is not None}
    if "where" in filters:
        filters["where"] = _by_name(filters["where"])
    return filters


def _by_name(pairs: list[str]) -> dict[str, list[str]]:
    """The values of each field. Raises UsageError if a pair has no equals sign."""
    where: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(
                f"'{pair}' names no field and value", remedy="write --where NAME=VALUE: --where desk=politics"
            )
        where.setdefault(name, []).append(value)
    return where
