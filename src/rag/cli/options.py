"""What the commands share: their options, how a library is opened, how progress is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.commands import hints
from rag.core.errors import RagError
from rag.core.index_layout import DEFAULT

if TYPE_CHECKING:
    from rag.core.reports import UpdateReport
    from rag.library import Library

Index = Annotated[Path, typer.Option("--index", help="The index folder.", envvar="RAG_INDEX", show_default=True)]
ReaderName = Annotated[
    str | None,
    typer.Option("--reader", help='Another reader: "sentence", or a folder with a question-answering model.'),
]
EmbedderName = Annotated[
    str | None, typer.Option("--embedder", help="Another embedder: a folder with a sentence-transformers model.")
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Only articles from this day on: 2025-04-12, 2025-04, 2025."),
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Only articles up to this day, month or year.")
]
Sources = Annotated[
    list[str] | None,
    typer.Option("--source", help="Only articles by this source, or from this site; may be given several times."),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Asks as on this day: nothing newer, and “last month” from there."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
DEFAULT_INDEX = Path(DEFAULT)


class UsageError(RagError):
    """The command can't be run as it was given."""

    exit_code = 2


class StoppedError(RagError):
    """The person stopped it."""

    exit_code = 130


@contextmanager
def resumable() -> Iterator[None]:
    """Ctrl-C ends the block in one line that says what becomes of the work. Raises StoppedError."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise StoppedError(
            "stopped", remedy="what was done is kept, and the same command goes on where it stopped"
        ) from error


@contextmanager
def open_library(
    index: Path, *, create: bool = False, embedder: str | None = None, reader: str | None = None
) -> Iterator[Library]:
    """The library in this folder, closed at the end of the block."""
    from rag.library import Library

    with Library.open(index, create=create, embedder=embedder, reader=reader) as library:
        yield library


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar with rate and time left on the terminal's error stream; nothing where that is no terminal."""
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
    """What an update did, at once also where the output is a pipe."""
    from rag.cli.report_text import render_report

    print("\n".join([render_report(report), *hints(report)]), flush=True)


def given_or_seeds(paths: list[Path] | None, index: Path) -> list[Path]:
    """The files and folders that were given; for a first index without any, the seeds."""
    from rag.shortcuts import SEEDS
    from rag.store.store import Store

    return list(paths or []) or ([] if Store.exists(index) else [Path(SEEDS)])
