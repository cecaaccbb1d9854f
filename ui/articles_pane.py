"""The list of articles, filtered by words, source, author, section and date while the user types."""

from __future__ import annotations

import datetime
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.core.errors import RagError
from rag.core.reports import ArticleSummary
from rag.core.schema import Scope
from rag.core.search_results import FoundArticle, SearchResult, Snippet
from rag.question.scope import names_in

from .conversation import filters_of
from .histogram import bins
from .strings import Strings, origin

if TYPE_CHECKING:
    from rag.library import Library

SCRIPT = Path(__file__).with_name("articles.js")

Sort = Literal["newest", "oldest", "title"]

_views = count(1)
_CHOICES = 200
"""Most authors, and most sections, that can be chosen."""
_DAY = r"^(\d{4}-\d{2}-\d{2})?$"


class Query(BaseModel):
    """The filters and order of the list, as the browser sends them. They are validated."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    words: str = Field(default="", max_length=200)
    source: str = Field(default="", max_length=1000)
    author: str = Field(default="", max_length=1000)
    section: str = Field(default="", max_length=1000)
    since: str = Field(default="", pattern=_DAY)
    until: str = Field(default="", pattern=_DAY)
    sort: Sort = "newest"
    limit: int = Field(default=50, ge=1, le=1000)

    @property
    def scope(self) -> Scope | None:
        """The filters as a scope for questions; the words are left out."""
        sources, authors, sections = (((name,) if name else ()) for name in (self.source, self.author, self.section))
        scope = Scope(
            since=self.since or None, until=self.until or None, sources=sources, authors=authors, sections=sections
        )
        return None if scope == Scope() else scope


def template(strings: Strings) -> str:
    """Renders the empty list. It has no words of articles."""
    words = strings.words
    sorts = "".join(f'<option value="{name}">{words}</option>' for name, words in words.sorts.items())
    return f"""
<section class="articles" aria-label="{words.articles}">
  <form class="articles-filters" role="search">
    <label class="wide">{words.search_articles}
      <input type="search" name="words" maxlength="200" autocomplete="off" placeholder="{words.search_placeholder}">
    </label>
    <label>{words.source}<select name="source"><option value="">{words.all_sources}</option></select></label>
    <label hidden>{words.author}<select name="author"><option value="">{words.all_authors}</option></select></label>
    <label hidden>{words.section}<select name="section"><option value="">{words.all_sections}</option></select></label>
    <label>{words.sort}<select name="sort">{sorts}</select></label>
    <label>{words.since}<input type="date" name="since"></label>
    <label>{words.until}<input type="date" name="until"></label>
  </form>
  <div class="articles-time" hidden>
    <div class="articles-bars" role="group" aria-label="{words.over_time}"></div>
    <p class="articles-span" aria-hidden="true"><span></span><span></span></p>
  </div>
  <p class="articles-count" role="status"></p>
  <ul class="articles-list"></ul>
  <button type="button" class="articles-more" hidden>{words.more_articles}</button>
</section>
"""


def read_query(sent: object) -> Query:
    """Reads the query that the browser sent. An invalid one asks for the newest articles."""
    try:
        return Query.model_validate(sent)
    except ValidationError:
        return Query()


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
    """What a search in the texts found, and the date of each article whenever it came out; "" for none."""

    result: SearchResult
    dates: Sequence[str]


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
        return {
            "view": next(_views),
            "count": self._strings.found_articles(found.count, len(entries)),
            "sources": sorted(Counter(entry.origin for entry in entries if entry.summary.source).items()),
            "authors": _most_frequent(author for entry in entries for author in entry.authors),
            "sections": _most_frequent(entry.section for entry in entries if entry.section),
            "bins": [asdict(period) for period in bins(_dates(entries), found.dates, self._strings)],
            "articles": found.lines,
            "more": found.count > len(found.lines),
            "is_ranked": in_texts is not None,
        }

    def _search(self, query: Query) -> _InTexts | None:
        """Searches the words of a query in the texts; None if it has none, or if no text has them."""
        scope = query.scope or Scope()
        whenever = scope.model_copy(update={"since": None, "until": None})
        try:
            result = self._library.search(query.words, count=query.limit, **filters_of(scope))
            counts = self._library.count_by_date(query.words, **filters_of(whenever))
        except RagError:  # no words, or a filter that fits no article any more
            return None
        dates = [count.published or "" for count in counts for _ in range(count.articles)]
        return _InTexts(result, dates) if dates else None

    def _of_texts(self, in_texts: _InTexts, today: datetime.date) -> _Shown:
        lines = [
            {**self._line(found.article_id, found, today), "snippets": [_parts(one) for one in found.snippets]}
            for found in in_texts.result.found
        ]
        return _Shown(in_texts.result.articles, in_texts.dates, lines)

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
    return sorted(Counter(names).most_common(_CHOICES))


def _matches(entry: _Entry, query: Query) -> bool:
    """Whether an article has the source, the author, the section and the words of a query, whatever its date."""
    return (
        query.source in ("", entry.summary.source)
        and query.author in ("", *entry.authors)
        and query.section in ("", entry.section)
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
