"""Answers questions about an article itself from its fields, with the line of its text that states them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.build_answer import Composed
from rag.answering.citations import cite
from rag.core.article import QUOTABLE, Article, Span
from rag.core.schema import Citation, StatedField
from rag.question.about_article import ArticleField
from rag.text.boilerplate import is_photo_credit
from rag.text.dates import find_dates, parse_date
from rag.text.terms import terms

_HEAD = 1500
"""Characters at an article's start in which the line is looked for that states a field."""
_LINE = 300
"""Most characters of such a line. A longer line is a paragraph."""
_MOST = 5
"""Most articles, or lines that name photographers, that are cited."""
_LINES = re.compile(r"\S(?:[^\n\f]*\S)?")
"""A line without its outer white space."""


def about_topic(topic: str, articles: Sequence[Article]) -> list[Article]:
    """Chooses the articles about a topic.

    Args:
        topic: Words of a title or topic.
        articles: The articles of the passages found, best first; they may repeat.

    Returns:
        Articles that have all words of the topic; of those, the ones with the most of them in the title.
    """
    wanted = set(terms(topic))
    distinct = {article.id: article for article in articles}.values()
    about = [article for article in distinct if wanted <= set(terms(f"{article.title} {article.text}"))]
    in_title = {article.id: len(wanted & set(terms(article.title))) for article in about}
    best = max(in_title.values(), default=0)
    return [article for article in distinct if wanted and best > 0 and in_title.get(article.id) == best]


def compose_stated(field: ArticleField, articles: Sequence[Article]) -> Composed:
    """Composes the answer to a question about articles themselves.

    Args:
        field: The field that is asked for.
        articles: The articles; not empty.

    Returns:
        A citation of each article that has the field: the line that states it, or else the article's first sentence,
        with what the field states beside the quotes. For photographs each line that names a photographer.
        Without such an article the reason is "not_said".
    """
    if field == "photo":
        return _compose_credits(articles)
    stating = [article for article in articles if getattr(article, field)][:_MOST]
    citations = [_cite(number, article, field) for number, article in enumerate(stating or articles[:_MOST], start=1)]
    quotes = tuple(citation for citation in citations if citation is not None)
    if not stating or not quotes:
        return Composed(confidence=0.0, reason="not_said", near_misses=quotes)
    told = {citation.article_id for citation in quotes if citation.short}
    stated = tuple(
        StatedField(field=field, value=value, article_id=article.id)
        for article in stating
        if article.id not in told and (value := getattr(article, field))
    )
    return Composed(confidence=1.0, citations=quotes, stated=stated)


def _compose_credits(articles: Sequence[Article]) -> Composed:
    """Cites the lines that name photographers, at most _MOST of all articles."""
    lines = [(article, line) for article in articles for line in _LINES.finditer(article.text)]
    named = [(article, line) for article, line in lines if is_photo_credit(line[0])][:_MOST]
    if not named:
        return Composed(confidence=0.0, reason="not_said")
    citations = (cite(n, article, line.start(), line.end()) for n, (article, line) in enumerate(named, start=1))
    return Composed(confidence=1.0, citations=tuple(citations))


def _cite(number: int, article: Article, field: ArticleField) -> Citation | None:
    """Cites the line that states the field, or else the first sentence; None if the article has none."""
    place = _stated_at(article, field)
    if place is not None:
        start = article.text.rfind("\n", 0, place.start) + 1
        end = article.text.find("\n", place.end)
        end = len(article.text) if end < 0 else end
        if end - start <= _LINE:
            return cite(number, article, start, end, place)
    first = next((sentence for sentence in article.sentences if sentence.kind in QUOTABLE), None)
    return cite(number, article, first.start, first.end) if first else None


def _stated_at(article: Article, field: ArticleField) -> Span | None:
    """The place of the field's value in the head of the text; None if the text does not state it."""
    head = article.text[:_HEAD]
    if field == "published":
        at = next((start for start, day in find_dates(head) if day == article.published), None)
        return None if at is None else _date_at(head, at, article.published)
    value = getattr(article, field)
    start = head.find(value) if value else -1
    return None if start < 0 else Span(start, start + len(value), 0.0)


def _date_at(head: str, start: int, day: str | None) -> Span | None:
    """The place of the shortest words from `start` that are the whole date."""
    line = head[start:].partition("\n")[0]
    ends = (word.end() for word in re.finditer(r"[\w.]+", line))
    return next((Span(start, start + end, 0.0) for end in ends if parse_date(line[:end]) == day), None)
