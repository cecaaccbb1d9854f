"""What the page shows before the first question: questions worth asking, and the archive at a glance.

The questions are made once per generation, after the page is shown.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from rag.core.errors import RagError
from rag.core.reports import ArticleSummary
from rag.core.schema import Scope
from rag.question.question import asked_words
from rag.said.results import MostNamed, Named
from rag_ui.archive.archive import Archive, Contents
from rag_ui.archive.histogram import labels
from rag_ui.archive.masthead import span
from rag_ui.chat.conversation import Turns, filters_of
from rag_ui.chat.quote_cards import person_icon
from rag_ui.html.escaping import escape
from rag_ui.language.strings import Strings, origin
from rag_ui.web import server

if TYPE_CHECKING:
    from rag.library import Library

OFFERED, _TRIED = 4, 12
"""Questions that are offered, and questions that the library makes for it."""
_SCOPES = 16
"""Scopes whose questions are kept."""


class Opening:
    """The questions that the page offers first, and the archive at a glance."""

    def __init__(self, library: Library, archive: Archive, strings: Strings) -> None:
        self._library = library
        self._archive = archive
        self._strings = strings
        self._lock = threading.Lock()
        self._state = ""
        self._found: dict[Scope | None, tuple[str, ...]] = {}

    def wire(self, generation: gr.HTML, chips: gr.HTML, given: list[gr.State], shown: list[gr.HTML]) -> None:
        """Shows all of it for each new generation, and other questions when other articles may answer.

        Args:
            generation: The hidden component of the generation.
            chips: The articles that may answer, as they are shown.
            given: The conversation, and the articles that may answer.
            shown: The components of the questions, and of the glance in both its places.
        """
        generation.change(self.show, given[1], shown, **server.PRIVATE)
        chips.change(self.narrow, given, shown[0], trigger_mode="always_last", **server.PRIVATE)

    def show(self, scope: Scope | None) -> Iterator[tuple[Any, ...]]:
        """Yields updates of the questions, and of the glance in both its places.

        Args:
            scope: The articles that may answer; None for all.
        """
        words, status = self._strings.words, self._library.status()
        if status.articles == 0:
            told = words.opening
            empty = f"{_heading(told.glance)}<p>{escape(told.nothing)}</p></section>"
            yield _updates(_lead(words.no_articles), "", empty)
            return
        contents = self._archive.read(status.state)
        glance = self.glance(contents, status.articles, datetime.date.today())
        if not self._are_known(status.state, scope):
            yield _updates(_lead(words.looking_for_examples), glance, glance)
        questions = self.questions(self._of(status.state, scope))
        yield _updates(questions, glance, glance)
        named = self.glance(contents, status.articles, datetime.date.today(), self._archive.named(status.state))
        # The questions again: two updates that come at once are one object for Gradio, and a skip would empty it.
        yield _updates(questions, named, named)

    def narrow(self, turns: Turns, scope: Scope | None) -> Iterator[Any]:
        """Yields updates of the questions, if other articles may answer and nothing was asked yet."""
        status = self._library.status()
        if turns or status.articles == 0:
            yield gr.skip()
            return
        if not self._are_known(status.state, scope):
            yield gr.update(value=_lead(self._strings.words.looking_for_examples))
        yield gr.update(value=self.questions(self._of(status.state, scope)))

    def _are_known(self, state: str, scope: Scope | None) -> bool:
        return self._state == state and scope in self._found

    def _of(self, state: str, scope: Scope | None) -> tuple[str, ...]:
        """The questions of a state of the library and a scope. Concurrent calls wait for the same questions."""
        with self._lock:
            if self._state != state or len(self._found) > _SCOPES:
                self._state, self._found = state, {}
            if scope not in self._found:
                self._found[scope] = self._made(scope)
            return self._found[scope]

    def _made(self, scope: Scope | None) -> tuple[str, ...]:
        try:
            return chosen(self._library.suggestions(_TRIED, **filters_of(scope)))
        except RagError:  # the scope's articles may be gone by now
            return ()

    def questions(self, questions: Sequence[str]) -> str:
        """Renders the questions as buttons that ask them."""
        words = self._strings.words
        items = "".join(
            f'<li><button type="button" class="example ask" dir="auto" data-question="{asked}">{asked}</button></li>'
            for asked in map(escape, questions)
        )
        if not questions:
            return _lead(words.no_examples)
        return f"{_lead(self._strings.count(len(questions), words.examples))}<ul>{items}</ul>"

    def glance(self, contents: Contents, articles: int, today: datetime.date, named: MostNamed | None = None) -> str:
        """Renders the archive at a glance: how much and from when, the newest articles, the sources.

        Args:
            contents: What the archive holds.
            articles: The number of its articles.
            today: The day from which ages are counted.
            named: The people and places that most articles name; None if they are not known yet.
        """
        words = self._strings.words.opening
        dates = span(contents)
        lead = " · ".join(filter(None, (self._strings.articles(articles), dates)))
        newest = "".join(self._article(article, today) for article in contents.newest)
        sources = "".join(
            f'<li><button type="button" class="glance-name glance-source" data-source="{escape(name)}"'
            f' title="{escape(words.only_source.format(source=name))}"><span dir="auto">{escape(name)}</span> '
            f'<span class="number">{self._strings.number(count)}</span></button></li>'
            for name, count in contents.sources
        )
        return (
            f"{_heading(words.glance)}<p>{escape(lead)}</p>{self._chart(contents)}"
            f"<h3>{escape(words.newest)}</h3><ul>{newest}</ul>"
            + (f'<h3>{escape(words.sources)}</h3><ul class="glance-sources">{sources}</ul>' if sources else "")
            + (self._named(words.people, named.people, people=True) if named else "")
            + (self._named(words.places, named.places) if named else "")
            + "</section>"
        )

    def _named(self, heading: str, named: Sequence[Named], people: bool = False) -> str:
        """Names as buttons that ask about them, with the number of articles; of people also what opens their pages."""
        items = "".join(
            '<li><button type="button" class="glance-name ask"'
            f' data-question="{escape(one.question)}"><span dir="auto">{escape(one.name)}</span> '
            f'<span class="number">{self._strings.number(one.articles)}</span></button>'
            f"{person_icon(one.name, self._strings) if people else ''}</li>"
            for one in named
        )
        return f'<h3>{escape(heading)}</h3><ul class="glance-sources">{items}</ul>' if items else ""

    def _chart(self, contents: Contents) -> str:
        """The articles by month as bars, and in words for those who do not see them."""
        if len(contents.periods) < 2:
            return ""
        most = max(contents.periods, key=lambda period: period.count)
        peak = self._strings.words.opening.most.format(period=most.label)
        bars = "".join(
            f'<span title="{escape(period.label)}"><i style="height: {period.count / most.count:.1%}"></i></span>'
            for period in contents.periods
        )
        placed = ((name, f' style="left: {place}"' if place else "") for name, place in labels(contents.periods))
        names = "".join(f"<span{place}>{escape(name)}</span>" for name, place in placed)
        return (
            f'<div class="glance-bars" role="img" aria-label="{escape(peak)}">{bars}</div>'
            f'<p class="glance-span" aria-hidden="true">{names}</p><p class="glance-most">{escape(peak)}</p>'
        )

    def _article(self, article: ArticleSummary, today: datetime.date) -> str:
        age = self._strings.age(article.published, today) if article.published else None
        dates = (self._strings.date(article.published), age) if article.published else ()
        about = (origin(article.source, article.path, article.url), *dates)
        facts = "".join(f"<span>{escape(fact)}</span>" for fact in about if fact)
        return (
            f'<li><button type="button" class="glance-article" data-id="{escape(article.id)}">'
            f'<span class="title" dir="auto">{escape(article.title)}</span>'
            f'<span class="about">{facts}</span></button></li>'
        )


def chosen(questions: Sequence[str]) -> tuple[str, ...]:
    """Chooses the questions to offer: first those that name someone or something, then those with more to go by.

    "How many men are close?" is a question to nobody who has not read the article.
    """

    def worth(question: str) -> tuple[bool, int]:
        words = asked_words(question)
        return bool(words.names), min(len(words.terms), 6)

    return tuple(sorted(questions, key=worth, reverse=True)[:OFFERED])


def _heading(words: str) -> str:
    """The beginning of a section, with its heading."""
    return f'<section class="glance" aria-label="{escape(words)}"><h2>{escape(words)}</h2>'


def _lead(words: str) -> str:
    return f'<p class="lead" role="status">{escape(words)}</p>'


def _updates(*values: str) -> tuple[Any, ...]:
    # An update for each component, because Gradio takes an update apart. See `asking` why these are no values.
    return tuple(gr.update(value=value) for value in values)
