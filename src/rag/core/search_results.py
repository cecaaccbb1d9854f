"""What a full-text search finds. Python and `rag search --json` use the same models."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from rag.core.plain_text import counted, dated, visible
from rag.core.schema import Frozen, Scope, today_of


class WordPlace(Frozen):
    """The place of a found word or phrase, half-open, in Python characters."""

    start: int = Field(ge=0, description="Start offset in the article's text, or in its title.")
    end: int = Field(description="End offset, exclusive.")


class Snippet(Frozen):
    """A verbatim part of an article that shows found words: `article.text[start:end] == snippet.text`."""

    start: int = Field(ge=0, description="Start offset in the article's text, in characters.")
    end: int = Field(description="End offset, exclusive.")
    text: str = Field(description="The words at this place.")
    page: int | None = Field(default=None, ge=1, description="The page where the snippet starts, for a PDF.")
    words: tuple[WordPlace, ...] = Field(
        default=(), description="Places of the found words in the article's text; empty if only the title has them."
    )


class FoundArticle(Frozen):
    """An article that fits a search."""

    number: int = Field(ge=1, description="The rank among all articles that fit; 1 is the best.")
    article_id: str = Field(description="The article's id.")
    content_hash: str = Field(description="The sha256 of the article's text in UTF-8, in hexadecimal digits.")
    title: str = Field(description="The article's title.")
    title_words: tuple[WordPlace, ...] = Field(default=(), description="Places of the found words in the title.")
    path: str = Field(description="The article's path; in a file of many articles, `#` and its key follow.")
    source: str | None = Field(default=None, description="The publisher.")
    url: str | None = Field(default=None, description="The article's web address.")
    published: str | None = Field(default=None, description="The article's date, ISO 8601, may be partial: `2025-04`.")
    byline: str | None = Field(default=None, description="The names of the authors.")
    score: float = Field(description="The BM25 score of its best passage.")
    passages: int = Field(ge=1, description="Number of its passages that hold found words, the title included.")
    snippets: tuple[Snippet, ...] = Field(min_length=1, description="The best places, in the order of the text.")


class WordCount(Frozen):
    """How many articles hold one of the words or phrases that were searched."""

    words: str = Field(description="The word, or the phrase in quotation marks.")
    articles: int = Field(ge=0, description="Number of articles in the scope that hold it.")


class SearchResult(Frozen):
    """One page of the articles that fit a search, and the number of all of them."""

    query: str = Field(description="The words as they were given.")
    read_as: str = Field(description="How they were read, with all operators.")
    articles: int = Field(ge=0, description="Number of articles that fit.")
    passages: int = Field(ge=0, description="Number of passages of these articles that hold found words.")
    words: tuple[WordCount, ...] = Field(description="How many articles hold each of the words.")
    offset: int = Field(ge=0, description="Number of better articles that were left out.")
    found: tuple[FoundArticle, ...] = Field(default=(), description="The articles of this page, best first.")
    scope: Scope | None = Field(default=None, description="The articles that were searched; null for all.")
    generation: int = Field(description="The generation of the library that was searched.")

    def __str__(self) -> str:
        return render_search(self)


class DateCount(Frozen):
    """How many of the articles that fit a search have a date."""

    published: str | None = Field(description="The date, ISO 8601, may be partial; null for articles without one.")
    articles: int = Field(ge=1, description="Number of articles.")


def render_search(result: SearchResult, today: date | None = None) -> str:
    """Renders a page of a search as plain text, with the snippets and their places.

    Args:
        result: The result.
        today: The day from which the ages of articles are counted; None takes the scope's day, or today.
    """
    day = today or today_of(result.scope)
    return "\n".join([_head(result), *(line for article in result.found for line in _lines(article, day))])


def _head(result: SearchResult) -> str:
    read = visible(result.read_as)
    if not result.articles:
        each = ", ".join(f"{visible(word.words)} in {counted(word.articles, 'article')}" for word in result.words)
        return f"No article has {read}." + (f"\n{each}" if len(result.words) > 1 else "")
    has = "has" if result.articles == 1 else "have"
    where = f"in {counted(result.passages, 'passage')}"
    return f"{counted(result.articles, 'article')} {has} {read}, {where}{_shown(result)}."


def _shown(result: SearchResult) -> str:
    """Which of the articles are on this page; empty if all are."""
    first, last = result.offset + 1, result.offset + len(result.found)
    if not result.found:
        return f"; there is none behind number {result.articles}"
    if len(result.found) == result.articles:
        return ""
    return f"; number {first} is shown" if first == last else f"; numbers {first} to {last} are shown"


def _lines(article: FoundArticle, today: date) -> Iterable[str]:
    stated = (article.byline, article.source, dated(article.published, today), article.url)
    yield ""
    yield f"{article.number}. {visible(' · '.join([article.title, *(part for part in stated if part)]))}"
    for snippet in article.snippets:
        page = f"page {snippet.page}, " if snippet.page else ""
        yield f"    {visible(snippet.text)}"
        yield f"        {article.article_id} · {page}characters {snippet.start}–{snippet.end}"
