"""Makes one page of a full-text search: articles with their snippets, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.core.article import Passage
from rag.core.errors import QuestionError
from rag.core.search_results import FoundArticle, SearchResult, Snippet, WordCount
from rag.question.search_query import Sought, words_to_find, write_query
from rag.retrieval.full_text import FoundPassages, FullText, Matches
from rag.retrieval.snippets import cut_snippet, mark_title

_SNIPPETS = 3
"""Most snippets of an article."""
_PASSAGES_READ = 6
"""Most passages of an article that are read for snippets. They overlap, so there are more than snippets."""
_MOST = 1000
"""Most articles on a page."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which of the articles that fit are shown.

    Attributes:
        count: Most articles to show.
        offset: Number of better articles to leave out.
    """

    count: int = 10
    offset: int = 0

    def __post_init__(self) -> None:
        for name, value, least, most in (("count", self.count, 1, _MOST), ("offset", self.offset, 0, None)):
            if isinstance(value, bool) or not isinstance(value, int) or value < least or (most and value > most):
                allowed = f"from {least} to {most:,}" if most else f"of at least {least}"
                raise QuestionError(f"The {name} {value!r} is not possible", remedy=f"give a whole number {allowed}")


def search_page(full_text: FullText, matches: Matches, page: Page, *, given: str, generation: int) -> SearchResult:
    """Makes a page of the articles that fit.

    Args:
        full_text: Loads the passages that are shown.
        matches: The articles that fit.
        page: Which of them are shown.
        given: The words of the search as they were given.
        generation: The generation that was searched.
    """
    sought = words_to_find(matches.query)
    shown = list(enumerate(matches.ranked, start=1))[page.offset : page.offset + page.count]
    return SearchResult(
        query=given,
        read_as=write_query(matches.query),
        articles=len(matches.ranked),
        passages=matches.passages,
        words=tuple(WordCount(words=write_query(one), articles=len(matches.holding[one].articles)) for one in sought),
        offset=page.offset,
        found=tuple(_show(number, found, full_text, sought) for number, found in shown),
        generation=generation,
    )


def _show(number: int, found: FoundPassages, full_text: FullText, sought: Sequence[Sought]) -> FoundArticle:
    passages = full_text.load(found.ids[:_PASSAGES_READ])
    article = passages[0].article
    return FoundArticle(
        number=number,
        article_id=article.id,
        content_hash=article.content_hash,
        title=article.title,
        title_words=mark_title(article.title, sought),
        path=article.path,
        source=article.source,
        url=article.url,
        published=article.published,
        byline=article.byline,
        score=round(found.score, 4),
        passages=len(found.ids),
        snippets=_snippets(passages, sought),
    )


def _snippets(passages: Sequence[Passage], sought: Sequence[Sought]) -> tuple[Snippet, ...]:
    """The snippets of the best passages that show found words, in the order of the text; at least one."""
    chosen: list[Snippet] = []
    for snippet in (cut_snippet(passage, sought) for passage in passages):
        # A page may repeat a sentence, for example as a pull quote.
        is_apart = all(
            (snippet.end <= other.start or other.end <= snippet.start) and snippet.text != other.text
            for other in chosen
        )
        if snippet.words and is_apart and len(chosen) < _SNIPPETS:
            chosen.append(snippet)
    if not chosen:  # only the title has the words
        first = min(passages, key=lambda passage: passage.start)
        chosen.append(cut_snippet(first, sought))
    return tuple(sorted(chosen, key=lambda snippet: snippet.start))
