"""The commands for the people who may use a page that other machines can reach: add, remove, list."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.log import logged
from rag.cli.options import DEFAULT_INDEX, Index, UsageError
from rag.cli.output import tell
from rag.cli.serving.access import AccessFile, CollectionsFolder, Named
from rag.core.index_layout import users_path

if TYPE_CHECKING:
    from rag_ui.web.accounts import Account, Role

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
    collections: CollectionsFolder = None,
    collection: Named = None,
) -> None:
    """Adds a person, or gives one a new password and role. The page need not be restarted.

    The password is asked for, or read from standard input if that is no terminal. Only its hash is stored, in the file
    `users` in the index folder, or in the folder of collections.

    With --collection politics=edit --collection sports=read the person is an editor of one and a reader of the other.
    """
    from rag_ui.web.accounts import Account, check_name
    from rag_ui.web.passwords import hashed

    kept = check_name(name)
    file = AccessFile.at(index.folder, collections, users_path)
    granted = [(_role_of(right), limit) for right, limit in file.grants("edit" if editor else "read", collection)]
    accounts = _read(file)
    known = kept in accounts
    accounts[kept] = Account(kept, hashed(_password(kept)), *granted[0], tuple(granted[1:]))
    _write(file, accounts)
    tell(f"{'changed' if known else 'added'} {kept}, {accounts[kept].line}")


@app.command()
@logged
def remove(name: Name, index: Index = DEFAULT_INDEX, collections: CollectionsFolder = None) -> None:
    """Removes a person, who is signed out at once."""
    file = AccessFile.at(index.folder, collections, users_path)
    accounts = _read(file)
    if accounts.pop(name.strip(), None) is None:
        raise UsageError(f"There is no user '{name}'", remedy="run: rag user list")
    _write(file, accounts)
    tell(f"removed {name.strip()}")


@app.command("list")
@logged
def list_users(index: Index = DEFAULT_INDEX, collections: CollectionsFolder = None) -> None:
    """Lists the people with their roles."""
    for account in _read(AccessFile.at(index.folder, collections, users_path)).values():
        tell(f"{account.name}  {account.line}")


def _role_of(right: str) -> Role:
    """The role with a right. Raises UsageError for another word."""
    roles: dict[str, Role] = {"read": "reader", "edit": "editor"}
    if right not in roles:
        raise UsageError(f"'{right}' is no right of a person", remedy=f"use {' or '.join(roles)}")
    return roles[right]


def _read(file: AccessFile) -> dict[str, Account]:
    from rag_ui.web.accounts import read_users

    return read_users(file.path, of_collections=file.of_collections)


def _write(file: AccessFile, accounts: dict[str, Account]) -> None:
    from rag_ui.web.accounts import write_users

    with file.writing():
        write_users(file.path, accounts.values())


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
