"""Finds articles by name: the path or its last parts, the title, or the web address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rag.core.reports import ArticleSummary


class NamedArticles:
    """The articles of a library by their names.

    A name may mean several articles, for example two with one title. It also means their copies, because a citation of
    the same text from another source is right.
    """

    def __init__(self, articles: Iterable[ArticleSummary]) -> None:
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_file: dict[str, list[ArticleSummary]] = defaultdict(list)
        self._groups: dict[int, set[str]] = defaultdict(set)
        self._group_of: dict[str, int] = {}
        for article in articles:
            self._by_file[_last_part(article.path)].append(article)
            for name in filter(None, (article.title, article.url)):
                self._by_name[_plain(name)].add(article.id)
            if article.group is not None:
                self._groups[article.group].add(article.id)
                self._group_of[article.id] = article.group

    def find(self, name: str) -> frozenset[str]:
        """Finds the ids of the articles with this name; empty if there is none."""
        here = name.strip().removeprefix("./")
        filed = self._by_file.get(_last_part(here), [])
        found = {article.id for article in filed if f"/{article.path}".endswith(f"/{here.lstrip('/')}")}
        found |= self._by_name.get(_plain(name), set())
        return frozenset(found.union(*(self._groups[self._group_of[each]] for each in found if each in self._group_of)))


def _last_part(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _plain(name: str) -> str:
    """Normalises a title or address: case, white space and a final slash don't count."""
    return " ".join(name.split()).casefold().rstrip("/")
