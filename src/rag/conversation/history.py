"""Checks the earlier answers of a conversation, and takes from them what a follow-up needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

from rag.conversation.complete import Exchange, exchange_of
from rag.conversation.memory import REACH
from rag.core.article import Article
from rag.core.errors import CitationError, QuestionError
from rag.core.schema import Answer


def check_history(history: Sequence[Answer]) -> None:
    """Checks that a history consists of answers. Texts are the most likely mistake.

    Raises:
        QuestionError: If it does not.
    """
    advice = "pass a list of the answers that `answer` returned, oldest first"
    if isinstance(history, str | bytes | Answer | Mapping) or not isinstance(history, Iterable):
        raise QuestionError(f"The history is a list of answers, not {type(history).__name__}", remedy=advice)
    for past in history:
        if not isinstance(past, Answer):
            raise QuestionError(f"The history has a {type(past).__name__} where an answer belongs", remedy=advice)


def exchanges_of(history: Sequence[Answer]) -> list[Exchange]:
    """Returns what a conversation keeps of each answer. Several questions in one text are as many exchanges."""
    return [exchange_of(answer) for answer in _one_by_one(history)]


def articles_cited(history: Sequence[Answer], read: Callable[[str, str], Article]) -> list[Article]:
    """Reads the articles that the latest answers cite. What can't be read any more is left out.

    Args:
        history: The answers, oldest first.
        read: Reads the version of an article with this id and content hash.
    """
    latest = _one_by_one(history)[-REACH:]
    wanted = dict.fromkeys((one.article_id, one.content_hash) for answer in latest for one in answer.citations)
    articles = []
    for article_id, content_hash in wanted:
        with suppress(CitationError):
            articles.append(read(article_id, content_hash))
    return articles


def cited_last(history: Sequence[Answer]) -> list[str]:
    """Returns the ids of the articles that the last answer with quotes cites, in their order."""
    last = next((past for past in reversed(history) if past.citations), None)
    return list(dict.fromkeys(citation.article_id for citation in last.citations)) if last else []


def _one_by_one(history: Iterable[Answer]) -> list[Answer]:
    """The answers, where those to several questions in one text stand one by one."""
    return [part for past in history for part in past.parts or (past,)]
