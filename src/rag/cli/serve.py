"""The commands that open the doors for programs: serve and mcp."""

from __future__ import annotations

from typing import Annotated

import typer

from rag.cli.options import DEFAULT_INDEX, Index, ReaderName, open_library
from rag.cli.output import tell
from rag.cli.page import RootPath, TrustedProxy

Host = Annotated[
    str,
    typer.Option("--host", help="The address to listen on. If other machines can reach it, programs need a token."),
]
Port = Annotated[
    int | None,
    typer.Option("--port", min=0, max=65535, help="The port. Without it, the first free one from 8765 on."),
]


def serve(
    index: Index = DEFAULT_INDEX,
    reader: ReaderName = None,
    host: Host = "127.0.0.1",
    port: Port = None,
    trusted_proxy: TrustedProxy = None,
    root_path: RootPath = "",
) -> None:
    """Serves the library to programs: REST under /v1/, and MCP for agents at /mcp.

    Without a token, only this machine may ask. To let other machines in, make tokens: rag token add NAME --can ask
    """
    with open_library(index, reader=reader) as library:
        from rag.doors.server import Address, start
        from rag_ui.strings import ENGLISH
        from rag_ui.web.proxies import check_root_path, read_proxies

        path = check_root_path(root_path, ENGLISH)
        running = start(library, Address(host, port, read_proxies(trusted_proxy or (), ENGLISH), path))
        tell(f"Serving at {running.url}v1/, for agents at {running.url}mcp. Ctrl-C ends it.")
        running.wait()


def mcp(index: Index = DEFAULT_INDEX, reader: ReaderName = None) -> None:
    """Serves the library to one agent over standard input and output (MCP). The agent's program starts it."""
    with open_library(index, reader=reader) as library:
        from rag.doors.agents import make_agent_server

        make_agent_server(library).run("stdio")
