"""A library with scripted answers over real text, for states of the page that a real library can't show on demand.

It has the methods of `rag.library.Library` that the page uses. Its citations are found in the text of the articles.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Unpack

from rag.core.article import Article, Sentence
from rag.core.errors import CitationError, QuestionError, UndoError
from rag.core.reports import (
    ArticleSummary,
    Edition,
    FileStep,
    LibraryStatus,
    Skipped,
    UpdateReport,
    WithdrawnArticle,
)
from rag.core.schema import Answer, AskedForm, Citation
from rag.core.search_results import DateCount, FoundArticle, SearchResult, Snippet, WordCount, WordPlace
from rag.core.settings import DEFAULTS, Settings
from rag.ingest.hash_cache import Seen
from rag.library import Library
from rag.question.scope import Filters, check_scope
from rag.said.results import MostNamed, Named
from rag.standing.results import Standing


def make_article(
    text: str,
    title: str,
    *,
    path: str | None = None,
    published: str | None = "2025-04",
    source: str | None = None,
    url: str | None = None,
    byline: str | None = None,
    section: str | None = None,
) -> Article:
    """Makes an article that is one sentence."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        id=digest[:16],
        path=path or f"{digest[:8]}.txt",
        content_hash=digest,
        text=text,
        title=title,
        published=published,
        source=source,
        url=url,
        byline=byline,
        section=section,
        sentences=(Sentence(0, len(text)),),
    )


def cite(article: Article, quote: str, short: str | None = None, number: int = 1) -> Citation:
    """Makes the citation of the first place of a quote in an article.

    Args:
        article: The article.
        quote: The quote.
        short: The short answer, at or after the quote's start; None for none.
        number: The citation's number.
    """
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


def _found(number: int, article: Article, words: str) -> FoundArticle:
    start = article.text.index(words)
    end = start + len(words)
    return FoundArticle(
        number=number,
        article_id=article.id,
        content_hash=article.content_hash,
        title=article.title,
        path=article.path,
        source=article.source,
        url=article.url,
        published=article.published,
        byline=article.byline,
        score=1.0,
        passages=1,
        snippets=(Snippet(start=start, end=end, text=words, words=(WordPlace(start=start, end=end),)),),
    )


