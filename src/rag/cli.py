"""The command `rag`. Heavy imports happen inside the commands, so that help is instant."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.errors import RagError
from rag.files import DEFAULT

if TYPE_CHECKING:
    from rag.library import Library
    from rag.schema import ArticleSummary

ABSTAINED = 3
FLAWED = 5
COMMANDS = ("ask", "update", "chat", "status", "show", "check", "rebuild")

TUTORIAL = """
Ask a folder of articles; every answer is a quote with its place.

Build the index once, and again whenever articles came, changed or went:

    rag update my-articles/

Ask, here or in the browser:

    rag "who mediated the talks?"

    rag chat

See what is inside, and read an article that was cited:

    rag status

    rag show "nuclear talks"

Verify the whole index, and make it good again:

    rag check

    rag rebuild

Exit codes: 0 answered, 2 wrong usage, 3 the articles don't say, 4 no usable index, 5 the check found something,
130 stopped by Ctrl-C.
"""

app = typer.Typer(help=TUTORIAL, no_args_is_help=True, add_completion=False, rich_markup_mode="markdown")

Index = Annotated[Path, typer.Option("--index", help="The index folder.", envvar="RAG_INDEX", show_default=True)]
ReaderName = Annotated[
    str | None,
    typer.Option("--reader", help='Another reader: "sentence", or a folder with a question-answering model.'),
]
EmbedderName = Annotated[
    str | None, typer.Option("--embedder", help="Another embedder: a folder with a sentence-transformers model.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
DEFAULT_INDEX = Path(DEFAULT)


@app.command()
def ask(
    words: Annotated[list[str], typer.Argument(metavar="QUESTION", help="The question; quotes are optional.")],
    index: Index = DEFAULT_INDEX,
    reader: ReaderName = None,
    as_json: AsJson = False,
) -> None:
    """Answers a question; this is what `rag "question"` does."""
    with _library(index, reader=reader) as library:
        answer = library.answer(" ".join(words))
    print(answer.model_dump_json(indent=2) if as_json else answer)
    raise typer.Exit(0 if answer.answered else ABSTAINED)


@app.command()
def update(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders; none: all that are known.")] = None,
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
) -> None:
    """Brings the index up to date with files and folders; only what changed costs time."""
    from rag.default import SEEDS
    from rag.render import render_report
    from rag.store import Store

    given = list(paths or [])
    if not given and not Store.exists(index):
        given = [Path(SEEDS)]
    with _library(index, create=True) as library, _progress("Embedding passages") as progress:
        report = library.update(*given, progress=progress)
    print(report.model_dump_json(indent=2) if as_json else render_report(report))


@app.command()
def chat(
    index: Index = DEFAULT_INDEX,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; the next free one if it is taken.")] = 7860,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    reader: ReaderName = None,
) -> None:
    """Opens the page: ask in the browser, see each quote in its article."""
    with _library(index, reader=reader) as library:
        from rag_ui.app import serve

        serve(
            library,
            host=host,
            port=port,
            open_browser=browser and bool(os.environ.get("DISPLAY") or os.name != "posix"),
        )


@app.command()
def status(index: Index = DEFAULT_INDEX, as_json: AsJson = False) -> None:
    """Says what is in the index and what answers."""
    with _library(index) as library:
        found = library.status()
    if as_json:
        print(found.model_dump_json(indent=2))
        return
    print(f"{found.articles} articles, {found.passages} passages, generation {found.generation}, in {found.folder}")
    print(f"embedder {found.embedder}, reader {found.reader}")


@app.command()
def show(
    article: Annotated[str, typer.Argument(help="An article's id, or a part of its title or path.")],
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
) -> None:
    """Prints an article as it is stored."""
    from rag.render import visible, visible_lines

    with _library(index) as library:
        summary = _find_article(library, article)
        text = library.article(summary.id).text
    if as_json:
        print(json.dumps(summary.model_dump() | {"text": text}, indent=2))
        return
    print(f"{visible(summary.title)}\n{visible(summary.path)}\n\n{visible_lines(text)}")


@app.command()
def check(index: Index = DEFAULT_INDEX, as_json: AsJson = False) -> None:
    """Verifies everything in the index, and names the command that mends what is wrong; exit code 5 where something is.

    Checked are all texts, sentences, passages and vectors, the model that made them, and both search indexes.
    """
    from rag.check import check_library
    from rag.render import render_check

    report = check_library(index)
    print(report.model_dump_json(indent=2) if as_json else render_check(report))
    raise typer.Exit(0 if report.sound else FLAWED)


@app.command()
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
    from rag.render import render_report

    if not from_articles:
        if paths or embedder:
            raise _UsageError("Files are read only with --from-articles; run: rag rebuild --from-articles PATH")
        from rag.derive import rebuild as rebuild_files
        from rag.store import Store

        with Store.open(index) as store:
            rebuild_files(store)
        print(f"Made anew in {index}: the search indexes")
        return
    from rag.embed import load_embedder
    from rag.rebuild import embedder_of, rebuild_library

    with _progress("Embedding passages") as progress:
        loaded = load_embedder(embedder or embedder_of(index))
        report = rebuild_library(index, list(paths or []), loaded, progress=progress)
    print(report.model_dump_json(indent=2) if as_json else render_report(report))


def _find_article(library: Library, wanted: str) -> ArticleSummary:
    """The one article whose id begins so, or whose title or path holds this. Raises _UsageError."""
    from rag.render import visible

    part = wanted.casefold()
    every = library.articles()
    found = [a for a in every if a.id.startswith(part) or part in a.title.casefold() or part in a.path.casefold()]
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} articles" if found else "No article"
    lines = [f"{summary.id}  {visible(summary.title)}" for summary in (found or every)[:20]]
    raise _UsageError("\n".join([f"{what} for '{wanted}'; name one by its id:", *lines]))


class _UsageError(RagError):
    exit_code = 2


@contextmanager
def _library(index: Path, *, create: bool = False, reader: str | None = None) -> Iterator[Library]:
    from rag.library import Library

    with Library.open(index, create=create, reader=reader) as library:
        yield library


@contextmanager
def _progress(label: str) -> Iterator[Callable[[int, int], None]]:
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


def with_verb(arguments: list[str]) -> list[str]:
    """The arguments with the verb first: the one that is named before any other word, else `ask`."""
    if not arguments or arguments[0] in ("--help", "-h"):
        return ["--help"] if arguments else []
    takes_value = {"--index", "--host", "--port", "--reader", "--embedder"}
    position = 0
    while position < len(arguments) and arguments[position].startswith("-"):
        position += 2 if arguments[position] in takes_value else 1
    if position < len(arguments) and arguments[position] in COMMANDS:
        return [arguments[position], *arguments[:position], *arguments[position + 1 :]]
    return ["ask", *arguments]


def main() -> None:
    """Entry point: a known error is one line and its exit code."""
    try:
        app(with_verb(sys.argv[1:]))
    except RagError as error:
        print(f"rag: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("rag: stopped; no article is lost, and rag update goes on where it was", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away (a pager, head): that is its right.
        sys.stderr.close()


if __name__ == "__main__":
    main()
