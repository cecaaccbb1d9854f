"""The command `rag`. Heavy imports are inside the commands, so that help is instant."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag import __version__
from rag.cli import backup, evaluate, keep
from rag.cli.commands import line_of
from rag.cli.log import logged, show_log
from rag.cli.options import (
    DEFAULT_INDEX,
    AsJson,
    AsOf,
    Index,
    ReaderName,
    Since,
    Sources,
    Until,
    UsageError,
    check_paths,
    open_library,
    print_report,
)
from rag.core.environment import prepare_process
from rag.core.errors import CitationError, RagError

if TYPE_CHECKING:
    from rag.core.reports import ArticleSummary, Edition
    from rag.library import Library

ABSTAINED = 3
"""The exit code if the articles don't answer the question."""
COMMANDS = (
    *("ask", "update", "chat", "status", "show", "watch", "check", "rebuild", "eval"),
    *("backup", "restore", "forget", "move"),
)

TUTORIAL = """
Ask questions of a folder of articles. Every answer is a quote with its place.

Build the index once, and update it when articles were added, changed or removed; or let it follow the folder:

    rag update my-articles/

    rag watch my-articles/

Ask in the terminal or in the browser:

    rag "who acted as the go-between?"

    rag chat

See what the index contains, and read an article:

    rag status

    rag show "nuclear talks"

Check the whole index, and repair it:

    rag check

    rag rebuild

Save it to a file, and go back to that:

    rag backup my-archive.backup

    rag restore my-archive.backup

Measure the answers with questions whose answers you know:

    rag eval questions.jsonl --html report.html

Exit codes: 0 success, 1 something could not be done, 2 wrong usage, 3 the articles don't say, 4 no usable index,
5 the check found damage, 130 stopped by Ctrl-C.
"""

app = typer.Typer(help=TUTORIAL, no_args_is_help=True, add_completion=False, rich_markup_mode="markdown")


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"rag {__version__}")
        raise typer.Exit


@app.callback()
def program(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and exit.")
    ] = False,
) -> None:
    """The options of the program itself."""


@app.command()
@logged
def ask(
    words: Annotated[list[str], typer.Argument(metavar="QUESTION", help="The question; quotes are optional.")],
    *,
    index: Index = DEFAULT_INDEX,
    reader: ReaderName = None,
    as_json: AsJson = False,
    since: Since = None,
    until: Until = None,
    source: Sources = None,
    as_of: AsOf = None,
) -> None:
    """Answers a question. `rag "question"` does the same."""
    with open_library(index, reader=reader) as library:
        answer = library.answer(" ".join(words), since=since, until=until, sources=source or (), as_of=as_of)
        if not as_json:
            answer = answer.model_copy(update={"ask_instead": library.questions_instead(answer)})
    print(answer.model_dump_json(indent=2) if as_json else answer)
    raise typer.Exit(0 if answer.answered else ABSTAINED)


app.command()(logged(keep.update))
app.command()(logged(keep.watch))


