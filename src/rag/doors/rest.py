"""The application of `rag serve`: the routes, problems, and their description as OpenAPI."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, FastAPI
from mcp.server.transport_security import TransportSecuritySettings

from rag import __version__
from rag.client.schemas import Problem
from rag.doors.access import AGENTS, OPEN_PATHS
from rag.doors.agents import make_agent_server
from rag.doors.articles import ArticleRoutes
from rag.doors.problems import MEDIA_TYPE, answer_problems
from rag.doors.reading import health_routes, reading_routes
from rag.doors.standing import standing_routes
from rag.doors.work import Work
from rag.library import Library

_ABOUT = """Questions to a library of articles, answered with the articles' own words.

Every quote has a place: `article.text[start:end] == quote`, in Python characters (code points). Nothing is generated.
Programs send a token as `Authorization: Bearer TOKEN`. Errors are problems (RFC 9457).
"""
_CHECKED_BEFORE = TransportSecuritySettings(enable_dns_rebinding_protection=False)
"""`rag.doors.access` has compared the host and the site of a request already."""
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": what}
    for status, what in {
        400: "The request can't be read.",
        401: "The token is missing or unknown.",
        403: "The token does not allow this.",
        404: "There is no such article.",
        409: "Another update or request is in the way.",
        412: "The library changed since.",
        413: "The request is too large.",
        422: "The request is not possible.",
        429: "There are too many requests.",
        500: "The server has a fault.",
        503: "The library can't answer now.",
        507: "The index can't be written.",
    }.items()
}


class _Described(FastAPI):
    """An application whose description has the media type of problems, and tokens."""

    def openapi(self) -> dict[str, Any]:
        """Describes the routes as OpenAPI."""
        if not self.openapi_schema:
            told = super().openapi()
            for path, operations in told["paths"].items():
                for operation in operations.values():
                    for status, response in operation["responses"].items():
                        if int(status) >= 400:
                            response["content"] = {MEDIA_TYPE: next(iter(response["content"].values()))}
                    operation["security"] = [] if path in OPEN_PATHS else [{"token": []}]
            told["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            for unused in ("HTTPValidationError", "ValidationError"):
                told["components"]["schemas"].pop(unused, None)
            self.openapi_schema = told
        return self.openapi_schema


def make_application(library: Library, work: Work | None = None) -> FastAPI:
    """Makes the application that answers requests about a library.

    Args:
        library: The library.
        work: Runs the library's work; None for a queue of its own.

    Returns:
        An ASGI application. It lets everybody in; `rag.doors.access` stands before it.
    """
    work = work or Work.of(library.settings.page)
    agents = make_agent_server(library, work)
    for_agents = agents.streamable_http_app(
        streamable_http_path=AGENTS, stateless_http=True, json_response=True, transport_security=_CHECKED_BEFORE
    )

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with agents.session_manager.run():
            yield

    routes = (
        reading_routes(library, work),
        standing_routes(library, work),
        ArticleRoutes(library, work).routes(),
        health_routes(library, work),
    )
    app = described(*routes, lifespan=lifespan)
    app.router.routes.extend(for_agents.routes)
    return app


def described(*routes: APIRouter, lifespan: Any = None) -> FastAPI:
    """Makes an application of routes, which describes them as OpenAPI and answers each error with a problem.

    Args:
        *routes: The routes.
        lifespan: What the application does at its start and at its end; None for nothing.
    """
    app = _Described(
        title="Newsroom RAG",
        version=__version__,
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        responses=_PROBLEMS,
        lifespan=lifespan,
    )
    for each in routes:
        app.include_router(each)
    answer_problems(app)
    return app
