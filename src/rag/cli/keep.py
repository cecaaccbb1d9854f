"""The commands that keep an index: update, watch, check, rebuild."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import Annotated

import typer

from rag.cli.commands import line_of, with_commands
from rag.cli.options import (
    DEFAULT_INDEX,
    AsJson,
    EmbedderName,
    Index,
    UsageError,
    given_or_seeds,
    open_library,
    print_report,
    progress_bar,
    resumable,
)

FLAWED = 5
"""The exit code of a check that found something."""


def update(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders; none: all that are known.")] = None,
    feed: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="An RSS or Atom feed to fetch into feeds/ beside the index, for what is new."),
    ] = None,
    private: Annotated[
        bool, typer.Option("--private-addresses", help="Ask feeds of this machine and private networks, too.")
    ] = False,
    field: Annotated[
        list[str] | None,
        typer.Option(help="A field of JSON files, as text=body; for each that has an uncommon name. Remembered."),
    ] = None,
    index: Index = DEFAULT_INDEX,
    embedder: EmbedderName = None,
    as_json: AsJson = False,
) -> None:
    """Brings the index up to date with files and folders; only what changed costs time.

    With another embedder than the index has, all articles are embedded anew first; the old index serves till then.
    Only --feed asks the network; what a feed no longer shows stays.
    """
    given, feeds = list(paths or []), list(feed or [])
    fields = dict(mapping.partition("=")[::2] for mapping in field or []) or None
    with resumable():
        folder = index.absolute().parent / "feeds"
        failed = _fetch(feeds, folder, private) if feeds else 0
        if failed < len(feeds):
            given.append(folder)
        if given or not feeds:
            if embedder:
                _reembed(index, embedder)
            _update(index, given_or_seeds(given, index), as_json, embedder=embedder, fields=fields)
    if failed:
        raise typer.Exit(1)


def _fetch(urls: list[str], folder: Path, private: bool) -> int:
    """Fetches the feeds into the folder, names those that can't be, and gives how many those are."""
    from rag.ingest.feeds import fetch_feeds

    problems = fetch_feeds(urls, folder, allow_private=private)
    for problem in problems:
        print(f"rag: {line_of(problem)}", file=sys.stderr)
    return len(problems)


def _update(
    index: Path,
    given: list[Path],
    as_json: bool,
    *,
    embedder: str | None = None,
    fields: dict[str, str] | None = None,
) -> None:
    with (
        open_library(index, create=True, embedder=embedder) as library,
        progress_bar("Embedding passages") as progress,
    ):
        report = library.update(*given, progress=progress, fields=fields)
    print(report.model_dump_json(indent=2)) if as_json else print_report(report)


def _reembed(index: Path, embedder: str) -> None:
    """Has an index that there is follow another embedder."""
    from rag.ingest.reembed import reembed_library
    from rag.models.load_embedder import load_embedder
    from rag.store.store import Store

    if Store.exists(index):
        with Store.open(index) as store, progress_bar("Embedding anew") as progress:
            reembed_library(store, load_embedder(embedder), progress=progress)


def watch(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders; none: all that are known.")] = None,
    index: Index = DEFAULT_INDEX,
) -> None:
    """Follows files and folders live, until Ctrl-C: what changes is in the index seconds later.

    A file is read when it has not been written to for a second. Open pages answer from it with the next question.
    """
    from rag.ingest.watch import watch as follow

    given = given_or_seeds(paths, index)
    with open_library(index, create=True) as library, contextlib.suppress(KeyboardInterrupt):
        follow(library, given, on_report=print_report)


def check(index: Index = DEFAULT_INDEX, as_json: AsJson = False) -> None:
    """Verifies everything in the index, and names the command that mends what is wrong; exit code 5 where something is.

    Checked are all texts, sentences, passages and vectors, the model that made them, and both search indexes.
    """
    from rag.cli.report_text import render_check
    from rag.ingest.check import check_library

    report = with_commands(check_library(index), index)
    print(report.model_dump_json(indent=2) if as_json else render_check(report))
    raise typer.Exit(0 if report.sound else FLAWED)


def rebuild(
    paths: Annotated[list[Path] | None, typer.Argument(help="With --from-articles; none: all that are known.")] = None,
    from_articles: Annotated[
        bool, typer.Option("--from-articles", help="Read and embed all articles anew; the old index serves till then.")
    ] = False,
    index: Index = DEFAULT_INDEX,
    embedder: EmbedderName = None,
    as_json: AsJson = False,
) -> None:
    """Makes the search indexes anew from the stored articles; or, from the articles' files, everything."""
    if not from_articles:
        if paths or embedder:
            raise UsageError("Files are read only with --from-articles", remedy="run: rag rebuild --from-articles PATH")
        from rag.indexes.derive import rebuild as rebuild_files
        from rag.store.store import Store

        with Store.open(index) as store:
            rebuild_files(store)
        print(f"Made anew in {index}: the search indexes")
        return
    from rag.ingest.rebuild import embedder_of, rebuild_library
    from rag.models.load_embedder import load_embedder

    with resumable(), progress_bar("Embedding passages") as progress:
        loaded = load_embedder(embedder or embedder_of(index))
        report = rebuild_library(index, list(paths or []), loaded, progress=progress)
    print(report.model_dump_json(indent=2)) if as_json else print_report(report)
