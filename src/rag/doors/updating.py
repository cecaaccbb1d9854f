"""Updates the library, and tells the progress as server-sent events."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

from pydantic import BaseModel

from rag.client.schemas import Progress
from rag.doors.problems import problem_of
from rag.library import Library

_ALIVE_SECONDS = 15.0
"""Seconds without an event after which a comment is sent, so that no proxy ends the connection."""


async def update_events(library: Library) -> AsyncIterator[str]:
    """Updates from all known folders, and yields events.

    The events are `file` (a file enters another stage), `progress` (passages embedded), and at last `done` with the
    report or `problem`. If nobody listens any more, the update goes on.

    Args:
        library: The library.
    """
    loop, events = asyncio.get_running_loop(), asyncio.Queue[str]()

    def tell(name: str, value: BaseModel) -> None:
        event = f"event: {name}\ndata: {value.model_dump_json()}\n\n"
        loop.call_soon_threadsafe(events.put_nowait, event)

    def work() -> None:
        try:
            report = library.update(
                progress=lambda done, total: tell("progress", Progress(done=done, total=total)),
                on_file=lambda step: tell("file", step),
            )
        except Exception as error:
            tell("problem", problem_of(error))
        else:
            tell("done", report)

    threading.Thread(target=work, name="update", daemon=True).start()
    event = ""
    while not event.startswith(("event: done", "event: problem")):
        try:
            event = await asyncio.wait_for(events.get(), _ALIVE_SECONDS)
        except TimeoutError:
            event = ": still at work\n\n"
        yield event
