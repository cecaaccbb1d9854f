"""A client that awaits each answer, for programs with asyncio or trio."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import TypeVar, Unpack

import httpx

from rag.client import calls
from rag.client.schemas import ArticleBody, Changed, CollectionSummary, StoredArticle
from rag.collections.results import CollectionsAnswer
from rag.core.citation import Citation
from rag.core.reports import (
    ArticleSummary,
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
from rag.said.results import USUAL_STATEMENTS, Said
from rag.standing.results import Standing, StandingQuestion
from rag.verification.results import QuoteClaim, Verification

_Result = TypeVar("_Result")


class AsyncClient:
    """A library that `rag serve` serves. The methods are those of `rag.Library`, and raise the same errors.

    Args:
        url: The address of the server.
        token: The token of `rag token add`; None if the server needs none.
        timeout: Seconds to wait for an answer. Updates may take longer.
    """

    def __init__(self, url: str, token: str | None = None, *, timeout: float = 60.0) -> None:
        self._url, self._token, self._timeout = url.rstrip("/"), token, timeout
        self._http = httpx.AsyncClient(base_url=self._url, headers=calls.authorization(token), timeout=timeout)

    async def answer(
        self,
        question: str,
        *,
        history: Sequence[Answer] = (),
        max_words: int | None = None,
        form: AskedForm | None = None,
        **filters: Unpack[Filters],
    ) -> Answer:
        """Answers a question, as `Library.answer`."""
        return await self._send(calls.answer(question, history, max_words, form, filters))

    async def collections(self) -> tuple[CollectionSummary, ...]:
        """Lists the collections of the server that the token may see, and what it may do there."""
        return await self._send(calls.collections())

    async def ask_collections(
        self,
        question: str,
        names: Iterable[str] | None = None,
        *,
        history: Sequence[Answer] = (),
        max_words: int | None = None,
        form: AskedForm | None = None,
        **filters: Unpack[Filters],
    ) -> CollectionsAnswer:
        """Asks several collections of the server, as `Collections.ask`; by default all that the token may see."""
        how = {"history": tuple(history), "max_words": max_words, "form": form, **filters}
        return await self._send(calls.ask_collections(question, names, how))

    def collection(self, name: str) -> AsyncClient:
        """Makes a client of one collection of the server, whose methods are those of its library. Close it too."""
        return AsyncClient(f"{self._url}/c/{name}", self._token, timeout=self._timeout)

    async def search(self, words: str, *, count: int = 10, offset: int = 0, **filters: Unpack[Filters]) -> SearchResult:
        """Finds the articles that hold words and phrases, as `Library.search`."""
        return await self._send(calls.search(words, count, offset, filters))

    async def said(
        self,
        speaker: str,
        about: str | None = None,
        *,
        by_others: bool = False,
        limit: int = USUAL_STATEMENTS,
        **filters: Unpack[Filters],
    ) -> Said:
        """Finds what a person says in the articles, or what others say about the person, as `Library.said`."""
        return await self._send(calls.said(speaker, about, by_others, limit, filters))

    async def dossier(self, subject: str, **filters: Unpack[Filters]) -> Dossier:
        """Collects what the articles tell about a subject, as `Library.dossier`."""
        return await self._send(calls.dossier(subject, filters))

    async def follow(self, question: str, **filters: Unpack[Filters]) -> StandingQuestion:
        """Follows a question from now on, as `Library.follow`."""
        return await self._send(calls.follow(question, filters))

    async def unfollow(self, *ids: str) -> tuple[StandingQuestion, ...]:
        """Follows questions no longer, as `Library.unfollow`, one after the other."""
        return tuple([await self._send(calls.unfollow(each)) for each in ids])

    async def standing(self, *, after: int = 0, most: int = 100) -> Standing:
        """Lists the followed questions and what changed in their answers, as `Library.standing`."""
        return await self._send(calls.standing(after, most))

    async def verify_quotes(self, quotes: Iterable[str | QuoteClaim | Citation]) -> tuple[Verification, ...]:
        """Checks whether articles say these quotes, as `Library.verify_quotes`."""
        return await self._send(calls.verify_quotes(quotes))

    async def check_draft(self, draft: str, **filters: Unpack[Filters]) -> DraftCheck:
        """Checks what the articles say of each sentence of a draft, as `Library.check_draft`."""
        return await self._send(calls.check_draft(draft, filters))

    async def articles(self) -> list[ArticleSummary]:
        """Lists all articles by title, as `Library.articles`."""
        found: list[ArticleSummary] = []
        offset: int | None = 0
        while offset is not None:
            page = await self._send(calls.page_of_articles(offset))
            found += page.articles
            offset = page.next_offset
        return found

    async def article(self, article_id: str, content_hash: str | None = None) -> StoredArticle:
        """Reads an article, or an edition of it, as `Library.article`."""
        return await self._send(calls.article(article_id, content_hash))

    async def editions(self, article_id: str) -> tuple[Edition, ...]:
        """Lists the texts that an article has had, as `Library.editions`."""
        return await self._send(calls.editions(article_id))

    async def add(self, article: ArticleBody, *, key: str | None = None) -> Changed:
        """Adds an article.

        Args:
            article: The article.
            key: An idempotency key: the same request with the same key is done only once.

        Returns:
            The article as it is stored, and what the update did.

        Raises:
            ArticleError: If it can't become an article.
        """
        return await self._send(calls.add(article, key))

    async def replace(self, article_id: str, article: ArticleBody, *, key: str | None = None) -> Changed:
        """Replaces an article that was added by `add`. Arguments and errors are those of `add`."""
        return await self._send(calls.replace(article_id, article, key))

    async def withdraw(self, article_id: str) -> tuple[WithdrawnArticle, ...]:
        """Withdraws an article, as `Library.withdraw`."""
        return await self._send(calls.withdraw(article_id))

    async def take_back(self, article_id: str) -> UpdateReport:
        """Takes a withdrawn article back, as `Library.take_back`."""
        return await self._send(calls.take_back(article_id))

    async def correct(
        self, article_id: str, *, title: str | None = None, published: str | None = None, source: str | None = None
    ) -> CorrectedArticle:
        """Corrects the title, the date or the source of an article, as `Library.correct`."""
        return await self._send(calls.correct(article_id, title, published, source))

    async def undo_corrections(self, article_id: str) -> CorrectedArticle:
        """Takes all corrections of an article back, as `Library.undo_corrections`."""
        return await self._send(calls.undo_corrections(article_id))

    async def status(self) -> LibraryStatus:
        """Tells what the library holds, as `Library.status`."""
        return await self._send(calls.status())

    async def update(
        self,
        *,
        progress: Callable[[int, int], None] | None = None,
        on_file: Callable[[FileStep], None] | None = None,
    ) -> UpdateReport:
        """Updates the library from all its files and folders, as `Library.update` without paths."""
        listener = calls.UpdateListener(progress, on_file)
        try:
            async with self._http.stream("POST", "/v1/update", timeout=httpx.Timeout(60.0, read=None)) as response:
                if response.is_error:
                    raise calls.error_of(response.status_code, await response.aread())
                async for line in response.aiter_lines():
                    listener.read(line)
        except httpx.HTTPError as error:
            raise calls.unreachable(self._url, error) from error
        return listener.report

    async def close(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _send(self, call: calls.Call[_Result]) -> _Result:
        try:
            response = await self._http.request(call.method, call.path, **call.options)
        except httpx.HTTPError as error:
            raise calls.unreachable(self._url, error) from error
        if response.is_error:
            raise calls.error_of(response.status_code, response.content)
        return call.read(response.content)
