"""The people and places that the articles of the list name most. A click on one narrows the list to those that name it.

They are found after the list, because that takes longer: a person who types is not kept waiting.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import gradio as gr

from rag.core.errors import RagError
from rag.said.results import MostNamed, Named
from rag_ui.archive.archive import Archive
from rag_ui.articles.article_filters import Query, read_query
from rag_ui.chat.conversation import filters_of
from rag_ui.language.strings import Strings
from rag_ui.web import server

SCRIPT = Path(__file__).with_name("facets.js")

_SHOWN = 6
"""Most people, and most places."""
_KEPT = 32
"""Searches whose people and places are kept."""


def template(strings: Strings) -> str:
    """Renders the place for people and places in the list of articles. The browser fills it."""
    words = strings.words.list
    return f"""<details class="articles-named" open>
    <summary>{words.named}<span class="named-chosen"></span></summary>
    <div class="named-group" role="group" aria-label="{words.people}" data-title="{words.only_naming}"
      data-open="{strings.words.person.open}"></div>
    <div class="named-group" role="group" aria-label="{words.places}" data-title="{words.only_naming}"></div>
  </details>"""


class Facets:
    """Finds who is named most in the articles that fit a query. What was found is kept for a state of the library."""

    def __init__(self, archive: Archive, strings: Strings) -> None:
        self._archive = archive
        self._strings = strings
        self._one_at_a_time = threading.Lock()
        self._kept = lru_cache(_KEPT)(self._count)

    def find(self, sent: object) -> dict[str, Any]:
        """Finds the people and places for the query that the browser sent, with its number."""
        asked = sent.get("asked") if isinstance(sent, dict) else None
        query = read_query(sent.get("query")) if isinstance(sent, dict) else Query()
        with self._one_at_a_time:  # a person who types asks for the next before one is found
            named = self._kept(self._archive.library.status().state, query.model_copy(update={"sort": "newest"}))
        groups = [self._shown(named.people), self._shown(named.places)]
        return {"asked": asked if isinstance(asked, int) else 0, "groups": groups}

    def _count(self, state: str, query: Query) -> MostNamed:
        try:
            if not query.sought.strip() and query.scope is None:
                return self._archive.named(state)
            words = query.sought if query.sought.strip() else None
            return self._archive.library.most_named(_SHOWN, words=words, **filters_of(query.stated))
        except RagError:  # the words can't be read as a search, or a filter fits no article any more
            return MostNamed()

    def _shown(self, named: Sequence[Named]) -> list[tuple[str, str]]:
        return [(one.name, self._strings.number(one.articles)) for one in named[:_SHOWN]]


def wire(facets: Facets, component: gr.HTML) -> None:
    """Finds people and places when the component asks for them; the component has the script `SCRIPT`."""

    def find(event: gr.EventData) -> dict[str, Any]:
        return facets.find(event._data)

    component.select(find, None, component, trigger_mode="multiple", concurrency_limit=2, **server.PRIVATE)
