"""Finds out who asks and by which address, if a proxy stands before the page.

Anyone can write `X-Forwarded-For`. It is believed only if the connection comes from a proxy that the user named with
--trusted-proxy. From all others these headers are removed, because Gradio would believe them.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse

from rag.core.errors import RagError
from rag_ui.language.strings import Strings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
PASSED_ON = "rag_ui.passed_on"
"""The key of a request's scope under which is found whether a proxy passed it on, as its headers say."""
_FORWARDED = (b"forwarded", b"x-forwarded-", b"x-real-ip")
"""The beginnings of headers that proxies write."""


def read_proxies(named: Sequence[str], strings: Strings) -> tuple[Network, ...]:
    """Reads the addresses and networks of --trusted-proxy. Raises RagError if one is none."""
    try:
        return tuple(ipaddress.ip_network(each.strip(), strict=False) for each in named)
    except ValueError as error:
        raise RagError(strings.words.no_proxy_address.format(why=error)) from error


def check_root_path(root_path: str, strings: Strings) -> str:
    """Returns a path such as `/archive`, without a slash at the end; empty for none. Raises RagError."""
    kept = root_path.strip().strip("/")
    if not kept:
        return ""
    if "://" in kept or not all(c.isalnum() or c in "-._~/" for c in kept) or not kept.isascii() or "//" in kept:
        raise RagError(strings.words.bad_root_path.format(path=root_path))
    return f"/{kept}"


class Proxied:
    """ASGI middleware that sets the client, the scheme and the host of a request as a trusted proxy states them.

    Args:
        app: What answers the request.
        trusted: The networks of the proxies.
        root_path: The path under which a proxy serves the page. A request may state it or not.
    """

    def __init__(self, app: ASGIApp, trusted: Sequence[Network] = (), root_path: str = "") -> None:
        self._app = app
        self._trusted = trusted
        self._root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] == "http":
            if self._root_path and scope["path"] == self._root_path:
                await RedirectResponse(f"{self._root_path}/", 308)(scope, receive, send)
                return
            peer = (scope.get("client") or ("", 0))[0]
            scope = self._inside(scope)
            if self._is_trusted(peer):
                scope = self._as_forwarded(scope)
            kept = [(name, value) for name, value in scope["headers"] if not name.startswith(_FORWARDED)]
            scope = {**scope, "headers": kept, PASSED_ON: len(kept) < len(scope["headers"])}
        await self._app(scope, receive, send)

    def _inside(self, scope: Scope) -> Scope:
        """Removes the root path, which some proxies leave in the request."""
        prefix, path = self._root_path, scope["path"]
        if not prefix or not path.startswith(f"{prefix}/"):
            return scope
        return {**scope, "path": path[len(prefix) :], "raw_path": scope["raw_path"][len(prefix) :]}

    def _as_forwarded(self, scope: Scope) -> Scope:
        headers = Headers(scope=scope)
        chain = [part.strip() for value in headers.getlist("x-forwarded-for") for part in value.split(",")]
        client = next((part for part in reversed(chain) if not self._is_trusted(part)), chain[0] if chain else "")
        stated: Scope = dict(scope)
        if _is_address(client):
            stated["client"] = (client, 0)
        if (scheme := _last(headers, "x-forwarded-proto")) in ("http", "https"):
            stated["scheme"] = scheme
        if host := _last(headers, "x-forwarded-host"):
            others = [(name, value) for name, value in scope["headers"] if name != b"host"]
            stated["headers"] = [*others, (b"host", host.encode("latin-1", "replace"))]
        return stated

    def _is_trusted(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._trusted)


def _last(headers: Headers, name: str) -> str:
    """The value that the nearest proxy wrote."""
    return ",".join(headers.getlist(name)).rpartition(",")[2].strip()


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
