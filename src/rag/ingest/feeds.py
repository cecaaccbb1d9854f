"""Fetches feeds into a folder, only when a person asks for it. An update then reads them as files.

Only http and https are used, and only public addresses unless allowed. Each redirect is checked in the same way. Size
and time are limited, and an unchanged feed is not transferred again. The address that was checked is the one connected
to.

Left out: proxies, credentials, compressed transfer.
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import json
import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from rag.core.errors import ArticleError, FetchError
from rag.core.ip_addresses import Address, is_public
from rag.core.remedies import Remedy
from rag.core.settings import DEFAULTS, MEBIBYTE, FileSettings
from rag.formats.fields import clean_url
from rag.formats.file_types import FEED, max_bytes_of
from rag.formats.sandbox import Sandbox

IsAllowed = Callable[[Address], bool]
"""Says whether an IP address may be connected to."""

_MOST_REDIRECTS = 5
"""Redirects that are followed. More are treated as a circle."""
_REDIRECTS = (301, 302, 303, 307, 308)
"""The HTTP statuses that redirect."""
_PIECE = 64 * 1024
"""Bytes read at a time: the most that a feed that is too large costs beyond the limit."""
_VALIDATORS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
"""Headers of a reply that identify its version, and the request headers that ask for a newer one."""
_NOT_QUOTED = "%/:=&?~#+!$,;'@()*[]"
"""Characters of an address that are sent as they are."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may do: IP addresses, seconds counted from `begun`, and bytes."""

    is_allowed: IsAllowed
    seconds: float
    max_bytes: int
    begun: float = field(default_factory=time.monotonic)

    @property
    def deadline(self) -> float:
        """The end on the monotonic clock, in seconds."""
        return self.begun + self.seconds


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's reply: the status after redirects, the headers that name its version, and the body (b"" for 304)."""

    status: int
    validators: Mapping[str, str]
    body: bytes


def fetch_feeds(
    urls: Iterable[str],
    folder: Path,
    *,
    allow_private: bool = False,
    seconds: float = DEFAULTS.updates.feed_seconds,
    files: FileSettings = DEFAULTS.files,
) -> list[FetchError]:
    """Updates the feeds' files in a folder; returns the errors, at most one per feed.

    `allow_private` allows addresses in private networks. `seconds` is the time for each feed.
    """
    is_allowed = (lambda _: True) if allow_private else is_public
    problems = []
    for url in urls:
        try:
            fetch_feed(url, folder, is_allowed=is_allowed, seconds=seconds, files=files)
        except FetchError as error:
            problems.append(error)
    return problems


def fetch_feed(
    url: str,
    folder: Path,
    *,
    is_allowed: IsAllowed | None = None,
    seconds: float = DEFAULTS.updates.feed_seconds,
    files: FileSettings = DEFAULTS.files,
) -> bool:
    """Fetches one feed into its file. If the reply is not a feed, the file stays as it was.

    Args:
        url: The feed's address.
        folder: The folder of the file.
        is_allowed: Says whether an IP address may be connected to; None allows public ones.
        seconds: Seconds that it may take, redirects included.
        files: What reading one file may cost.

    Returns:
        False if the feed did not change since the last fetch.

    Raises:
        FetchError: If the feed can't be fetched, read or written.
    """
    path = feed_file(url, folder)
    about = path.with_name(f".{path.name}.fetched.json")
    known = _read_validators(about) if path.exists() else {}
    limits = Limits(is_allowed or is_public, seconds, max_bytes_of(FEED, files))
    reply = fetch(url, known, limits)
    _log.info("%s: status %d, %d bytes", url, reply.status, len(reply.body))
    if reply.status == 304:
        return False
    try:
        with Sandbox(files) as sandbox:
            sandbox.extract(FEED, reply.body)
        folder.mkdir(parents=True, exist_ok=True)
        _write(path, reply.body)
        _write(about, json.dumps(dict(reply.validators)).encode())
    except ArticleError as error:
        raise FetchError(f"{url} did not send a readable feed: {error.message}", remedy=error.remedy) from error
    except OSError as error:
        raise FetchError(
            f"{path} can't be written ({error.strerror})", remedy="check the permissions and the free space"
        ) from error
    return True


def feed_file(url: str, folder: Path) -> Path:
    """Returns the file of a feed, named by its host and the hash of its address.

    Raises:
        FetchError: If the address can't be fetched.
    """
    host = _check(url).hostname or ""
    name = "".join(c if (c.isascii() and c.isalnum()) or c in ".-" else "_" for c in host)
    return folder / f"{name[:80]}-{hashlib.sha256(url.encode()).hexdigest()[:8]}.xml"


