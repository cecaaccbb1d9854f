"""Serves several collections on one port: `/c/NAME/` and what follows is the address of one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from rag_ui.language.strings import Strings
from rag_ui.web.gate import nothing_here
from rag_ui.web.side_by_side import Together
from rag_ui.web.sign_in import ACCOUNT

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

COLLECTION = "rag_ui.collection"
"""The key of a request's scope under which the name of its collection is found, whether there is one or not."""
_PATH = re.compile(rb"/c/(?P<name>[A-Za-z0-9_.\-]+)(?P<rest>/.*)?", re.DOTALL)


def collection_of(scope: Scope) -> str:
    """Returns the name of the collection that a request is for; empty for none."""
    name: str = scope.get(COLLECTION, "")
    return name


class InCollection:
    """ASGI middleware that takes the collection off the path, so that all behind it see the paths of a single one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        found = _PATH.fullmatch(scope["raw_path"]) if scope["type"] == "http" else None
        if found is None:
            await self._app(scope, receive, send)
            return
        name, rest = found["name"].decode("ascii"), found["rest"]
        if rest is None:
            await RedirectResponse(f"{name}/", 308)(scope, receive, send)
            return
        path = scope["path"].removeprefix(f"/c/{name}")
        await self._app({**scope, "path": path, "raw_path": rest, COLLECTION: name}, receive, send)


class VisibleOnly:
    """ASGI middleware that answers for a collection that a person may not see as for one that does not exist.

    Those behind it find the account with the role that it has in the collection.

    Args:
        app: What answers the other requests.
        names: The names of the collections that are served.
        strings: The language.
    """

    def __init__(self, app: ASGIApp, names: Collection[str], strings: Strings) -> None:
        self._app = app
        self._names = names
        self._strings = strings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request, or says that there is nothing."""
        name, account = collection_of(scope), scope.get(ACCOUNT)
        there = account.in_collection(name) if name and account is not None else account
        if name and (name not in self._names or (account is not None and there is None)):
            await nothing_here(scope, self._strings)(scope, receive, send)
            return
        await self._app({**scope, ACCOUNT: there}, receive, send)


class EachCollection(Together):
    """An ASGI application that passes each request on to the application of its collection.

    Args:
        by_name: The applications, by the names of their collections.
        others: What answers requests that are for no collection, or for one that does not exist.
    """

    def __init__(self, by_name: Mapping[str, ASGIApp], others: ASGIApp) -> None:
        super().__init__([*by_name.values(), others])
        self._by_name = by_name
        self._others = others

    def chosen(self, scope: Scope) -> ASGIApp:
        """Returns the application that answers a request."""
        return self._by_name.get(collection_of(scope), self._others)
