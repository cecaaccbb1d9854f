"""The bodies of the requests and answers of `rag serve` that are no models of the library itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rag.collections.results import CollectionProblem
from rag.core.errors import Fact, Trouble
from rag.core.reports import ArticleDetails, ArticleSummary, Edition, FileStep, UpdateReport
from rag.core.schema import Answer, AskedForm, Frozen
from rag.drafts.results import LONGEST_DRAFT
from rag.said.results import MOST_STATEMENTS, USUAL_STATEMENTS
from rag.verification.results import MOST_QUOTES, QuoteClaim, Verification

_MOST_NAMES = 100
"""Most names of one filter."""
_LONGEST_LINE = 500
"""Most characters of a title, a source or a name."""


class CommonFilters(Frozen):
    """Which articles may answer, except by fields of one's own. What is left out restricts nothing."""

    since: str | None = Field(default=None, max_length=100, description="The first day: 2025-04-12, 2025-04 or 2025.")
    until: str | None = Field(default=None, max_length=100, description="The last day; its whole month or year counts.")
    sources: tuple[str, ...] = Field(
        default=(),
        max_length=_MOST_NAMES,
        description="Parts of sources' names or of web addresses; one must be there.",
    )
    authors: tuple[str, ...] = Field(
        default=(), max_length=_MOST_NAMES, description="Words of authors' names; one must be in the byline."
    )
    sections: tuple[str, ...] = Field(
        default=(), max_length=_MOST_NAMES, description="Words of sections' names; one must be in the section."
    )
    naming: tuple[str, ...] = Field(
        default=(), max_length=_MOST_NAMES, description="People or places; an article must name each of them."
    )
    as_of: str | None = Field(default=None, max_length=100, description="The day that counts as today.")


class FiltersBody(CommonFilters):
    """Which articles may answer. What is left out restricts nothing."""

    where: dict[str, str | tuple[str, ...]] = Field(
        default={}, max_length=_MOST_NAMES, description="Fields of one's own, and their value or values."
    )


class AskBody(FiltersBody):
    """A question."""

    question: str = Field(description="The question, at most 2,000 characters.")
    history: tuple[Answer, ...] = Field(
        default=(), max_length=100, description="The answers of the conversation so far, oldest first."
    )
    max_words: int | None = Field(default=None, description="Most words of quotes, from 20 to 2,000.")
    form: AskedForm | None = Field(
        default=None, description="The form of the answer; null for the one that the question's words ask for."
    )


class CollectionsAskBody(AskBody):
    """A question to several collections."""

    collections: tuple[str, ...] | None = Field(
        default=None,
        min_length=1,
        max_length=_MOST_NAMES,
        description="The names of the collections; null for all that one may see.",
    )


class DossierBody(FiltersBody):
    """The subject of a dossier."""

    subject: str = Field(description="The subject, in a few words, at most 2,000 characters.")


class FollowBody(FiltersBody):
    """A question to follow."""

    question: str = Field(description="One question, at most 2,000 characters.")


class SearchBody(FiltersBody):
    """A full-text search."""

    words: str = Field(description="The words, at most 2,000 characters; with phrases, AND, OR, NOT and parentheses.")
    count: int = Field(default=10, description="Most articles to return, from 1 to 1,000.")
    offset: int = Field(default=0, description="Number of better articles to leave out.")


class SaidQuery(CommonFilters):
    """Whose statements are listed."""

    speaker: str = Field(description="The person's name, with or without titles.")
    about: str | None = Field(default=None, description="A topic: only statements about it.")
    by_others: bool = Field(default=False, description="What others say who name the person, instead.")
    limit: int = Field(
        default=USUAL_STATEMENTS,
        ge=1,
        le=MOST_STATEMENTS,
        description="Most statements: the newest, or with a topic the nearest to it.",
    )
    where: tuple[Annotated[str, Field(pattern="^[^=]+=.")], ...] = Field(
        default=(), max_length=_MOST_NAMES, description="Fields of one's own with their values: `desk=politics`."
    )


class DraftBody(FiltersBody):
    """A draft to check."""

    draft: str = Field(
        min_length=1, max_length=LONGEST_DRAFT, description="The text. Offsets of the result count its characters."
    )


class VerifyBody(Frozen):
    """Quotes to check."""

    quotes: tuple[str | QuoteClaim, ...] = Field(
        max_length=MOST_QUOTES, description="The quotes, as texts or with the place of each."
    )


class Verifications(Frozen):
    """The results of a check."""

    verifications: tuple[Verification, ...] = Field(description="A result for each quote, in their order.")