def fetch(url: str, known: Mapping[str, str], limits: Limits) -> Reply:
    """Fetches an address and follows redirects.

    Args:
        url: The address.
        known: The validators of the content that is already there.
        limits: What the fetch may do.

    Raises:
        FetchError: If the address can't be fetched.
    """
    asked = {header: known[name] for name, header in _VALIDATORS.items() if name in known}
    here = url
    for _ in range(_MOST_REDIRECTS + 1):
        try:
            reply = _request(_check(here), asked, limits)
        except (OSError, ValueError, http.client.HTTPException) as error:
            if time.monotonic() >= limits.deadline:
                what = f"{url} took longer than {limits.seconds:g} seconds"
                raise FetchError(what, remedy="try again later") from error
            raise FetchError(
                f"{url} can't be fetched ({str(error) or type(error).__name__})", remedy="try again later"
            ) from error
        if isinstance(reply, Reply):
            return reply
        if here.startswith("https:") and urljoin(here, reply).startswith("http:"):
            raise FetchError(
                f"{url} redirects from https to http", remedy="give the address that it redirects to, if you trust it"
            )
        here = urljoin(here, reply)
    raise FetchError(f"{url} redirects too often", remedy="check it")


def _check(url: str) -> SplitResult:
    """Splits an address that may be fetched. Raises FetchError."""
    parts = urlsplit(clean_url(url) or "")
    try:
        port_is_good = parts.port != 0
    except ValueError:
        port_is_good = False
    if not parts.hostname or parts.username is not None or not port_is_good:
        raise FetchError(f"{url!r} is not a feed's address", remedy="give one that begins with http:// or https://")
    return parts


def _request(parts: SplitResult, asked: Mapping[str, str], limits: Limits) -> Reply | str:
    """Sends one request; returns its reply or a redirect's target. Raises OSError, HTTPException or FetchError."""
    connection = _connect(parts, limits)
    wire = connection.sock  # kept, because the connection drops it if the server closes after the reply
    # A timer is needed, because a socket's timeout starts again with every byte received.
    timer = threading.Timer(_left(limits.deadline), socket.socket.shutdown, (wire, socket.SHUT_RDWR))
    with ExitStack() as closing:
        closing.callback(connection.close)
        closing.callback(timer.join)
        closing.callback(timer.cancel)
        timer.start()
        if isinstance(wire, ssl.SSLSocket):
            wire.do_handshake()
        target = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_NOT_QUOTED)
        plain = {"User-Agent": "newsroom-rag", "Accept-Encoding": "identity", "Connection": "close"}
        connection.request("GET", target, headers={**plain, **asked})
        answer = connection.getresponse()
        closing.callback(answer.close)
        if answer.status in _REDIRECTS:
            return answer.headers.get("Location", "")
        if answer.status not in (200, 304):
            raise FetchError(f"{parts.geturl()} answers {answer.status} {answer.reason}", remedy="check the address")
        validators = {name: answer.headers[name] for name in _VALIDATORS if name in answer.headers}
        return Reply(answer.status, validators, _read_body(answer, limits.max_bytes))


def _connect(parts: SplitResult, limits: Limits) -> http.client.HTTPConnection:
    """Connects to the host at a checked address. The caller makes the TLS handshake."""
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    refused = [address for address in found if not limits.is_allowed(ipaddress.ip_address(address))]
    if refused:
        raise FetchError(
            f"{host} is in a private network ({refused[0]})",
            remedy=Remedy("if you trust it,", "allow_private_addresses"),
        )
    connected = _reach(found, port, limits.deadline)
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(host, port)
    connection.sock = connected
    if secure:
        context = ssl.create_default_context()
        connection.sock = context.wrap_socket(connected, server_hostname=host, do_handshake_on_connect=False)
    return connection


def _reach(addresses: Sequence[str], port: int, deadline: float) -> socket.socket:
    """Connects to the first address that can be reached. Raises OSError."""
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=_left(deadline) / 2)
    return socket.create_connection((addresses[-1], port), timeout=_left(deadline))


def _read_body(answer: http.client.HTTPResponse, most: int) -> bytes:
    body = bytearray()
    while piece := answer.read1(_PIECE):
        body += piece
        if len(body) > most:
            raise FetchError(f"The feed is larger than {most // MEBIBYTE} MB", remedy="choose a smaller one")
    if answer.length:
        raise http.client.IncompleteRead(bytes(body), answer.length)
    return bytes(body)


def _left(deadline: float) -> float:
    """The seconds left. Raises TimeoutError if there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _read_validators(about: Path) -> dict[str, str]:
    try:
        known = json.loads(about.read_bytes())
    except (OSError, ValueError):
        return {}
    return {name: known[name] for name in _VALIDATORS if isinstance(known, dict) and isinstance(known.get(name), str)}


def _write(path: Path, data: bytes) -> None:
    """Writes the file whole or not at all: an update at the same time reads the old file or the new one."""
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(data)
    unfinished.replace(path)
