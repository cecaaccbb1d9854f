"""The commands that open the doors for programs: serve and mcp."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.options import DEFAULT_INDEX, Index, ReaderName, open_library
from rag.cli.output import tell
from rag.cli.serving.access import CollectionsFolder
from rag.cli.serving.page import Place, served
from rag.core.index_layout import users_path

if TYPE_CHECKING:
    from rag.collections.folder import Collections
    from rag.library import Library


@contextmanager
def open_served(index: Path, collections: Path | None, reader: str | None) -> Iterator[Library | Collections]:
    """Opens the collections of a folder, or without one the library of an index, and closes it at the block's end."""
    if collections is None:
        with open_library(index, reader=reader) as library:
            yield library
        return
    from rag.collections.folder import Collections

    with Collections.open(collections, reader=reader) as opened:
        yield opened


@served(first_port=8765)
def serve(
    index: Index = DEFAULT_INDEX,
    collections: CollectionsFolder = None,
    reader: ReaderName = None,
    page: Annotated[bool, typer.Option("--page", help="Serve the page too, on the same port.")] = False,
    language: Annotated[str, typer.Option(help="The language of the page: en or de.")] = "en",
    *,
    place: Place,
) -> None:
    """Serves the library to programs: REST under /v1/, and MCP for agents at /mcp; with --page to people too.

    With --collections it serves several: each index in that folder at /c/NAME/, and questions to all of them.

    Without a token, only this machine may ask. To let other machines in, make tokens: rag token add NAME --can ask
    People sign in with the accounts of rag user.
    """
    with open_served(index, collections, reader) as held:
        from rag.collections.folder import Collections
        from rag.doors.server import FIRST_PORT, Address, beside_page, start
        from rag_ui.language.strings import in_language
        from rag_ui.web.proxies import check_root_path, read_proxies

        strings = in_language(language)
        proxies, path = read_proxies(place.trusted_proxy or (), strings), check_root_path(place.root_path, strings)
        if page:
            from rag_ui.app import serve as serve_page
            from rag_ui.collections_app import serve as serve_pages
            from rag_ui.web.accounts import Accounts
            from rag_ui.web.server import Door

            accounts = Accounts({}, users_path(collections or index), of_collections=collections is not None)
            beside = beside_page(held, place.host)
            door = Door(place.host, place.port, accounts, strings, proxies, path, FIRST_PORT, beside)
            serve_pages(held, door) if isinstance(held, Collections) else serve_page(held, door)
            return
        running = start(held, Address(place.host, place.port, proxies, path))
        each = "c/NAME/" if collections else ""
        tell(f"Serving at {running.url}{each}v1/, for agents at {running.url}{each}mcp. Ctrl-C ends it.")
        running.wait()


def mcp(index: Index = DEFAULT_INDEX, reader: ReaderName = None) -> None:
    """Serves the library to one agent over standard input and output (MCP). The agent's program starts it."""
    with open_library(index, reader=reader) as library:
        from rag.doors.agents import make_agent_server

        make_agent_server(library).run("stdio")
