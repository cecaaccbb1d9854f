"""The list of articles, filtered by words, source, author, section and date while the user types."""

from __future__ import annotations

import datetime
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from rag.core.errors import RagError
from rag.core.reports import ArticleSummary
from rag.core.schema import Scope
from rag.core.search_results import FoundArticle, Snippet
from rag.question.scope import names_in
from rag_ui.archive.histogram import bins, labels, undated
from rag_ui.articles import article_filters, facets
from rag_ui.articles.article_filters import CHOICES, Query, Sort
from rag_ui.chat.card import Cards
from rag_ui.chat.conversation import filters_of
from rag_ui.language.strings import Strings, origin
from rag_ui.web import server

if TYPE_CHECKING:
    from rag.library import Library

SCRIPTS = tuple(Path(__file__).with_name(name) for name in ("choices.js", "names.js", "articles.js"))

_views = count(1)


def template(strings: Strings) -> str:
    """Renders the empty list. It has no words of articles."""
    words = strings.words
    return f"""
<section class="articles" aria-label="{words.articles}">
  {article_filters.form(strings)}
  <div class="articles-time" hidden>
    <div class="articles-bars" role="group" aria-label="{words.over_time}"></div>
    <p class="articles-span" aria-hidden="true"></p>
    <p class="articles-undated"></p>
  </div>
  {facets.template(strings)}
  <p class="articles-count" role="status"></p>
  <ul class="articles-list"></ul>
  <button type="button" class="articles-more" hidden>{words.more_articles}</button>
</section>
"""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An article in the list, with the text in which words are searched."""

    summary: ArticleSummary
    origin: str
    authors: tuple[str, ...]
    section: str
    searched: str


@dataclass(frozen=True, slots=True)
class _InTexts:
    """What a search in the texts found, how many in all, and the date of each whenever it came out; "" for none."""

    found: Sequence[FoundArticle] = ()
    articles: int = 0
    dates: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Shown:
    """The number of articles found, the dates that the bars count, and the lines of the list."""

    count: int
    dates: Sequence[str]
    lines: list[dict[str, Any]]


class Catalogue:
    """The articles of the newest generation, read from the library once per generation."""

    def __init__(self, library: Library, strings: Strings) -> None:
        self._library = library
        self._strings = strings
        self._lock = threading.Lock()
        self._state = ""
        self._entries: tuple[_Entry, ...] = ()

    def find(self, query: Query, today: datetime.date) -> dict[str, Any]:
        """Finds the articles of a query. Returns the values that the list shows.

        Words are searched in the texts, and the best articles come first. If no text has them, they are looked for in
        titles, sources and files, where they may also be begun: a word is searched while it is typed.
        """
        entries = self._read()
        in_texts = self._search(query)
        found = self._of_entries(entries, query, today) if in_texts is None else self._of_texts(in_texts, today)
        periods, without = bins(_dates(entries), found.dates, self._strings), undated(found.dates)
        return {
            "view": next(_views),
            "count": self._strings.found_articles(found.count, len(entries)),
            "sources": sorted(Counter(entry.origin for entry in entries if entry.summary.source).items()),
            "authors": _most_frequent(author for entry in entries for author in entry.authors),
            "sections": _most_frequent(entry.section for entry in entries if entry.section),
            "bins": [asdict(period) for period in periods],
            "labels": labels(periods),
            "undated": self._strings.undated(without),
            "articles": found.lines,
            "more": found.count > len(found.lines),
            "is_ranked": in_texts is not None,
        }

    def _search(self, query: Query) -> _InTexts | None:
        """Searches the words and names of a query in the texts; None if it has none, or if no text has the words."""
        scope = query.stated
        whenever = scope.model_copy(update={"since": None, "until": None})
        nothing = _InTexts() if query.names else None  # names are not looked for in titles and files
        try:
            result = self._library.search(query.sought, count=query.limit, **filters_of(scope))
            counts = self._library.count_by_date(query.sought, **filters_of(whenever))
        except RagError:  # no words, or a filter that fits no article any more
            return nothing
        dates = [count.published or "" for count in counts for _ in range(count.articles)]
        return _InTexts(result.found, result.articles, dates) if dates else nothing

    def _of_texts(self, in_texts: _InTexts, today: datetime.date) -> _Shown:
        lines = [
            {**self._line(found.article_id, found, today), "snippets": [_parts(one) for one in found.snippets]}
            for found in in_texts.found
        ]
        return _Shown(in_texts.articles, in_texts.dates, lines)

    def _of_entries(self, entries: Sequence[_Entry], query: Query, today: datetime.date) -> _Shown:
        ever = [entry for entry in entries if _matches(entry, query)]
        found = _sorted((entry for entry in ever if _is_of(entry, query)), query.sort)
        lines = [self._line(entry.summary.id, entry.summary, today) for entry in found[: query.limit]]
        return _Shown(len(found), [entry.summary.published or "" for entry in ever], lines)

    def _line(self, article_id: str, article: ArticleSummary | FoundArticle, today: datetime.date) -> dict[str, Any]:
        place, day = origin(article.source, article.path, article.url), article.published
        dates = (self._strings.date(day), self._strings.age(day, today)) if day else ()
        return {"id": article_id, "title": article.title, "facts": [fact for fact in (place, *dates) if fact]}

    def _read(self) -> tuple[_Entry, ...]:
        state = self._library.status().state
        with self._lock:
            if state != self._state:
                self._entries = tuple(map(_entry, self._library.articles()))
                self._state = state
            return self._entries


def _entry(summary: ArticleSummary) -> _Entry:
    place = origin(summary.source, summary.path, summary.url)
    authors, sections = (names_in([summary], filtered, "") for filtered in ("author", "section"))
    searched = f"{summary.title}\n{place}\n{summary.path}".casefold()
    return _Entry(summary, place, tuple(dict.fromkeys(authors)), "".join(sections), searched)


def _most_frequent(names: Iterable[str]) -> list[tuple[str, int]]:
    """The most frequent names with their counts, by name. A longer list would be no choice for a person."""
    return sorted(Counter(names).most_common(CHOICES))


def _matches(entry: _Entry, query: Query) -> bool:
    """Whether an article has the source, the author, the section and the words of a query, whatever its date."""
    return (
        (not query.sources or entry.summary.source in query.sources)
        and (not query.authors or not set(entry.authors).isdisjoint(query.authors))
        and (not query.sections or entry.section in query.sections)
        and all(word in entry.searched for word in query.words.casefold().split())
    )


def _is_of(entry: _Entry, query: Query) -> bool:
    """Whether the date, which may be partial, can be in the query's period. An article without a date is not."""
    if not query.since and not query.until:
        return True
    day = (entry.summary.published or "")[:10]
    return bool(day) and day >= query.since[: len(day)] and (not query.until or day <= query.until[: len(day)])


