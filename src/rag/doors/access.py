"""Lets requests in that have a token, and refuses what comes too often, is too large or from another site."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from rag.core.errors import RagError
from rag.core.settings import MEBIBYTE, PageSettings
from rag.doors.audited import NOTED
from rag.doors.problems import ProblemError, answer_problem
from rag.doors.tokens import Right, Token, Tokens
from rag_ui.web.collections import collection_of
from rag_ui.web.gate import MAX_BODY, capped, is_same_site
from rag_ui.web.proxies import PASSED_ON
from rag_ui.web.rate import RateLimit
from rag_ui.web.running import LOOPBACK

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

CALLER = "rag.doors.caller"
"""The key of a request's scope under which the name of its token is found; empty if no token is needed."""
TOKEN = "rag.doors.token"
"""The key of a request's scope under which its token is found; None if no token is needed."""
OPEN_PATHS = frozenset({"/health/live", "/health/ready", "/v1/openapi.json"})
"""The paths that need no token, except below a collection, whose name they would give away."""
ARTICLES, UPDATE, STANDING = "/v1/articles", "/v1/update", "/v1/standing"
"""The paths where a POST changes the library, or what is followed."""
AGENTS = "/mcp"
"""The path of agents, who only read. They end a session with DELETE."""
PREFIXES = ("/v1/", AGENTS, "/health/")
"""The beginnings of all paths."""
_READ_COST = 0.1
"""The cost of a GET for the rate limit. Other requests cost 1."""
_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Accel-Buffering": "no"}
_log = logging.getLogger(__name__)


def needed_right(method: str, path: str) -> Right | None:
    """Returns the right that a request needs; None if it needs none."""
    if path in OPEN_PATHS:
        return None
    if method in ("PUT", "DELETE", "PATCH") and path != AGENTS:
        return "edit"
    return "edit" if method == "POST" and path.startswith((ARTICLES, UPDATE, STANDING)) else "ask"


class Access:
    """ASGI middleware that refuses requests, and adds headers to the responses of the others.

    Args:
        app: What answers the requests that are let in.
        tokens: The tokens.
        limits: Limits for requests.
        is_open: Tells whether everybody on this machine may ask: as long as there are no tokens and no users, on a
            server that listens on this machine alone.
        collections: The names of the collections that are served. Another one, and one that a token may not see, are
            answered alike.
    """

    def __init__(
        self,
        app: ASGIApp,
        tokens: Tokens,
        limits: PageSettings,
        is_open: Callable[[], bool],
        collections: Collection[str] = (),
    ) -> None:
        self._app = app
        self._tokens = tokens
        self._is_open = is_open
        self._collections = collections
        self._max_article = limits.upload_megabytes * MEBIBYTE
        self._rate = RateLimit(limits.request_burst, limits.requests_per_second)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request, or refuses it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            token = self._check(scope, Headers(scope=scope))
        except ProblemError as error:
            await answer_problem(error.problem)(scope, receive, send)
            return
        except RagError as error:  # a file of tokens or users was damaged meanwhile; only the log says where it is
            _log.error("Nobody is let in. %s", error)
            refused = ProblemError(
                503, "The server can't tell who may ask", "have the server's files of tokens checked"
            )
            await answer_problem(refused.problem)(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        known = {**scope, CALLER: token.name if token else "", TOKEN: token}
        await self._app(known, capped(receive, self._most_bytes(scope["path"])), send_with_headers)

    def _check(self, scope: Scope, headers: Headers) -> Token | None:
        """Returns the token of a request; None if it needs none. Raises ProblemError if the request is refused."""
        method, path = scope["method"], scope["path"]
        address = (scope.get("client") or ("",))[0]
        if not self._rate.admits(address, _READ_COST if method in ("GET", "HEAD") else 1.0):
            raise ProblemError(429, "There are too many requests from this address", "wait a moment, then ask again")
        if method not in ("GET", "HEAD") and not is_same_site(headers):
            raise ProblemError(403, "The request comes from another site", "ask from a program or from this site")
        self._check_size(headers, self._most_bytes(path))
        collection = collection_of(scope)
        right = needed_right(method, path) or ("ask" if collection else None)
        is_open = self._is_open()
        if is_open and (scope.get(PASSED_ON) or headers.get("host", "").rsplit(":", 1)[0] not in LOOPBACK):
            # Otherwise other machines could read the archive behind a proxy, and so could a page of another site, whose
            # name leads to this machine.
            raise ProblemError(400, "The server has no tokens and answers only as localhost", "add a token")
        token = None if is_open or right is None else self._token_of(headers)
        if (noted := scope.get(NOTED)) is not None:
            noted.who = token.name if token else ""
        if collection and not self._shows(collection, token):
            raise ProblemError(404, "There is no such collection", "see /v1/collections", "CollectionError")
        if token is not None and right not in (token.rights_in(collection) if collection else token.all_rights):
            raise ProblemError(403, f"This token may not {right}", f"use a token that may {right}")
        return token

    def _shows(self, collection: str, token: Token | None) -> bool:
        return collection in self._collections and (token is None or bool(token.rights_in(collection)))

    def _token_of(self, headers: Headers) -> Token:
        scheme, _, secret = headers.get("authorization", "").partition(" ")
        token = self._tokens.check(secret.strip()) if scheme.lower() == "bearer" else None
        if token is None:
            raise ProblemError(401, "The request has no valid token", "send the header Authorization: Bearer TOKEN")
        return token

    def _most_bytes(self, path: str) -> int:
        return self._max_article if path.startswith(ARTICLES) else MAX_BODY

    @staticmethod
    def _check_size(headers: Headers, most: int) -> None:
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdecimal() and len(length) < 20) or int(length) > most:
            raise ProblemError(413, f"The request has more than {most:,} bytes", "send less at once")
