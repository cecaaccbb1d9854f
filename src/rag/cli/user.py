"""The commands for the people who may use a page that other machines can reach: add, remove, list."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.log import logged
from rag.cli.options import DEFAULT_INDEX, Index, UsageError
from rag.cli.output import tell
from rag.core.index_layout import users_path

if TYPE_CHECKING:
    from rag_ui.web.accounts import Account

app = typer.Typer(help="The people who may sign in to the page: readers and editors.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name that the person signs in with.")]
_MOST = 1000
"""Most characters of a password."""


@app.command()
@logged
def add(
    name: Name,
    editor: Annotated[
        bool, typer.Option("--editor", help="May add and remove articles too. Others may only read.")
    ] = False,
    index: Index = DEFAULT_INDEX,
) -> None:
    """Adds a person, or gives one a new password and role. The page need not be restarted.

    The password is asked for, or read from standard input if that is no terminal. Only its hash is stored, in the file
    `users` in the index folder.
    """
    from rag_ui.web.accounts import Account, check_name
    from rag_ui.web.passwords import hashed

    kept = check_name(name)
    file = users_path(index)
    accounts = _read(file)
    known = kept in accounts
    accounts[kept] = Account(kept, hashed(_password(kept)), "editor" if editor else "reader")
    _write(file, accounts)
    tell(f"{'changed' if known else 'added'} {kept}, {accounts[kept].role}")


@app.command()
@logged
def remove(name: Name, index: Index = DEFAULT_INDEX) -> None:
    """Removes a person, who is signed out at once."""
    file = users_path(index)
    accounts = _read(file)
    if accounts.pop(name.strip(), None) is None:
        raise UsageError(f"There is no user '{name}'", remedy="run: rag user list")
    _write(file, accounts)
    tell(f"removed {name.strip()}")


@app.command("list")
@logged
def list_users(index: Index = DEFAULT_INDEX) -> None:
    """Lists the people with their roles."""
    for account in _read(users_path(index)).values():
        tell(f"{account.name}  {account.role}")


def _read(file: Path) -> dict[str, Account]:
    """Reads the users of an index. Raises UsageError if there is no index folder."""
    from rag_ui.web.accounts import read_users

    if not file.parent.is_dir():
        raise UsageError(f"There is no index folder {file.parent}", remedy="run: rag update PATH")
    return read_users(file)


def _write(file: Path, accounts: dict[str, Account]) -> None:
    from rag_ui.web.accounts import write_users

    try:
        write_users(file, accounts.values())
    except OSError as error:
        raise UsageError(
            f"Can't write {file} ({error.strerror})", remedy="check its permissions and the disk"
        ) from error


def _password(name: str) -> str:
    """Asks for a password twice, or reads a line. Raises UsageError if it is empty, or the two differ."""
    from getpass import getpass

    if sys.stdin.isatty():
        password = getpass(f"Password of {name}: ")
        if password != getpass("Again: "):
            raise UsageError("The two passwords differ", remedy="run the command again")
    else:
        password = sys.stdin.buffer.readline().decode("utf-8", "replace").rstrip("\r\n")
    if not password or len(password) > _MOST:
        raise UsageError("The password is empty or too long", remedy=f"give 1 to {_MOST} characters")
    return password
