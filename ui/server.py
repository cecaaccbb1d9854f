"""The web server around the page: it serves one machine, others only with a password, and what the page needs.

Gradio serves far more than a page asks for: files, uploads, proxies, monitoring. Here every path is refused unless it
is named below, every request from another site is refused, and the browser is told to fetch nothing from elsewhere.
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

from .accounts import Lock
from .rate import RateLimit
from .strings import ENGLISH, Strings

if TYPE_CHECKING:
    import gradio as gr
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PRIVATE = {"api_visibility": "private", "show_progress": "hidden"}
"""What every event of the page is made with: it is no endpoint, and shows no progress of Gradio's own."""

LOOPBACK = frozenset({"127.0.0.1", "localhost"})

PORTS = 20
"""How many ports are tried, from the one asked for."""

MAX_BODY = 1 << 20
"""Bytes of one request; a question of 10,000 words, which is refused politely, takes about 60,000."""

UPLOAD = "/gradio_api/upload"
MAX_UPLOAD = 256 << 20
"""Bytes of one upload, all its files together."""

SESSIONS = 500
"""Of how many pages the conversation is held here: of those that were used last."""

BURST, PER_SECOND = 300, 5.0
"""How many costly requests one address may send at once, and from then on each second. All that people on one machine
do goes by one address, and an opened page sends a handful."""

COSTS = {
    "/gradio_api/queue/join": 1.0,
    "/gradio_api/call/": 1.0,
    "/gradio_api/upload": 1.0,
    "/gradio_api/run/": 0.1,
}
"""Where requests are counted, and how much each counts. What doesn't wait in the queue takes milliseconds, and is what
every open page sends by itself: counted as a question, the pages of a newsroom behind one address used it up."""

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
"""What the page and the public endpoint use; all else that Gradio offers is answered 404."""

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
"""Sent with every response. Gradio's page needs inline scripts and `new Function`; nothing may come from elsewhere."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where the page is served, at this port or the next that is free; to whom: with accounts to them alone; and in
    which language."""

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


def start(page: gr.Blocks, door: Door, **look: Any) -> RunningPage:
    """Serves the page in a thread; at any free port for port 0. Raises RagError."""
    if door.host not in LOOPBACK and not door.accounts:
        raise RagError(door.strings.words.password_first.format(host=door.host))
    reach_directly({*LOOPBACK, door.host})
    page.queue(default_concurrency_limit=8, max_size=128, api_open=False)
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
        app_kwargs={"middleware": _middleware(door)},
        **look,
    )
    return RunningPage(url, page)


def _middleware(door: Door) -> list[Middleware]:
    gate = Middleware(Gate, strings=door.strings)
    if door.accounts:
        # By whatever name the machine is called: a page of another name has none of the passwords that a browser keeps.
        return [Middleware(Lock, accounts=door.accounts, strings=door.strings), gate]
    return [Middleware(TrustedHostMiddleware, allowed_hosts=sorted(LOOPBACK)), gate]


def _free_port(door: Door) -> int:
    """The first port of the door's address, from its own on, that nothing listens on."""
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
    """ASGI middleware: refuses other sites, unknown paths and large bodies, and adds the headers above."""

    def __init__(self, app: ASGIApp, strings: Strings) -> None:
        self._app = app
        self._strings = strings
        self._rate = RateLimit(BURST, PER_SECOND)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request, or refuses it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = refuse(scope["method"], scope["path"], Headers(scope=scope), self._strings)
        if refusal is None and scope["method"] == "POST" and not self._admits(scope):
            refusal = 429, self._strings.words.too_often
        if refusal is not None:
            status, why = refusal
            await JSONResponse({"detail": why}, status, HEADERS)(scope, receive, send)
            return
        await self._app(scope, _capped(receive, limit_of(scope["path"])), _with_headers(send))

    def _admits(self, scope: Scope) -> bool:
        cost = next((cost for path, cost in COSTS.items() if scope["path"].startswith(path)), 0.0)
        return self._rate.admits((scope.get("client") or ("",))[0], cost)


def refuse(method: str, path: str, headers: Headers, strings: Strings) -> tuple[int, str] | None:
    """Status and reason where a request is refused, else None."""
    if path not in PATHS and not path.startswith(PATH_PREFIXES):
        return 404, strings.words.not_found
    if method not in {"GET", "HEAD"} and not _same_site(headers):
        return 403, strings.words.other_site
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > limit_of(path):
        return 413, strings.too_large(limit_of(path), is_upload=path == UPLOAD)
    return None


def limit_of(path: str) -> int:
    """How many bytes a request to this path may have."""
    return MAX_UPLOAD if path == UPLOAD else MAX_BODY


def _same_site(headers: Headers) -> bool:
    """Whether a request comes from the page itself, or from a program, which sends neither of these headers."""
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        return False
    return headers.get("sec-fetch-site", "none") in {"none", "same-origin"}


def _capped(receive: Receive, limit: int) -> Receive:
    """A body that comes in pieces, without its length said before, ends where it grows too large."""
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
