"""Turns errors into problems (RFC 9457), which every door returns."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from rag.client.schemas import Problem
from rag.core.errors import (
    ArticleError,
    ArticleNameError,
    BackupError,
    CitationError,
    CollectionError,
    CorrectionError,
    DatabaseUnreachableError,
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    IndexNotWritableError,
    QuestionError,
    RagError,
)
from rag.core.plain_text import visible

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request

MEDIA_TYPE = "application/problem+json"
_STATUS: dict[type[RagError], int] = {
    QuestionError: 422,
    ArticleError: 422,
    CorrectionError: 422,
    ArticleNameError: 404,
    CitationError: 404,
    CollectionError: 404,
    IndexBusyError: 409,
    IndexNotWritableError: 507,
    IndexDamagedError: 503,
    IndexMissingError: 503,
    DatabaseUnreachableError: 503,
    BackupError: 500,
}
_RETRY_SECONDS = {409: "5", 429: "1", 503: "5"}
"""Seconds after which a program may try again, by status."""
_MOST_FAULTS = 3
"""Faults of a request that are named."""
_log = logging.getLogger(__name__)


class ProblemError(Exception):
    """An error of a door itself, such as a missing token.

    Args:
        status: The HTTP status.
        title: What is wrong.
        detail: What to do about it.
        name: The kind of error.
    """

    def __init__(self, status: int, title: str, detail: str, name: str = "RequestError") -> None:
        super().__init__(title)
        self.problem = Problem(type=f"urn:rag:{name}", title=title, status=status, detail=detail)


def problem_of(error: Exception) -> Problem:
    """Describes an error. One that this program does not raise on purpose is logged, and told without details."""
    if isinstance(error, ProblemError):
        return error.problem
    if isinstance(error, RagError):
        status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)
        return Problem(
            type=f"urn:rag:{type(error).__name__}",
            title=visible(error.message),
            status=status,
            detail=visible(str(error.remedy)),
            reason=error.reason,
            facts=error.facts,
        )
    _log.error("a request failed", exc_info=error)
    return Problem(
        type="urn:rag:Fault", title="This program has a fault", status=500, detail="see the server's log, and report it"
    )


def answer_problem(problem: Problem) -> Response:
    """Makes the response for a problem."""
    headers = {"Cache-Control": "no-store"}
    if problem.status in _RETRY_SECONDS:
        headers["Retry-After"] = _RETRY_SECONDS[problem.status]
    if problem.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="archive"'
    return Response(problem.model_dump_json(), problem.status, headers, media_type=MEDIA_TYPE)


def answer_problems(app: FastAPI) -> None:
    """Makes an application answer each error with a problem."""

    async def answer(_: Request, error: Exception) -> Response:
        return answer_problem(problem_of(error))

    async def answer_unfit(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        faults = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()[:_MOST_FAULTS]]
        title = "The request does not fit the schema"
        return answer_problem(ProblemError(422, title, visible("; ".join(faults))).problem)

    async def answer_http(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        response = answer_problem(ProblemError(error.status_code, error.detail, "see /v1/openapi.json").problem)
        response.headers.update(error.headers or {})
        return response

    for kind in (RagError, ProblemError, Exception):
        app.add_exception_handler(kind, answer)
    app.add_exception_handler(RequestValidationError, answer_unfit)
    app.add_exception_handler(HTTPException, answer_http)
