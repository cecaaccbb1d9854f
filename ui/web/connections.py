"""HTTP connections with limits on their time and number, so that nobody can keep the page from answering others.

A head has to come in time, and a body at some speed, and a client has to read its answer. If there are too many
connections, one of the client address that has the most is closed: one that waits for nothing, before one that only
keeps a page alive, before any other.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

MOST = 400
"""Most connections. Each open page has two or three, and an operating system often allows 1,024 files."""
HEAD_SECONDS = 15.0
"""Seconds for the head of a request, from its first byte or from the connection's start."""
IDLE_SECONDS = 30
"""Seconds that a connection without a request stays open."""
BODY_SECONDS = 20.0
"""Seconds for the first bytes of a body, and for a pause between two pieces of it."""
BYTES_PER_SECOND = 4096
"""Least speed of a body after BODY_SECONDS."""
UNREAD_SECONDS = 60.0
"""Seconds that a client may leave an answer unread that no longer fits the buffers."""
_LOOK_SECONDS = 2.0
"""Seconds between two looks at a connection."""
_KEEPS_ALIVE = ("/gradio_api/heartbeat/",)
"""Paths whose answers only keep a page alive. The browser asks again by itself."""
_log = logging.getLogger(__name__)


class LimitedProtocol(H11Protocol):
    """A connection of uvicorn with limits. The times are set on the class, so that a test can set others."""

    most: int = MOST
    head_seconds: float = HEAD_SECONDS
    body_seconds: float = BODY_SECONDS
    unread_seconds: float = UNREAD_SECONDS
    look_seconds: float = _LOOK_SECONDS

    _begun = 0.0
    _head_since: float | None = None
    _unread_since: float | None = None
    _body_of: Any = None
    _body_since = 0.0
    _piece_at = 0.0
    _body_bytes = 0
    _look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins a connection, and closes another one if there are too many."""
        super().connection_made(transport)
        self._begun = self._head_since = time.monotonic()
        self._look_later()
        if len(self.connections) > self.most:
            _make_room(self.connections, self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends the connection."""
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Takes bytes of a head or a body, and notes when they came."""
        now = time.monotonic()
        if self.is_waiting and self._head_since is None:
            self._head_since = now
        before = self.cycle
        super().data_received(data)
        self._piece_at = now
        if self.cycle is not None and self.cycle is not before:
            self._body_of, self._body_since, self._body_bytes = self.cycle, now, 0
            self._head_since = None
        self._body_bytes += len(data)

    def on_response_complete(self) -> None:
        """Waits for the next request."""
        self._head_since = None
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Notes since when the client reads too slowly."""
        self._unread_since = time.monotonic()
        super().pause_writing()

    def resume_writing(self) -> None:
        """The client has read."""
        self._unread_since = None
        super().resume_writing()

    @property
    def is_waiting(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or bool(self.cycle.response_complete)

    @property
    def rank(self) -> tuple[int, float]:
        """The order in which connections are closed if there are too many, the smallest first."""
        if self.is_waiting:
            return 0, self._begun
        return (1 if str(self.scope["path"]).startswith(_KEEPS_ALIVE) else 2), self._begun

    @property
    def address(self) -> str:
        """The address at the other end."""
        return self.client[0] if self.client else ""

    def _look_later(self) -> None:
        self._look = self.loop.call_later(self.look_seconds, self._look_now)

    def _look_now(self) -> None:
        """Ends the connection if it takes too long."""
        if self.transport.is_closing():
            return
        late = self._why_late(time.monotonic())
        if late is None:
            self._look_later()
            return
        _log.info("closed a connection: %s", late)
        if late == "head" and self._piece_at and self.conn.our_state is h11.IDLE:
            self.transport.write(b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            self.transport.close()
        else:
            self.transport.abort()

    def _why_late(self, now: float) -> str | None:
        if self._unread_since is not None and now - self._unread_since > self.unread_seconds:
            return "answer not read"
        if self.is_waiting:
            return "head" if self._head_since is not None and now - self._head_since > self.head_seconds else None
        if self.flow.read_paused:  # the page, not the client, lets a body wait
            self._piece_at = now
        elif self.cycle is self._body_of and self.cycle.more_body:
            spent = now - self._body_since
            is_slow = spent > self.body_seconds and self._body_bytes < (spent - self.body_seconds) * BYTES_PER_SECOND
            return "body" if is_slow or now - self._piece_at > self.body_seconds else None
        return None


def _make_room(connections: set[Any], newest: LimitedProtocol) -> None:
    """Closes a connection of the address that has the most, but never the newest."""
    known = [each for each in connections if each is not newest and not each.transport.is_closing()]
    if len(known) < newest.most:
        return  # The others are closing already.
    ((address, _),) = Counter(each.address for each in known).most_common(1)
    least = min((each for each in known if each.address == address), key=lambda each: each.rank)
    _log.info("closed a connection: too many")
    least.transport.abort()
