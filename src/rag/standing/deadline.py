"""Ends a connection that takes too long. A socket's own timeout starts again with every byte received."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def ended_after(seconds: float, wire: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Ends a connection if the block takes too long. What waits for the connection gets an OSError then.

    Args:
        seconds: Seconds that the block may take.
        wire: Returns the socket; None if there is none yet.
    """

    def end() -> None:
        if (found := wire()) is not None:
            with suppress(OSError):
                found.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
