"""Sends changes to the web address that the settings name. Redirects are not followed, and no proxy is asked."""

from __future__ import annotations

import http.client
import ssl
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from rag.core.errors import StandingError
from rag.core.settings_written import StandingSettings
from rag.standing.deadline import ended_after
from rag.standing.results import SentChanges, StandingChange

_HEADERS = {"Content-Type": "application/json", "User-Agent": "newsroom-rag", "Connection": "close"}


def post_changes(changes: Sequence[StandingChange], settings: StandingSettings) -> None:
    """Posts changes as the JSON of `SentChanges`.

    Args:
        changes: The changes.
        settings: The address, and how long it may take.

    Raises:
        StandingError: If the server does not answer in time with a status from 200 to 299. The error names the host
            and not the address, which may hold a secret.
    """
    parts = urlsplit(settings.webhook or "")
    try:
        port, host = parts.port, parts.hostname or ""
    except ValueError as error:
        raise StandingError("The webhook's address has no valid port", remedy="correct standing.webhook") from error
    seconds = settings.send_seconds
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(host, port, timeout=seconds, context=context)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    body = SentChanges(changes=tuple(changes)).model_dump_json().encode()
    begun = time.monotonic()
    try:
        with ended_after(seconds, lambda: connection.sock):
            connection.request("POST", target, body, _HEADERS)
            status = connection.getresponse().status
    except (OSError, ValueError, http.client.HTTPException) as error:
        late = time.monotonic() - begun >= seconds
        why = f"took longer than {seconds:g} seconds" if late else f"can't be reached ({type(error).__name__})"
        raise StandingError(f"The webhook at {host} {why}", remedy="it is tried again at the next check") from error
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise StandingError(
            f"The webhook at {host} answered with status {status}", remedy="it is tried again at the next check"
        )
