"""A quote with its place in an article, and the lines that show it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from rag.core.notebook_html import QuoteCard
from rag.core.plain_text import dated, visible


class Frozen(BaseModel):
    """Base of all published models. They are immutable and reject unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Attribution(Frozen):
    """The speaker of the quoted words, if the article quotes or reports someone."""

    name: str | None = Field(default=None, description="The speaker's name; null if the text names none.")
    start: StrictInt | None = Field(default=None, description="Start offset of the name in the article's text.")
    end: StrictInt | None = Field(default=None, description="End offset of the name, exclusive.")
    guessed: bool = Field(default=False, description="Whether this is a guess, from a pronoun or from `introduction`.")
    introduction: str | None = Field(default=None, description="The sentence before, if it breaks off.")


class Citation(Frozen):
    """A verbatim quote and its place: `article.text[start:end] == quote`.

    Offsets are half-open, in Python characters (code points) of the article's text in the version with this content
    hash. `short_start` and `short_end` are null if the whole quote is the answer.
    """

    number: StrictInt = Field(ge=1, description="The number that the answer shows: [1], [2].")
    article_id: str = Field(description="The article's id.")
    content_hash: str = Field(description="The sha256 of the article's text in UTF-8, in hexadecimal digits.")
    title: str = Field(description="The article's title.")
    path: str = Field(description="The article's path; in a file of many articles, `#` and its key follow.")
    source: str | None = Field(default=None, description="The publisher.")
    url: str | None = Field(default=None, description="The article's web address.")
    published: str | None = Field(default=None, description="The article's date, ISO 8601, may be partial: `2025-04`.")
    byline: str | None = Field(default=None, description="The names of the authors.")
    language: str | None = Field(default=None, description="The language as the file states it: `en`, `pt-BR`.")
    page: StrictInt | None = Field(default=None, ge=1, description="The page where the quote starts, for a PDF.")
    start: StrictInt = Field(ge=0, description="Start offset of the quote in the article's text.")
    end: StrictInt = Field(description="End offset of the quote, exclusive.")
    quote: str = Field(description="The quoted words.")
    short_start: StrictInt | None = Field(
        default=None, description="Start offset of the short answer in the article's text."
    )
    short_end: StrictInt | None = Field(default=None, description="End offset of the short answer, exclusive.")
    short_day: str | None = Field(
        default=None, description="The day that a relative short answer (`yesterday`) means by the article's date."
    )
    breaks_off: bool = Field(default=False, description="Whether the text breaks off in the quote, a near miss.")
    said_by: Attribution | None = Field(default=None, description="The speaker; null for the article's own words.")

    @property
    def short(self) -> str | None:
        """The words of the short answer; None if the whole quote is the answer."""
        if self.short_start is None or self.short_end is None:
            return None
        return self.quote[self.short_start - self.start : self.short_end - self.start]


def day_told(citations: Sequence[Citation]) -> str | None:
    """Returns the day, ISO 8601, that the first short answer of these citations means; None if it is not relative."""
    return next((citation.short_day for citation in citations if citation.short), None)


class Stated(Protocol):
    """What is stated of an article and of a place in it. `Citation` has it."""

    @property
    def title(self) -> str:
        """The article's title."""

    @property
    def byline(self) -> str | None:
        """The names of the authors."""

    @property
    def source(self) -> str | None:
        """The publisher."""

    @property
    def published(self) -> str | None:
        """The article's date, ISO 8601."""

    @property
    def url(self) -> str | None:
        """The article's web address."""

    @property
    def page(self) -> int | None:
        """The page where the words start."""


def reference_of(quoted: Stated) -> str:
    """Writes where a quote is from: `Jo Berg: Bridge to close. The Gazette, 2025-04-12. Page 3`."""
    page = f"Page {quoted.page}" if quoted.page else None
    title = f"{quoted.byline}: {quoted.title}" if quoted.byline else quoted.title
    stated = ", ".join(part for part in (quoted.source, quoted.published) if part)
    return visible(". ".join(part for part in (title.rstrip("."), stated, quoted.url, page) if part))


def render_citation(citation: Citation, today: date) -> list[str]:
    """Renders a quote as lines of plain text: its number and words, the speaker, the article and the place.

    Args:
        citation: The quote.
        today: The day from which the age of the article is counted.
    """
    return [f"[{citation.number}] {visible(citation.quote)}", *(f"    {note}" for note in _notes(citation, today))]


def quote_card(citation: Citation, today: date) -> QuoteCard:
    """Makes what a notebook shows of a quote; `today` is the day from which the age of the article is counted."""
    short = None
    if citation.short_start is not None and citation.short_end is not None:
        short = citation.short_start - citation.start, citation.short_end - citation.start
    return QuoteCard(citation.number, citation.quote, short, tuple(_notes(citation, today)))


def _notes(citation: Citation, today: date) -> list[str]:
    """The lines below a quote: whether it breaks off, the speaker, and the article and place."""
    cut = ["(the text breaks off here)"] if citation.breaks_off else []
    said = [visible(line) for line in _said_by(citation.said_by)]
    stated = (citation.title, citation.byline, citation.source, dated(citation.published, today), citation.url)
    about = " · ".join(part for part in stated if part)
    page = f"page {citation.page}, " if citation.page else ""
    return [*cut, *said, f"{visible(about)} · {page}characters {citation.start}–{citation.end}"]


def _said_by(attribution: Attribution | None) -> list[str]:
    """A line that names the speaker and marks a guess; none if the article speaks in its own voice."""
    if attribution is None:
        return []
    if attribution.introduction:
        who = f"perhaps {attribution.name}" if attribution.name else "the text doesn't say who speaks"
        return [f"— {who} (our guess, from a sentence that breaks off: “{attribution.introduction}”)"]
    if attribution.name is None:
        return ["— the text doesn't say who speaks"]
    return [f"— {attribution.name}" + (" (our guess: the text has a pronoun there)" if attribution.guessed else "")]
