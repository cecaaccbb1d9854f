"""Fetches feeds into a folder, when a person asks for it and never otherwise; an update then reads them as files.

Only http and https, only addresses on the open internet unless allowed, the same checks for every redirect, limits on
size and time, and no second transfer of what did not change. The address that was checked is the one connected to.

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
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from rag.core.errors import ArticleError, FetchError
from rag.core.remedies import Remedy
from rag.formats.fields import clean_url
from rag.formats.file_types import FEED, MEBIBYTE
from rag.formats.sandbox import Sandbox

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
IsAllowed = Callable[[Address], bool]

SECONDS = 30.0
"""How long one feed may take, redirects included."""
_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_PIECE = 64 * 1024
_VALIDATORS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
"""What a reply tells its version by, and how a request asks for anything newer."""
_NOT_QUOTED = "%/:=&?~#+!$,;'@()*[]"
_log = logging.getLogger(__name__)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server sent: the status after redirects, the validators that it gave, the body (b"" for 304)."""

    status: int
    validators: Mapping[str, str]
    body: bytes


def fetch_feeds(urls: Iterable[str], folder: Path, *, allow_private: bool = False) -> list[FetchError]:
    """Brings the feeds' files in the folder up to date; returns what went wrong, one error a feed at most."""
    problems = []
    for url in urls:
        try:
            fetch_feed(url, folder, is_allowed=(lambda _: True) if allow_private else is_public)
        except FetchError as error:
            problems.append(error)
    return problems


def fetch_feed(url: str, folder: Path, *, is_allowed: IsAllowed | None = None, seconds: float = SECONDS) -> bool:
    """Writes the feed into its file in the folder; False where it did not change since. Raises FetchError.

    What is no feed is not written: the file stays as it was.
    """
    path = feed_file(url, folder)
    about = path.with_name(f".{path.name}.fetched.json")
    known = _read_validators(about) if path.exists() else {}
    reply = fetch(url, known, is_allowed=is_allowed or is_public, seconds=seconds)
    _log.info("%s: status %d, %d bytes", url, reply.status, len(reply.body))
    if reply.status == 304:
        return False
    try:
        with Sandbox() as sandbox:
            sandbox.extract(FEED, reply.body)
        folder.mkdir(parents=True, exist_ok=True)
        _write(path, reply.body)
        _write(about, json.dumps(dict(reply.validators)).encode())
    except ArticleError as error:
        raise FetchError(f"{url} sent no feed that can be read: {error.message}", remedy=error.remedy) from error
    except OSError as error:
        raise FetchError(
            f"{path} can't be written ({error.strerror})", remedy="make room for it, or free the way"
        ) from error
    return True


def feed_file(url: str, folder: Path) -> Path:
    """Where a feed is kept: in a file named by its host, and by its address's hash. Raises FetchError."""
    host = _check(url).hostname or ""
    name = "".join(c if (c.isascii() and c.isalnum()) or c in ".-" else "_" for c in host)
    return folder / f"{name[:80]}-{hashlib.sha256(url.encode()).hexdigest()[:8]}.xml"


def fetch(url: str, known: Mapping[str, str], *, is_allowed: IsAllowed, seconds: float = SECONDS) -> Reply:
    """What the address gives, redirects followed; `known` are the validators of what is there. Raises FetchError."""
    deadline = time.monotonic() + seconds
    asked = {header: known[name] for name, header in _VALIDATORS.items() if name in known}
    here = url
    for _ in range(_MOST_REDIRECTS + 1):
        try:
            reply = _request(_check(here), asked, is_allowed, deadline)
        except (OSError, ValueError, http.client.HTTPException) as error:
            if time.monotonic() >= deadline:
                raise FetchError(f"{url} took longer than {seconds:g} seconds", remedy="try again later") from error
            raise FetchError(
                f"{url} can't be fetched ({str(error) or type(error).__name__})", remedy="try later"
            ) from error
        if isinstance(reply, Reply):
            return reply
        if here.startswith("https:") and urljoin(here, reply).startswith("http:"):
            raise FetchError(
                f"{url} leads from https to http", remedy="give the address that it leads to, if you trust it"
            )
        here = urljoin(here, reply)
    raise FetchError(f"{url} leads from one address to the next without an end", remedy="check it")


def is_public(address: Address) -> bool:
    """Whether the address lies on the open internet, not in this machine's or its owner's networks."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address.sixtofour or address.teredo or address in _NAT64:  # each hides an IPv4 address
            return False
    return address.is_global and not address.is_multicast


def _check(url: str) -> SplitResult:
    """The parts of an address that may be fetched. Raises FetchError."""
    parts = urlsplit(clean_url(url) or "")
    try:
        port_is_good = parts.port != 0
    except ValueError:
        port_is_good = False
    if not parts.hostname or parts.username is not None or not port_is_good:
        raise FetchError(f"{url!r} is no feed's address", remedy="give one that begins with http:// or https://")
    return parts


def _request(parts: SplitResult, asked: Mapping[str, str], is_allowed: IsAllowed, deadline: float) -> Reply | str:
    """One request: its reply, or where it is redirected to. Raises OSError, HTTPException or FetchError."""
    connection = _connect(parts, is_allowed, deadline)
    wire = connection.sock  # the connection lets go of it when the server means to close
    # A socket's timeout starts anew with every byte that trickles in.
    timer = threading.Timer(_left(deadline), socket.socket.shutdown, (wire, socket.SHUT_RDWR))
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
        return Reply(answer.status, validators, _read_body(answer))


def _connect(parts: SplitResult, is_allowed: IsAllowed, deadline: float) -> http.client.HTTPConnection:
    """A connection to the host, at an address that was checked; a TLS handshake is left to the caller."""
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    refused = [address for address in found if not is_allowed(ipaddress.ip_address(address))]
    if refused:
        raise FetchError(
            f"{host} lies in a private network ({refused[0]})",
            remedy=Remedy("if it may be asked,", "allow_private_addresses"),
        )
    connected = _reach(found, port, deadline)
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(host, port)
    connection.sock = connected
    if secure:
        context = ssl.create_default_context()
        connection.sock = context.wrap_socket(connected, server_hostname=host, do_handshake_on_connect=False)
    return connection


def _reach(addresses: Sequence[str], port: int, deadline: float) -> socket.socket:
    """A connection to the first of the addresses that can be reached. Raises OSError."""
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=_left(deadline) / 2)
    return socket.create_connection((addresses[-1], port), timeout=_left(deadline))


def _read_body(answer: http.client.HTTPResponse) -> bytes:
    body = bytearray()
    while piece := answer.read1(_PIECE):
        body += piece
        if len(body) > FEED.max_bytes:
            raise FetchError(f"The feed is larger than {FEED.max_bytes // MEBIBYTE} MB", remedy="choose a smaller one")
    if answer.length:
        raise http.client.IncompleteRead(bytes(body), answer.length)
    return bytes(body)


def _left(deadline: float) -> float:
    """The seconds left. Raises TimeoutError where there are none."""
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
    """All of it or nothing: an update meanwhile sees the old file or the new one."""
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(data)
    unfinished.replace(path)
