"""Keeps the stream of a page's events open for a moment after the last event.

Gradio's server closes the stream when no event of the page is left. An event that joins while the page has not read
that yet gets no stream: the page takes it for open, and shows the event's outcome only when another event joins. An
event that follows from another one, as most do when a page is opened, joins at just that time.
"""

from __future__ import annotations

import asyncio
from itertools import count
from typing import TYPE_CHECKING, Any

from gradio.server_messages import ProcessCompletedMessage

if TYPE_CHECKING:
    import gradio as gr

_SECONDS = 1.0
"""How long a stream stays open: a page that is slow to start takes a tenth of it for what follows an event."""


class OpenStreams:
    """Holds the streams of pages open, each by an event that is never processed and ends when nothing else came.

    Args:
        page: The page, which has its queue already.
    """

    def __init__(self, page: gr.Blocks) -> None:
        self._queue = page._queue
        self._push = page._queue.push
        self._held: dict[str, tuple[str, asyncio.TimerHandle]] = {}
        self._numbers = count()
        page._queue.push = self.push

    async def push(self, body: Any, request: Any, username: str | None) -> tuple[bool, str | None, str]:
        """Puts an event into the queue, as `gradio.queueing.Queue.push` does, and holds the stream if it is a page's.

        A program's stream ends with its event, as it expects.
        """
        pushed: tuple[bool, str | None, str] = await self._push(body=body, request=request, username=username)
        if pushed[0] and request.headers.get("x-gradio-user") == "app":
            self._hold(body.session_hash)
        return pushed

    def _hold(self, session: str) -> None:
        name, timer = self._held.pop(session, (f"held-{next(self._numbers)}", None))
        if timer is not None:
            timer.cancel()
        self._queue.pending_event_ids_session[session].add(name)
        self._held[session] = name, asyncio.get_running_loop().call_later(_SECONDS, self._release, session)

    def _release(self, session: str) -> None:
        """Ends the hold, unless an event is not processed yet. Then the stream closes as it does after any event."""
        events = self._queue.pending_event_ids_session.get(session, set())
        if any(event in self._queue.event_ids_to_events for event in events):
            self._hold(session)
            return
        name, _ = self._held.pop(session)
        events.discard(name)
        messages = self._queue.pending_messages_per_session.get(session)
        if messages is not None:
            messages.put_nowait(ProcessCompletedMessage(output={}, success=True, event_id=name))
