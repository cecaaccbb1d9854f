"""Tells people's sexes by the articles of a conversation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.core.article import Article
from rag.text.grammar.sexes import Sex, told_sex


class ToldSexes:
    """Tells people's sexes by the articles of a conversation, which are read when the first person is asked for.

    Args:
        read: Reads the articles.
    """

    def __init__(self, read: Callable[[], Sequence[Article]]) -> None:
        self._read = read
        self._articles: Sequence[Article] | None = None
        self._known: dict[str, Sex | None] = {}

    def of(self, name: str) -> Sex | None:
        """Returns the pronoun that the articles use for a person; None if they use none or both.

        Args:
            name: The name, with or without first names and titles.
        """
        if name not in self._known:
            if self._articles is None:
                self._articles = self._read()
            self._known[name] = told_sex(name, self._articles)
        return self._known[name]
