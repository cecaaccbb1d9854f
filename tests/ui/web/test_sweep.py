"""Answers that nobody reads are dropped."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

from rag_ui.web.sweep import UnreadResults


def queue_of(**sessions: tuple[set[str], int]) -> Any:
    """A queue as Gradio's: the ids of each session's events, and the number of its unread messages."""
    messages: dict[str, asyncio.Queue[int]] = {}
    for name, (_, number) in sessions.items():
        messages[name] = asyncio.Queue()
        for message in range(number):
            messages[name].put_nowait(message)
    ids = {name: known for name, (known, _) in sessions.items()}
    return SimpleNamespace(
        pending_messages_per_session=messages, pending_event_ids_session=ids, event_ids_to_events={"running": 1}
    )


def test_only_answers_that_wait_too_long_are_dropped() -> None:
    now = 0.0
    queue = queue_of(left=({"done"}, 3), read=(set(), 0), asked=({"running"}, 1), busy=({"done2"}, 1))
    unread = UnreadResults(SimpleNamespace(_queue=queue), seconds=100, clock=lambda: now)
    assert unread.sweep() == 0
    now = 60.0
    queue.pending_messages_per_session["busy"].get_nowait()
    assert unread.sweep() == 0
    now = 110.0
    assert unread.sweep() == 2
    assert set(queue.pending_messages_per_session) == set(queue.pending_event_ids_session) == {"asked", "busy"}
    now = 1000.0
    queue.event_ids_to_events.clear()
    assert unread.sweep() == 1
    now = 1101.0
    assert unread.sweep() == 1
    assert not queue.pending_messages_per_session and not queue.pending_event_ids_session


def test_a_session_without_messages_is_dropped_too() -> None:
    now = 0.0
    queue = queue_of()
    queue.pending_event_ids_session["left"] = {"gone"}
    unread = UnreadResults(SimpleNamespace(_queue=queue), seconds=100, clock=lambda: now)
    unread.sweep()
    now = 200.0
    assert unread.sweep() == 1 and not queue.pending_event_ids_session
