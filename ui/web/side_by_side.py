"""Serves several applications on one port, which start and end together."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Together(ABC):
    """An ASGI application that passes each request on to one of several applications.

    Args:
        each: The applications.
    """

    def __init__(self, each: Iterable[ASGIApp]) -> None:
        self._each = list(dict.fromkeys(each))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or starts and ends all applications together."""
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
            return
        await self.chosen(scope)(scope, receive, send)

    @abstractmethod
    def chosen(self, scope: Scope) -> ASGIApp:
        """Returns the application that answers a request."""

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        lives = [_Life(app, scope) for app in self._each]
        failed = [message for life in lives if (message := await life.go_on("startup"))]
        if failed:
            await send({"type": "lifespan.startup.failed", "message": "; ".join(failed)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for life in reversed(lives):
            await life.go_on("shutdown")
        await send({"type": "lifespan.shutdown.complete"})


class SideBySide(Together):
    """An ASGI application that passes each request on by its path.

    Args:
        by_prefix: The applications, each by the beginning of its paths. The first that fits answers.
        others: What answers all other requests.
    """

    def __init__(self, by_prefix: Mapping[str, ASGIApp], others: ASGIApp) -> None:
        super().__init__([*by_prefix.values(), others])
        self._by_prefix = by_prefix
        self._others = others

    def chosen(self, scope: Scope) -> ASGIApp:
        """Returns the application that answers a request."""
        path = scope.get("path", "")
        return next((app for prefix, app in self._by_prefix.items() if path.startswith(prefix)), self._others)


class _Life:
    """One application from its start to its end, in a task of its own, as its context managers need it."""

    def __init__(self, app: ASGIApp, scope: Scope) -> None:
        self._told: asyncio.Queue[Message] = asyncio.Queue()
        self._heard: asyncio.Queue[Message] = asyncio.Queue()
        self._task = asyncio.create_task(self._run(app, dict(scope)))

    async def _run(self, app: ASGIApp, scope: Scope) -> None:
        try:
            await app(scope, self._told.get, self._heard.put)
        except Exception as error:
            await self._heard.put({"type": "lifespan.failed", "message": str(error) or type(error).__name__})

    async def go_on(self, step: str) -> str:
        """Tells the application to start or to end, and waits for it; returns why it failed, empty if it did not."""
        await self._told.put({"type": f"lifespan.{step}"})
        answer = await self._heard.get()
        if step == "shutdown":
            await self._task
        return str(answer.get("message", "")) or ("it failed" if answer["type"].endswith("failed") else "")
