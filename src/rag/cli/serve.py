"""The commands that open the doors for programs: serve and mcp."""

from __future__ import annotations

from typing import Annotated

import typer

from rag.cli.options import DEFAULT_INDEX, Index, ReaderName, open_library
from rag.cli.output import tell
from rag.cli.page import Place, served
from rag.core.index_layout import users_path


@served(first_port=8765)
def serve(
    index: Index = DEFAULT_INDEX,
    reader: ReaderName = None,
    page: Annotated[bool, typer.Option("--page", help="Serve the page too, on the same port.")] = False,
    language: Annotated[str, typer.Option(help="The language of the page: en or de.")] = "en",
    *,
    place: Place,
) -> None:
    """Serves the library to programs: REST under /v1/, and MCP for agents at /mcp; with --page to people too.

    Without a token, only this machine may ask. To let other machines in, make tokens: rag token add NAME --can ask
    People sign in with the accounts of rag user.
    """
    with open_library(index, reader=reader) as library:
        from rag.doors.server import FIRST_PORT, Address, beside_page, start
        from rag_ui.strings import in_language
        from rag_ui.web.proxies import check_root_path, read_proxies

        strings = in_language(language)
        proxies, path = read_proxies(place.trusted_proxy or (), strings), check_root_path(place.root_path, strings)
        if page:
            from rag_ui.app import serve as serve_page
            from rag_ui.server import Door
            from rag_ui.web.accounts import Accounts

            accounts = Accounts({}, users_path(index))
            beside = beside_page(library, place.host)
            serve_page(library, Door(place.host, place.port, accounts, strings, proxies, path, FIRST_PORT, beside))
            return
        running = start(library, Address(place.host, place.port, proxies, path))
        tell(f"Serving at {running.url}v1/, for agents at {running.url}mcp. Ctrl-C ends it.")
        running.wait()


def mcp(index: Index = DEFAULT_INDEX, reader: ReaderName = None) -> None:
    """Serves the library to one agent over standard input and output (MCP). The agent's program starts it."""
    with open_library(index, reader=reader) as library:
        from rag.doors.agents import make_agent_server

        make_agent_server(library).run("stdio")
