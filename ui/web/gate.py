"""Refuses what the page does not need, and adds headers that keep the browser on this server.

Gradio serves more than the page needs: files, uploads, proxies, monitoring. Here every path is refused unless it is
listed below, every request from another site is refused, and the browser may load nothing from other sites.
"""

from __future__ import annotations

import html
import logging
from collections.abc import Collection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from rag.core.settings import MEBIBYTE, PageSettings
from rag_ui.language.strings import Strings, shortened
from rag_ui.web.faults import is_ours
from rag_ui.web.plain_page import plain_page, wants_page
from rag_ui.web.rate import RateLimit
from rag_ui.web.sign_in import ACCOUNT, SIGN_IN, SIGN_OUT
from rag_ui.web.uploads import UploadSpace

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 1 << 20
"""Most bytes of one request. A question of 10,000 words, which gets an error message, takes about 60,000."""

UPLOAD = "/gradio_api/upload"
"""The path for uploads. Only here a body may have more than MAX_BODY bytes."""

ASK = "/ask"
"""The path of a question to several collections, on their start page."""

COSTS = {
    ASK: 1.0,
    "/gradio_api/queue/join": 1.0,
    "/gradio_api/call/": 1.0,
    "/gradio_api/upload": 1.0,
    "/gradio_api/run/": 0.1,
}
"""The cost of a request by its path, for the rate limit of an address.

Requests outside the queue take milliseconds and are sent by every open page. With the full cost, the pages of a
newsroom behind one address reached the limit."""

