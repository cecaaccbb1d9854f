"""The web server of the page. It serves this machine, and other machines only with a password.

Gradio serves more than the page needs: files, uploads, proxies, monitoring. Here every path is refused unless it is
listed below, every request from another site is refused, and the browser may load nothing from other sites.
"""

from __future__ import annotations

import contextlib
import errno
import socket
import time
import webbrowser
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse

from rag.core.environment import reach_directly
from rag.core.errors import RagError
from rag.core.settings import DEFAULTS, MEBIBYTE, PageSettings

from .accounts import Lock
from .rate import RateLimit
from .strings import ENGLISH, Strings

if TYPE_CHECKING:
    import gradio as gr
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PRIVATE = {"api_visibility": "private", "show_progress": "hidden"}
"""The arguments of every event of the page: it is not an endpoint, and shows no progress of Gradio."""

LOOPBACK = frozenset({"127.0.0.1", "localhost"})

PORTS = 20
"""Ports that are tried, from the given port on."""

MAX_BODY = 1 << 20
"""Most bytes of one request. A question of 10,000 words, which gets an error message, takes about 60,000."""

UPLOAD = "/gradio_api/upload"
"""The path for uploads. Only here a body may have more than MAX_BODY bytes."""

SESSIONS = 500
"""Most pages whose conversation is kept in memory. The ones used last are kept."""

COSTS = {
    "/gradio_api/queue/join": 1.0,
    "/gradio_api/call/": 1.0,
    "/gradio_api/upload": 1.0,
    "/gradio_api/run/": 0.1,
}
"""The cost of a request by its path, for the rate limit of an address.

Requests outside the queue take milliseconds and are sent by every open page. With the full cost, the pages of a
newsroom behind one address reached the limit."""

