"""The commands that open the doors for programs: serve and mcp."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from typing import Annotated

import typer

from rag.cli.options import DEFAULT_INDEX, Index, ReaderName, open_library
from rag.cli.output import tell
from rag.cli.serving.access import CollectionsFolder
from rag.cli.serving.page import Listening, door_at, open_served, serve_page, served
from rag.core.errors import RagError


@served(first_port=8765)
def serve(
    index: Index = DEFAULT_INDEX,
    collections: CollectionsFolder = None,
    reader: ReaderName = None,
    page: Annotated[bool, typer.Option("--page", help="Serve the page too, on the same port.")] = False,
    language: Annotated[str, typer.Option(help="The language of the page: en or de.")] = "en",
    *,
    place: Listening,
) -> None:
    """Serves the library to programs: REST under /v1/, and MCP for agents at /mcp; with --page to people too.

    With --collections it serves several: each index in that folder at /c/NAME/, and questions to all of them.

    Without a token, only this machine may ask. To let other machines in, make tokens: rag token add NAME --can ask
    People sign in with the accounts of rag user.
    """
    _check_extra()
    with open_served(index, collections, reader) as held:
        from rag.doors.server import FIRST_PORT, Address, beside_page, start

        door = door_at(place, collections or index.folder, collections is not None, language)
        each = "c/NAME/" if collections else ""
        if page:
            tell(f"Below the page's address, programs ask at /{each}v1/ and agents at /{each}mcp.")
            serve_page(held, replace(door, first_port=FIRST_PORT, beside=beside_page(held, place.host)))
            return
        running = start(held, Address(door.host, door.port, door.proxies, door.root_path))
        tell(f"Serving at {running.url}{each}v1/, for agents at {running.url}{each}mcp. Ctrl-C ends it.")
        running.wait()


def mcp(index: Index = DEFAULT_INDEX, reader: ReaderName = None) -> None:
    """Serves the library to one agent over standard input and output (MCP). The agent's program starts it."""
    _check_extra()
    with open_library(index, reader=reader) as library, library.kept_loaded():
        from rag.doors.agents import make_agent_server

        make_agent_server(library).run("stdio")


def _check_extra() -> None:
    """Raises RagError if the packages of the extra `serve` are not installed."""
    if find_spec("mcp") is None:
        raise RagError(
            "rag serve and rag mcp need the package mcp, which is not installed",
            remedy="install it: pip install 'newsroom-rag[serve]'",
        )
