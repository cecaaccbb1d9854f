"""Collects statements and joins those with the same words, of which only one is shown: the one published first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rag.core.article import Article
from rag.said.identity import Verdict
from rag.said.results import SameWords
from rag.said.statements import Spoken

_ALIKE = 0.8
"""Share of common words from which statements of two copies of one text are the same."""


@dataclass(slots=True)
class Told:
    """A statement, and the further articles that have its words."""

    spoken: Spoken
    same: list[SameWords] = field(default_factory=list)

    def add(self, other: Spoken) -> None:
        """Adds the same words of another article. The article that was published first is kept as the statement's."""
        if any(one.article_id == other.article.id for one in self.same) or other.article.id == self.spoken.article.id:
            return
        first, second = sorted((self.spoken, other), key=lambda one: (one.article.published or "~", one.article.id))
        self.spoken = first
        self.same.append(_same_words(second.article))


class Collected:
    """The statements that are shown.

    Args:
        limit: Most statements that surely are the person's, and most that only may be.
        was_cut: Whether there may be more than those that are taken.
    """

    def __init__(self, limit: int, *, was_cut: bool = False) -> None:
        self.told: list[Told] = []
        self.more = was_cut
        self._limit = limit
        self._by_words: dict[tuple[Verdict, tuple[str, ...]], Told] = {}

    def take(self, found: Iterable[Spoken]) -> None:
        """Takes statements in their order until there are enough."""
        for spoken in found:
            twin = self._by_words.get((spoken.verdict, spoken.key)) or self._in_copy(spoken)
            if twin is not None:
                twin.add(spoken)
            elif len(self._of(spoken.verdict)) < self._limit:
                told = Told(spoken)
                self.told.append(told)
                self._by_words[spoken.verdict, spoken.key] = told
            elif spoken.verdict == "is":
                self.more = True
                return

    def by_date(self, verdict: Verdict) -> list[Told]:
        """Returns the statements by the dates of their articles, the newest last and those without a date first."""
        return sorted(
            self._of(verdict),
            key=lambda told: (told.spoken.article.published or "", told.spoken.article.id, told.spoken.start),
        )

    def _of(self, verdict: Verdict) -> list[Told]:
        return [told for told in self.told if told.spoken.verdict == verdict]

    def _in_copy(self, spoken: Spoken) -> Told | None:
        """The nearly same statement in a copy of the article; None if there is none."""
        words = frozenset(spoken.key)
        for told in self._of(spoken.verdict):
            if told.spoken.article.voice == spoken.article.voice and told.spoken.article.id != spoken.article.id:
                others = frozenset(told.spoken.key)
                if len(words & others) >= _ALIKE * len(words | others):
                    return told
        return None


def _same_words(article: Article) -> SameWords:
    return SameWords(article_id=article.id, title=article.title, source=article.source, published=article.published)
