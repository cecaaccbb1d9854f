"""The command `rag eval`: how well an archive of one's own answers."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.options import DEFAULT_INDEX, Index, ReaderName, StoppedError, UsageError, open_library, progress_bar
from rag.core.errors import QuestionsFileError

if TYPE_CHECKING:
    from rag.evaluation.schema import Evaluation

_SHOWN = 20
"""How many lines that can't be asked are told one by one."""
_EXAMPLE = '{"question": "Who mediated the talks?", "answers": ["Oman"]}'


def evaluate(
    file: Annotated[Path, typer.Argument(help="Questions with what should come back: JSON Lines, or CSV.")],
    json_out: Annotated[
        Path | None, typer.Option("--json", metavar="OUT.json", help="Write all of it here, as JSON.")
    ] = None,
    html_out: Annotated[
        Path | None, typer.Option("--html", metavar="OUT.html", help="Write a page with plots here.")
    ] = None,
    index: Index = DEFAULT_INDEX,
    reader: ReaderName = None,
) -> None:
    """Asks questions whose answers are known, and says how many came back right; nothing in the index changes.

    A line of FILE is {"question": "…", "answers": ["…"], "article": "…"}: what should come back, any of these answers
    or a citation of this article (its path, title or address), or both; answers [] where the articles don't say. CSV
    has the same names in its first line, and | between several answers.

    Exit code 1 where a line can't be asked; all others are.
    """
    for target in filter(None, (json_out, html_out)):
        _check_target(target, file)
    evaluation = _evaluate(file, index, reader)
    for problem in evaluation.problems[:_SHOWN]:
        print(f"rag: {file}, line {problem.line}: {_on_one_line(problem.why)}", file=sys.stderr)
    if hidden := len(evaluation.problems[_SHOWN:]):
        print(f"rag: {file}: {hidden} more lines that can't be asked", file=sys.stderr)
    if not evaluation.outcomes:
        raise QuestionsFileError(f"{file} holds no question that can be asked", remedy=f"a line is: {_EXAMPLE}")
    _show(evaluation, json_out, html_out)
    raise typer.Exit(1 if evaluation.problems else 0)


def _evaluate(file: Path, index: Path, reader: str | None) -> Evaluation:
    from rag.evaluation.run import evaluate as ask_all

    try:
        with open_library(index, reader=reader) as library, progress_bar("Asking") as progress:
            return ask_all(library, file, progress=progress)
    except KeyboardInterrupt as error:
        raise StoppedError("stopped", remedy="nothing was written, ask again with the same command") from error


def _show(evaluation: Evaluation, json_out: Path | None, html_out: Path | None) -> None:
    """On the terminal, and into the files that were named."""
    from rich.console import Console

    from rag.evaluation.page import render_page
    from rag.evaluation.table import print_evaluation

    if json_out:
        _write(json_out, evaluation.model_dump_json(indent=2) + "\n")
    if html_out:
        _write(html_out, render_page(evaluation))
    print_evaluation(evaluation, Console(highlight=False))


def _check_target(target: Path, questions: Path) -> None:
    """Says before the questions are asked that the file can't be written."""
    place = target.resolve()
    if place == questions.resolve():
        raise UsageError(f"{target} holds the questions", remedy="name another file to write")
    if (place.exists() and not place.is_file()) or not os.access(place.parent, os.W_OK):
        raise UsageError(f"Can't write {target}", remedy="name a file in a folder that is there and can be written to")


def _write(target: Path, text: str) -> None:
    from rag.core.atomic_files import replace_file

    try:
        replace_file(target.resolve(), [text.encode("utf-8", "replace")])
    except OSError as error:
        raise UsageError(f"Can't write {target} ({error.strerror})", remedy="name another file") from error


def _on_one_line(why: str) -> str:
    from rag.core.plain_text import visible

    return visible(why)
