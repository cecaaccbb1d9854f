"""The routes that read: questions, searches, checks of quotes, and the state of the library."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response
from pydantic import BaseModel

from rag.client.schemas import (
    AskBody,
    CommonFilters,
    DossierBody,
    DraftBody,
    FiltersBody,
    Health,
    SaidQuery,
    SearchBody,
    Verifications,
    VerifyBody,
)
from rag.core.reports import LibraryStatus
from rag.core.schema import Answer
from rag.core.search_results import SearchResult
from rag.doors.work import Work
from rag.dossier.results import Dossier
from rag.drafts.results import DraftCheck
from rag.library import Library
from rag.said.results import Said

Responses = dict[int | str, dict[str, Any]]
UNCHANGED: Responses = {304: {"description": "Nothing changed since the ETag."}}
IfNoneMatch = Annotated[
    str | None,
    Header(max_length=1000, description="The ETag of a response that the program has; if nothing changed, 304."),
]


def filters_of(asked: CommonFilters) -> dict[str, Any]:
    """Returns the filters of a body or a query as `Library.answer` takes them."""
    return {name: value for name, value in asked if name in FiltersBody.model_fields}


def _fields_of(pairs: Iterable[str]) -> dict[str, list[str]]:
    """The values of each field, of pairs such as `desk=politics`."""
    where: dict[str, list[str]] = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        where.setdefault(name, []).append(value)
    return where


def etag_of(library: Library) -> str:
    """Returns the ETag of all that the newest generation says. It differs also after a backup was restored."""
    return f'"{hashlib.sha256(library.status().state.encode()).hexdigest()[:16]}"'


def answer_unchanged(library: Library, if_none_match: str | None, read: Callable[[], BaseModel]) -> Response:
    """Answers with something that stays the same for a generation, or with 304 if the program has it already.

    Args:
        library: The library.
        if_none_match: The header If-None-Match; None if there is none.
        read: Reads what is sent.
    """
    etag = etag_of(library)
    if if_none_match is not None and names_etag(if_none_match, etag):
        return Response(status_code=304, headers={"ETag": etag})
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    return Response(read().model_dump_json(), headers=headers, media_type="application/json")


def names_etag(header: str, etag: str) -> bool:
    """Returns whether a header If-Match or If-None-Match names an ETag."""
    return any(part.strip().removeprefix("W/") in (etag, "*") for part in header.split(","))


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
        how: dict[str, Any] = {"history": body.history, "max_words": body.max_words, "form": body.form}
        return await work.run(lambda: library.answer(body.question, **how, **filters))

    @routes.post("/v1/search", summary="Find articles by words and phrases")
    async def search(body: SearchBody) -> SearchResult:
        """Finds the articles that hold words and phrases, best first, in pages of `count` from `offset` on."""
        filters = filters_of(body)
        return await work.run(lambda: library.search(body.words, count=body.count, offset=body.offset, **filters))

    @routes.get("/v1/said", response_model=Said, responses=UNCHANGED, summary="List what a person says")
    async def said(asked: Annotated[SaidQuery, Query()], if_none_match: IfNoneMatch = None) -> Response:
        """Lists what a person says, or what others say about the person, by date, the newest last."""
        filters = {**filters_of(asked), "where": _fields_of(asked.where)}

        def read() -> Said:
            return library.said(asked.speaker, asked.about, by_others=asked.by_others, limit=asked.limit, **filters)

        return await work.run(lambda: answer_unchanged(library, if_none_match, read))

    @routes.post("/v1/dossier", summary="Collect what the articles tell about a subject")
    async def dossier(body: DossierBody) -> Dossier:
        """Collects an overview, a timeline, who is who, what was said, figures and differences, all of it quotes."""
        filters = filters_of(body)
        return await work.run(lambda: library.dossier(body.subject, **filters))

    @routes.post("/v1/verify", summary="Check quotes against the articles")
    async def verify(body: VerifyBody) -> Verifications:
        """Checks whether articles say these quotes, letter for letter."""
        return Verifications(verifications=await work.run(lambda: library.verify_quotes(body.quotes)))

    @routes.post("/v1/check-draft", summary="Check the sentences of a draft against the articles")
    async def check_draft(body: DraftBody) -> DraftCheck:
        """Checks what the articles say of each sentence: stated, stated otherwise, partly or not found."""
        filters = filters_of(body)
        return await work.run(lambda: library.check_draft(body.draft, **filters))

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
