"""The command that opens the page."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.cli.follow import printing_all
from rag.cli.grouping import grouped
from rag.cli.options import DEFAULT_INDEX, Index, ReaderName, UsageError, check_paths, open_library
from rag.cli.serving.access import CollectionsFolder
from rag.core.index_layout import users_path
from rag.core.place import Place

if TYPE_CHECKING:
    from rag.collections.folder import Collections
    from rag.ingest.watch import Follower
    from rag.library import Library
    from rag_ui.web.server import Door


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the library is served: the address and port, the proxies that are believed, and the path behind them."""

    host: str
    port: int | None
    trusted_proxy: list[str] | None
    root_path: str


def served(first_port: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Makes a decorator that adds the options of a `Listening` to a command, which takes it as `place`.

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
    return lambda command: grouped(command, "place", options, lambda values: Listening(**values))


@contextmanager
def open_served(
    index: Place, collections: Path | None, reader: str | None, *, create: bool = False
) -> Iterator[Library | Collections]:
    """Opens the collections of a folder, or without one the library of an index, and closes it at the block's end."""
    if collections is None:
        with open_library(index, create=create, reader=reader) as library, library.kept_loaded():
            yield library
        return
    from rag.collections.folder import Collections

    with Collections.open(collections, reader=reader) as opened:
        yield opened


def serve_page(
    held: Library | Collections, door: Door, *, open_browser: bool = False, follower: Follower | None = None
) -> None:
    """Serves the page of a library, or the pages of collections with a start page, until it is interrupted.

    Args:
        held: The library or the collections.
        door: Listening, port, accounts and language.
        open_browser: Whether to open it in the browser.
        follower: Follows folders into a library, and gets a switch on its page.
    """
    from rag.collections.folder import Collections

    if isinstance(held, Collections):
        from rag_ui.collections_app import serve as serve_pages

        serve_pages(held, door, open_browser)
    else:
        from rag_ui.app import serve as serve_one

        serve_one(held, door, open_browser, follower)


def door_at(place: Listening, folder: Path, of_collections: bool, language: str, auth: str | None = None) -> Door:
    """Makes the door of a page, with the accounts of a folder.

    Args:
        place: The address and the port, the proxies and the path.
        folder: The folder with the file of users.
        of_collections: Whether it is a folder of collections.
        language: The language of the page.
        auth: More accounts, as the option --auth takes them.
    """
    from rag_ui.language.strings import in_language
    from rag_ui.web.accounts import Accounts, read_accounts
    from rag_ui.web.proxies import check_root_path, read_proxies
    from rag_ui.web.server import Door

    strings = in_language(language)
    trusted, path = read_proxies(place.trusted_proxy or (), strings), check_root_path(place.root_path, strings)
    accounts = Accounts(read_accounts(auth, strings), users_path(folder), of_collections)
    return Door(place.host, place.port, accounts, strings, trusted, path)


@served(first_port=7860)
def chat(
    *,
    index: Index = DEFAULT_INDEX,
    collections: CollectionsFolder = None,
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
    place: Listening,
) -> None:
    """Opens the page in the browser. It answers questions and shows each quote in its article.

    With --collections it opens the pages of several, as rag serve --collections FOLDER --page does.
    """
    if watch and collections:
        raise UsageError("--watch follows folders into a single index", remedy="run: rag watch PATH --index FOLDER")
    check_paths(watch or [], index)
    with open_served(index, collections, reader, create=bool(watch)) as held:
        from rag.collections.folder import Collections
        from rag.ingest.watch import Follower

        door = door_at(place, collections or index.folder, collections is not None, language, auth)
        follower = Follower(held, watch, printing_all(held)) if watch and not isinstance(held, Collections) else None
        with follower or contextlib.nullcontext():
            can_open = bool(os.environ.get("DISPLAY") or os.name != "posix")
            serve_page(held, door, open_browser=browser and can_open, follower=follower)
