"""The sessions of people who signed in. They are kept in memory and end with the server."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from rag_ui.web.accounts import Account

SECONDS = 12 * 3600.0
"""Seconds without a request after which a session ends."""
MOST = 10_000
"""Most sessions. If there are more, those that were used longest ago end."""


@dataclass(frozen=True, slots=True)
class _Session:
    """A session: its account at the time of signing in, and the time of its last request in seconds."""

    account: Account
    used: float


class Sessions:
    """The open sessions. The server keeps only a hash of each token.

    Args:
        clock: Returns the time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: OrderedDict[str, _Session] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, account: Account) -> str:
        """Begins a session and returns its token."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._open[_digest(token)] = _Session(account, self._clock())
            while len(self._open) > MOST:
                self._open.popitem(last=False)
        return token

    def account(self, token: str) -> Account | None:
        """Returns who signed in with this token; None if nobody did, or the session has ended."""
        digest, now = _digest(token), self._clock()
        with self._lock:
            session = self._open.pop(digest, None)
            if session is None or now - session.used > SECONDS:
                return None
            self._open[digest] = _Session(session.account, now)
        return session.account

    def end(self, token: str) -> None:
        """Ends a session."""
        with self._lock:
            self._open.pop(_digest(token), None)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
