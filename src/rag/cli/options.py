"""Shared by the commands: options, opening a library, and progress bars."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.commands import hints
from rag.cli.log import is_verbose
from rag.cli.output import tell, tell_json
from rag.core.errors import ArticleError, RagError
from rag.core.index_layout import DEFAULT
from rag.core.place import Place

if TYPE_CHECKING:
    from rag.core.reports import UpdateReport
    from rag.library import Library

Index = Annotated[
    Place,
    typer.Option(
        "--index",
        parser=Place.of,
        metavar="PLACE",
        help="The index folder, or a database: postgresql://HOST/NAME?schema=SCHEMA.",
        envvar="RAG_INDEX",
        show_default=True,
    ),
]
ReaderName = Annotated[
    str | None,
    typer.Option("--reader", help='A reader: "sentence", or a folder with a question-answering model.'),
]
EmbedderName = Annotated[
    str | None, typer.Option("--embedder", help="An embedder: a folder with a sentence-transformers model.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
DEFAULT_INDEX = Place(Path(DEFAULT))
NOTHING_SAID = 3
"""The exit code if the articles don't answer the question, or no article fits a search."""
_NAMED = 10
"""Files of each kind that the report of a followed folder names."""


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
    index: Place, *, create: bool = False, embedder: str | None = None, reader: str | None = None
) -> Iterator[Library]:
    """Opens the library at this place, and closes it at the end of the block."""
    from rag.library import Library

    with Library.open(index, create=create, embedder=embedder, reader=reader) as library:
        yield library


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Shows the progress on the error stream: on a terminal as a bar with rate and time left, elsewhere as lines."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    console = Console(stderr=True)
    if not console.is_terminal:
        with progress_lines(label) as show_line:
            yield show_line
        return
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=None, rate="")

        def show(done: int, total: int) -> None:
            speed = bar.tasks[task].speed
            bar.update(task, completed=done, total=total, rate=f"{speed:.0f}/s" if speed else "")

        yield show


@contextmanager
def progress_lines(label: str, every: float = 10.0) -> Iterator[Callable[[int, int], None]]:
    """Prints a line of progress on the error stream at regular times.

    Args:
        label: The words before the numbers.
        every: Seconds between two lines.
    """
    numbers, ended = [""], threading.Event()

    def show(done: int, total: int) -> None:
        numbers[0] = f": {done} of {total}" if total else ""

    def repeat() -> None:
        while not ended.wait(every):
            print(f"{label}{numbers[0]}" if numbers[0] else "Reading files", file=sys.stderr, flush=True)

    thread = threading.Thread(target=repeat, name="progress", daemon=True)
    thread.start()
    try:
        yield show
    finally:
        ended.set()
        thread.join()


def print_report(report: UpdateReport, names: int = _NAMED) -> None:
    """Prints what an update did. The output is flushed, because it may be a pipe.

    Args:
        report: The report.
        names: Most files that are named of those added, of those changed, and so on. With --verbose all are named.
    """
    from rag.cli.report_text import render_report

    tell("\n".join([render_report(report, None if is_verbose() else names), *hints(report)]))


def print_changes(report: UpdateReport, as_json: bool) -> None:
    """Prints the report of a command that ends: as JSON, or how many articles changed, and with --verbose which."""
    tell_json(report.model_dump_json(indent=2)) if as_json else print_report(report, names=0)


def check_paths(paths: Sequence[Path], index: Place) -> None:
    """Raises ArticleError if there is no index yet and none of the files and folders exists.

    Otherwise a mistyped path would make an index without articles.
    """
    from rag.store.store import Store

    if paths and not Store.exists(index) and not any(os.path.lexists(path) for path in paths):
        named = ", ".join(map(str, paths))
        raise ArticleError(f"There is no file or folder {named}", "not_there", remedy="check the path")


def check_target(target: Path) -> None:
    """Raises UsageError if a file can't be written, before the work for it begins."""
    place = target.resolve()
    if (place.exists() and not place.is_file()) or not os.access(place.parent, os.W_OK):
        raise UsageError(f"Can't write {target}", remedy="name a file in a folder that exists and can be written")


def write_target(target: Path, content: bytes) -> None:
    """Writes a file, whole or not at all. Raises UsageError if it can't be written."""
    from rag.core.atomic_files import replace_file

    try:
        replace_file(target.resolve(), [content])
    except OSError as error:
        raise UsageError(f"Can't write {target} ({error.strerror})", remedy="name another file") from error


def given_or_seeds(paths: list[Path] | None, index: Place) -> list[Path]:
    """Returns the given files and folders; if there are none, and no index, the seeds."""
    from rag.shortcuts import SEEDS
    from rag.store.store import Store

    return list(paths or []) or ([] if Store.exists(index) else [Path(SEEDS)])
