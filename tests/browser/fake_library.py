"""A library of scripted answers over real text, for what a real one can't be made to show on demand.

It has the methods of `rag.library.Library` that the page uses; its quotes are found in the text, never written twice.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from rag.article import Article, Sentence
from rag.errors import CitationError, QuestionError
from rag.schema import Answer, Citation, Edition, LibraryStatus


def make_article(text: str, title: str, **known: str | None) -> Article:
    """An article of one long sentence."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    facts = {"id": digest[:16], "path": f"{digest[:8]}.txt", "published": "2025-04", **known}
    return Article(content_hash=digest, text=text, title=title, sentences=(Sentence(0, len(text)),), **facts)


def cite(article: Article, quote: str, short: str | None = None, number: int = 1) -> Citation:
    """The citation of the first place where the article says this."""
    start = article.text.index(quote)
    short_start = None if short is None else article.text.index(short, start)
    return Citation(
        number=number,
        article_id=article.id,
        content_hash=article.content_hash,
        title=article.title,
        path=article.path,
        source=article.source,
        published=article.published,
        start=start,
        end=start + len(quote),
        quote=quote,
        short_start=short_start,
        short_end=None if short is None or short_start is None else short_start + len(short),
    )


class FakeLibrary:
    """Answers what it was given; holds every answer back while the file `held_by` exists."""

    def __init__(
        self, articles: Iterable[Article], answers: Mapping[str, Answer], *, held_by: Path | None = None
    ) -> None:
        self._articles = {article.id: article for article in articles}
        self._answers = answers
        self._held_by = held_by

    def answer(self, question: str) -> Answer:
        while self._held_by is not None and self._held_by.exists():
            time.sleep(0.01)
        if not question.strip():
            raise QuestionError("The question is empty; ask in words")
        scripted = self._answers.get(question)
        return scripted or Answer(question=question, status="no_answer", reason="nothing_retrieved", generation=1)

    def verify(self, answer: Answer) -> None:
        for citation in answer.citations:
            if self.article(citation.article_id).text[citation.start : citation.end] != citation.quote:
                raise CitationError("not there")

    def article(self, article_id: str, content_hash: str | None = None) -> Article:
        article = self._articles.get(article_id)
        if article is None or content_hash not in (None, article.content_hash):
            raise CitationError("There is no such article; ask again")
        return article

    def editions(self, article_id: str) -> tuple[Edition, ...]:
        article = self.article(article_id)
        return (
            Edition(
                article_id=article_id,
                content_hash=article.content_hash,
                number=1,
                count=1,
                state="current",
                title=article.title,
            ),
        )

    def status(self) -> LibraryStatus:
        count = len(self._articles)
        return LibraryStatus(
            generation=1, articles=count, passages=count * 12, embedder="fake", reader="fake", folder="index"
        )

    def suggestions(self) -> tuple[str, ...]:
        return tuple(self._answers)
