"""Recognises questions about an article itself: who wrote it, when it came out, who published it, whose photographs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rag.text.english.forms import ARTICLE_ASKED, ARTICLE_NOUN, ARTICLE_TOPIC, THIS_ARTICLE, WRITING

ArticleField = Literal["byline", "published", "source", "section", "photo"]
"""A field of `rag.core.article.Article` that a question can ask for, or the lines that name its photographers."""

_ARTICLE = (
    rf"(?:(?P<this>{THIS_ARTICLE})|(?:the|an?) {ARTICLE_NOUN} (?:(?:{ARTICLE_TOPIC}) |(?=[\"“‘']))(?P<topic>[^?]+?))"
)
_RULES: tuple[tuple[ArticleField, re.Pattern[str]], ...] = tuple(
    (field, re.compile(rf"^\W*(?:and )?{pattern.replace('ARTICLE', _ARTICLE)}\W*$", re.IGNORECASE))
    for field, patterns in ARTICLE_ASKED.items()
    for pattern in patterns
)
_WRITING = re.compile(rf"\b(?:{WRITING})\b", re.IGNORECASE)
_IT = re.compile(r"\b(?:it|that|this)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArticleAsked:
    """What a question asks of an article.

    Attributes:
        field: The field that is asked for.
        topic: What the article is about, or its title; None for "this article".
    """

    field: ArticleField
    topic: str | None


def with_this_article(text: str) -> str | None:
    """Returns a question such as "Who wrote it?" with "this article" for the pronoun; None if it asks something else.

    "Who is the author?" gets "of this article".
    """
    if article_asked(text) is not None or not _WRITING.search(text):
        return None
    told = [f"{text[: it.start()]}this article{text[it.end() :]}" for it in _IT.finditer(text)]
    told.append(f"{text.rstrip(' ?!.')} of this article?")
    return next((asked for asked in told if article_asked(asked) is not None), None)


def article_asked(text: str) -> ArticleAsked | None:
    """Returns what a question asks of an article; None if it asks something else."""
    for field, pattern in _RULES:
        if found := pattern.match(text):
            return ArticleAsked(field, found["topic"].strip(" \"'“”‘’,") if found["topic"] else None)
    return None