PATHS = frozenset({"/", "/config", "/config/", "/theme.css", "/favicon.ico"})
PATH_PREFIXES = (
    "/assets/",
    "/static/",
    "/gradio_api/info",
    "/gradio_api/app_id",
    "/gradio_api/startup-events",
    "/gradio_api/heartbeat/",
    "/gradio_api/queue/",
    "/gradio_api/run/",
    "/gradio_api/upload",
    "/gradio_api/call/answer",
)
"""The paths that the page and the endpoint use. All other paths of Gradio are answered with 404."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Headers of every response. Gradio's page needs inline scripts and `new Function`."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where and for whom the page is served.

    Attributes:
        host: The address to listen on.
        port: The port. If it is in use, the next free one is taken; 0 takes any free port.
        accounts: The password of each user; empty for no passwords.
        strings: The language.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    accounts: Mapping[str, str] = field(default_factory=dict)
    strings: Strings = ENGLISH


@dataclass(frozen=True, slots=True)
class RunningPage:
    """A page that is being served."""

    url: str
    blocks: gr.Blocks

    def wait(self, open_browser: bool = False) -> None:
        """Serves until it is interrupted."""
        if open_browser:
            webbrowser.open(self.url)
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                time.sleep(1)
        self.close()

    def close(self) -> None:
        """Stops serving."""
        self.blocks.close(verbose=False)


def start(page: gr.Blocks, door: Door, limits: PageSettings = DEFAULTS.page, **look: Any) -> RunningPage:
    """Serves the page in a thread.

    Args:
        page: The page.
        door: Address, port, accounts and language.
        limits: Limits for uploads and requests.
        **look: Further arguments of `Blocks.launch`.

    Returns:
        The running page.

    Raises:
        RagError: If the address or the ports can't be used, or other machines can reach it without a password.
    """
    if door.host not in LOOPBACK and not door.accounts:
        raise RagError(door.strings.words.password_first.format(host=door.host))
    reach_directly({*LOOPBACK, door.host})
    page.queue(default_concurrency_limit=limits.answered_at_once, max_size=limits.queue_length, api_open=False)
    _, url, _ = page.launch(
        server_name=door.host,
        server_port=_free_port(door),
        share=False,
        quiet=True,
        show_error=False,
        prevent_thread_lock=True,
        state_session_capacity=SESSIONS,
        allowed_paths=[],
        enable_monitoring=False,
        run_history=False,
        strict_cors=True,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        footer_links=[],
        app_kwargs={"middleware": _middleware(door, limits)},
        **look,
    )
    return RunningPage(url, page)


def _middleware(door: Door, limits: PageSettings) -> list[Middleware]:
    gate = Middleware(Gate, strings=door.strings, limits=limits)
    if door.accounts:
        # Any host name is allowed: for a page of another name, the browser sends no stored password.
        return [Middleware(Lock, accounts=door.accounts, strings=door.strings), gate]
    return [Middleware(TrustedHostMiddleware, allowed_hosts=sorted(LOOPBACK)), gate]


def _free_port(door: Door) -> int:
    """Finds the first free port, from the given port on. Raises RagError if there is none."""
    last = door.port + PORTS - 1
    for candidate in range(door.port, last + 1):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((door.host, candidate))
            except OSError as error:
                if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
                    raise RagError(door.strings.words.no_such_address.format(host=door.host)) from error
                continue
            return int(probe.getsockname()[1])
    raise RagError(door.strings.words.ports_in_use.format(first=door.port, last=last))


class Gate:
    """ASGI middleware that refuses other sites, unknown paths and large bodies, and adds `HEADERS`."""

    def __init__(self, app: ASGIApp, strings: Strings, limits: PageSettings) -> None:
        self._app = app
        self._strings = strings
        self._max_upload = limits.upload_megabytes * MEBIBYTE
        # The limit is per address. All users of one machine share it, and opening a page takes several requests.
        self._rate = RateLimit(limits.request_burst, limits.requests_per_second)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request, or refuses it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = refuse(scope["method"], scope["path"], Headers(scope=scope), self._strings, self._max_upload)
        if refusal is None and scope["method"] == "POST" and not self._admits(scope):
            refusal = 429, self._strings.words.too_often
        if refusal is not None:
            status, why = refusal
            await JSONResponse({"detail": why}, status, HEADERS)(scope, receive, send)
            return
        await self._app(scope, _capped(receive, limit_of(scope["path"], self._max_upload)), _with_headers(send))

    def _admits(self, scope: Scope) -> bool:
        cost = next((cost for path, cost in COSTS.items() if scope["path"].startswith(path)), 0.0)
        return self._rate.admits((scope.get("client") or ("",))[0], cost)


def refuse(method: str, path: str, headers: Headers, strings: Strings, max_upload: int) -> tuple[int, str] | None:
    """Returns the status and reason if a request is refused, otherwise None. `max_upload` is in bytes."""
    if path not in PATHS and not path.startswith(PATH_PREFIXES):
        return 404, strings.words.not_found
    if method not in {"GET", "HEAD"} and not _same_site(headers):
        return 403, strings.words.other_site
    length = headers.get("content-length", "0")
    limit = limit_of(path, max_upload)
    if not length.isdecimal() or int(length) > limit:
        return 413, strings.too_large(limit, is_upload=path == UPLOAD)
    return None


def limit_of(path: str, max_upload: int) -> int:
    """Returns the most bytes of a request to a path."""
    return max_upload if path == UPLOAD else MAX_BODY


def _same_site(headers: Headers) -> bool:
    """Whether a request comes from the page itself, or from a program, which sends neither of these headers."""
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        return False
    return headers.get("sec-fetch-site", "none") in {"none", "same-origin"}


def _capped(receive: Receive, limit: int) -> Receive:
    """Ends a body that is sent in pieces, without a stated length, when it gets too large."""
    received = 0

    async def receive_capped() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        return {"type": "http.disconnect"} if received > limit else message

    return receive_capped


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return send_with_headers
