"""The command that checks a draft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.filters import Filters
from rag.cli.options import (
    DEFAULT_INDEX,
    NOTHING_SAID,
    AsJson,
    Index,
    StoppedError,
    UsageError,
    open_library,
    progress_bar,
)
from rag.cli.output import tell, tell_json

if TYPE_CHECKING:
    from rag.drafts.results import DraftCheck

_WORD = ".docx"


def check_draft(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="The draft: .md, .docx, .txt or another file with one text. - reads standard input."
        ),
    ],
    *,
    target: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="Write the draft with what was found as footnotes: a .docx file."),
    ] = None,
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
    filters: Filters,
) -> None:
    """Checks what the articles say of each sentence of a draft: stated, stated otherwise, partly stated or not found.

    Figures, dates, names, quotations with their speakers and denials are compared. What an article states otherwise is
    printed with the article's words. Beside each verdict stand quotes from the articles, with their places. The exit
    code is 3 if a sentence is stated otherwise or not found.
    """
    from rag.drafts.files import read_draft, write_checked

    if target is not None and target.suffix.lower() != _WORD:
        raise UsageError(f"A checked draft is not written to '{target.suffix}' files", remedy="name a file of .docx")
    draft = read_draft(file)
    try:
        with open_library(index) as library, progress_bar("Checking") as progress:
            checked = library.check_draft(draft, progress=progress, **filters)
    except KeyboardInterrupt as error:
        raise StoppedError("stopped", remedy="nothing was written") from error
    if target is not None:
        write_checked(checked, target)
    tell_json(checked.model_dump_json(indent=2)) if as_json else tell(_told(checked, target))
    raise typer.Exit(NOTHING_SAID if checked.count("stated_otherwise") or checked.count("not_found") else 0)


def _told(checked: DraftCheck, target: Path | None) -> str:
    return str(checked) if target is None else f"Wrote {target}. {checked.summary}"
