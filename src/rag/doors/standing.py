"""The routes of followed questions: list them and what changed, as JSON and as a feed; follow and unfollow."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from rag.client.schemas import FollowBody
from rag.core.errors import QuestionError
from rag.doors.problems import ProblemError
from rag.doors.reading import UNCHANGED, IfNoneMatch, Responses, filters_of, names_etag
from rag.doors.work import Work
from rag.library import Library
from rag.standing.feed import MEDIA_TYPE
from rag.standing.results import Standing, StandingQuestion

QuestionId = Annotated[str, Path(pattern="^[0-9a-f]{8}$", description="The id of a followed question.")]
After = Annotated[int, Query(ge=0, le=2**53, description="Only changes with a higher number.")]
Most = Annotated[int, Query(ge=0, le=1000, description="Most changes, the newest.")]
_FEED: Responses = {
    **UNCHANGED,
    200: {"description": "An Atom feed.", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}},
}


def standing_routes(library: Library, work: Work) -> APIRouter:
    """Makes the routes.

    Args:
        library: The library.
        work: Runs the library's work.
    """
    routes = APIRouter(tags=["followed questions"])

    @routes.get("/v1/standing", response_model=Standing, responses=UNCHANGED, summary="List the followed questions")
    async def standing(after: After = 0, most: Most = 100, if_none_match: IfNoneMatch = None) -> Response:
        """Lists the questions that are followed, and what changed in their answers, the oldest change first."""
        found = await work.run(lambda: library.standing(after=after, most=most))
        return _unless_known(found.model_dump_json().encode(), "application/json", if_none_match)

    @routes.get("/v1/standing.atom", response_class=Response, responses=_FEED, summary="Read the changes as a feed")
    async def feed(request: Request, if_none_match: IfNoneMatch = None) -> Response:
        """Gives the newest changes as an Atom feed, the newest first."""
        address = str(request.url.replace(query=""))
        made = await work.run(lambda: library.standing_feed(address))
        return _unless_known(made, MEDIA_TYPE, if_none_match)

    @routes.post("/v1/standing", status_code=201, summary="Follow a question")
    async def follow(body: FollowBody) -> StandingQuestion:
        """Asks a question now, and again after each update. One that is followed already stays as it is."""
        filters = filters_of(body)
        return await work.run(lambda: library.follow(body.question, **filters))

    @routes.delete("/v1/standing/{question_id}", summary="Follow a question no longer")
    async def unfollow(question_id: QuestionId) -> StandingQuestion:
        """Follows a question no longer, and forgets what changed in its answers."""
        try:
            return (await work.run(lambda: library.unfollow(question_id)))[0]
        except QuestionError as error:
            raise ProblemError(404, error.message, str(error.remedy), "QuestionError") from error

    return routes


def _unless_known(content: bytes, media_type: str, if_none_match: str | None) -> Response:
    """Answers with content, or with 304 if the program has it already. It changes without a new generation."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if if_none_match is not None and names_etag(if_none_match, etag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)
