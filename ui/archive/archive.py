"""What an archive holds at a glance: the span of its dates, its newest articles, its sources, people and places."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.core.reports import ArticleSummary
from rag.said.results import MostNamed
from rag_ui.archive.histogram import Bin, bins
from rag_ui.language.strings import Strings

if TYPE_CHECKING:
    from rag.library import Library

_NEWEST, _SOURCES, _NAMED = 5, 8, 8
"""Articles, sources, and people or places that are shown."""
_MONTHS = 120
"""Most bars of the small chart, which has no labels of its own: ten years by month."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive holds.

    Attributes:
        newest: The newest articles by date, then by title; those without a date are last.
        sources: The sources with the most articles, and how many they have.
        periods: The articles by month, or by a longer period if there are too many months. Empty if none has a date.
    """

    newest: tuple[ArticleSummary, ...]
    sources: tuple[tuple[str, int], ...]
    periods: tuple[Bin, ...]


class Archive:
    """The contents of a library's newest generation, read once per generation."""

    def __init__(self, library: Library, strings: Strings) -> None:
        self.library = library
        self._strings = strings
        self._lock = threading.Lock()
        self._held: tuple[str, Contents] | None = None
        self._naming = threading.Lock()
        self._named: tuple[str, MostNamed] | None = None

    def known(self, state: str) -> Contents | None:
        """Returns the contents in a state of the library, if they were read."""
        held = self._held
        return held[1] if held is not None and held[0] == state else None

    def read(self, state: str) -> Contents:
        """Reads the contents of the library in its present state. It reads the row of each article."""
        with self._lock:
            if (known := self.known(state)) is not None:
                return known
            contents = self._contents()
            self._held = state, contents
            return contents

    def named(self, state: str) -> MostNamed:
        """Finds the people and places that most articles name.

        It takes seconds in a large archive, in which other pages read the contents.
        """
        with self._naming:
            if self._named is None or self._named[0] != state:
                self._named = state, self.library.most_named(_NAMED)
            return self._named[1]

    def _contents(self) -> Contents:
        articles = self.library.articles()
        dates = [article.published or "" for article in articles]
        newest = sorted(sorted(articles, key=lambda one: one.title), key=lambda one: one.published or "", reverse=True)
        sources = Counter(one.source for one in articles if one.source)
        return Contents(
            tuple(newest[:_NEWEST]),
            tuple(sources.most_common(_SOURCES)),
            tuple(bins(dates, dates, self._strings, most=_MONTHS)),
        )
