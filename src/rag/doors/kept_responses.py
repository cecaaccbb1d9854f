"""Keeps the responses to requests with an idempotency key, so that a request that is sent again changes nothing again.

They lie in an SQLite file beside the index for a day, so a server that was started again has them too. Left out: what
was being done when a server was killed. Its key is unknown afterwards, and the same request is done again.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.responses import Response

from rag.core.errors import IndexDamagedError, RagError
from rag.doors.problems import ProblemError
from rag.store.sqlite.connection import SqliteConnection

KEPT_SECONDS = 24 * 3600.0
"""Seconds for which a response is kept."""
MOST_KEPT = 1000
"""Most responses that are kept, the newest."""
_TABLE = """
CREATE TABLE IF NOT EXISTS response (
    caller TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, since REAL NOT NULL,
    status INTEGER NOT NULL, etag TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (caller, key)
);
"""


class KeptResponses:
    """The kept responses. A failed request is not kept.

    Args:
        path: The file. It is made when the first response is kept.
        clock: Returns the time in seconds since a moment that is the same after a new start.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._clock = clock
        self._begun: dict[tuple[str, str], str] = {}
        """The fingerprints of the requests that are being answered now, by caller and key."""

    async def once(
        self, caller: str, key: str | None, fingerprint: str, work: Callable[[], Awaitable[Response]]
    ) -> Response:
        """Answers a request, or returns the response that it had before.

        Args:
            caller: The name of the token. Each has keys of its own.
            key: The idempotency key; None to answer in any case.
            fingerprint: Tells different requests apart.
            work: Answers the request with JSON.

        Raises:
            ProblemError: If the key was used for another request, or the same request is still being answered.
            RagError: If the file can't be read or written.
        """
        if key is None:
            return await work()
        known = self._begun.get((caller, key)) or self._fingerprint(caller, key)
        if known is not None and known != fingerprint:
            raise ProblemError(422, "This idempotency key was used for another request", "use a new key")
        if (caller, key) in self._begun:
            raise ProblemError(409, "The request with this key is still being answered", "wait, then send it again")
        if known is not None:
            return self._kept(caller, key)
        self._begun[caller, key] = fingerprint
        try:
            response = await work()
            self._keep(caller, key, fingerprint, response)
        finally:
            del self._begun[caller, key]
        return response

    def _fingerprint(self, caller: str, key: str) -> str | None:
        """The fingerprint of a request that was answered during the last day; None if there was none."""
        if not self._path.exists():
            return None
        with self._open() as database:
            row = database.row(
                "SELECT fingerprint FROM response WHERE caller = ? AND key = ? AND since >= ?",
                (caller, key, self._clock() - KEPT_SECONDS),
            )
        return row[0] if row else None

    def _kept(self, caller: str, key: str) -> Response:
        with self._open() as database:
            row = database.row("SELECT status, etag, body FROM response WHERE caller = ? AND key = ?", (caller, key))
        assert row is not None
        status, etag, body = row
        return Response(body, status, {"ETag": etag}, media_type="application/json")

    def _keep(self, caller: str, key: str, fingerprint: str, response: Response) -> None:
        now = self._clock()
        told = (caller, key, fingerprint, now, response.status_code, response.headers["ETag"], bytes(response.body))
        with self._open() as database:
            database.run("INSERT OR REPLACE INTO response VALUES (?, ?, ?, ?, ?, ?, ?)", told)
            database.run("DELETE FROM response WHERE since < ?", (now - KEPT_SECONDS,))
            database.run(
                "DELETE FROM response WHERE rowid NOT IN (SELECT rowid FROM response ORDER BY since DESC LIMIT ?)",
                (MOST_KEPT,),
            )

    @contextmanager
    def _open(self) -> Iterator[SqliteConnection]:
        try:
            database = SqliteConnection(self._path, "mode=rwc")
            try:
                database.script(_TABLE)
                yield database
            finally:
                database.close()
        except IndexDamagedError as error:
            raise RagError(
                f"{self._path} is damaged, which has the responses to requests with an idempotency key",
                remedy="move the file away; then the keys of the last day are unknown",
            ) from error
