"""Fetches one address over HTTP.

Only http and https are used, and only public addresses unless allowed. Each redirect is checked in the same way. Size
and time are limited. The address that was checked is the one connected to.

Left out: proxies, credentials, compressed transfer.
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from rag.core.errors import FetchError
from rag.core.ip_addresses import Address, is_public
from rag.core.remedies import Remedy
from rag.core.settings import MEBIBYTE
from rag.formats.fields import clean_url

IsAllowed = Callable[[Address], bool]
"""Says whether an IP address may be connected to."""

_MOST_REDIRECTS = 5
"""Redirects that are followed. More are treated as a circle."""
_REDIRECTS = (301, 302, 303, 307, 308)
"""The HTTP statuses that redirect."""
_PIECE = 64 * 1024
"""Bytes read at a time: the most that content that is too large costs beyond the limit."""
VALIDATORS = MappingProxyType({"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"})
"""Headers of a reply that identify its version, and the request headers that ask for a newer one."""
_NOT_QUOTED = "%/:=&?~#+!$,;'@()*[]"
"""Characters of an address that are sent as they are."""


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
    """A server's reply after redirects.

    Attributes:
        url: The address that replied.
        status: The HTTP status: 200, or 304 for content that is already there.
        media_type: The kind of the content as the server states it, such as "text/html"; "" if it states none.
        charset: The encoding that the server states; None if it states none.
        validators: The headers that name the version of the content.
        body: The content; b"" for 304.
    """

    url: str
    status: int
    media_type: str
    charset: str | None
    validators: Mapping[str, str]
    body: bytes


def allowing(*, private: bool) -> IsAllowed:
    """Returns what says whether an IP address may be connected to: all of them, or only those that are public."""
    return (lambda _: True) if private else is_public


def file_name(url: str, suffix: str) -> str:
    """Returns the name of an address's file: its host, the hash of the address, and the suffix.

    Raises:
        FetchError: If the address can't be fetched.
    """
    host = _check(url).hostname or ""
    name = "".join(c if (c.isascii() and c.isalnum()) or c in ".-" else "_" for c in host)
    return f"{name[:80]}-{hashlib.sha256(url.encode()).hexdigest()[:8]}{suffix}"


def fetch(url: str, known: Mapping[str, str], limits: Limits) -> Reply:
    """Fetches an address and follows redirects.

    Args:
        url: The address.
        known: The validators of the content that is already there.
        limits: What the fetch may do.

    Raises:
        FetchError: If the address can't be fetched.
    """
    asked = {header: known[name] for name, header in VALIDATORS.items() if name in known}
    here = url
    for _ in range(_MOST_REDIRECTS + 1):
        try:
            reply = _request(_check(here), asked, limits)
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise _not_fetched(url, error, limits) from error
        if isinstance(reply, Reply):
            return reply
        if here.startswith("https:") and urljoin(here, reply).startswith("http:"):
            what = f"{url} redirects from https to http"
            advice = "give the address that it redirects to, if you trust it"
            raise FetchError(what, "insecure_redirect", remedy=advice, address=url)
        here = urljoin(here, reply)
    raise FetchError(f"{url} redirects too often", "many_redirects", remedy="check it", address=url)


def _not_fetched(url: str, error: Exception, limits: Limits) -> FetchError:
    """The error of a connection that failed or took too long."""
    if time.monotonic() >= limits.deadline:
        what = f"{url} took longer than {limits.seconds:g} seconds"
        return FetchError(what, "late_reply", remedy="try again later", address=url, seconds=f"{limits.seconds:g}")
    why = str(error) or type(error).__name__
    return FetchError(f"{url} can't be fetched ({why})", "not_fetched", remedy="try again later", address=url, why=why)


def _check(url: str) -> SplitResult:
    """Splits an address that may be fetched. Raises FetchError."""
    parts = urlsplit(clean_url(url) or "")
    try:
        port_is_good = parts.port != 0
    except ValueError:
        port_is_good = False
    if not parts.hostname or parts.username is not None or not port_is_good:
        what = f"{url!r} is not an address that can be fetched"
        raise FetchError(what, "bad_address", remedy="give one that begins with http:// or https://", address=url)
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
        url = parts.geturl()
        if answer.status not in (200, 304):
            status = f"{answer.status} {answer.reason}".strip()
            advice = "check the address"
            raise FetchError(f"{url} answers {status}", "bad_status", remedy=advice, address=url, status=status)
        validators = {name: answer.headers[name] for name in VALIDATORS if name in answer.headers}
        kind = answer.headers.get_content_type() if "Content-Type" in answer.headers else ""
        charset = answer.headers.get_content_charset()
        return Reply(url, answer.status, kind, charset, validators, _read_body(answer, limits.max_bytes))


def _connect(parts: SplitResult, limits: Limits) -> http.client.HTTPConnection:
    """Connects to the host at a checked address. The caller makes the TLS handshake."""
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    refused = [address for address in found if not limits.is_allowed(ipaddress.ip_address(address))]
    if refused:
        raise FetchError(
            f"{host} is in a private network ({refused[0]})",
            "private_network",
            remedy=Remedy("if you trust it,", "allow_private_addresses"),
            host=host,
            address=refused[0],
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
            megabytes = most // MEBIBYTE
            what = f"The reply is larger than {megabytes} MB"
            raise FetchError(what, "large_reply", remedy="choose a smaller page or feed", most=megabytes)
    if answer.length:
        raise http.client.IncompleteRead(bytes(body), answer.length)
    return bytes(body)


def _left(deadline: float) -> float:
    """The seconds left. Raises TimeoutError if there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
