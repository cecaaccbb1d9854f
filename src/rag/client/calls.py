"""The requests to a server, and how their responses are read. Both clients send them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, TypeAdapter, ValidationError

import rag.core.errors
from rag.client.schemas import (
    ArticleBody,
    ArticlePage,
    AskBody,
    Changed,
    CollectionList,
    CollectionsAskBody,
    CollectionSummary,
    CorrectionBody,
    DossierBody,
    DraftBody,
    Editions,
    FollowBody,
    Problem,
    Progress,
    SaidQuery,
    SearchBody,
    StoredArticle,
    Verifications,
    VerifyBody,
)
from rag.collections.results import CollectionsAnswer
from rag.core.citation import Citation
from rag.core.errors import RagError
from rag.core.reports import (
    CorrectedArticle,
    Edition,
    FileStep,
    LibraryStatus,
    UpdateReport,
    WithdrawnArticle,
)
from rag.core.schema import Answer, AskedForm
from rag.core.search_results import SearchResult
from rag.dossier.results import Dossier
from rag.drafts.results import DraftCheck
from rag.question.scope import Filters
from rag.said.results import Said
from rag.standing.results import Standing, StandingQuestion
from rag.verification.results import QuoteClaim, Verification

_Result = TypeVar("_Result")
_PAGE = 1000
"""Articles of one page of the list."""


@dataclass(frozen=True, slots=True)
class Call(Generic[_Result]):
    """A request.

    Attributes:
        method: The HTTP method.
        path: The path.
        read: Reads the body of a response.
        body: What is sent as JSON; None for nothing.
        params: What stands behind the path's `?`.
        headers: Further headers.
    """

    method: str
    path: str
    read: Callable[[bytes], _Result]
    body: BaseModel | None = None
    params: Mapping[str, str | int | Sequence[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def options(self) -> dict[str, Any]:
        """The request as httpx takes it."""
        content = None if self.body is None else self.body.model_dump_json().encode()
        sent = {"Content-Type": "application/json"} if content else {}
        return {"content": content, "params": dict(self.params), "headers": {**self.headers, **sent}}


def answer(
    question: str, history: Sequence[Answer], max_words: int | None, form: AskedForm | None, filters: Filters
) -> Call[Answer]:
    """The call of `Library.answer`."""
    body = _made(AskBody, question=question, history=tuple(history), max_words=max_words, form=form, **filters)
    return Call("POST", "/v1/ask", Answer.model_validate_json, body)


def collections() -> Call[tuple[CollectionSummary, ...]]:
    """The call that lists the collections."""
    return Call("GET", "/v1/collections", lambda data: CollectionList.model_validate_json(data).collections)


def ask_collections(question: str, names: Iterable[str] | None, how: Mapping[str, Any]) -> Call[CollectionsAnswer]:
    """The call of `Collections.ask`."""
    named = None if names is None else tuple(names)
    body = _made(CollectionsAskBody, question=question, collections=named, **how)
    return Call("POST", "/v1/collections/ask", CollectionsAnswer.model_validate_json, body)


def search(words: str, count: int, offset: int, filters: Filters) -> Call[SearchResult]:
    """The call of `Library.search`."""
    body = _made(SearchBody, words=words, count=count, offset=offset, **filters)
    return Call("POST", "/v1/search", SearchResult.model_validate_json, body)


def said(speaker: str, about: str | None, by_others: bool, limit: int, filters: Filters) -> Call[Said]:
    """The call of `Library.said`."""
    where = filters.get("where") or {}
    pairs = [
        f"{name}={value}"
        for name, values in where.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    asked = {"speaker": speaker, "about": about, "by_others": by_others, "limit": limit, "where": tuple(pairs)}
    query = _made(SaidQuery, **{**filters, **asked})
    return Call("GET", "/v1/said", Said.model_validate_json, params=query.model_dump(exclude_defaults=True))


def dossier(subject: str, filters: Filters) -> Call[Dossier]:
    """The call of `Library.dossier`."""
    return Call("POST", "/v1/dossier", Dossier.model_validate_json, _made(DossierBody, subject=subject, **filters))


def follow(question: str, filters: Filters) -> Call[StandingQuestion]:
    """The call of `Library.follow`."""
    body = _made(FollowBody, question=question, **filters)
    return Call("POST", "/v1/standing", StandingQuestion.model_validate_json, body)


def unfollow(question_id: str) -> Call[StandingQuestion]:
    """The call of `Library.unfollow`."""
    return Call("DELETE", f"/v1/standing/{quote(question_id, safe='')}", StandingQuestion.model_validate_json)


def standing(after: int, most: int) -> Call[Standing]:
    """The call of `Library.standing`."""
    return Call("GET", "/v1/standing", Standing.model_validate_json, params={"after": after, "most": most})


def verify_quotes(quotes: Iterable[str | QuoteClaim | Citation]) -> Call[tuple[Verification, ...]]:
    """The call of `Library.verify_quotes`."""
    claims = tuple(
        QuoteClaim(quote=each.quote, article_id=each.article_id, start=each.start)
        if isinstance(each, Citation)
        else each
        for each in quotes
    )
    body = _made(VerifyBody, quotes=claims)
    return Call("POST", "/v1/verify", lambda data: Verifications.model_validate_json(data).verifications, body)


def check_draft(draft: str, filters: Filters) -> Call[DraftCheck]:
    """The call of `Library.check_draft`."""
    body = _made(DraftBody, draft=draft, **filters)
    return Call("POST", "/v1/check-draft", DraftCheck.model_validate_json, body)


def page_of_articles(offset: int) -> Call[ArticlePage]:
    """The call of a page of `Library.articles`."""
    params = {"count": _PAGE, "offset": offset}
    return Call("GET", "/v1/articles", ArticlePage.model_validate_json, params=params)


def article(article_id: str, content_hash: str | None) -> Call[StoredArticle]:
    """The call of `Library.article`."""
    params = {"edition": content_hash} if content_hash else {}
    return Call("GET", f"/v1/articles/{article_id}", StoredArticle.model_validate_json, params=params)


def editions(article_id: str) -> Call[tuple[Edition, ...]]:
    """The call of `Library.editions`."""
    path = f"/v1/articles/{article_id}/editions"
    return Call("GET", path, lambda data: Editions.model_validate_json(data).editions)


def add(body: ArticleBody, key: str | None) -> Call[Changed]:
    """The call that adds an article."""
    return Call("POST", "/v1/articles", Changed.model_validate_json, body, headers=_keyed(key))


def replace(article_id: str, body: ArticleBody, key: str | None) -> Call[Changed]:
    """The call that replaces an article."""
    return Call("PUT", f"/v1/articles/{article_id}", Changed.model_validate_json, body, headers=_keyed(key))


def withdraw(article_id: str) -> Call[tuple[WithdrawnArticle, ...]]:
    """The call of `Library.withdraw`."""
    return Call("DELETE", f"/v1/articles/{article_id}", TypeAdapter(tuple[WithdrawnArticle, ...]).validate_json)


def take_back(article_id: str) -> Call[UpdateReport]:
    """The call of `Library.take_back`."""
    return Call("POST", f"/v1/articles/{article_id}/take-back", UpdateReport.model_validate_json)


def correct(article_id: str, title: str | None, published: str | None, source: str | None) -> Call[CorrectedArticle]:
    """The call of `Library.correct`."""
    body = _made(CorrectionBody, title=title, published=published, source=source)
    return Call("PATCH", f"/v1/articles/{article_id}", CorrectedArticle.model_validate_json, body)


def undo_corrections(article_id: str) -> Call[CorrectedArticle]:
    """The call of `Library.undo_corrections`."""
    return Call("DELETE", f"/v1/articles/{article_id}/corrections", CorrectedArticle.model_validate_json)


def status() -> Call[LibraryStatus]:
    """The call of `Library.status`."""
    return Call("GET", "/v1/status", LibraryStatus.model_validate_json)


class UpdateListener:
    """Reads the events of an update.

    Args:
        progress: Called with the number of passages embedded so far and the number of all.
        on_file: Called when a file enters another stage.
    """

    def __init__(self, progress: Callable[[int, int], None] | None, on_file: Callable[[FileStep], None] | None) -> None:
        self._progress = progress
        self._on_file = on_file
        self._name = ""
        self._report: UpdateReport | None = None

    def read(self, line: str) -> None:
        """Reads a line of the stream. Raises the error that the update ended with."""
        name, _, value = line.partition(": ")
        if name == "event":
            self._name = value
        elif name == "data":
            self._take(value)

    @property
    def report(self) -> UpdateReport:
        """The report. Raises RagError if the stream ended without one."""
        if self._report is None:
            raise RagError("The server ended the update's progress early", remedy="ask for the status")
        return self._report

    def _take(self, value: str) -> None:
        if self._name == "done":
            self._report = UpdateReport.model_validate_json(value)
        elif self._name == "problem":
            raise error_of(500, value.encode())
        elif self._name == "progress" and self._progress:
            told = Progress.model_validate_json(value)
            self._progress(told.done, told.total)
        elif self._name == "file" and self._on_file:
            self._on_file(FileStep.model_validate_json(value))


def error_of(status: int, content: bytes) -> RagError:
    """Makes the error that the library raised, from the response of a server.

    Args:
        status: The HTTP status.
        content: The body of the response.
    """
    try:
        problem = Problem.model_validate(json.loads(content))
    except (ValueError, ValidationError):
        return RagError(f"The server answered with status {status}", remedy="check the address of the server")
    kind = getattr(rag.core.errors, problem.type.rpartition(":")[2], RagError)
    if not (isinstance(kind, type) and issubclass(kind, RagError)):
        kind = RagError
    error: RagError = kind(problem.title, problem.reason, remedy=problem.detail, **problem.facts)
    return error


def unreachable(url: str, error: Exception) -> RagError:
    """Makes the error for a server that does not answer."""
    return RagError(f"{url} can't be reached ({error})", remedy="check the address, and that the server runs")


def authorization(token: str | None) -> dict[str, str]:
    """The header with the token; none without one."""
    return {"Authorization": f"Bearer {token}"} if token else {}


def _made(kind: type[Any], **values: Any) -> Any:
    """Makes a body. Raises QuestionError if a value is not possible."""
    try:
        return kind(**values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise rag.core.errors.QuestionError(f"{place}: {first['msg']}", remedy="correct this argument") from error


def _keyed(key: str | None) -> dict[str, str]:
    return {"Idempotency-Key": key} if key else {}
