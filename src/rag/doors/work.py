"""Does the library's work in threads, a few at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread

from rag.core.settings import PageSettings
from rag.doors.problems import ProblemError

_Result = TypeVar("_Result")


class Work:
    """Runs work in threads. What finds no place in the queue is refused.

    Args:
        at_once: How much is done at the same time.
        most_waiting: How much waits.
    """

    def __init__(self, at_once: int, most_waiting: int) -> None:
        self._at_once = anyio.CapacityLimiter(at_once)
        self._most_waiting = most_waiting

    @classmethod
    def of(cls, limits: PageSettings) -> Work:
        """Makes the queue of questions."""
        return cls(limits.answered_at_once, limits.queue_length)

    async def run(self, work: Callable[[], _Result]) -> _Result:
        """Does work in a thread.

        Raises:
            ProblemError: If too many wait already.
        """
        if self._at_once.statistics().tasks_waiting >= self._most_waiting:
            raise ProblemError(503, "Too many questions are waiting", "ask again in a moment")
        return await anyio.to_thread.run_sync(work, limiter=self._at_once)
