"""Shared by the commands: options, opening a library, and progress bars."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.commands import hints
from rag.cli.output import tell
from rag.core.errors import RagError
from rag.core.index_layout import DEFAULT

if TYPE_CHECKING:
    from rag.core.reports import UpdateReport
    from rag.library import Library

Index = Annotated[Path, typer.Option("--index", help="The index folder.", envvar="RAG_INDEX", show_default=True)]
ReaderName = Annotated[
    str | None,
    typer.Option("--reader", help='A reader: "sentence", or a folder with a question-answering model.'),
]
EmbedderName = Annotated[
    str | None, typer.Option("--embedder", help="An embedder: a folder with a sentence-transformers model.")
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="DATE", help="Only articles published on or after this date: 2025-04-12, 2025-04, 2025."
    ),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="Only articles published up to the end of this day, month or year."),
]
Sources = Annotated[
    list[str] | None,
    typer.Option("--source", help="Only articles of this source or web site. The option may be repeated."),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="The day that counts as today. Later articles don't answer."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
DEFAULT_INDEX = Path(DEFAULT)


class UsageError(RagError):
    """The command line is not valid."""

    exit_code = 2


class StoppedError(RagError):
    """The user stopped the command."""

    exit_code = 130


@contextmanager
def resumable() -> Iterator[None]:
    """Turns Ctrl-C inside the block into StoppedError, which says that finished work is kept."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise StoppedError("stopped", remedy="finished work is kept; run the same command to continue") from error


@contextmanager
def open_library(
    index: Path, *, create: bool = False, embedder: str | None = None, reader: str | None = None
) -> Iterator[Library]:
    """Opens the library in this folder, and closes it at the end of the block."""
    from rag.library import Library

    with Library.open(index, create=create, embedder=embedder, reader=reader) as library:
        yield library


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Shows a progress bar with rate and time left on the error stream, if it is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None, rate="")

        def show(done: int, total: int) -> None:
            speed = bar.tasks[task].speed
            bar.update(task, completed=done, total=total, rate=f"{speed:.0f}/s" if speed else "")

        yield show


def print_report(report: UpdateReport) -> None:
    """Prints what an update did."""
    from rag.cli.report_text import render_report

    tell("\n".join([render_report(report), *hints(report)]))


def given_or_seeds(paths: list[Path] | None, index: Path) -> list[Path]:
    """Returns the given files and folders; if there are none, and no index, the seeds."""
    from rag.shortcuts import SEEDS
    from rag.store.store import Store

    return list(paths or []) or ([] if Store.exists(index) else [Path(SEEDS)])
