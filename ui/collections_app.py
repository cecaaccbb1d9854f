"""Serves the pages of several collections on one port, each at `/c/NAME/`, and a start page for all of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount

from rag.collections.folder import Collections
from rag.core.errors import RagError
from rag.core.index_layout import ADDED, DEFAULT, beside
from rag_ui.app import build_page
from rag_ui.look import look
from rag_ui.start_page import StartPage
from rag_ui.web import server
from rag_ui.web.audit import AuditLog
from rag_ui.web.collections import EachCollection
from rag_ui.web.uploads import upload_folder

if TYPE_CHECKING:
    from starlette.types import ASGIApp


def serve(collections: Collections, door: server.Door, open_browser: bool = False) -> None:
    """Serves the pages until it is interrupted, and prints the address of the start page.

    Args:
        collections: The collections.
        door: Address, port, accounts and language.
        open_browser: Whether to open the start page in the browser.

    Raises:
        RagError: If the address or the ports can't be used, or passwords are missing.
    """
    audit = AuditLog.of(collections.settings.audit, collections.folder)
    door = replace(door, audit=audit, collections=collections.names)
    with upload_folder() as waiting:

        def make() -> ASGIApp:
            pages = {name: _page_of(collections, name, door, waiting) for name in collections.names}
            return EachCollection(pages, StartPage(collections, door.strings).application())

        added = [beside(collections.folder / name / DEFAULT, ADDED) for name in collections.names]
        running = server.start_application(make, door, collections.settings.page, [*added, waiting])
        print(door.strings.words.serving.format(url=running.url), flush=True)
        running.wait(open_browser)


def _page_of(collections: Collections, name: str, door: server.Door, waiting: Path) -> ASGIApp:
    """The page of a collection. One that could not be opened answers each request with the reason."""
    try:
        library = collections.library(name)
    except RagError as error:
        return Starlette(routes=[Mount("/", PlainTextResponse(door.strings.problem(error), 503))])
    page, path = build_page(library, None, door.strings), f"{door.root_path}/c/{name}"
    return server.application_of(page, library.settings.page, path, waiting, **look(door.strings))
