"""Serves a library or collections to programs: to this machine, and to other machines only with a token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rag.collections.folder import Collections
from rag.core.errors import RagError
from rag.core.index_layout import tokens_path, users_path
from rag.doors.access import PREFIXES, Access
from rag.doors.audited import Audited
from rag.doors.collections import make_collections_application
from rag.doors.rest import make_application
from rag.doors.tokens import Tokens
from rag.library import Library
from rag_ui.language.strings import ENGLISH
from rag_ui.web.accounts import Accounts
from rag_ui.web.audit import AuditLog
from rag_ui.web.collections import InCollection
from rag_ui.web.proxies import Network, Proxied
from rag_ui.web.running import LOOPBACK, Running, listen, run

if TYPE_CHECKING:
    from starlette.types import ASGIApp

FIRST_PORT = 8765
"""The first port that is tried if none was asked for."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a library is served.

    Attributes:
        host: The address to listen on.
        port: The port; None for the first free one from 8765 on, 0 for any free port.
        proxies: The networks of proxies whose word about the client is believed.
        root_path: The path under which a proxy serves the library, such as `/archive`; empty for none.
    """

    host: str = "127.0.0.1"
    port: int | None = None
    proxies: Sequence[Network] = ()
    root_path: str = ""


def start(served: Library | Collections, address: Address) -> Running:
    """Serves a library, or collections, in a thread.

    Args:
        served: The library, at `/v1/`; or the collections, each at `/c/NAME/v1/`.
        address: Where it is served.

    Returns:
        The running server.

    Raises:
        RagError: If the address or the port can't be used, or other machines can reach it and there is no token.
    """
    tokens = _tokens_of(served)
    if address.host not in LOOPBACK and not tokens:
        raise RagError(
            f"Other machines can reach {address.host}, and no program has a token",
            remedy="make a token for each program first",
        )
    listening = listen(address.host, address.port, FIRST_PORT, ENGLISH)
    app = InCollection(_guarded(served, tokens, address.host))
    return run(Proxied(app, address.proxies, address.root_path), listening, address.host, address.root_path, ENGLISH)


def beside_page(served: Library | Collections, host: str) -> dict[str, ASGIApp]:
    """Makes what answers programs on the port of the page.

    Args:
        served: The library or the collections.
        host: The address on which the page listens. If other machines can reach it, or people must sign in, programs
            need a token.

    Returns:
        The application, by the beginnings of its paths.
    """
    return dict.fromkeys(PREFIXES, _guarded(served, _tokens_of(served), host))


def _folder_of(served: Library | Collections) -> Path:
    return served.folder if isinstance(served, Collections) else Path(served.status().folder)


def _tokens_of(served: Library | Collections) -> Tokens:
    return Tokens(tokens_path(_folder_of(served)), of_collections=isinstance(served, Collections))


def _guarded(served: Library | Collections, tokens: Tokens, host: str) -> ASGIApp:
    """Puts those who let requests in, and note them, before the application."""
    limits, is_shared = served.settings.page, isinstance(served, Collections)
    accounts = Accounts({}, users_path(_folder_of(served)), of_collections=is_shared)

    def is_open() -> bool:
        return host in LOOPBACK and not tokens and not accounts

    app: ASGIApp
    if isinstance(served, Collections):
        app = Access(make_collections_application(served), tokens, limits, is_open, served.names)
    else:
        app = Access(make_application(served), tokens, limits, is_open)
    log = AuditLog.of(served.settings.audit, _folder_of(served))
    return app if log is None else Audited(app, log)
