"""The command that finds the articles that hold words and phrases."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from rag.cli.filters import Filters
from rag.cli.options import DEFAULT_INDEX, NOTHING_SAID, AsJson, Index, open_library
from rag.cli.output import tell, tell_json

_LEFT_OUT = re.compile(r"-[^-].")
"""The start of a word to leave out: `-harbour`. Options of one letter have no second one."""


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS",
            help="The words to find. All must be in the article. In single quotes the shell leaves "
            "'\"a phrase\" AND (this OR that) NOT other' as it is; -other is the same as NOT other.",
        ),
    ],
    *,
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
    count: Annotated[int, typer.Option("--count", help="Most articles to show.")] = 10,
    offset: Annotated[int, typer.Option("--offset", help="Number of better articles to leave out.")] = 0,
    filters: Filters,
) -> None:
    """Finds the articles that hold words and phrases, best first, with the places. Nothing is answered."""
    with open_library(index) as library:
        result = library.search(" ".join(words), count=count, offset=offset, **filters)
    tell_json(result.model_dump_json(indent=2)) if as_json else tell(str(result))
    raise typer.Exit(0 if result.articles else NOTHING_SAID)


def with_minus(arguments: list[str]) -> list[str]:
    """Puts a blank before each word to leave out, because `-harbour` would be read as options."""
    return [f" {word}" if _LEFT_OUT.match(word) else word for word in arguments]
