"""The application of `rag serve --collections`: each collection's own, and the routes for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI, Request
from starlette.applications import Starlette
from starlette.routing import Mount

from rag.client.schemas import CollectionList, CollectionsAskBody, CollectionSummary, Health
from rag.collections.folder import Collections
from rag.collections.results import CollectionsAnswer
from rag.core.errors import RagError
from rag.doors.access import TOKEN
from rag.doors.audited import NOTED
from rag.doors.problems import ProblemError, answer_problem, problem_of
from rag.doors.reading import filters_of
from rag.doors.rest import described, make_application
from rag.doors.tokens import RIGHTS, Right, Token
from rag.doors.work import Work
from rag_ui.web.collections import EachCollection, collection_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


def make_collections_application(collections: Collections) -> ASGIApp:
    """Makes the application that answers requests about collections. All of them share one queue of questions.

    Args:
        collections: The collections.

    Returns:
        An ASGI application. It lets everybody in; `rag.doors.access` stands before it.
    """
    work = Work.of(collections.settings.page)
    each = {name: _Addressed(_application_of(collections, name, work)) for name in collections.names}
    return EachCollection(each, make_shared_application(collections, work))


def make_shared_application(collections: Collections, work: Work | None = None) -> FastAPI:
    """Makes the application of the routes that are for several collections.

    Args:
        collections: The collections.
        work: Runs the work; None for a queue of its own.
    """
    work = work or Work.of(collections.settings.page)
    return described(_collection_routes(collections, work), _health_routes(collections, work))


def _application_of(collections: Collections, name: str, work: Work) -> ASGIApp:
    """The application of a collection. One that could not be opened answers each request with the reason."""
    try:
        return make_application(collections.library(name), work)
    except RagError as error:
        return Starlette(routes=[Mount("/", answer_problem(problem_of(error)))])


class _Addressed:
    """ASGI middleware that gives a request its whole path again, so that an application knows its own address."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            before = f"/c/{collection_of(scope)}"
            scope = {**scope, "path": before + scope["path"], "root_path": before}
        await self._app(scope, receive, send)


def _collection_routes(collections: Collections, work: Work) -> APIRouter:
    routes = APIRouter(tags=["collections"])

    @routes.get("/v1/collections", summary="List the collections")
    async def list_collections(request: Request) -> CollectionList:
        """Lists the collections that this token may see, and what it may do there."""
        token: Token | None = request.scope[TOKEN]
        rights = {name: _rights_in(name, token) for name in collections.names}
        found = await work.run(lambda: [_summary(collections, name, may) for name, may in rights.items() if may])
        return CollectionList(collections=tuple(found))

    @routes.post("/v1/collections/ask", summary="Ask several collections")
    async def ask(request: Request, body: CollectionsAskBody) -> CollectionsAnswer:
        """Asks several collections the same question. Those that answer come first, the most confident one first."""
        visible = tuple(name for name in collections.names if "ask" in _rights_in(name, request.scope[TOKEN]))
        asked = visible if body.collections is None else body.collections
        if (noted := request.scope.get(NOTED)) is not None:
            noted.collections = asked
        hidden = [name for name in asked if name not in visible]
        if hidden or not asked:
            raise ProblemError(404, "There is no such collection", "see /v1/collections", "CollectionError")
        how: dict[str, Any] = {"history": body.history, "max_words": body.max_words, "form": body.form}
        return await work.run(lambda: collections.ask(body.question, asked, **how, **filters_of(body)))

    return routes


def _health_routes(collections: Collections, work: Work) -> APIRouter:
    routes = APIRouter(tags=["health"])

    @routes.get("/health/live", summary="Tell whether the server runs")
    async def live() -> Health:
        """Tells that the server runs."""
        return Health()

    @routes.get("/health/ready", summary="Tell whether the server can answer")
    async def ready() -> Health:
        """Tells that at least one collection can be read. If not, the answer is a problem with status 503."""
        found = await work.run(lambda: [_summary(collections, name, RIGHTS) for name in collections.names])
        if all(each.problem is not None for each in found):
            raise ProblemError(503, "No collection can be read", "see the server's log")
        return Health()

    return routes


def _rights_in(collection: str, token: Token | None) -> tuple[Right, ...]:
    """What a token may do in a collection; nothing if it may not see it."""
    return RIGHTS if token is None else tuple(right for right in RIGHTS if right in token.rights_in(collection))


def _summary(collections: Collections, name: str, rights: Sequence[str]) -> CollectionSummary:
    told: dict[str, Any] = {"name": name, "rights": tuple(rights)}
    try:
        status = collections.library(name).status()
    except RagError as error:
        return CollectionSummary(**told, problem=collections.problem_of(name, error))
    return CollectionSummary(**told, articles=status.articles, updated=status.updated)
