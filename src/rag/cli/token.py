"""The commands for the tokens of programs that `rag serve` lets in: add, remove, list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.log import logged
from rag.cli.options import DEFAULT_INDEX, Index, UsageError
from rag.cli.output import tell
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
) -> None:
    """Makes a token and prints it, this once. A token of the same name ends. The server need not be restarted.

    Only the token's hash is stored, in the file `tokens` in the index folder.
    """
    from rag.doors.tokens import make_token

    file = tokens_path(index)
    tokens = _read(file)
    token, secret = make_token(name.strip(), can)
    tokens[token.name] = token
    _write(file, tokens)
    tell(secret)


@app.command()
@logged
def remove(name: Name, index: Index = DEFAULT_INDEX) -> None:
    """Removes a token. The program is refused from then on."""
    file = tokens_path(index)
    tokens = _read(file)
    if tokens.pop(name.strip(), None) is None:
        raise UsageError(f"There is no token '{name}'", remedy="run: rag token list")
    _write(file, tokens)
    tell(f"removed {name.strip()}")


@app.command("list")
@logged
def list_tokens(index: Index = DEFAULT_INDEX) -> None:
    """Lists the names of the programs, and what each may do."""
    for token in _read(tokens_path(index)).values():
        tell(f"{token.name}  {token.line}")


def _read(file: Path) -> dict[str, Token]:
    """Reads the tokens of an index. Raises UsageError if there is no index folder."""
    from rag.doors.tokens import read_tokens

    if not file.parent.is_dir():
        raise UsageError(f"There is no index folder {file.parent}", remedy="run: rag update PATH")
    return read_tokens(file)


def _write(file: Path, tokens: dict[str, Token]) -> None:
    from rag.doors.tokens import write_tokens

    try:
        write_tokens(file, tokens.values())
    except OSError as error:
        raise UsageError(
            f"Can't write {file} ({error.strerror})", remedy="check its permissions and the disk"
        ) from error