class FakeLibrary(Library):
    """Gives scripted answers. While the file `held_by` exists, no answer comes.

    The same file name with the suffix `.suggestions` holds back the suggestions, and with `.update` it holds back every
    update halfway. An update skips empty files. `offered` are the suggested questions; None for all that it answers.
    """

    settings: Settings = DEFAULTS

    def __init__(
        self,
        articles: Iterable[Article],
        answers: Mapping[str, Answer],
        *,
        held_by: Path | None = None,
        offered: tuple[str, ...] | None = None,
    ) -> None:
        self._articles = {article.id: article for article in articles}
        self._answers = answers
        self._held_by = held_by
        self._offered = tuple(answers) if offered is None else offered
        self._generation = 1
        self._withdrawn: dict[str, Article] = {}
        self._updating_since: str | None = None

    def answer(
        self,
        question: str,
        *,
        history: Sequence[Answer] = (),
        max_words: int | None = None,
        form: AskedForm | None = None,
        **filters: Unpack[Filters],
    ) -> Answer:
        said = self._answer(question, history)
        return said.model_copy(update={"scope": check_scope(**filters)})

    def _answer(self, question: str, history: Sequence[Answer]) -> Answer:
        self._wait(self._held_by)
        if not question.strip():
            raise QuestionError("The question is empty; ask in words")
        scripted = self._answers.get(question)
        completed = self._answers.get(f"{history[-1].question} {question}") if history else None
        if completed is not None:
            return completed.model_copy(update={"question": question, "standalone_question": completed.question})
        return scripted or Answer(question=question, status="no_answer", reason="nothing_about_it", generation=1)

    def questions_instead(self, answer: Answer) -> tuple[str, ...]:
        return ()

    def verify(self, answer: Answer) -> None:
        for citation in answer.citations:
            if self.article(citation.article_id).text[citation.start : citation.end] != citation.quote:
                raise CitationError("not there")

    def article(self, article_id: str, content_hash: str | None = None) -> Article:
        article = self._articles.get(article_id)
        if article is None or content_hash not in (None, article.content_hash):
            raise CitationError("There is no such article; ask again")
        return article

    def search(self, words: str, *, count: int = 10, offset: int = 0, **filters: Unpack[Filters]) -> SearchResult:
        having = self._having(words, filters)
        return SearchResult(
            query=words,
            read_as=words,
            articles=len(having),
            passages=len(having),
            words=(WordCount(words=words, articles=len(having)),),
            offset=offset,
            found=tuple(_found(number, article, words) for number, article in enumerate(having[:count], start=1)),
            generation=self._generation,
        )

    def count_by_date(self, words: str, **filters: Unpack[Filters]) -> tuple[DateCount, ...]:
        return tuple(DateCount(published=one.published, articles=1) for one in self._having(words, filters))

    def _having(self, words: str, filters: Filters) -> list[Article]:
        """The articles whose text has the words as they stand; of the filters, only the source is looked at."""
        if not words.strip():
            raise QuestionError("There is no word to find")
        sources = filters.get("sources") or ()
        every = [one for one in self._articles.values() if words in one.text]
        return [one for one in every if not sources or one.source in sources]

    def most_named(self, count: int = 8, *, words: str | None = None, **filters: Unpack[Filters]) -> MostNamed:
        articles = self._articles.values() if words is None else self._having(words, filters)
        texts = [article.text for article in articles]
        counts = {name: sum(name in text for text in texts) for name in ("Ada Quill", "Ben Ford")}
        return MostNamed(
            people=tuple(
                Named(name=name, articles=number, question=f"What did {name} say?")
                for name, number in counts.items()
                if number
            )
        )

    def standing_state(self) -> int:
        return 0

    def standing(self, *, after: int = 0, most: int = 100) -> Standing:
        return Standing()

    def articles(self) -> list[ArticleSummary]:
        return [
            ArticleSummary(
                id=article.id,
                title=article.title,
                path=article.path,
                source=article.source,
                published=article.published,
                byline=article.byline,
                section=article.section,
                passages=12,
            )
            for article in self._articles.values()
        ]

    def withdraw(self, *articles: str) -> tuple[WithdrawnArticle, ...]:
        for article_id in articles:
            self._withdrawn[article_id] = self._articles.pop(article_id)
        self._generation += 1
        return tuple(article for article in self.withdrawn() if article.id in articles)

    def take_back(self, *articles: str) -> UpdateReport:
        self._articles |= {article_id: self._withdrawn.pop(article_id) for article_id in articles}
        self._generation += 1
        return UpdateReport(generation=self._generation)

    def withdrawn(self) -> tuple[WithdrawnArticle, ...]:
        return tuple(
            WithdrawnArticle(id=article.id, title=article.title, path=article.path, withdrawn="2025-06-01T12:00:00")
            for article in self._withdrawn.values()
        )

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
            generation=self._generation,
            articles=count,
            passages=count * 12,
            embedder="fake",
            reader="fake",
            place=str((self._held_by or Path("fake")).with_name("index")),
            folder=str((self._held_by or Path("fake")).with_name("index")),
            updated="2025-06-01T12:00:00+00:00",
            updating_since=self._updating_since,
        )

    def update(
        self,
        *paths: str | Path,
        progress: Callable[[int, int], None] | None = None,
        wait: float | None = None,
        settle: float = 0.0,
        seen: Seen | None = None,
        fields: Mapping[str, str] | None = None,
        on_file: Callable[[FileStep], None] | None = None,
        removed: bool = False,
    ) -> UpdateReport:
        assert progress is not None and on_file is not None
        (folder,) = paths
        files = {str(path): path.read_text() for path in sorted(Path(folder).iterdir())}
        skipped = {
            path: Skipped(path=path, why="The file is empty.", reason="no_text")
            for path, text in files.items()
            if not text
        }
        for path in files:
            on_file(FileStep(path=path, stage="skipped" if path in skipped else "embedding", skipped=skipped.get(path)))
        progress(1, 2)
        self._updating_since = "2025-06-01T13:45:00+00:00"
        self._wait(self._held_by and self._held_by.with_suffix(".update"))
        self._updating_since = None
        before, known = self._generation, {article.path for article in self._articles.values()}
        added = [make_article(text, text, path=path) for path, text in files.items() if text and path not in known]
        self._articles |= {article.id: article for article in added}
        self._generation += bool(added)
        return UpdateReport(
            generation=self._generation,
            before=before,
            added=tuple(article.path for article in added),
            skipped=tuple(skipped.values()),
            articles=len(self._articles),
        )

    def undo(self, update: UpdateReport) -> UpdateReport:
        if update.generation != self._generation:
            raise UndoError("The library changed")
        gone = [article.id for article in self._articles.values() if article.path in update.added]
        for article_id in gone:
            del self._articles[article_id]
        self._generation += 1
        return UpdateReport(generation=self._generation, removed=update.added)

    def suggestions(self, count: int = 4, **filters: Unpack[Filters]) -> tuple[str, ...]:
        self._wait(self._held_by and self._held_by.with_suffix(".suggestions"))
        return self._offered

    @staticmethod
    def _wait(held_by: Path | None) -> None:
        while held_by is not None and held_by.exists():
            time.sleep(0.01)
