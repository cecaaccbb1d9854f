"""The command `rag`. Heavy imports are inside the commands, so that help is instant."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from rag import __version__
from rag.cli import backup, follow, keep
from rag.cli.commands import line_of
from rag.cli.filters import filtered
from rag.cli.log import logged, show_log
from rag.cli.misspelt import check_command
from rag.cli.output import complain, take_any_character
from rag.cli.reading import ask, dossier, drafts, evaluate, said, search, show
from rag.cli.serving import page, serve, token, user, work
from rag.core.environment import prepare_process
from rag.core.errors import RagError

COMMANDS = (
    *("ask", "update", "chat", "user", "status", "show", "watch", "check", "rebuild", "eval"),
    *("search", "said", "dossier", "check-draft", "follow", "backup", "restore", "copy", "forget", "move", "withdraw"),
    "correct",
    *("serve", "mcp", "work", "token"),
)
_TAKES_VALUE = frozenset(
    "--index --host --port --reader --embedder --watch --field --edition --feed --auth --language --since --until"
    " --source --author --section --naming --where --as-of --html --root-path --trusted-proxy --count --offset --can"
    " --collections --collection --max-words --form --about --limit --from --to --remove --title --date".split()
)
"""The options that a value follows."""
_TWO_WORDS = frozenset({"user", "token"})
"""The commands that another command follows: `rag user add`."""

TUTORIAL = """
Ask questions of a folder of articles. Every answer is a quote with its place.

Build the index once, and update it when articles were added, changed or removed; or let it follow the folder:

    rag update my-articles/

    rag watch my-articles/

Ask in the terminal or in the browser:

    rag "who acted as the go-between?"

    rag chat

Answer the questions of a file into another one:

    rag ask --from questions.csv --to answers.csv

See what the index contains, and read an article:

    rag status

    rag show "nuclear talks"

Find the articles that hold words and phrases:

    rag search '"red flags" AND tower NOT harbour'

List what a person says, by date:

    rag said "Abbas Araghchi" --about sanctions

Collect what the articles tell about a subject, in a file with footnotes:

    rag dossier "the nuclear talks" --to dossier.docx

Check a draft against the articles, and write it with footnotes:

    rag check-draft my-draft.docx --to checked.docx

Follow a question, and be told when its answer changes:

    rag follow "how many people died in the flood?"

    rag follow --list

Check the whole index, and repair it:

    rag check

    rag rebuild

Let programs and agents in, each with a token:

    rag token add my-program --can ask

    rag serve

Withdraw an article that must not be quoted, and take it back:

    rag withdraw my-articles/retracted.txt

    rag withdraw --undo my-articles/retracted.txt

Correct a title, a date or a source that is wrong in its file:

    rag correct my-articles/fire.txt --date 2025-04-12

Save it to a file, and go back to that:

    rag backup my-archive.backup

    rag restore my-archive.backup

Measure the answers with questions whose answers you know:

    rag eval questions.jsonl --html report.html

Exit codes: 0 success, 1 something could not be done, 2 wrong usage, 3 the articles don't say, or none
is found, 4 no usable index, 5 the check found damage, 130 stopped by Ctrl-C.
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


app.command()(logged(filtered(ask.ask)))
app.command()(logged(keep.update))
app.command()(logged(keep.watch))
app.command()(logged(page.chat))
app.command()(logged(show.status))
app.command()(logged(show.show))
app.command()(logged(filtered(search.search)))
app.command()(logged(filtered(said.said)))
app.command()(logged(filtered(dossier.dossier)))
app.command()(logged(filtered(drafts.check_draft)))
app.command()(logged(filtered(follow.follow)))
app.command()(logged(keep.check))
app.command()(logged(keep.rebuild))
app.command("eval")(logged(evaluate.evaluate))
app.command()(logged(serve.serve))
app.command()(logged(serve.mcp))
app.command()(logged(work.work))
app.add_typer(user.app, name="user")
app.add_typer(token.app, name="token")
for _command in (
    backup.backup,
    backup.restore,
    backup.copy,
    backup.forget,
    backup.move,
    backup.withdraw,
    backup.correct,
):
    app.command()(logged(_command))


def with_verb(arguments: list[str]) -> list[str]:
    """Puts the command first in the arguments. Without a command before the first other word, it is `ask`."""
    if not arguments or arguments[0] in ("--help", "-h", "--version"):
        return ["--help" if first == "-h" else first for first in arguments[:1]]
    position = 0
    while position < len(arguments) and arguments[position].startswith("-") and arguments[position] != "-":
        option, following = arguments[position], "".join(arguments[position + 1 : position + 2])
        # `--json` takes a file only in `rag eval`. No question starts with a word that ends in ".json".
        to_file = option == "--json" and following.endswith(".json")
        position += 2 if option in _TAKES_VALUE or to_file else 1
    if position < len(arguments) and arguments[position] in COMMANDS:
        after = position + (2 if arguments[position] in _TWO_WORDS else 1)
        rest = [*arguments[:position], *arguments[after:]]
        return [*arguments[position:after], *(search.with_minus(rest) if arguments[position] == "search" else rest)]
    check_command(arguments[position:], COMMANDS)
    return ["ask", *arguments]


def main() -> None:
    """Runs the command line. A known error becomes one line and its exit code."""
    prepare_process()
    take_any_character()
    show_log()
    try:
        sys.exit(app(with_verb(sys.argv[1:]) or ["--help"], standalone_mode=False))
    except typer.TyperException as error:
        # What was typed stands in the message. Typer would print it as it is. Help has been printed already.
        if message := error.format_message():
            complain(message)
        sys.exit(error.exit_code)
    except typer.Abort:
        sys.exit(130)
    except RagError as error:
        complain(line_of(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The program that read the output ended first (a pager, head). This is not an error.
        sys.stderr.close()
