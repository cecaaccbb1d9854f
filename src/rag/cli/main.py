"""The command `rag`. Heavy imports happen inside the commands, so that help is instant."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli import evaluate, keep
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
    open_library,
    print_report,
)
from rag.core.environment import prepare_process
from rag.core.errors import CitationError, RagError

if TYPE_CHECKING:
    from rag.core.reports import ArticleSummary, Edition
    from rag.library import Library

ABSTAINED = 3
COMMANDS = ("ask", "update", "chat", "status", "show", "watch", "check", "rebuild", "eval")

TUTORIAL = """
Ask a folder of articles; every answer is a quote with its place.

Build the index once, and again whenever articles came, changed or went, or let it follow them live:

    rag update my-articles/

    rag watch my-articles/

Ask, here or in the browser:

    rag "who acted as the go-between?"

    rag chat

See what is inside, and read an article that was cited:

    rag status

    rag show "nuclear talks"

Verify the whole index, and make it good again:

    rag check

    rag rebuild

Measure how well it answers, with questions whose answers you know:

    rag eval questions.jsonl --html report.html

Exit codes: 0 answered, 1 not all of it could be done, 2 wrong usage, 3 the articles don't say, 4 no usable index,
5 the check found something, 130 stopped by Ctrl-C.
"""

app = typer.Typer(help=TUTORIAL, no_args_is_help=True, add_completion=False, rich_markup_mode="markdown")


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
    """Answers a question; this is what `rag "question"` does."""
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
    host: Annotated[str, typer.Option(help="The address to listen on; others than this machine's take --auth.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="The port; the next free one if it is taken.")] = 7860,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    reader: ReaderName = None,
    watch: Annotated[
        list[Path] | None, typer.Option(help="Follow this file or folder live; may be given several times.")
    ] = None,
    auth: Annotated[
        str | None,
        typer.Option(
            metavar="USER:PASSWORD",
            envvar="RAG_AUTH",
            help="Ask for a password; @FILE: a file with such lines, which no list of processes shows.",
        ),
    ] = None,
    language: Annotated[
        str, typer.Option(help="The page's own words: en or de; the articles' stay as they are.")
    ] = "en",
) -> None:
    """Opens the page: ask in the browser, see each quote in its article."""
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
def status(index: Index = DEFAULT_INDEX, as_json: AsJson = False) -> None:
    """Says what is in the index and what answers."""
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
        str | None, typer.Option(help="An older text: its number, 1 being the oldest, or how its content hash begins.")
    ] = None,
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
) -> None:
    """Prints an article as it is stored, and which of its editions that is."""
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


def _find_edition(library: Library, wanted: str, edition: str | None) -> Edition:
    """The edition that is named by number or hash, without a name the newest; also of a removed article, by its id."""
    try:
        editions = library.editions(wanted)
    except CitationError:
        editions = library.editions(_find_article(library, wanted).id)
    for candidate in reversed(editions):
        if edition in (None, str(candidate.number)) or candidate.content_hash.startswith(str(edition)):
            return candidate
    raise UsageError(f"The article has no edition {edition}", remedy=f"name one from 1 to {len(editions)}")


def _find_article(library: Library, wanted: str) -> ArticleSummary:
    """The one article whose id begins so, or whose title or path holds this. Raises UsageError."""
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
    """The arguments with the verb first: the one that is named before any other word, else `ask`."""
    if not arguments or arguments[0] in ("--help", "-h"):
        return ["--help"] if arguments else []
    takes_value = {"--index", "--host", "--port", "--reader", "--embedder", "--watch", "--field", "--edition"}
    takes_value |= {"--feed", "--auth", "--language", "--since", "--until", "--source", "--as-of", "--html"}
    position = 0
    while position < len(arguments) and arguments[position].startswith("-"):
        option, following = arguments[position], "".join(arguments[position + 1 : position + 2])
        # `--json` names a file in `rag eval` alone, and no question begins with a word that ends so.
        to_file = option == "--json" and following.endswith(".json")
        position += 2 if option in takes_value or to_file else 1
    if position < len(arguments) and arguments[position] in COMMANDS:
        return [arguments[position], *arguments[:position], *arguments[position + 1 :]]
    return ["ask", *arguments]


def main() -> None:
    """Entry point: a known error is one line and its exit code."""
    prepare_process()
    show_log()
    try:
        app(with_verb(sys.argv[1:]))
    except RagError as error:
        print(f"rag: {line_of(error)}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output went away (a pager, head): that is its right.
        sys.stderr.close()
