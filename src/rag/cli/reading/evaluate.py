"""The command `rag eval`: measures how well a library answers questions whose answers are known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.options import (
    DEFAULT_INDEX,
    Index,
    ReaderName,
    StoppedError,
    UsageError,
    check_target,
    open_library,
    progress_bar,
    write_target,
)
from rag.cli.output import complain
from rag.core.errors import QuestionsFileError
from rag.core.place import Place

if TYPE_CHECKING:
    from rag.evaluation.schema import Evaluation

_SHOWN = 20
"""Lines with problems that are printed one by one. Of the others, only the number is printed."""
_EXAMPLE = '{"question": "Who mediated the talks?", "answers": ["Oman"]}'


def evaluate(
    file: Annotated[Path, typer.Argument(help="Questions with the expected answers: JSON Lines, or CSV.")],
    json_out: Annotated[
        Path | None,
        typer.Option("--json", metavar="OUT.json", help="Write the whole evaluation to this file, as JSON."),
    ] = None,
    html_out: Annotated[
        Path | None, typer.Option("--html", metavar="OUT.html", help="Write a page with plots to this file.")
    ] = None,
    index: Index = DEFAULT_INDEX,
    reader: ReaderName = None,
) -> None:
    """Asks questions whose answers are known, and shows how many answers are right. The index does not change.

    A line of FILE is {"question": "…", "answers": ["…"], "article": "…"}. Give the answers that are right, the
    "facts" that the quotes should tell, or the article that must be cited (its path, title or address), or several of
    these. Give the answers [] if the articles don't say.
    A CSV file has the same names in its first line, and | between several answers.

    The exit code is 1 if a line can't be asked. All other lines are asked.
    """
    for target in filter(None, (json_out, html_out)):
        if target.resolve() == file.resolve():
            raise UsageError(f"{target} is the file of questions", remedy="name another file to write")
        check_target(target)
    evaluation = _evaluate(file, index, reader)
    for problem in evaluation.problems[:_SHOWN]:
        complain(f"{file}, line {problem.line}: {problem.why}")
    if hidden := len(evaluation.problems[_SHOWN:]):
        complain(f"{file}: {hidden} more lines that can't be asked")
    if not evaluation.outcomes:
        raise QuestionsFileError(f"{file} has no question that can be asked", remedy=f"write lines as {_EXAMPLE}")
    _show(evaluation, json_out, html_out)
    raise typer.Exit(1 if evaluation.problems else 0)


def _evaluate(file: Path, index: Place, reader: str | None) -> Evaluation:
    from rag.evaluation.run import evaluate as ask_all

    try:
        with open_library(index, reader=reader) as library, progress_bar("Asking") as progress:
            return ask_all(library, file, progress=progress)
    except KeyboardInterrupt as error:
        raise StoppedError("stopped", remedy="nothing was written; run the same command again") from error


def _show(evaluation: Evaluation, json_out: Path | None, html_out: Path | None) -> None:
    """Prints the evaluation, and writes the files that were named."""
    from rich.console import Console

    from rag.evaluation.page import render_page
    from rag.evaluation.table import print_evaluation

    if json_out:
        write_target(json_out, f"{evaluation.model_dump_json(indent=2)}\n".encode("utf-8", "replace"))
    if html_out:
        write_target(html_out, render_page(evaluation).encode("utf-8", "replace"))
    print_evaluation(evaluation, Console(highlight=False))
