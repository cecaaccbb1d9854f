"""Who may use the page, where it is served to other machines: HTTP's basic authentication, before anything else.

It covers all that the server answers, the endpoint included, and browsers and programs know it as it is. The words go
over the wire as they are: what leads through a network that others read needs a proxy with TLS before it.
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
"""How many wrong passwords one address may send at once, and from then on each second."""

OPEN = "/gradio_api/startup-events"
"""What Gradio asks of its own server while it starts; it tells nothing."""


def read_accounts(auth: str | None, strings: Strings) -> dict[str, str]:
    """The passwords by user that `USER:PASSWORD` names, or the lines of the file that `@FILE` does. Raises RagError."""
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
    """ASGI middleware: lets through who names one of the accounts, and lets nobody guess for long."""

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
    """Whether the header names an account with its password; how long that takes doesn't tell how much was right."""
    scheme, _, encoded = authorization.partition(" ")
    try:
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return False
    expected = accounts.get(user, "")
    right = hmac.compare_digest(password.encode(), expected.encode())
    return right and scheme.lower() == "basic" and bool(expected)
