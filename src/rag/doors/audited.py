"""Writes into the audit log what programs and agents ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qs

import anyio.to_thread

from rag_ui.web.audit import LONGEST, Act, AuditLog
from rag_ui.web.collections import collection_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOTED = "rag.doors.noted"
"""The key of a request's scope under which those behind this middleware note what only they know, in a `Noted`."""
_ARTICLE = r"/v1/articles/(?P<article>[^/]{1,100})"
_ACTIONS = tuple(
    (method, re.compile(path), action)
    for method, path, action in (
        ("POST", r"/v1/ask|/v1/collections/ask", "ask"),
        ("POST", r"/v1/search", "search"),
        ("GET", r"/v1/said", "said"),
        ("POST", r"/v1/dossier", "dossier"),
        ("POST", r"/v1/verify", "verify"),
        ("POST", r"/v1/check-draft", "check_draft"),
        ("GET", rf"{_ARTICLE}(/editions)?", "read"),
        ("POST", r"/v1/articles", "add"),
        ("PUT", _ARTICLE, "replace"),
        ("DELETE", _ARTICLE, "remove"),
        ("POST", rf"{_ARTICLE}/take-back", "take_back"),
        ("PATCH", _ARTICLE, "correct"),
        ("DELETE", rf"{_ARTICLE}/corrections", "undo_corrections"),
        ("POST", r"/v1/update", "update"),
        ("POST", r"/v1/standing", "follow"),
        ("DELETE", r"/v1/standing/[^/]+", "unfollow"),
    )
)
_TOOLS = {
    "ask": "ask",
    "search": "search",
    "who_said": "said",
    "read_article": "read",
    "verify_quotes": "verify",
    "check_draft": "check_draft",
}
"""The action of each tool for agents."""
_ASKED = ("question", "words", "subject", "speaker")
"""The fields of bodies, queries and tools that say what is asked."""


@dataclass(slots=True)
class Noted:
    """What is learned about a request while it is answered.

    Attributes:
        who: The name of its token, empty if none is needed; None if it is of nobody who is known.
        collections: The collections that it asked, if there are several.
    """

    who: str | None = None
    collections: tuple[str, ...] = field(default=())


class Audited:
    """ASGI middleware that writes into the audit log what is asked for. Requests of nobody who is known are left out.

    Args:
        app: What answers the requests.
        log: The log.
    """

    def __init__(self, app: ASGIApp, log: AuditLog) -> None:
        self._app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and writes into the log how it ended."""
        asked = _asked_of(scope) if scope["type"] == "http" else None
        if asked is None:
            await self._app(scope, receive, send)
            return
        noted, body, status = Noted(), bytearray(), 500
        reads_body = asked.door == "mcp" or (self._log.keeps_questions and scope["method"] == "POST")

        async def receive_noting() -> Message:
            message = await receive()
            if reads_body:
                body.extend(message.get("body", b""))
            return message

        async def send_noting(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._app({**scope, NOTED: noted}, receive_noting, send_noting)
        finally:
            told = asked.with_body(bytes(body))
            if noted.who is not None and told.action:
                named = (collection_of(scope) or ",".join(noted.collections))[:LONGEST]
                act = Act(noted.who, told.door, named, told.action, status, told.article, told.question)
                await anyio.to_thread.run_sync(self._log.write, act)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a request asks for, as far as its method, path and query tell. An agent's action is in the body."""

    door: Literal["rest", "mcp"]
    action: str
    article: str = ""
    question: str = ""

    def with_body(self, body: bytes) -> _Asked:
        """Adds what the body says."""
        told = _object(body)
        if self.door == "rest":
            return _Asked(self.door, self.action, self.article, self.question or _first(told))
        called = _mapping(told.get("params"))
        given = _mapping(called.get("arguments"))
        if told.get("method") == "resources/read":
            return _Asked(self.door, "read", str(called.get("uri", "")).removeprefix("articles://")[:100])
        action = _TOOLS.get(str(called.get("name")), "") if told.get("method") == "tools/call" else ""
        return _Asked(self.door, action, str(given.get("article_id", ""))[:100], _first(given))


def _asked_of(scope: Scope) -> _Asked | None:
    """Reads what a request asks for; None if it is nothing that the log has."""
    method, path = scope["method"], scope["path"]
    if path == "/mcp":
        return _Asked("mcp", "") if method == "POST" else None
    for its, pattern, action in _ACTIONS:
        if its == method and (found := pattern.fullmatch(path)):
            query = parse_qs(scope["query_string"].decode("utf-8", "replace"))
            question = _first({name: values[0] for name, values in query.items()})
            return _Asked("rest", action, found.groupdict().get("article") or "", question)
    return None


def _first(told: Mapping[str, Any]) -> str:
    """What is asked, of the fields that say it; empty if none is a text."""
    return next((told[name] for name in _ASKED if isinstance(told.get(name), str)), "")


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        return _mapping(json.loads(body))
    except (ValueError, RecursionError):
        return {}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
