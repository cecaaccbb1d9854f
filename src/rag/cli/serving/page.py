"""The command that opens the page."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from rag.cli.follow import printing_all
from rag.cli.grouping import grouped
from rag.cli.options import DEFAULT_INDEX, Index, ReaderName, check_paths, open_library
from rag.core.index_layout import users_path


@dataclass(frozen=True, slots=True)
class Place:
    """Where the library is served: the address and port, the proxies that are believed, and the path behind them."""

    host: str
    port: int | None
    trusted_proxy: list[str] | None
    root_path: str


def served(first_port: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Makes a decorator that adds the options of a `Place` to a command, which takes it as `place`.

    Args:
        first_port: The first port that is tried if none is given.
    """
    open_to_all = (
        "The address to listen on. If other machines can reach it, people must sign in, and programs need a token."
    )
    options: dict[str, tuple[Any, Any, Any]] = {
        "host": (str, typer.Option("--host", help=open_to_all), "127.0.0.1"),
        "port": (
            int | None,
            typer.Option(
                "--port",
                min=0,
                max=65535,
                help=f"The port. Without it, the first free one from {first_port} on.",
            ),
            None,
        ),
        "trusted_proxy": (
            list[str] | None,
            typer.Option(
                "--trusted-proxy",
                metavar="ADDRESS",
                help="A proxy whose X-Forwarded-For, -Proto and -Host are believed: 127.0.0.1, 10.0.0.0/24. "
                "May be repeated.",
            ),
            None,
        ),
        "root_path": (
            str,
            typer.Option("--root-path", metavar="PATH", help="The path under which a proxy serves it: /archive."),
            "",
        ),
    }
    return lambda command: grouped(command, "place", options, lambda values: Place(**values))


@served(first_port=7860)
def chat(
    *,
    index: Index = DEFAULT_INDEX,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    reader: ReaderName = None,
    watch: Annotated[
        list[Path] | None, typer.Option(help="Follow this file or folder. The option may be repeated.")
    ] = None,
    auth: Annotated[
        str | None,
        typer.Option(
            metavar="USER:PASSWORD",
            envvar="RAG_AUTH",
            help="One more account, of an editor. @FILE reads such lines from a file. Better: rag user add.",
        ),
    ] = None,
    language: Annotated[
        str, typer.Option(help="The language of the page: en or de. The articles stay in their own language.")
    ] = "en",
    place: Place,
) -> None:
    """Opens the page in the browser. It answers questions and shows each quote in its article."""
    check_paths(watch or [], index)
    with open_library(index, create=bool(watch), reader=reader) as library:
        from rag.ingest.watch import Follower
        from rag_ui.app import serve
        from rag_ui.language.strings import in_language
        from rag_ui.web.accounts import Accounts, read_accounts
        from rag_ui.web.proxies import check_root_path, read_proxies
        from rag_ui.web.server import Door

        strings = in_language(language)
        accounts = Accounts(read_accounts(auth, strings), users_path(index))
        trusted, path = read_proxies(place.trusted_proxy or (), strings), check_root_path(place.root_path, strings)
        door = Door(place.host, place.port, accounts, strings, trusted, path)
        follower = Follower(library, watch, printing_all(library)) if watch else None
        with follower or contextlib.nullcontext():
            serve(library, door, browser and bool(os.environ.get("DISPLAY") or os.name != "posix"), follower)
