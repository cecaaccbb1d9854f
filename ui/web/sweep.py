"""Frees what nobody comes for: results that were never read, and uploads that were never added."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rag_ui.web.uploads import delete_old

if TYPE_CHECKING:
    import gradio as gr

UNREAD_SECONDS = 300.0
"""Seconds after which the results of a session are dropped if nobody reads them."""
STATE_SECONDS = 24 * 3600
"""Seconds without a change after which a conversation is dropped from memory. The browser has a copy of its own."""
_EVERY_SECONDS = 20.0
"""Seconds between two sweeps of results. Uploads are swept every hour."""
_HOUR = 3600.0
_log = logging.getLogger(__name__)


class UnreadResults:
    """Finds the sessions whose questions are all answered and whose answers nobody has read for a while.

    Gradio keeps such answers until somebody reads them, and the ids of such sessions for ever.

    Args:
        page: The page.
        seconds: How long an answer waits.
        clock: Returns the time in seconds.
    """

    def __init__(
        self, page: gr.Blocks, seconds: float = UNREAD_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._queue = page._queue
        self._seconds = seconds
        self._clock = clock
        self._since: dict[str, tuple[int, float]] = {}

    def sweep(self) -> int:
        """Drops what has waited for long enough. Returns the number of sessions that were dropped."""
        queue, now = self._queue, self._clock()
        waiting = {}
        for session in {*queue.pending_event_ids_session, *queue.pending_messages_per_session}:
            ids = queue.pending_event_ids_session.get(session, set())
            if any(event in queue.event_ids_to_events for event in ids):
                continue  # still being answered
            messages = queue.pending_messages_per_session.get(session)
            size = 0 if messages is None else messages.qsize()
            known, since = self._since.get(session, (size, now))
            waiting[session] = (size, since if size == known else now)
        old = [session for session, (_, since) in waiting.items() if now - since >= self._seconds]
        for session in old:
            queue.pending_event_ids_session.pop(session, None)
            if session in queue.pending_messages_per_session:
                del queue.pending_messages_per_session[session]
            del waiting[session]
        self._since = waiting
        if old:
            _log.info("dropped the unread answers of %d sessions", len(old))
        return len(old)


async def sweep_forever(page: gr.Blocks, uploads: Path | None) -> None:
    """Sweeps until it is cancelled. `uploads` is the folder of files that wait to be added."""
    unread, swept = UnreadResults(page), time.monotonic()
    while True:
        await asyncio.sleep(_EVERY_SECONDS)
        unread.sweep()
        if uploads is not None and time.monotonic() - swept > _HOUR:
            swept = time.monotonic()
            await asyncio.to_thread(delete_old, uploads)
