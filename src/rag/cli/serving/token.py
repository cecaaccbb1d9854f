"""The commands for the tokens of programs that `rag serve` lets in: add, remove, list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.log import logged
from rag.cli.options import DEFAULT_INDEX, Index, UsageError
from rag.cli.output import complain, tell
from rag.cli.serving.access import AccessFile, CollectionsFolder, Named
from rag.core.index_layout import tokens_path

if TYPE_CHECKING:
    from rag.doors.tokens import Token

app = typer.Typer(help="The tokens of programs that may use rag serve.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the program.")]


@app.command()
@logged
def add(
    name: Name,
    can: Annotated[
        str,
        typer.Option(
            "--can",
            metavar="RIGHTS",
            help="What the program may do: ask (also search, read and verify), edit (add, replace and remove articles, "
            "and update), or ask,edit.",
        ),
    ] = "ask",
    index: Index = DEFAULT_INDEX,
    collections: CollectionsFolder = None,
    collection: Named = None,
) -> None:
    """Makes a token and prints it, this once. A token of the same name ends. The server need not be restarted.

    Only the token's hash is stored, in the file `tokens` in the index folder, or in the folder of collections. The
    token alone goes to standard output, and a line that says how to send it to the error stream.

    With --collection politics=ask,edit --collection sports=ask it may do other things in each collection.
    """
    from rag.doors.tokens import make_token

    file = AccessFile.at(index.folder, collections, tokens_path)
    tokens = _read(file)
    (rights, limit), *others = file.grants(can, collection)
    token, secret = make_token(name.strip(), rights, limit, others)
    tokens[token.name] = token
    _write(file, tokens)
    complain("this token is shown once; a program sends it as the header Authorization: Bearer TOKEN")
    tell(secret)


@app.command()
@logged
def remove(name: Name, index: Index = DEFAULT_INDEX, collections: CollectionsFolder = None) -> None:
    """Removes a token. The program is refused from then on."""
    file = AccessFile.at(index.folder, collections, tokens_path)
    tokens = _read(file)
    if tokens.pop(name.strip(), None) is None:
        raise UsageError(f"There is no token '{name}'", remedy="run: rag token list")
    _write(file, tokens)
    tell(f"removed {name.strip()}")


@app.command("list")
@logged
def list_tokens(index: Index = DEFAULT_INDEX, collections: CollectionsFolder = None) -> None:
    """Lists the names of the programs, and what each may do."""
    for token in _read(AccessFile.at(index.folder, collections, tokens_path)).values():
        tell(f"{token.name}  {token.line}")


def _read(file: AccessFile) -> dict[str, Token]:
    from rag.doors.tokens import read_tokens

    return read_tokens(file.path, file.of_collections)


def _write(file: AccessFile, tokens: dict[str, Token]) -> None:
    from rag.doors.tokens import write_tokens

    with file.writing():
        write_tokens(file.path, tokens.values())
