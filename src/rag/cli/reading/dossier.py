"""The command that collects what the articles tell about a subject."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rag.cli.filters import Filters
from rag.cli.options import (
    DEFAULT_INDEX,
    NOTHING_SAID,
    AsJson,
    Index,
    ReaderName,
    UsageError,
    check_target,
    open_library,
    write_target,
)
from rag.cli.output import complain, tell, tell_json
from rag.core.plain_text import counted


def dossier(
    subject: Annotated[
        list[str], typer.Argument(metavar="SUBJECT", help="What it is about, in a few words; quotes are optional.")
    ],
    *,
    target: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="Write it to this file: .md, .html or .docx. Else it is printed."),
    ] = None,
    index: Index = DEFAULT_INDEX,
    reader: ReaderName = None,
    as_json: AsJson = False,
    filters: Filters,
) -> None:
    """Collects what the articles tell about a subject: nothing but quotes, each with a footnote.

    The sections are an overview, a timeline, who is who, what was said, figures and how they changed, and where
    sources differ. One for which the articles have nothing is left out.
    """
    from rag.dossier.files import ENDINGS, content_of

    if target is not None:
        if as_json or target.suffix.lower() not in ENDINGS:
            raise UsageError(f"A dossier can't be written to {target} so", remedy="name a .md, .html or .docx file")
        check_target(target)
    words = " ".join(subject)
    with open_library(index, reader=reader) as library:
        found = library.dossier(words, **filters)
    if as_json:
        tell_json(found.model_dump_json(indent=2))
    elif not found.sections:
        complain(f"The articles say nothing about {words}")
    elif target is None:
        tell(str(found))
    else:
        write_target(target, content_of(found, target.suffix.lower()))
        tell(f"Wrote {target}: {counted(len(found.citations), 'quote')} from {counted(found.articles, 'article')}.")
    raise typer.Exit(0 if found.sections else NOTHING_SAID)
