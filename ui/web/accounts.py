"""The people who may use a page that other machines can reach: readers, and editors who may add and remove articles.

`rag user add` writes a line for each person to the file `users` in the index folder: `NAME:ROLE:HASH`. In a folder of
collections, `@` and their names may follow the role, and `;` and another role with its own. A running page reads the
file again when it has changed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from rag.collections.names import ALL, Limit, check_unlimited, split_grants
from rag.core.atomic_files import replace_private
from rag.core.errors import CollectionError, RagError
from rag_ui.language.strings import ENGLISH, Strings
from rag_ui.web.passwords import hashed, is_hash, matches

Role = Literal["reader", "editor"]
_ROLES: tuple[Role, ...] = ("reader", "editor")
LONGEST = 1000
"""Most characters of a name and of a password."""
_REMEMBERED = 1000
"""Passwords of programs that are remembered, because each request states one, and checking it takes 50 ms."""
_NOBODY = hashed(secrets.token_hex())
"""What the password of an unknown name is compared with, so that the time does not tell which names exist."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in.

    Attributes:
        name: The name.
        password: The hash of the password.
        role: "reader", or "editor" for one who may add and remove articles too.
        limit: The collections that the person sees, and has this role in.
        others: Further roles, each with the collections that the person sees and has it in.
    """

    name: str
    password: str
    role: Role = "reader"
    limit: Limit = ALL
    others: tuple[tuple[Role, Limit], ...] = ()

    def in_collection(self, collection: str) -> Account | None:
        """Returns the account with the role that it has in a collection; None if the person may not see it."""
        roles = ((self.role, self.limit), *self.others)
        role = next((role for role, limit in roles if limit.allows(collection)), None)
        return None if role is None else replace(self, role=role)

    @property
    def line(self) -> str:
        """The roles as they are written: `editor`, or `editor@politics;reader@sports`."""
        return ";".join(f"{role}{limit.written}" for role, limit in ((self.role, self.limit), *self.others))

    @property
    def is_editor(self) -> bool:
        """Whether this person may add and remove articles."""
        return self.role == "editor"


def check_name(name: str) -> str:
    """Returns the name of a new account without outer white space. Raises RagError if it can't be one."""
    kept = name.strip()
    if not kept or ":" in kept or not kept.isprintable() or len(kept) > LONGEST:
        raise RagError(f"'{name}' can't be the name of a user", remedy="use letters and digits, without a colon")
    return kept


def read_users(file: Path, strings: Strings = ENGLISH, of_collections: bool = False) -> dict[str, Account]:
    """Reads a file of users.

    Args:
        file: The file. A line is `NAME:ROLE:HASH`, or `NAME:PASSWORD` for an editor whose password is not hashed.
        strings: The language of errors.
        of_collections: Whether it stands in a folder of collections. Elsewhere no line may name collections.

    Returns:
        The account of each name; none if there is no file.

    Raises:
        RagError: If the file can't be read, a line names no user and password, or it names collections elsewhere.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise RagError(strings.words.auth_file.format(file=file)) from error
    return _accounts((line for line in lines if line.strip()), strings, of_collections)


def write_users(file: Path, accounts: Iterable[Account]) -> None:
    """Writes a file of users, which only its owner can read.

    Raises:
        OSError: If the file can't be written.
    """
    replace_private(file, (f"{each.name}:{each.line}:{each.password}\n" for each in accounts))


def read_accounts(auth: str | None, strings: Strings) -> dict[str, Account]:
    """Reads the accounts of the option --auth. All of them are editors, unless a line of the file says otherwise.

    Args:
        auth: `USER:PASSWORD`, or `@FILE` for a file of users; None or empty for no accounts.
        strings: The language of errors.

    Returns:
        The account of each name.

    Raises:
        RagError: If the file can't be read or is empty, or a user or password is missing.
    """
    if not auth:
        return {}
    if not auth.startswith("@"):
        return _accounts([auth], strings)
    file = Path(auth[1:])
    if not file.is_file():
        raise RagError(strings.words.auth_file.format(file=file))
    accounts = read_users(file, strings)
    if not accounts:
        raise RagError(strings.words.bad_auth)
    return accounts


def _accounts(lines: Iterable[str], strings: Strings, of_collections: bool = False) -> dict[str, Account]:
    accounts = {}
    for line in lines:
        name, _, rest = line.partition(":")
        if not name or not rest:
            raise RagError(strings.words.bad_auth)
        account = accounts[name] = _with_role(name, rest) or Account(name, hashed(rest), "editor")
        for limit in () if of_collections else (account.limit, *(limit for _, limit in account.others)):
            check_unlimited(limit, f"The user '{name}'")
    return accounts


def _with_role(name: str, rest: str) -> Account | None:
    """Reads what follows a name; None if that is a password.

    Raises:
        CollectionError: If it is a role with a hash, and what follows the role names no collections.
    """
    written, _, stored = rest.partition(":")
    if written.partition(";")[0].partition("@")[0] not in _ROLES or not is_hash(stored):
        return None
    roles = [(_role_of(said, name), limit) for said, limit in split_grants(written)]
    return Account(name, stored, *roles[0], tuple(roles[1:]))


def _role_of(said: str, name: str) -> Role:
    for role in _ROLES:
        if role == said:
            return role
    raise CollectionError(f"The user '{name}' has the unknown role '{said}'", remedy="delete the line and add it anew")


class Accounts:
    """The accounts of a page: those of the option --auth, and those of a file of users that may change meanwhile.

    Args:
        given: The accounts of the option.
        file: The file of users; None for none.
        of_collections: Whether the file stands in a folder of collections.
    """

    def __init__(self, given: Mapping[str, Account], file: Path | None = None, of_collections: bool = False) -> None:
        self._given = dict(given)
        self._file = file
        self._of_collections = of_collections
        self._stamp: tuple[int, ...] = ()
        self._of_file: dict[str, Account] = {}
        self._lock = threading.Lock()
        self._key = secrets.token_bytes(32)
        self._right: dict[bytes, Account] = {}
        self._read()

    def __len__(self) -> int:
        self._read()
        return len(self._given.keys() | self._of_file.keys())

    def of(self, name: str) -> Account | None:
        """Returns the account of a name as it is now; None if there is none any more."""
        self._read()
        return self._of_file.get(name) or self._given.get(name)

    def check(self, name: str, password: str) -> Account | None:
        """Returns the account if the password is right. It takes 50 ms the first time."""
        account = self.of(name)
        if len(name) > LONGEST or len(password) > LONGEST:
            return None
        told = f"{name}\0{password}\0{account.password if account else ''}"
        digest = hmac.digest(self._key, told.encode("utf-8", "replace"), hashlib.sha256)
        if account is not None and self._right.get(digest) == account:
            return account
        right = matches(password, account.password if account else _NOBODY)
        if account is None or not right:
            return None
        with self._lock:
            if len(self._right) >= _REMEMBERED:
                self._right.clear()
            self._right[digest] = account
        return account

    def _read(self) -> None:
        """Reads the file if it changed. A file that can't be read any more lets nobody in."""
        if self._file is None:
            return
        try:
            status = self._file.stat()
            stamp: tuple[int, ...] = (status.st_ino, status.st_mtime_ns, status.st_size)
        except OSError:
            stamp = ()
        with self._lock:
            if stamp != self._stamp:
                self._of_file = read_users(self._file, of_collections=self._of_collections) if stamp else {}
                self._stamp = stamp
