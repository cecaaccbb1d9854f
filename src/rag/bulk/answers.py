"""The row of an answer: what a file of answers has of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from rag.bulk.questions import AskedRow
from rag.core.answer_kinds import REASONS, Form
from rag.core.citation import Citation, Frozen
from rag.core.schema import Answer, tell_count, tell_short, tell_stated
from rag.doors.citation_line import citation_line

RowStatus = Literal["answered", "silent", "failed"]
"""Whether the articles answer the question, don't, or it could not be asked."""


class AnsweredQuote(Frozen):
    """A quote of an answer: `article.text[start:end] == quote`."""

    quote: str = Field(description="The words.")
    article: str = Field(description="The article's id.")
    version: str = Field(description="The sha256 of the article's text in UTF-8, in hexadecimal digits.")
    start: int = Field(ge=0, description="Start offset in the article's text, in characters.")
    end: int = Field(description="End offset, exclusive.")
    citation: str = Field(description="The quote, who says it, and the article, as a line fit to print.")


class AnsweredRow(Frozen):
    """A question with its answer. A line of JSON in a file of answers is one."""

    question: str = Field(description="The question.")
    given: dict[str, str] = Field(default={}, description="The other cells of the question's row.")
    status: RowStatus = Field(description="`answered`, `silent` or `failed`.")
    form: Form | None = Field(default=None, description="The form of answer that the question asks for.")
    short_answer: str | None = Field(default=None, description="The short answer, or what was counted or is stated.")
    confidence: float | None = Field(default=None, description="The probability that the quotes tell what is asked.")
    reason: str | None = Field(default=None, description="Why there is no answer, or what is wrong with the row.")
    quotes: tuple[AnsweredQuote, ...] = Field(default=(), description="The quotes of the answer.")
    key: str = Field(default="", description="Tells question, settings and state of the index apart, to resume.")


def answered_row(row: AskedRow, answer: Answer, key: str) -> AnsweredRow:
    """Makes the row of an answer. Several questions in one text are one row."""
    parts = answer.parts or (answer,)
    told = [line for part in parts for line in (tell_short(part), tell_count(part), *tell_stated(part)) if line]
    silent = [part for part in parts if not part.answered]
    reasons = [REASONS[part.reason or "below_threshold"] for part in silent]
    if answer.answered:
        reasons = [f"{part.question} {reason}" for part, reason in zip(silent, reasons, strict=True)]
    return AnsweredRow(
        question=row.question,
        given=given_of(row),
        status="answered" if answer.answered else "silent",
        form=answer.form,
        short_answer="; ".join(told) or None,
        confidence=answer.confidence,
        reason=" ".join(dict.fromkeys(reasons)) or None,
        quotes=tuple(_quote(citation) for part in parts for citation in part.citations),
        key=key,
    )


def failed_row(row: AskedRow, why: str) -> AnsweredRow:
    """Makes the row of a question that could not be asked. It has no key, so it is asked again."""
    return AnsweredRow(question=row.question, given=given_of(row), status="failed", reason=why)


def given_of(row: AskedRow) -> dict[str, str]:
    """Returns the cells of a row that are taken along: all but the question and those of an earlier answer."""
    own = AnsweredRow.model_fields.keys()
    return {name: cell for name, cell in row.given.items() if name not in own and not is_quote_column(name)}


def is_quote_column(name: str) -> bool:
    """Returns whether a column of a table has a part of a quote: `quote_1`, `article_2`."""
    part, _, number = name.rpartition("_")
    return part in AnsweredQuote.model_fields and number.isascii() and number.isdecimal()


def key_of(row: AskedRow, settings: Mapping[str, object]) -> str:
    """Returns a text that differs if the question, its articles or the settings do."""
    asked = json.dumps([row.question, dict(row.filters), settings], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest()[:20]


def _quote(citation: Citation) -> AnsweredQuote:
    return AnsweredQuote(
        quote=citation.quote,
        article=citation.article_id,
        version=citation.content_hash,
        start=citation.start,
        end=citation.end,
        citation=citation_line(citation),
    )
