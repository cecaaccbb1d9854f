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

from . import adding, server
from .app import build_page
from .look import look
from .start_page import StartPage
from .strings import Strings
from .web.audit import AuditLog
from .web.collections import EachCollection
from .web.uploads import upload_folder

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from rag.library import Library


def serve(collections: Collections, door: server.Door) -> None:
    """Serves the pages until it is interrupted, and prints the address of the start page.

    Args:
        collections: The collections.
        door: Address, port, accounts and language.

    Raises:
        RagError: If the address or the ports can't be used, or passwords are missing.
    """
    audit = AuditLog.of(collections.settings.audit, collections.folder)
    door = replace(door, audit=audit, collections=collections.names)
    with upload_folder() as waiting:
        pages: dict[str, ASGIApp] = {}
        added: list[Path] = []
        for name in collections.names:
            try:
                library = collections.library(name)
            except RagError as error:
                pages[name] = _unavailable(error, door.strings)
            else:
                pages[name] = _page_of(library, replace(door, root_path=f"{door.root_path}/c/{name}"), waiting)
                added.append(adding.folder_of(library))
        app = EachCollection(pages, StartPage(collections, door.strings).application())
        running = server.start_application(app, door, collections.settings.page, [*added, waiting])
        print(door.strings.words.serving.format(url=running.url), flush=True)
        running.wait()


def _page_of(library: Library, door: server.Door, waiting: Path) -> ASGIApp:
    page = build_page(library, None, door.strings)
    return server.application_of(page, library.settings.page, door.root_path, waiting, **look(door.strings))


def _unavailable(error: RagError, strings: Strings) -> ASGIApp:
    """The page of a collection that could not be opened."""
    return Starlette(routes=[Mount("/", PlainTextResponse(strings.problem(error), 503))])
