"""The command that lists what a person says, and what others say about the person."""

from __future__ import annotations

from typing import Annotated

import typer

from rag.cli.filters import Filters
from rag.cli.options import DEFAULT_INDEX, NOTHING_SAID, AsJson, Index, open_library
from rag.cli.output import tell, tell_json


def said(
    speaker: Annotated[
        list[str],
        typer.Argument(metavar="NAME", help="The person's name, with or without titles; quotes are optional."),
    ],
    *,
    about: Annotated[
        str | None,
        typer.Option("--about", metavar="TOPIC", help="Only statements about this, by words and by meaning."),
    ] = None,
    by_others: Annotated[
        bool, typer.Option("--by-others", help="List what others say who name the person, instead.")
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", help="Most statements: the newest, or with --about the nearest to the topic.")
    ] = 50,
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
    filters: Filters,
) -> None:
    """Lists what a person says in the articles, quoted or reported, by date, the newest last.

    Each statement has its place, who says it as the article names the person, and whether it stands in quotation marks.
    The same words in several articles, such as copies, are listed once.

    A family name counts where the article has the full name too. Two people of one family name are never joined: where
    an article doesn't tell which of them speaks, the statement is listed apart. "Our guess" marks a pronoun.
    """
    with open_library(index) as library:
        result = library.said(" ".join(speaker), about, by_others=by_others, limit=limit, **filters)
    tell_json(result.model_dump_json(indent=2)) if as_json else tell(str(result))
    raise typer.Exit(0 if result.statements or result.unclear else NOTHING_SAID)
