"""Serves the page: to this machine, and to other machines only with an account.

`rag_ui.web` has the parts: connections with limits, proxies, sign-in, and the gate that refuses what the page does not
need. Here they are put around Gradio's application.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.core.errors import RagError
from rag.core.settings import DEFAULTS, MEBIBYTE, PageSettings
from rag_ui.language.strings import ENGLISH, Strings
from rag_ui.web.accounts import Accounts
from rag_ui.web.anywhere import Anywhere
from rag_ui.web.audit import AuditLog, WithAudit
from rag_ui.web.collections import InCollection, VisibleOnly
from rag_ui.web.gate import EditorsOnly, Gate, LocalOnly
from rag_ui.web.proxies import Network, Proxied
from rag_ui.web.running import LOOPBACK, Running, listen, run
from rag_ui.web.side_by_side import SideBySide
from rag_ui.web.sign_in import SignIn
from rag_ui.web.streams import OpenStreams
from rag_ui.web.sweep import sweep_forever
from rag_ui.web.uploads import UploadSpace

if TYPE_CHECKING:
    import gradio as gr
    from starlette.types import ASGIApp

PRIVATE = {"api_visibility": "private", "show_progress": "hidden"}
"""The arguments of every event of the page: it is not an endpoint, and shows no progress of Gradio."""

_QUEUE_SECONDS = 0.01
"""Seconds between two checks of Gradio's queue. With its own 0.001, a page that nobody uses takes 5 % of a core."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where and for whom the page is served.

    Attributes:
        host: The address to listen on.
        port: The port; None for the first free one from `first_port` on, 0 for any free port.
        accounts: Who may sign in; none for no sign-in.
        strings: The language.
        proxies: The networks of proxies whose word about the client is believed.
        root_path: The path under which a proxy serves the page, such as `/archive`; empty for none.
        first_port: The first port that is tried if none was asked for.
        beside: Applications that answer on the same port, each by the beginning of its paths.
        audit: The audit log; None for none.
        collections: The names of the collections, if there are several.
    """

    host: str = "127.0.0.1"
    port: int | None = None
    accounts: Accounts = field(default_factory=lambda: Accounts({}))
    strings: Strings = ENGLISH
    proxies: Sequence[Network] = ()
    root_path: str = ""
    first_port: int = 7860
    beside: Mapping[str, ASGIApp] = field(default_factory=dict)
    audit: AuditLog | None = None
    collections: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of uploads: of files that were added, and of files that wait."""

    added: Path
    waiting: Path


def start(
    page: gr.Blocks, door: Door, limits: PageSettings = DEFAULTS.page, places: Places | None = None, **look: Any
) -> Running:
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
    waiting = places.waiting if places else None
    folders = [places.added, places.waiting] if places else []
    return start_application(
        lambda: application_of(page, limits, door.root_path, waiting, **look), door, limits, folders
    )


def start_application(
    make: Callable[[], ASGIApp], door: Door, limits: PageSettings, folders: Sequence[Path]
) -> Running:
    """Serves the application of a page, or of several, in a thread.

    Args:
        make: Makes the application, if it may be served.
        door: Address, port, accounts and language.
        limits: Limits for uploads and requests.
        folders: The folders of uploads; none if there are none to limit.

    Returns:
        The running server.

    Raises:
        RagError: If the address or the port can't be used, or other machines can reach it without an account.
    """
    if door.host not in LOOPBACK and not door.accounts:
        raise RagError(door.strings.words.password_first.format(host=door.host))
    listening = listen(door.host, door.port, door.first_port, door.strings)
    guarded = _around(make(), door, limits, folders, int(listening.getsockname()[1]))
    return run(guarded, listening, door.host, door.root_path, door.strings)


def application_of(page: gr.Blocks, limits: PageSettings, root_path: str, waiting: Path | None, **look: Any) -> ASGIApp:
    """Makes the application of a page, with the sweep of what nobody comes for.

    Args:
        page: The page.
        limits: Limits for its requests.
        root_path: The path under which it is served.
        waiting: The folder of uploads that wait; None if there is none to sweep.
        **look: Theme, styles and scripts, as `gradio.mount_gradio_app` takes them.
    """
    import fastapi
    import gradio as gr

    page.queue(default_concurrency_limit=limits.answered_at_once, max_size=limits.queue_length, api_open=False)
    page._queue.sleep_when_free = _QUEUE_SECONDS
    OpenStreams(page)
    page.state_session_capacity = limits.sessions

    @contextlib.asynccontextmanager
    async def lifespan(_: fastapi.FastAPI) -> AsyncIterator[None]:
        sweep = asyncio.create_task(sweep_forever(page, waiting))
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


def _around(app: ASGIApp, door: Door, limits: PageSettings, folders: Sequence[Path], port: int) -> ASGIApp:
    """Puts the parts of `rag_ui.web` around the application. The last is the first to see a request."""
    space = UploadSpace(limits.stored_megabytes * MEBIBYTE, *folders) if folders else None
    if door.audit is not None:
        app = WithAudit(app, door.audit)
    if door.accounts:
        app = EditorsOnly(app, door.strings)
    if door.collections:
        app = VisibleOnly(app, door.collections, door.strings)
    if door.accounts:
        # Any host name is allowed: for a page of another name, the browser sends no cookie and no stored password.
        app = SignIn(app, door.accounts, door.strings, f"rag-session-{port}")
    app = Gate(Anywhere(app), door.strings, limits, space)
    if not door.accounts:
        app = LocalOnly(app, LOOPBACK, door.strings)
    if door.beside:
        app = SideBySide(door.beside, app)
    return Proxied(InCollection(app) if door.collections else app, door.proxies, door.root_path)
