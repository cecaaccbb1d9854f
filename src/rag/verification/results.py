"""What a check of quotes against the articles finds. Python, REST and MCP use the same models."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rag.core.plain_text import visible
from rag.core.reports import EditionState
from rag.core.schema import Frozen

MOST_QUOTES = 200
"""Most quotes of one check."""
LONGEST_QUOTE = 5000
"""Most characters of a quote."""

QuoteStatus = Literal["exact", "moved", "changed", "nearly", "absent"]
"""What is true of a quote. Only `exact` and `moved` quotes stand in an article as it is now, letter for letter.

- `exact`: it stands in an article; if a place was stated, at that place.
- `moved`: it stands in an article, but not at the place that was stated.
- `changed`: it stood in an earlier text of an article. No article says it now.
- `nearly`: an article has similar words. The differences are listed.
- `absent`: no article has these words or similar ones.
"""


class QuoteClaim(Frozen):
    """A quote to check, and where it is said to stand."""

    quote: str = Field(
        min_length=1, max_length=LONGEST_QUOTE, description="The quote. White space around it does not count."
    )
    article_id: str | None = Field(
        default=None, max_length=100, description="The article that is said to have it; null for any."
    )
    start: int | None = Field(
        default=None, ge=0, le=2**53, description="The offset in the article's text at which it is said to start."
    )


class QuotePlace(Frozen):
    """A place in an article: `article.text[start:end] == quote`, in the version with this content hash."""

    article_id: str = Field(description="The article's id.")
    content_hash: str = Field(description="The sha256 of the article's text in UTF-8, in hexadecimal digits.")
    title: str = Field(description="The article's title.")
    path: str = Field(description="The article's path; in a file of many articles, `#` and its key follow.")
    source: str | None = Field(default=None, description="The publisher.")
    url: str | None = Field(default=None, description="The article's web address.")
    published: str | None = Field(default=None, description="The article's date, ISO 8601, may be partial: `2025-04`.")
    byline: str | None = Field(default=None, description="The names of the authors.")
    page: int | None = Field(default=None, ge=1, description="The page where the words start, for a PDF.")
    start: int = Field(ge=0, description="Start offset of the words in the article's text.")
    end: int = Field(description="End offset, exclusive.")
    quote: str = Field(description="The words at this place.")
    state: EditionState = Field(default="current", description="Whether this is the article's text now.")
    until: str | None = Field(default=None, description="The time until which it was the article's text, ISO 8601.")


class QuoteDifference(Frozen):
    """Words of a quote that differ from those of the article. One of the two may be empty."""

    given: str = Field(description="The words of the quote.")
    given_start: int = Field(ge=0, description="Start offset of these words in the quote.")
    stated: str = Field(description="The words of the article.")
    start: int = Field(ge=0, description="Start offset of the article's words in its text.")
    end: int = Field(description="End offset, exclusive.")


class Verification(Frozen):
    """What is true of one quote."""

    quote: str = Field(description="The quote that was checked, without white space around it.")
    status: QuoteStatus = Field(description="`exact`, `moved`, `changed`, `nearly` or `absent`.")
    note: str = Field(default="", description="The result as one or two sentences.")
    places: tuple[QuotePlace, ...] = Field(
        default=(), description="At most ten places: of the quote, or of the similar words. Of `changed`, former texts."
    )
    now: QuotePlace | None = Field(
        default=None, description="The words that the article has now in its place, for `changed`; null if none."
    )
    differences: tuple[QuoteDifference, ...] = Field(
        default=(),
        description="How the quote differs from the first place if `nearly`, or from `now` if `changed`. Empty for "
        "`nearly` if only white space differs, or the quote cuts a word, a number or a pair of marks in two.",
    )
    similarity: float = Field(ge=0, le=1, description="Similarity of the quote and these words; 1 if it stands there.")
    generation: int = Field(description="The generation of the library that was searched.")

    @property
    def stands(self) -> bool:
        """Whether an article says this now, letter for letter."""
        return self.status in ("exact", "moved")

    @property
    def told(self) -> str:
        """The result as one or two sentences."""
        first = visible(self.places[0].title) if self.places else ""
        if self.status == "exact":
            return f"This stands in “{first}”, letter for letter."
        if self.status == "moved":
            return f"This stands in “{first}”, letter for letter, but not at the place that was stated."
        if self.status == "absent":
            return "No article says this. Do not use it as a quote."
        if self.status == "changed":
            return f"“{first}” said this before, and no article says it now.{self._differs('It now says: ')}"
        return self._nearly(first)

    def _nearly(self, title: str) -> str:
        if self.quote == self.places[0].quote:
            return f"“{title}” has these letters, but the quote cuts a word, number or pair of marks in two there."
        changed = self.differences[0] if len(self.differences) == 1 else None
        if changed is not None and len(changed.given.split()) == len(changed.stated.split()) == 1:
            words = f"“{visible(changed.stated)}” for “{visible(changed.given)}”"
            return f"“{title}” has this with one word changed: {words}.{self._differs('It says: ')}"
        white_space = self.quote.split() == self.places[0].quote.split()
        lead = "only with other white space" if white_space else "but only similar words"
        return f"“{title}” does not say this letter for letter, {lead}.{self._differs('It says: ')}"

    def _differs(self, lead: str) -> str:
        near = self.now if self.status == "changed" else self.places[0]
        return "" if near is None else f" {lead}“{visible(near.quote)}”"

    def __str__(self) -> str:
        return self.told