@app.command()
@logged
def chat(
    *,
    index: Index = DEFAULT_INDEX,
    host: Annotated[
        str, typer.Option(help="The address to listen on. An address that other machines can reach needs --auth.")
    ] = ("127.0.0.1"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port. If it is in use, the next free port.")] = 7860,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    reader: ReaderName = None,
    watch: Annotated[
        list[Path] | None, typer.Option(help="Follow this file or folder. The option may be repeated.")
    ] = None,
    auth: Annotated[
        str | None,
        typer.Option(
            metavar="USER:PASSWORD",
            envvar="RAG_AUTH",
            help="Ask for a password. @FILE reads USER:PASSWORD lines from a file; then no process list shows them.",
        ),
    ] = None,
    language: Annotated[
        str, typer.Option(help="The language of the page: en or de. The articles stay in their own language.")
    ] = "en",
) -> None:
    """Opens the page in the browser. It answers questions and shows each quote in its article."""
    check_paths(watch or [], index)
    with open_library(index, create=bool(watch), reader=reader) as library:
        from rag.ingest.watch import Follower
        from rag_ui.accounts import read_accounts
        from rag_ui.app import serve
        from rag_ui.server import Door
        from rag_ui.strings import in_language

        strings = in_language(language)
        door = Door(host, port, read_accounts(auth, strings), strings)
        follower = Follower(library, watch, print_report) if watch else None
        with follower or contextlib.nullcontext():
            serve(library, door, browser and bool(os.environ.get("DISPLAY") or os.name != "posix"), follower)


@app.command()
@logged
def status(
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
    settings: Annotated[
        bool, typer.Option("--settings", help="List all settings instead, and where each is set.")
    ] = False,
) -> None:
    """Shows what the index contains and which models answer."""
    if settings:
        from rag.cli.settings import show_settings

        show_settings(index, as_json)
        return
    with open_library(index) as library:
        found = library.status()
    if as_json:
        print(found.model_dump_json(indent=2))
        return
    print(f"{found.articles} articles, {found.passages} passages, in {found.folder}")
    print(f"generation {found.generation}, made {found.updated}")
    print(f"embedder {found.embedder}, reader {found.reader}")
    if found.updating_since:
        print(f"being updated since {found.updating_since}")


@app.command()
@logged
def show(
    article: Annotated[str, typer.Argument(help="An article's id, or a part of its title or path.")],
    edition: Annotated[
        str | None,
        typer.Option(help="An older edition: its number (1 is the oldest), or the start of its content hash."),
    ] = None,
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
) -> None:
    """Prints an article as it is stored, and its edition."""
    from rag.cli.report_text import render_edition
    from rag.core.plain_text import visible, visible_lines

    with open_library(index) as library:
        shown = _find_edition(library, article, edition)
        found = library.article(shown.article_id, shown.content_hash)
    if as_json:
        facts = {"id": found.id, "path": found.path, "source": found.source, "text": found.text}
        print(json.dumps(facts | shown.model_dump(), indent=2))
        return
    head = [visible(found.title), visible(found.path)]
    if shown.count > 1 or shown.state != "current":
        head.append(render_edition(shown))
    print("\n".join([*head, "", visible_lines(found.text)]))


app.command()(logged(keep.check))
app.command()(logged(keep.rebuild))
app.command("eval")(logged(evaluate.evaluate))
for _command in (backup.backup, backup.restore, backup.forget, backup.move):
    app.command()(logged(_command))


def _find_edition(library: Library, wanted: str, edition: str | None) -> Edition:
    """Finds an edition by its number or hash; None means the newest. A removed article is found by its id."""
    try:
        editions = library.editions(wanted)
    except CitationError:
        editions = library.editions(_find_article(library, wanted).id)
    for candidate in reversed(editions):
        if edition in (None, str(candidate.number)) or candidate.content_hash.startswith(str(edition)):
            return candidate
    raise UsageError(f"The article has no edition {edition}", remedy=f"name one from 1 to {len(editions)}")


def _find_article(library: Library, wanted: str) -> ArticleSummary:
    """Finds the only article whose id starts with `wanted`, or whose title or path contains it. Raises UsageError."""
    from rag.core.plain_text import visible

    part = wanted.casefold()
    every = library.articles()
    found = [a for a in every if a.id.startswith(part) or part in a.title.casefold() or part in a.path.casefold()]
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} articles" if found else "No article"
    lines = [f"{summary.id}  {visible(summary.title)}" for summary in (found or every)[:20]]
    raise UsageError(f"{what} for '{wanted}'", remedy="\n".join(["name one by its id:", *lines]))


def with_verb(arguments: list[str]) -> list[str]:
    """Puts the command first in the arguments. Without a command before the first other word, it is `ask`."""
    if not arguments or arguments[0] in ("--help", "-h", "--version"):
        return ["--help" if first == "-h" else first for first in arguments[:1]]
    takes_value = {"--index", "--host", "--port", "--reader", "--embedder", "--watch", "--field", "--edition"}
    takes_value |= {"--feed", "--auth", "--language", "--since", "--until", "--source", "--as-of", "--html"}
    position = 0
    while position < len(arguments) and arguments[position].startswith("-"):
        option, following = arguments[position], "".join(arguments[position + 1 : position + 2])
        # `--json` takes a file only in `rag eval`. No question starts with a word that ends in ".json".
        to_file = option == "--json" and following.endswith(".json")
        position += 2 if option in takes_value or to_file else 1
    if position < len(arguments) and arguments[position] in COMMANDS:
        return [arguments[position], *arguments[:position], *arguments[position + 1 :]]
    return ["ask", *arguments]


def main() -> None:
    """Runs the command line. A known error becomes one line and its exit code."""
    prepare_process()
    show_log()
    try:
        app(with_verb(sys.argv[1:]))
    except RagError as error:
        print(f"rag: {line_of(error)}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The program that read the output ended first (a pager, head). This is not an error.
        sys.stderr.close()
