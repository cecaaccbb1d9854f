"""Makes the page work under any address, also behind a proxy that says nothing of it.

Gradio writes the address by which the server was reached into its page, and the page loads everything from there.
Behind a proxy that is an address that the browser can't reach, or a path that is missing its beginning. Only the
browser knows the right one, so the page takes the one that it was opened with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ROOT = re.compile(rb'const root = "[^"\n]*";')
"""The line of Gradio's page with the address. It stands behind the page's configuration, which has the address too."""
_HERE = rb'const root = window.gradio_config.root = new URL(".", location.href).href.replace(/\/$/, "");'
_MANIFEST = re.compile(rb'<link rel="manifest"[^>]*>')
"""A file that the page does not have, at an address without the path."""
_ICON = b'<link rel="icon" href="data:,">'
"""Without an icon from the start, a browser asks for one at the top of the site. The page's own replaces it."""


class Anywhere:
    """ASGI middleware that replaces the address in Gradio's page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        # A compressed page can't be changed.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        start: Message | None = None
        body = b""

        async def send_whole(message: Message) -> None:
            nonlocal start, body
            if message["type"] != "http.response.body":
                start = message
                return
            body += message.get("body", b"")
            if start is not None and not message.get("more_body", False):
                page = _MANIFEST.sub(_ICON, _ROOT.sub(lambda _: _HERE, body, count=1))
                MutableHeaders(scope=start)["content-length"] = str(len(page))
                await send(start)
                await send({"type": "http.response.body", "body": page})

        await self._app({**scope, "headers": plain}, receive, send_whole)
