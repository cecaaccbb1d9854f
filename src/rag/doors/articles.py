"""The routes of articles: list, read, add, replace, withdraw, take back, correct, and update all."""

from __future__ import annotations

import hashlib
import pathlib
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request, Response
from pydantic import BaseModel
from starlette.responses import StreamingResponse

from rag.client.schemas import ArticleBody, ArticlePage, Changed, CorrectionBody, Editions, StoredArticle
from rag.core.index_layout import responses_path
from rag.core.reports import CorrectedArticle, UpdateReport, WithdrawnArticle
from rag.doors.access import CALLER
from rag.doors.kept_responses import KeptResponses
from rag.doors.posted import PostedArticles, stored
from rag.doors.problems import ProblemError
from rag.doors.reading import UNCHANGED, IfNoneMatch, Responses, answer_unchanged, etag_of, names_etag
from rag.doors.updating import update_events
from rag.doors.work import Work
from rag.library import Library

ArticleId = Annotated[str, Path(pattern="^[0-9a-f]{12}$", description="The article's id.")]
IfMatch = Annotated[
    str | None, Header(max_length=1000, description="An ETag. If the library changed since, nothing is done: 412.")
]
IdempotencyKey = Annotated[
    str | None,
    Header(max_length=200, description="A key of one's own. The same request with the same key is done only once."),
]

_EVENT = {
    "type": "object",
    "description": "An event. `data` is JSON: a FileStep, a Progress, an UpdateReport, or a Problem.",
    "properties": {"event": {"enum": ["file", "progress", "done", "problem"]}, "data": {"type": "string"}},
    "required": ["event", "data"],
}
_EVENTS: Responses = {
    200: {
        "description": "Events `file`, `progress`, and at last `done` with the report, or `problem`.",
        "content": {"text/event-stream": {"schema": _EVENT}},
    }
}