PATHS = frozenset({"/", "/config", "/config/", "/theme.css", "/favicon.ico", SIGN_IN, SIGN_OUT, ASK})
PATH_PREFIXES = (
    "/assets/",
    "/static/",
    "/gradio_api/info",
    "/gradio_api/app_id",
    "/gradio_api/heartbeat/",
    "/gradio_api/queue/",
    "/gradio_api/run/",
    "/gradio_api/upload",
    "/gradio_api/call/answer",
    "/gradio_api/cancel",
    "/gradio_api/reset",
)
"""The paths that the page and the endpoint use. All other paths of Gradio are answered with 404.

The last two end an answer that was stopped. They need its random names."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Accel-Buffering": "no",
}
"""Headers of every response. Gradio's page needs inline scripts and `new Function`. The last one asks nginx to pass on
what it gets at once; otherwise it would hold the progress of an answer back."""

_log = logging.getLogger(__name__)


class Gate:
    """ASGI middleware that refuses other sites, unknown paths and large bodies, and adds `HEADERS`.

    Args:
        app: What answers the requests that are let through.
        strings: The language.
        limits: Limits for uploads and requests.
        space: The space for uploads; None for no limit but that of one upload.
    """

    def __init__(self, app: ASGIApp, strings: Strings, limits: PageSettings, space: UploadSpace | None = None) -> None:
        self._app = app
        self._strings = strings
        self._space = space
        self._max_upload = limits.upload_megabytes * MEBIBYTE
        # The limit is per address. All users of one machine share it, and opening a page takes several requests.
        self._rate = RateLimit(limits.request_burst, limits.requests_per_second)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request, or refuses it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refusal = refuse(scope["method"], scope["path"], Headers(scope=scope), self._strings, self._max_upload)
        if refusal is None and scope["method"] == "POST" and not self._admits(scope):
            refusal = 429, self._strings.words.too_often
        if refusal is not None:
            why = nothing_here(scope, self._strings) if refusal[0] == 404 else refused(*refusal)
            await why(scope, receive, send)
        elif scope["path"] == UPLOAD:
            await self._upload(scope, receive, send)
        else:
            await self._answer(scope, capped(receive, MAX_BODY), send)

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes an upload on if there is room for it."""
        stated = Headers(scope=scope).get("content-length")
        size = self._max_upload if stated is None else int(stated)
        if self._space is None:
            await self._answer(scope, capped(receive, size), send)
            return
        with self._space.reserved(size) as room:
            if not room:
                await refused(413, self._strings.words.no_room)(scope, receive, send)
            else:
                await self._answer(scope, capped(receive, room), send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the page answer. A client that went away or sent too much is no fault of the page."""
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except ClientDisconnect:
            if not started:
                await refused(400, self._strings.words.cut_off)(scope, receive, send)
        except Exception as error:
            if is_ours(error):
                raise
            _log.info("a request does not fit the page", exc_info=error)
            if not started:
                await refused(400, self._strings.words.bad_request)(scope, receive, send)

    def _admits(self, scope: Scope) -> bool:
        cost = next((cost for path, cost in COSTS.items() if scope["path"].startswith(path)), 0.0)
        return self._rate.admits((scope.get("client") or ("",))[0], cost)


class LocalOnly:
    """ASGI middleware for a page without accounts: it answers only for the names of this machine.

    Otherwise a page of another site, whose name leads to this machine, could read the archive.
    """

    def __init__(self, app: ASGIApp, names: Collection[str], strings: Strings) -> None:
        self._app = app
        self._names = names
        self._words = strings.words

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request, or says what to set."""
        host = Headers(scope=scope).get("host", "") if scope["type"] == "http" else ""
        if scope["type"] == "http" and host.rpartition(":")[0 if ":" in host else 2] not in self._names:
            await refused(400, self._words.other_name.format(name=shortened(host, 100)))(scope, receive, send)
            return
        await self._app(scope, receive, send)


class EditorsOnly:
    """ASGI middleware that lets only editors upload, where people sign in."""

    def __init__(self, app: ASGIApp, strings: Strings) -> None:
        self._app = app
        self._words = strings.words

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request, or refuses it."""
        account = scope.get(ACCOUNT)
        if scope["type"] == "http" and scope["path"] == UPLOAD and not (account and account.is_editor):
            await refused(403, self._words.editors_only)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def refused(status: int, why: str) -> JSONResponse:
    """Makes the response to a request that is refused."""
    return JSONResponse({"detail": why}, status, HEADERS)


def nothing_here(scope: Scope, strings: Strings) -> Response:
    """Makes the response to a request for what does not exist, or what a person may not see: a page for a browser."""
    words, headers = strings.words, Headers(scope=scope)
    if not wants_page(scope["method"], headers):
        return refused(404, words.not_found)
    answer = plain_page(f"<p>{html.escape(words.nothing_here)}</p>", 404, words)
    answer.headers.update(HEADERS)
    return answer


def refuse(method: str, path: str, headers: Headers, strings: Strings, max_upload: int) -> tuple[int, str] | None:
    """Returns the status and reason if a request is refused, otherwise None. `max_upload` is in bytes."""
    if path not in PATHS and not path.startswith(PATH_PREFIXES):
        return 404, strings.words.not_found
    if method not in {"GET", "HEAD"} and not is_same_site(headers):
        return 403, strings.words.other_site
    length = headers.get("content-length", "0")
    limit = limit_of(path, max_upload)
    if not (length.isascii() and length.isdecimal() and len(length) < 20) or int(length) > limit:
        return 413, strings.too_large(limit, is_upload=path == UPLOAD)
    return None


def limit_of(path: str, max_upload: int) -> int:
    """Returns the most bytes of a request to a path."""
    return max_upload if path == UPLOAD else MAX_BODY


def is_same_site(headers: Headers) -> bool:
    """Whether a request comes from the page itself, or from a program, which sends neither of these headers.

    The browser alone writes Sec-Fetch-Site, and it knows the page's address also where a proxy has changed the host.
    Browsers leave it out where a page has neither TLS nor the address of this machine; then Origin is compared.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"none", "same-origin"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def capped(receive: Receive, limit: int) -> Receive:
    """Ends a body that is sent in pieces, without a stated length, when it gets too large."""
    received = 0

    async def receive_capped() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        return {"type": "http.disconnect"} if received > limit else message

    return receive_capped
