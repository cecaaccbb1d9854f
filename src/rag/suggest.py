"""Example questions from the articles themselves, each of them tried: the library answers it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rag.article import Article
from rag.words import terms

if TYPE_CHECKING:
    from rag.library import Library

ARTICLES = 12
"""How many articles are looked through; the newest by date, then by title."""
_TRIES = 8
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w'’-]+(?: (?:(?:bin|ibn|de|von|van|of) )?(?:al-)?[A-Z][\w'’-]+)*")
_COUNTED = re.compile(
    r"(?<![\w-])(?:\d[\d,]*|three|four|five|six|seven|eight|nine|ten|dozens of) ((?:[a-z]+ )?[a-z]+s)\b"
)
_POSSESSIVE = re.compile(r"['’]s$")
_NOT_COUNTED = frozenset("years months weeks days hours minutes times percent points".split())


def suggest_questions(library: Library, count: int) -> tuple[str, ...]:
    """At most `count` questions that the library answers, the same for the same index."""
    summaries = sorted(library.articles(), key=lambda summary: summary.title)
    summaries.sort(key=lambda summary: summary.published or "", reverse=True)
    articles = [library.article(summary.id) for summary in summaries[:ARTICLES]]
    chosen: list[str] = []
    for question in list(_candidates(articles))[:_TRIES]:
        if len(chosen) == count:
            break
        if library.answer(question).answered:
            chosen.append(question)
    return tuple(chosen)


def _candidates(articles: list[Article]) -> Iterator[str]:
    """Questions about what is counted and who is named, in turns, the most frequent names first."""
    counted: dict[str, None] = {}
    names: Counter[str] = Counter()
    owners: set[str] = set()
    for article in articles:
        for sentence in article.sentences:
            if sentence.kind != "sentence":
                continue
            text = article.text[sentence.start : sentence.end]
            counted.update((match, None) for match in _COUNTED.findall(text) if match.split()[-1] not in _NOT_COUNTED)
            found = set(_NAME.findall(text))
            names.update({_POSSESSIVE.sub("", name) for name in found})
            # One capital word may be an adjective ("Iranian"); one that owns something is a name.
            owners.update(_POSSESSIVE.sub("", name) for name in found if _POSSESSIVE.search(name) or " " in name)
    frequent = sorted((name for name in names if name in owners and terms(name)), key=lambda name: (-names[name], name))
    about = [f"What is said about {name}?" for name in frequent]
    numbers = [f"How many {things}?" for things in counted]
    for index in range(max(len(about), len(numbers))):
        yield from numbers[index : index + 1]
        yield from about[index : index + 1]