class ArticleRoutes:
    """The routes of articles.

    Args:
        library: The library.
        work: Runs the library's work.
    """

    def __init__(self, library: Library, work: Work) -> None:
        self._library = library
        self._work = work
        # One at a time, in a queue of their own: a change may wait long for another update, and questions must not.
        self._changes = Work(1, library.settings.page.queue_length)
        self._posted = PostedArticles(library)
        self._kept = KeptResponses(responses_path(pathlib.Path(library.status().folder)))

    def routes(self) -> APIRouter:
        """Makes the routes."""
        routes = APIRouter(tags=["articles"])
        every, one = "/v1/articles", "/v1/articles/{article_id}"
        routes.get(every, response_model=ArticlePage, responses=UNCHANGED, summary="List the articles")(self.list)
        routes.get(one, response_model=StoredArticle, responses=UNCHANGED, summary="Read an article")(self.read)
        routes.get(f"{one}/editions", response_model=Editions, responses=UNCHANGED, summary="List its editions")(
            self.editions
        )
        routes.post(every, response_model=Changed, status_code=201, summary="Add an article")(self.add)
        routes.put(one, response_model=Changed, summary="Replace an article")(self.replace)
        routes.delete(one, response_model=list[WithdrawnArticle], summary="Withdraw an article")(self.withdraw)
        routes.post(f"{one}/take-back", response_model=UpdateReport, summary="Take an article back")(self.take_back)
        routes.patch(one, response_model=CorrectedArticle, summary="Correct title, date or source")(self.correct)
        routes.delete(f"{one}/corrections", response_model=CorrectedArticle, summary="Take corrections back")(
            self.undo_corrections
        )
        routes.post("/v1/update", response_class=StreamingResponse, responses=_EVENTS, summary="Update all")(
            self.update
        )
        return routes

    async def list(
        self,
        count: Annotated[int, Query(ge=1, le=1000, description="Most articles of the page.")] = 100,
        offset: Annotated[int, Query(ge=0, le=2**53, description="Number of articles to leave out.")] = 0,
        if_none_match: IfNoneMatch = None,
    ) -> Response:
        """Lists the articles by title, in pages."""

        def page() -> ArticlePage:
            articles = self._posted.listed()
            end = offset + count
            return ArticlePage(
                total=len(articles),
                offset=offset,
                articles=tuple(articles[offset:end]),
                next_offset=end if end < len(articles) else None,
                generation=self._library.status().generation,
            )

        return await self._read(page, if_none_match)

    async def read(
        self,
        article_id: ArticleId,
        edition: Annotated[
            str | None, Query(pattern="^[0-9a-f]{64}$", description="The content hash of an older edition.")
        ] = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response:
        """Reads an article as it is stored, or an edition of it."""
        return await self._read(lambda: stored(self._library.article(article_id, edition)), if_none_match)

    async def editions(self, article_id: ArticleId, if_none_match: IfNoneMatch = None) -> Response:
        """Lists the texts that an article has had, oldest first."""
        return await self._read(lambda: Editions(editions=self._library.editions(article_id)), if_none_match)

    async def add(self, request: Request, body: ArticleBody, idempotency_key: IdempotencyKey = None) -> Response:
        """Adds an article. It is kept as a JSON file beside the index, and answers questions at once."""
        return await self._change(request, body, lambda: self._posted.add(body), idempotency_key, status=201)

    async def replace(
        self,
        request: Request,
        article_id: ArticleId,
        body: ArticleBody,
        if_match: IfMatch = None,
        idempotency_key: IdempotencyKey = None,
    ) -> Response:
        """Replaces an article that was added here. Its former text stays an edition."""
        return await self._change(
            request, body, lambda: self._posted.replace(article_id, body), idempotency_key, if_match=if_match
        )

    async def withdraw(
        self,
        request: Request,
        article_id: ArticleId,
        if_match: IfMatch = None,
        idempotency_key: IdempotencyKey = None,
    ) -> Response:
        """Withdraws an article: it answers no more, and no update takes it in, until it is taken back."""

        def withdraw() -> Response:
            self._library.article(article_id)  # a name would do for the library, but only an id is certain
            withdrawn = self._library.withdraw(article_id)
            return _json(f"[{','.join(article.model_dump_json() for article in withdrawn)}]")

        return await self._change(request, None, withdraw, idempotency_key, if_match=if_match)

    async def take_back(
        self, request: Request, article_id: ArticleId, idempotency_key: IdempotencyKey = None
    ) -> Response:
        """Takes a withdrawn article back."""
        return await self._change(request, None, lambda: self._library.take_back(article_id), idempotency_key)

    async def correct(
        self,
        request: Request,
        article_id: ArticleId,
        body: CorrectionBody,
        if_match: IfMatch = None,
        idempotency_key: IdempotencyKey = None,
    ) -> Response:
        """Corrects title, date or source of an article. Its file and its text stay as they are."""

        def correct() -> CorrectedArticle:
            self._library.article(article_id)  # as in `withdraw`
            return self._library.correct(article_id, **body.model_dump())

        return await self._change(request, body, correct, idempotency_key, if_match=if_match)

    async def undo_corrections(
        self,
        request: Request,
        article_id: ArticleId,
        if_match: IfMatch = None,
        idempotency_key: IdempotencyKey = None,
    ) -> Response:
        """Takes all corrections of an article back: title, date and source are those of its file."""

        def undo() -> CorrectedArticle:
            self._library.article(article_id)
            (undone,) = self._library.undo_corrections(article_id)
            return undone

        return await self._change(request, None, undo, idempotency_key, if_match=if_match)

    async def update(self) -> StreamingResponse:
        """Updates the library from all its files and folders, and tells the progress as server-sent events."""
        return StreamingResponse(
            update_events(self._library), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def _read(self, read: Callable[[], BaseModel], if_none_match: str | None) -> Response:
        """Reads something that stays the same for a generation."""

        return await self._work.run(lambda: answer_unchanged(self._library, if_none_match, read))

    async def _change(
        self,
        request: Request,
        body: BaseModel | None,
        change: Callable[[], BaseModel | Response],
        key: str | None,
        *,
        if_match: str | None = None,
        status: int = 200,
    ) -> Response:
        """Changes the library, once for each idempotency key, if it did not change since `if_match`."""

        def answer() -> Response:
            if if_match is not None and not names_etag(if_match, etag_of(self._library)):
                raise ProblemError(412, "The library changed since", "read it again, then decide")
            changed = change()
            response = changed if isinstance(changed, Response) else _json(changed.model_dump_json(), status)
            response.headers["ETag"] = etag_of(self._library)
            return response

        told = f"{request.method} {request.url.path}\n{'' if body is None else body.model_dump_json()}"
        fingerprint = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
        return await self._kept.once(request.scope[CALLER], key, fingerprint, lambda: self._changes.run(answer))


def _json(body: str, status: int = 200) -> Response:
    return Response(body, status, media_type="application/json")
