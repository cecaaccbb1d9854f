"""The tokens by which programs are let in, and what each may do.

`rag token add` writes a line for each to the file `tokens` in the index folder: `NAME:RIGHTS:HASH`. In a folder of
collections, `@` and their names may follow the rights, and `;` and other rights with their own. A running server reads
the file again when it has changed.

A token is made at random from 256 bits, so one SHA-256 hides it: unlike a password it can't be guessed, and each
request is checked at once.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from rag.collections.names import ALL, Limit, check_unlimited, split_grants
from rag.core.atomic_files import replace_private
from rag.core.errors import CollectionError, RagError

Right = Literal["ask", "edit"]
"""What a token allows: to ask, search, read and verify; or to add, replace and remove articles and to update."""
RIGHTS: tuple[Right, ...] = get_args(Right)
_NAME = re.compile(r"[^\W_][\w.\-]{0,99}")
_HASH = re.compile(r"[0-9a-f]{64}")
_PREFIX = "rag_"
"""The beginning of each token, so that it can be found where it should not be."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a program.

    Attributes:
        name: The name of the program.
        rights: What it may do.
        digest: The SHA-256 of the token, in hexadecimal digits.
        limit: The collections in which it may do so.
        others: Further rights, each with the collections in which they hold.
    """

    name: str
    rights: frozenset[Right]
    digest: str
    limit: Limit = ALL
    others: tuple[tuple[frozenset[Right], Limit], ...] = ()

    def rights_in(self, collection: str) -> frozenset[Right]:
        """Returns what the program may do in a collection; nothing if it may not see it."""
        granted = ((self.rights, self.limit), *self.others)
        return next((rights for rights, limit in granted if limit.allows(collection)), frozenset())

    @property
    def all_rights(self) -> frozenset[Right]:
        """What the program may do in any collection."""
        return self.rights.union(*(rights for rights, _ in self.others))

    @property
    def line(self) -> str:
        """The rights as they are written: `ask,edit`, or `ask,edit@politics;ask@sports`."""
        granted = ((self.rights, self.limit), *self.others)
        return ";".join(
            ",".join(each for each in RIGHTS if each in rights) + limit.written for rights, limit in granted
        )


def make_token(
    name: str, rights: str, limit: Limit = ALL, others: Iterable[tuple[str, Limit]] = ()
) -> tuple[Token, str]:
    """Makes a new token.

    Args:
        name: The name of the program.
        rights: What it may do: "ask", "edit", or both with a comma between.
        limit: The collections in which it may do so.
        others: Further rights, each with the collections in which they hold.

    Returns:
        The token as it is kept, and as the program sends it.

    Raises:
        RagError: If the name or a right is not possible.
    """
    if _NAME.fullmatch(name) is None:
        raise RagError(f"'{name}' can't be the name of a token", remedy="use letters, digits, dots and dashes")
    secret = _PREFIX + secrets.token_urlsafe(32)
    further = tuple((checked_rights(written), its) for written, its in others)
    return Token(name, checked_rights(rights), _digest(secret), limit, further), secret


def checked_rights(written: str) -> frozenset[Right]:
    """Reads rights as `make_token` takes them. Raises RagError if they are none."""
    found = _rights(written)
    if not found:
        raise RagError(f"'{written}' names no rights", remedy=f"use {' or '.join(RIGHTS)}, or both: {','.join(RIGHTS)}")
    return found


def read_tokens(file: Path, of_collections: bool = False) -> dict[str, Token]:
    """Reads a file of tokens.

    Args:
        file: The file.
        of_collections: Whether it stands in a folder of collections. Elsewhere no line may name collections.

    Returns:
        The token of each name; none if there is no file.

    Raises:
        RagError: If the file can't be read, or a line is no token.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise RagError(f"The tokens in {file} can't be read", remedy="check the file") from error
    tokens = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        token = _read_line(line)
        if token is None:
            raise RagError(f"Line {number} of {file} is no token", remedy="delete the line and make the token anew")
        for limit in () if of_collections else (token.limit, *(limit for _, limit in token.others)):
            check_unlimited(limit, f"Line {number} of {file}")
        tokens[token.name] = token
    return tokens


def _read_line(line: str) -> Token | None:
    """Reads a token; None if the line is none."""
    name, _, rest = line.partition(":")
    written, _, digest = rest.partition(":")
    try:
        granted = [(_rights(said), limit) for said, limit in split_grants(written)]
    except CollectionError:
        return None
    if _NAME.fullmatch(name) is None or not all(rights for rights, _ in granted) or _HASH.fullmatch(digest) is None:
        return None
    rights, limit = granted[0]
    return Token(name, rights, digest, limit, tuple(granted[1:]))


def write_tokens(file: Path, tokens: Iterable[Token]) -> None:
    """Writes a file of tokens, which only its owner can read.

    Raises:
        OSError: If the file can't be written.
    """
    replace_private(file, (f"{token.name}:{token.line}:{token.digest}\n" for token in tokens))


def _rights(written: str) -> frozenset[Right]:
    """Reads rights; none if one is unknown."""
    named = [part.strip() for part in written.split(",")]
    found = frozenset(right for right in RIGHTS if right in named)
    return found if len(found) == len(set(named)) else frozenset()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


class Tokens:
    """The tokens of a running server. The file may change meanwhile.

    Args:
        file: The file of tokens; None for no tokens.
        of_collections: Whether it stands in a folder of collections.
    """

    def __init__(self, file: Path | None = None, of_collections: bool = False) -> None:
        self._file = file
        self._of_collections = of_collections
        self._stamp: tuple[int, ...] = ()
        self._by_digest: dict[str, Token] = {}
        self._lock = threading.Lock()
        self._read()

    def __len__(self) -> int:
        self._read()
        return len(self._by_digest)

    def check(self, secret: str) -> Token | None:
        """Returns the token that a program sent; None if there is none like it."""
        self._read()
        return self._by_digest.get(_digest(secret))

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
                tokens = read_tokens(self._file, self._of_collections) if stamp else {}
                self._by_digest = {token.digest: token for token in tokens.values()}
                self._stamp = stamp
