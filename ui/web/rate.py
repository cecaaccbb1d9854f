"""Limits how often each address may send requests."""

from __future__ import annotations

import time
from collections.abc import Callable

ADDRESSES = 10_000
"""Most client addresses that are tracked. If there are more, all counts start again."""


class RateLimit:
    """A token bucket per address.

    Args:
        burst: Requests that an address may send at once.
        per_second: Requests per second after that.
        clock: Returns the time in seconds.
    """

    def __init__(self, burst: int, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def is_spent(self, address: str) -> bool:
        """Whether this address has to wait. The call does not count as a request."""
        return self._left_now(address)[0] < 1

    def admits(self, address: str, cost: float = 1.0) -> bool:
        """Whether this address may send a request now; if so, the request is counted with its cost."""
        left, now = self._left_now(address)
        if len(self._left) > ADDRESSES:
            self._left.clear()
        self._left[address] = (left - cost if left >= cost else left, now)
        return left >= cost

    def _left_now(self, address: str) -> tuple[float, float]:
        now = self._clock()
        left, since = self._left.get(address, (float(self._burst), now))
        return min(self._burst, left + (now - since) * self._per_second), now
