"""Serves the page: to this machine, and to other machines only with an account.

`rag_ui.web` has the parts: connections with limits, proxies, sign-in, and the gate that refuses what the page does not
need. Here they are put around Gradio's application.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
import threading
import time
import webbrowser
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from rag.core.errors import RagError
from rag.core.settings import DEFAULTS, MEBIBYTE, PageSettings

from .strings import ENGLISH, Strings
from .web.accounts import Accounts
from .web.anywhere import Anywhere
from .web.connections import IDLE_SECONDS, LimitedProtocol
from .web.gate import EditorsOnly, Gate, LocalOnly
from .web.proxies import Network, Proxied
from .web.sign_in import SignIn
from .web.sweep import sweep_forever
from .web.uploads import UploadSpace

if TYPE_CHECKING:
    import gradio as gr
    from starlette.types import ASGIApp

PRIVATE = {"api_visibility": "private", "show_progress": "hidden"}
"""The arguments of every event of the page: it is not an endpoint, and shows no progress of Gradio."""

LOOPBACK = frozenset({"127.0.0.1", "localhost"})

PORTS = 20
"""Ports that are tried, from the given port on, if none was asked for."""

_QUEUE_SECONDS = 0.01
"""Seconds between two checks of Gradio's queue. With its own 0.001, a page that nobody uses takes 5 % of a core."""

_START_SECONDS = 60.0
_STOP_SECONDS = 5.0
"""Seconds to wait for the server's start and for its end."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where and for whom the page is served.

    Attributes:
        host: The address to listen on.
        port: The port; None for the first free one from 7860 on, 0 for any free port.
        accounts: Who may sign in; none for no sign-in.
        strings: The language.
        proxies: The networks of proxies whose word about the client is believed.
        root_path: The path under which a proxy serves the page, such as `/archive`; empty for none.
    """

    host: str = "127.0.0.1"
    port: int | None = None
    accounts: Accounts = field(default_factory=lambda: Accounts({}))
    strings: Strings = ENGLISH
    proxies: Sequence[Network] = ()
    root_path: str = ""


@dataclass(frozen=True, slots=True)
class RunningPage:
    """A page that is being served."""

    url: str
    server: uvicorn.Server
    thread: threading.Thread

    def wait(self, open_browser: bool = False) -> None:
        """Serves until it is interrupted."""
        if open_browser:
            webbrowser.open(self.url)
        with contextlib.suppress(KeyboardInterrupt):
            while self.thread.is_alive():
                time.sleep(0.5)
        self.close()

    def close(self) -> None:
        """Stops serving."""
        self.server.should_exit = True
        self.thread.join(_STOP_SECONDS)


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of uploads: of files that were added, and of files that wait."""

    added: Path
    waiting: Path


def start(
    page: gr.Blocks, door: Door, limits: PageSettings = DEFAULTS.page, places: Places | None = None, **look: Any
) -> RunningPage:
    """Serves the page in a thread.

    Args:
        page: The page.
        door: Address, port, accounts and language.
        limits: Limits for uploads and requests.
        places: The folders of uploads; None if there are none to limit.
        **look: Theme, styles and scripts, as `gradio.mount_gradio_app` takes them.

    Returns:
        The running page.

    Raises:
        RagError: If the address or the port can't be used, or other machines can reach it without an account.
    """
    if door.host not in LOOPBACK and not door.accounts:
        raise RagError(door.strings.words.password_first.format(host=door.host))
    listening = _listen(door)
    port = int(listening.getsockname()[1])
    page.queue(default_concurrency_limit=limits.answered_at_once, max_size=limits.queue_length, api_open=False)
    page._queue.sleep_when_free = _QUEUE_SECONDS
    page.state_session_capacity = limits.sessions
    app = _around(_application(page, door.root_path, places, **look), door, limits, places, port)
    server = uvicorn.Server(_configured(app))
    thread = threading.Thread(target=server.run, args=([listening],), name="page", daemon=True)
    thread.start()
    _wait_until_started(server, thread, door.strings)
    shown = "localhost" if door.host in ("0.0.0.0", "::") else door.host
    return RunningPage(f"http://{f'[{shown}]' if ':' in shown else shown}:{port}{door.root_path}/", server, thread)


def _configured(app: ASGIApp) -> uvicorn.Config:
    """The settings of the web server."""
    # A request that is not HTTP is a client's fault, and worth no line in the log.
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    return uvicorn.Config(
        app,
        http=LimitedProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=1,
    )


def _application(page: gr.Blocks, root_path: str, places: Places | None, **look: Any) -> ASGIApp:
    """Makes the application of the page, with the sweep of what nobody comes for."""
    import fastapi
    import gradio as gr

    @contextlib.asynccontextmanager
    async def lifespan(_: fastapi.FastAPI) -> AsyncIterator[None]:
        sweep = asyncio.create_task(sweep_forever(page, places.waiting if places else None))
        page.is_running = True
        yield
        page.is_running = False
        page._queue.close()
        sweep.cancel()

    outer = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app: ASGIApp = gr.mount_gradio_app(
        outer,
        page,
        path="/",
        root_path=root_path,
        show_error=False,
        allowed_paths=[],
        enable_monitoring=False,
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        footer_links=[],
        **look,
    )
    return app


def _around(app: ASGIApp, door: Door, limits: PageSettings, places: Places | None, port: int) -> ASGIApp:
    """Puts the parts of `rag_ui.web` around the application. The last is the first to see a request."""
    space = None
    if places is not None:
        space = UploadSpace(limits.stored_megabytes * MEBIBYTE, places.added, places.waiting)
    if door.accounts:
        # Any host name is allowed: for a page of another name, the browser sends no cookie and no stored password.
        app = SignIn(EditorsOnly(app, door.strings), door.accounts, door.strings, f"rag-session-{port}")
    app = Gate(Anywhere(app), door.strings, limits, space)
    if not door.accounts:
        app = LocalOnly(app, LOOPBACK, door.strings)
    return Proxied(app, door.proxies, door.root_path)


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread, strings: Strings) -> None:
    end = time.monotonic() + _START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > end:
            raise RagError(strings.words.not_started)
        time.sleep(0.01)


def _listen(door: Door) -> socket.socket:
    """Listens on the port that was asked for, else on the first free one. Raises RagError if there is none."""
    first = 7860 if door.port is None else door.port
    last = first + PORTS - 1 if door.port is None else first
    for port in range(first, last + 1):
        try:
            return _bound(door.host, port)
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
                raise RagError(door.strings.words.no_such_address.format(host=door.host)) from error
            if error.errno == errno.EACCES:
                raise RagError(door.strings.words.port_forbidden.format(port=port)) from error
    if door.port is not None:
        raise RagError(door.strings.words.port_in_use.format(port=door.port))
    raise RagError(door.strings.words.ports_in_use.format(first=first, last=last))


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(256)
    except OSError:
        listening.close()
        raise
    return listening
