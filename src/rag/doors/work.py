"""Does the library's work in threads, a few at a time, and remembers what was done under an idempotency key."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import anyio
import anyio.to_thread
from starlette.responses import Response

from rag.core.settings import PageSettings
from rag.doors.problems import ProblemError

_Result = TypeVar("_Result")
KEPT_SECONDS = 24 * 3600.0
"""Seconds for which the result of a request with an idempotency key is kept."""
MOST_KEPT = 1000
"""Most results that are kept, the newest."""


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


@dataclass(slots=True)
class _Kept:
    """A request with a key: its fingerprint, its time, and its response when it is done."""

    fingerprint: str
    since: float
    response: Response | None = None


class KeptResponses:
    """The responses to requests with an idempotency key, so that a request that is sent again changes nothing again.

    They are kept in memory, for a day. A failed request is not kept.

    Args:
        clock: Returns the time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[tuple[str, str], _Kept] = {}

    async def once(
        self, caller: str, key: str | None, fingerprint: str, work: Callable[[], Awaitable[Response]]
    ) -> Response:
        """Answers a request, or returns the response that it had before.

        Args:
            caller: The name of the token. Each has keys of its own.
            key: The idempotency key; None to answer in any case.
            fingerprint: Tells different requests apart.
            work: Answers the request.

        Raises:
            ProblemError: If the key was used for another request, or the same request is still being answered.
        """
        if key is None:
            return await work()
        self._forget_old()
        known = self._kept.get((caller, key))
        if known is None:
            self._kept[caller, key] = known = _Kept(fingerprint, self._clock())
            try:
                known.response = await work()
            except BaseException:
                del self._kept[caller, key]
                raise
            return known.response
        if known.fingerprint != fingerprint:
            raise ProblemError(422, "This idempotency key was used for another request", "use a new key")
        if known.response is None:
            raise ProblemError(409, "The request with this key is still being answered", "wait, then send it again")
        return known.response

    def _forget_old(self) -> None:
        oldest = self._clock() - KEPT_SECONDS
        done = [key for key, kept in self._kept.items() if kept.response is not None]
        spare = max(len(done) - MOST_KEPT + 1, 0)
        for number, key in enumerate(done):
            if number < spare or self._kept[key].since < oldest:
                del self._kept[key]
