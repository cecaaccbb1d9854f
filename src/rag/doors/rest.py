"""The application of `rag serve`: the routes, problems, and their description as OpenAPI."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from rag import __version__
from rag.client.schemas import Problem
from rag.doors.access import OPEN_PATHS
from rag.doors.articles import ArticleRoutes
from rag.doors.problems import MEDIA_TYPE, answer_problems
from rag.doors.reading import health_routes, reading_routes
from rag.doors.work import Work
from rag.library import Library

_ABOUT = """Questions to a library of articles, answered with the articles' own words.

Every quote has a place: `article.text[start:end] == quote`, in Python characters (code points). Nothing is generated.
Programs send a token as `Authorization: Bearer TOKEN`. Errors are problems (RFC 9457).
"""
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


def make_application(library: Library) -> FastAPI:
    """Makes the application that answers requests about a library.

    Args:
        library: The library.

    Returns:
        An ASGI application. It lets everybody in; `rag.doors.access` stands before it.
    """
    work = Work(library.settings.page)
    app = FastAPI(
        title="Newsroom RAG",
        version=__version__,
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        responses=_PROBLEMS,
    )
    for routes in (reading_routes(library, work), ArticleRoutes(library, work).routes(), health_routes(library, work)):
        app.include_router(routes)
    answer_problems(app)
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    return app


def _described(app: FastAPI) -> dict[str, Any]:
    """Describes the routes as OpenAPI, with the media type of problems, and with tokens."""
    if app.openapi_schema:
        return app.openapi_schema
    told = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    for path, operations in told["paths"].items():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    response["content"] = {MEDIA_TYPE: next(iter(response["content"].values()))}
            operation["security"] = [] if path in OPEN_PATHS else [{"token": []}]
    told["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for unused in ("HTTPValidationError", "ValidationError"):
        told["components"]["schemas"].pop(unused, None)
    app.openapi_schema = told
    return told