def _parts(snippet: Snippet) -> list[tuple[str, bool]]:
    """A snippet in parts, each with whether it is a found word. The browser counts characters in another way."""
    parts, reached = [], snippet.start
    for word in snippet.words:
        parts += [(snippet.text[reached - snippet.start : word.start - snippet.start], False)]
        parts += [(snippet.text[word.start - snippet.start : word.end - snippet.start], True)]
        reached = word.end
    parts.append((snippet.text[reached - snippet.start :], False))
    return [part for part in parts if part[0]]


def _dates(entries: Iterable[_Entry]) -> Iterator[str]:
    return (entry.summary.published or "" for entry in entries)


def _sorted(entries: Iterable[_Entry], sort: Sort) -> list[_Entry]:
    """Sorts by title, or by date and then title. Articles without a date are last."""
    found = sorted(entries, key=lambda entry: (entry.summary.title.casefold(), entry.summary.id))
    if sort == "title":
        return found
    dated = [entry for entry in found if entry.summary.published]
    dated.sort(key=lambda entry: entry.summary.published or "", reverse=sort == "newest")
    return dated + [entry for entry in found if not entry.summary.published]


def wire(catalogue: Catalogue, articles: gr.HTML, scope: gr.State, chips: gr.HTML, strings: Strings) -> None:
    """Updates the list from its filters, and the scope of questions with it."""
    cards = Cards(strings)

    def find(event: gr.EventData) -> tuple[dict[str, Any], Scope | None, str]:
        # `event._data` is what was sent. Attributes of the event fail if a forged event has no data.
        query = article_filters.read_query(event._data)
        chosen = query.scope
        return catalogue.find(query, datetime.date.today()), chosen, cards.scope_chips(chosen)

    articles.input(find, None, [articles, scope, chips], queue=False, trigger_mode="multiple", **server.PRIVATE)
