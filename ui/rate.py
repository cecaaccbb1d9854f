"""How often each address may do something."""

from __future__ import annotations

import time
from collections.abc import Callable

ADDRESSES = 10_000
"""Of how many addresses it is known how often they asked; beyond that all begin anew."""


class RateLimit:
    """How often each address may ask: `burst` times at once, and `per_second` from then on."""

    def __init__(self, burst: int, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def is_spent(self, address: str) -> bool:
        """Whether this address has to wait; nothing is counted."""
        return self._left_now(address)[0] < 1

    def admits(self, address: str, cost: float = 1.0) -> bool:
        """Whether this address may ask now for what costs so much of a whole question; if so, it is counted."""
        left, now = self._left_now(address)
        if len(self._left) > ADDRESSES:
            self._left.clear()
        self._left[address] = (left - cost if left >= cost else left, now)
        return left >= cost

    def _left_now(self, address: str) -> tuple[float, float]:
        now = self._clock()
        left, since = self._left.get(address, (float(self._burst), now))
        return min(self._burst, left + (now - since) * self._per_second), now
