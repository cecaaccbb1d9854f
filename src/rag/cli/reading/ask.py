"""The command that answers a question, or the questions of a file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.cli.filters import Filters
from rag.cli.grouping import grouped
from rag.cli.options import (
    DEFAULT_INDEX,
    NOTHING_SAID,
    AsJson,
    Index,
    ReaderName,
    UsageError,
    open_library,
    progress_bar,
    resumable,
)
from rag.cli.output import complain, tell, tell_json

if TYPE_CHECKING:
    from rag.bulk.ask import Answered
    from rag.core.place import Place

MOST_READ = 1 << 20
"""Most bytes of a question that are read from standard input."""
_SHOWN = 20
"""Rows that can't be asked that are printed one by one. Of the others, only the number is printed."""


def shaped(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options of length and form to a command, which takes them together as `shape`."""
    options: dict[str, tuple[Any, Any, Any]] = {
        "max_words": (
            int | None,
            typer.Option("--max-words", help="At most this many words of quotes; 120 unless the settings differ."),
            None,
        ),
        "form": (
            str | None,
            typer.Option(
                "--form", metavar="FORM", help="The form of the answer, whatever the words ask for: timeline, list, …"
            ),
            None,
        ),
    }
    return grouped(command, "shape", options, dict)


@shaped
def ask(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUESTION", help="The question; quotes are optional. - reads it from standard input."),
    ] = None,
    *,
    index: Index = DEFAULT_INDEX,
    reader: ReaderName = None,
    as_json: AsJson = False,
    questions: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="A file of questions instead: .csv, .xlsx or .jsonl."),
    ] = None,
    target: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="The file for their answers: .csv, .xlsx, .jsonl or .docx."),
    ] = None,
    shape: dict[str, Any],
    filters: Filters,
) -> None:
    """Answers a question. `rag "question"` does the same. With --from and --to, answers the questions of a file.

    The questions stand in the column "question", or in the first one, one a row. Columns since, until, source, author,
    section, naming and as_of restrict the articles for their row. Run the same command again to go on after a stop:
    what was answered is not asked again, unless the index or a setting changed. The exit code is 1 if a row can't be
    asked.
    """
    if questions is not None or target is not None:
        if questions is None or target is None or words or as_json or shape["form"]:
            raise UsageError(
                "A file of questions takes --from and --to", remedy="and no QUESTION, no --json and no --form"
            )
        _ask_all(questions, target, index, reader, shape["max_words"], filters)
        return
    if not words:
        raise UsageError("There is no question", remedy='ask one: rag ask "who acted as the go-between?"')
    question = read_standard_input() if words == ["-"] else " ".join(words)
    with open_library(index, reader=reader) as library:
        answer = library.answer(question, **shape, **filters)
        if not as_json:
            answer = answer.model_copy(update={"ask_instead": library.questions_instead(answer)})
    tell_json(answer.model_dump_json(indent=2)) if as_json else tell(str(answer))
    raise typer.Exit(0 if answer.answered else NOTHING_SAID)


def read_standard_input() -> str:
    """Reads a question from standard input. Bytes that are no UTF-8 are replaced."""
    return sys.stdin.buffer.read(MOST_READ).decode("utf-8", "replace")


def _ask_all(
    questions: Path, target: Path, index: Place, reader: str | None, max_words: int | None, filters: Filters
) -> None:
    from rag.bulk.ask import answer_file

    with resumable(), open_library(index, reader=reader) as library, progress_bar("Asking") as progress:
        done = answer_file(library, questions, target, max_words=max_words, filters=filters, progress=progress)
    for number, why in done.failed[:_SHOWN]:
        complain(f"{questions}, row {number}: {why}")
    if hidden := len(done.failed[_SHOWN:]):
        complain(f"{questions}: {hidden} more rows that can't be asked")
    tell(_told(done, target))
    raise typer.Exit(1 if done.failed else 0)


def _told(done: Answered, target: Path) -> str:
    counts = {status: sum(row.status == status for row in done.rows) for status in ("answered", "silent", "failed")}
    kept = f" {done.kept} of them were there already." if done.kept else ""
    failed = f", {counts['failed']} could not be asked" if counts["failed"] else ""
    return f"Wrote {target}: {counts['answered']} answered, {counts['silent']} not said by the articles{failed}.{kept}"
