"""The commands that maintain an index: update, watch, check, rebuild."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.commands import line_of, with_commands
from rag.cli.follow import NewChanges, print_new, printing_all
from rag.cli.options import (
    DEFAULT_INDEX,
    AsJson,
    EmbedderName,
    Index,
    UsageError,
    check_paths,
    given_or_seeds,
    open_library,
    print_changes,
    progress_bar,
    resumable,
)
from rag.cli.output import complain, tell, tell_json
from rag.core.errors import ArticleError
from rag.core.index_layout import FEEDS, beside
from rag.core.place import Place
from rag.core.remedies import Remedy

if TYPE_CHECKING:
    from rag.core.reports import UpdateReport
    from rag.core.settings import Settings
    from rag.standing.results import StandingChange

Removed = Annotated[
    bool,
    typer.Option("--removed", help="Confirm that all missing files were deleted, also if a folder lost most of them."),
]
FLAWED = 5
"""The exit code of a check that found damage."""


def update(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders. Without any, those of earlier updates.")
    ] = None,
    feed: Annotated[
        list[str] | None,
        typer.Option(
            metavar="URL", help="An RSS or Atom feed. Its new articles are stored in feeds/ beside the index."
        ),
    ] = None,
    private: Annotated[
        bool, typer.Option("--private-addresses", help="Allow feeds of this machine and of private networks.")
    ] = False,
    field: Annotated[
        list[str] | None,
        typer.Option(help="A field of JSON files with an unusual name, as text=body. Stored for later updates."),
    ] = None,
    removed: Removed = False,
    index: Index = DEFAULT_INDEX,
    embedder: EmbedderName = None,
    as_json: AsJson = False,
) -> None:
    """Updates the index from files and folders. Only what changed is read and embedded.

    It prints how many articles came, changed and went, and names what it left out; then the exit code is 1. It asks the
    questions that you follow again (rag follow), and prints what changed in their answers.

    A folder that is suddenly empty, or lost more than half of its files, is left as it was: a disk may be missing.

    With a new --embedder, all articles are embedded again first. Until then, the old index answers questions.

    Only --feed uses the network. Articles that a feed no longer lists stay in the index.
    """
    from rag.core.settings_sources import load_settings

    given, feeds = list(paths or []), list(feed or [])
    fields = dict(mapping.partition("=")[::2] for mapping in field or []) or None
    with resumable():
        folder = beside(index.folder, FEEDS)
        failed = _fetch(feeds, folder, private, load_settings(index.folder)) if feeds else 0
        if failed < len(feeds):
            given.append(folder)
        if given or not feeds:
            given = given_or_seeds(given, index)
            check_paths(given, index)
            if embedder:
                _reembed(index, embedder)
            report, new = _update(index, given, embedder=embedder, fields=fields, removed=removed)
            print_changes(report, as_json)
            print_new(() if as_json else new)
            failed += len(report.skipped) + len(report.empty)
    if failed:
        raise typer.Exit(1)


def _fetch(urls: list[str], folder: Path, private: bool, settings: Settings) -> int:
    """Fetches the feeds into the folder, prints the problems, and returns their number."""
    from rag.ingest.fetching.feeds import fetch_feeds

    seconds, files = settings.updates.feed_seconds, settings.files
    problems = fetch_feeds(urls, folder, allow_private=private, seconds=seconds, files=files)
    for problem in problems:
        complain(line_of(problem))
    return len(problems)


def _update(
    index: Place, given: list[Path], *, embedder: str | None, fields: dict[str, str] | None, removed: bool
) -> tuple[UpdateReport, tuple[StandingChange, ...]]:
    with (
        open_library(index, create=True, embedder=embedder) as library,
        progress_bar("Embedding passages") as progress,
    ):
        if not given and not library.roots():
            raise ArticleError("The index knows no folder of articles", remedy=Remedy(action="update_from_folders"))
        changes = NewChanges(library)
        return library.update(*given, progress=progress, fields=fields, removed=removed), changes.read()


def _reembed(index: Place, embedder: str) -> None:
    """Embeds the articles of an existing index again, with another embedder."""
    from rag.core.settings_sources import load_settings
    from rag.ingest.reembed import reembed_library
    from rag.models.load_embedder import load_embedder
    from rag.store.store import Store

    if Store.exists(index):
        wait = load_settings(index.folder).updates.wait_seconds
        with Store.open(index) as store, progress_bar("Embedding again") as progress:
            reembed_library(store, load_embedder(embedder), progress=progress, timeout=wait)


def watch(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders. Without any, those of earlier updates.")
    ] = None,
    index: Index = DEFAULT_INDEX,
) -> None:
    """Follows files and folders until Ctrl-C. Changes are in the index after seconds.

    A file is read when it has not been written to for a second. Open pages use the change for the next question. What
    changed in the answers to questions that you follow is printed too (rag follow).
    """
    from rag.ingest.watch import watch as follow

    given = given_or_seeds(paths, index)
    check_paths(given, index)
    with open_library(index, create=True) as library, contextlib.suppress(KeyboardInterrupt):
        follow(library, given, on_report=printing_all(library))


def check(index: Index = DEFAULT_INDEX, as_json: AsJson = False) -> None:
    """Checks the whole index, and names the command that repairs what is damaged. Then the exit code is 5.

    It checks all texts, sentences, passages and vectors, the model that made them, and both search indexes.
    """
    from rag.cli.report_text import render_check
    from rag.ingest.check import check_library

    report = with_commands(check_library(index), index)
    tell_json(report.model_dump_json(indent=2)) if as_json else tell(render_check(report))
    raise typer.Exit(0 if report.sound else FLAWED)


def rebuild(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Only with --from-articles. Without any, those of earlier updates.")
    ] = None,
    from_articles: Annotated[
        bool,
        typer.Option("--from-articles", help="Read and embed all articles again. Until then, the old index answers."),
    ] = False,
    removed: Removed = False,
    index: Index = DEFAULT_INDEX,
    embedder: EmbedderName = None,
    as_json: AsJson = False,
) -> None:
    """Rebuilds the search indexes from the stored articles, or everything from the articles' files."""
    if not from_articles:
        if paths or embedder or removed:
            raise UsageError("Files are read only with --from-articles", remedy="run: rag rebuild --from-articles PATH")
        from rag.core.settings_sources import load_settings
        from rag.indexes.derive import rebuild as rebuild_files
        from rag.store.store import Store

        wait = load_settings(index.folder).updates.wait_seconds
        with Store.open(index) as store:
            rebuild_files(store, timeout=wait)
        tell(f"Rebuilt the search indexes in {index}")
        return
    report = _rebuild(index, list(paths or []), embedder, removed)
    print_changes(report, as_json)
    raise typer.Exit(1 if report.skipped else 0)


def _rebuild(index: Place, paths: list[Path], embedder: str | None, removed: bool) -> UpdateReport:
    from rag.core.settings_sources import load_settings
    from rag.ingest.rebuild import embedder_of, rebuild_library
    from rag.models.load_embedder import load_embedder

    settings = load_settings(index.folder)
    wait, files = settings.updates.wait_seconds, settings.files
    with resumable(), progress_bar("Embedding passages") as progress:
        loaded = load_embedder(embedder or embedder_of(index))
        return rebuild_library(index, paths, loaded, progress=progress, timeout=wait, files=files, removes=removed)
