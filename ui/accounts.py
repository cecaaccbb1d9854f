"""Passwords for a page that other machines can reach: HTTP basic authentication of every request.

It covers the page and its endpoint; browsers and programs support it. The password is sent unencrypted, so an untrusted
network needs a proxy with TLS in front of the page.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from rag.core.errors import RagError

from .rate import RateLimit
from .strings import Strings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

GUESSES, PER_SECOND = 10, 0.1
"""Wrong passwords that one address may send at once, and per second after that."""

OPEN = "/gradio_api/startup-events"
"""The path that Gradio requests from its own server at the start. It reveals nothing."""


def read_accounts(auth: str | None, strings: Strings) -> dict[str, str]:
    """Reads the accounts.

    Args:
        auth: `USER:PASSWORD`, or `@FILE` for a file with such lines; None or empty for no accounts.
        strings: The language of errors.

    Returns:
        The password of each user.

    Raises:
        RagError: If the file can't be read, or a user or password is missing.
    """
    if not auth:
        return {}
    lines = _lines(Path(auth[1:]), strings) if auth.startswith("@") else [auth]
    accounts = {user: password for user, _, password in (line.partition(":") for line in lines)}
    if not accounts or not all(user and password for user, password in accounts.items()):
        raise RagError(strings.words.bad_auth)
    return accounts


def _lines(file: Path, strings: Strings) -> list[str]:
    try:
        return [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise RagError(strings.words.auth_file.format(file=file)) from error


class Lock:
    """ASGI middleware that requires an account, and limits how often an address may guess a password."""

    def __init__(self, app: ASGIApp, accounts: Mapping[str, str], strings: Strings) -> None:
        self._app = app
        self._words = strings.words
        self._accounts = accounts
        self._guesses = RateLimit(GUESSES, PER_SECOND)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request, or asks for the password."""
        if scope["type"] == "lifespan" or scope.get("path") == OPEN:
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("authorization")
        address = (scope.get("client") or ("",))[0]
        if given is not None and self._guesses.is_spent(address):
            await PlainTextResponse(self._words.too_often, 429)(scope, receive, send)
        elif given is not None and is_allowed(self._accounts, given):
            await self._app(scope, receive, send)
        else:
            if given is not None:
                self._guesses.admits(address)
            ask = {"WWW-Authenticate": 'Basic realm="archive", charset="UTF-8"'}
            await PlainTextResponse(self._words.password_needed, 401, ask)(scope, receive, send)


def is_allowed(accounts: Mapping[str, str], authorization: str) -> bool:
    """Whether the header has an account and its password. The comparison takes constant time."""
    scheme, _, encoded = authorization.partition(" ")
    try:
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return False
    expected = accounts.get(user, "")
    right = hmac.compare_digest(password.encode(), expected.encode())
    return right and scheme.lower() == "basic" and bool(expected)