class ArticleBody(Frozen):
    """An article to add, or the new state of one."""

    text: str = Field(min_length=1, description="The text. HTML in it is read as HTML.")
    title: str = Field(min_length=1, max_length=_LONGEST_LINE, description="The title.")
    published: str | None = Field(default=None, max_length=100, description="The date: 2025-04-12, 2025-04 or 2025.")
    source: str | None = Field(default=None, max_length=_LONGEST_LINE, description="The publisher.")
    url: str | None = Field(default=None, max_length=2048, description="The web address.")
    authors: tuple[str, ...] = Field(default=(), max_length=_MOST_NAMES, description="The names of the authors.")
    section: str | None = Field(default=None, max_length=_LONGEST_LINE, description="The section.")
    language: str | None = Field(default=None, max_length=20, description="The language: `en`.")
    fields: dict[str, str] = Field(
        default={}, max_length=_MOST_NAMES, description="Further fields, by which questions can be restricted."
    )


class CorrectionBody(Frozen):
    """What is right about an article. What is left out stays as it is; an empty date or source says: it has none."""

    title: str | None = Field(default=None, max_length=_LONGEST_LINE, description="The title.")
    published: str | None = Field(default=None, max_length=100, description="The date: 2025-04-12, 2025-04 or 2025.")
    source: str | None = Field(default=None, max_length=_LONGEST_LINE, description="The publisher.")


class StoredArticle(Frozen):
    """An article as it is stored. All offsets refer to its text."""

    id: str = Field(description="The article's id.")
    content_hash: str = Field(description="The sha256 of the text in UTF-8, in hexadecimal digits.")
    title: str = Field(description="The title.")
    path: str = Field(description="The article's path; in a file of many articles, `#` and its key follow.")
    source: str | None = Field(default=None, description="The publisher.")
    url: str | None = Field(default=None, description="The web address.")
    published: str | None = Field(default=None, description="The date, ISO 8601, may be partial: `2025-04`.")
    byline: str | None = Field(default=None, description="The names of the authors.")
    section: str | None = Field(default=None, description="The section or the category.")
    language: str | None = Field(default=None, description="The language as the file states it.")
    fields: tuple[tuple[str, str], ...] = Field(default=(), description="Further fields, as pairs of name and value.")
    original: ArticleDetails | None = Field(
        default=None, description="What its file has, if a person corrected title, date or source; else null."
    )
    text: str = Field(description="The text.")


class ArticlePage(Frozen):
    """A page of the list of articles, by title."""

    total: int = Field(ge=0, description="Number of articles in the library.")
    offset: int = Field(ge=0, description="Number of articles before this page.")
    articles: tuple[ArticleSummary, ...] = Field(description="The articles of this page.")
    next_offset: int | None = Field(default=None, description="The offset of the next page; null if this is the last.")
    generation: int = Field(description="The generation of the library.")


class Editions(Frozen):
    """The texts that an article has had."""

    editions: tuple[Edition, ...] = Field(description="The editions, oldest first.")


class Changed(Frozen):
    """What became of an article that was added or replaced."""

    article: StoredArticle = Field(description="The article as it is stored.")
    report: UpdateReport = Field(description="What the update did.")


class CollectionSummary(Frozen):
    """A collection that one may see."""

    name: str = Field(description="The name. Its addresses begin with `/c/NAME/`.")
    rights: tuple[Literal["ask", "edit"], ...] = Field(description="What the token may do there.")
    articles: int | None = Field(default=None, description="Number of articles; null if it can't be read.")
    updated: str | None = Field(default=None, description="When it was last changed, ISO 8601; null if not known.")
    problem: CollectionProblem | None = Field(default=None, description="Why it can't be read; null if it can.")


class CollectionList(Frozen):
    """The collections that one may see."""

    collections: tuple[CollectionSummary, ...] = Field(description="The collections, by name.")


class Health(Frozen):
    """Whether the server runs, or can answer questions."""

    status: Literal["ok"] = Field(default="ok", description="Always `ok`. If it is not, the answer is a problem.")


class Progress(Frozen):
    """The progress of an update: the event `progress`."""

    done: int = Field(ge=0, description="Number of passages embedded so far.")
    total: int = Field(ge=0, description="Number of passages to embed.")


class Problem(Frozen):
    """An error, as RFC 9457 describes it: `application/problem+json`."""

    type: str = Field(description="The kind of error: the name of a class of `rag.core.errors`, behind `urn:rag:`.")
    title: str = Field(description="What is wrong.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(default="", description="What to do about it.")
    reason: Trouble = Field(default="failed", description="The name of the fault, for other messages.")
    facts: dict[str, Fact] = Field(default={}, description="The numbers and names in the title.")


UpdateEvent = FileStep | Progress | UpdateReport | Problem
"""What the events `file`, `progress`, `done` and `problem` of an update hold."""
