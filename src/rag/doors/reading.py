"""The routes that read: questions, searches, checks of quotes, and the state of the library."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Header, Response

from rag.client.schemas import AskBody, FiltersBody, Health, SearchBody, Verifications, VerifyBody
from rag.core.reports import LibraryStatus
from rag.core.schema import Answer
from rag.core.search_results import SearchResult
from rag.doors.work import Work
from rag.library import Library

IfNoneMatch = Annotated[
    str | None,
    Header(max_length=1000, description="The ETag of a response that the program has; if nothing changed, 304."),
]


def filters_of(body: FiltersBody) -> dict[str, Any]:
    """Returns the filters of a body as `Library.answer` takes them."""
    names = FiltersBody.model_fields
    return {name: value for name, value in body if name in names}


def etag_of(library: Library) -> str:
    """Returns the ETag of all that the newest generation says. It differs also after a backup was restored."""
    return f'"{hashlib.sha256(library.status().state.encode()).hexdigest()[:16]}"'


def reading_routes(library: Library, work: Work) -> APIRouter:
    """Makes the routes.

    Args:
        library: The library.
        work: Runs the library's work.
    """
    routes = APIRouter(tags=["questions"])

    @routes.post("/v1/ask", summary="Answer a question with quotes")
    async def ask(body: AskBody) -> Answer:
        """Answers a question with quotes from the articles, or says that they don't answer it."""
        filters = filters_of(body)
        return await work.run(
            lambda: library.answer(body.question, history=body.history, max_words=body.max_words, **filters)
        )

    @routes.post("/v1/search", summary="Find articles by words and phrases")
    async def search(body: SearchBody) -> SearchResult:
        """Finds the articles that hold words and phrases, best first, in pages of `count` from `offset` on."""
        filters = filters_of(body)
        return await work.run(lambda: library.search(body.words, count=body.count, offset=body.offset, **filters))

    @routes.post("/v1/verify", summary="Check quotes against the articles")
    async def verify(body: VerifyBody) -> Verifications:
        """Checks whether articles say these quotes, letter for letter."""
        return Verifications(verifications=await work.run(lambda: library.verify_quotes(body.quotes)))

    @routes.get("/v1/status", summary="Tell what the library holds")
    async def status(response: Response) -> LibraryStatus:
        """Tells what the library holds, its models, and whether it is being updated now."""
        response.headers["ETag"] = await work.run(lambda: etag_of(library))
        return await work.run(library.status)

    return routes


def health_routes(library: Library, work: Work) -> APIRouter:
    """Makes the routes by which a supervisor sees whether the server runs and can answer. They need no token."""
    routes = APIRouter(tags=["health"])

    @routes.get("/health/live", summary="Tell whether the server runs")
    async def live() -> Health:
        """Tells that the server runs."""
        return Health()

    @routes.get("/health/ready", summary="Tell whether the server can answer")
    async def ready() -> Health:
        """Tells that the library can be read. If not, the answer is a problem with status 503."""
        await work.run(library.status)
        return Health()

    return routes
