"""The one schema of an answer: Python, `--json`, REST and page all show this."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["answered", "no_answer"]
Reason = Literal["nothing_retrieved", "nothing_readable", "below_threshold"]
"""Why there is no answer: no passage came back; none of them holds words that could answer; or the best candidate's
confidence lies below the threshold."""


class Frozen(BaseModel):
    """Base of the published models: immutable, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(Frozen):
    """A verbatim quote and its place: `article.text[start:end] == quote`, in the version with this content hash.

    Offsets are half-open, in Python characters (code points) of the stored text. `short_start` and `short_end`
    bound the short answer inside the quote, in the same offsets; both are None where the quote is the answer.
    """

    number: int = Field(ge=1, description="as shown in the answer: [1], [2]")
    article_id: str
    content_hash: str = Field(description="sha256 of the article's text in UTF-8")
    title: str
    path: str
    source: str | None = None
    url: str | None = None
    published: str | None = Field(default=None, description="ISO 8601, may be partial: 2025-04")
    byline: str | None = None
    language: str | None = Field(default=None, description="as the file states it: en, pt-BR")
    page: int | None = Field(default=None, ge=1, description="where the quote begins, in what has pages (PDF)")
    start: int = Field(ge=0)
    end: int
    quote: str
    short_start: int | None = None
    short_end: int | None = None

    @property
    def short(self) -> str | None:
        """The short answer's words, or None where the quote is the answer."""
        if self.short_start is None or self.short_end is None:
            return None
        return self.quote[self.short_start - self.start : self.short_end - self.start]


class OtherAnswer(Frozen):
    """An answer that differs from the first and is good enough to be shown beside it."""

    short_answer: str
    confidence: float = Field(ge=0, le=1)
    citation: Citation


class Answer(Frozen):
    """What the articles say about a question, in their own words, or that they don't say.

    `text` is the quotes joined by ellipses, nothing else. `confidence` is the calibrated probability that the answer
    is right; where there is no answer it is that of the best candidate. `near_misses` are not answers.
    `timings` (milliseconds per stage) is left out of the JSON, so that the same index and question give the same bytes.
    """

    question: str
    standalone_question: str | None = None
    status: Status
    reason: Reason | None = None
    text: str = ""
    short_answer: str | None = None
    citations: tuple[Citation, ...] = ()
    confidence: float = Field(default=0.0, ge=0, le=1)
    other_answers: tuple[OtherAnswer, ...] = ()
    near_misses: tuple[Citation, ...] = ()
    generation: int
    timings: dict[str, float] = Field(default_factory=dict, exclude=True, repr=False)

    @property
    def answered(self) -> bool:
        """True where the articles answer the question."""
        return self.status == "answered"

    def __str__(self) -> str:
        from rag.render import render_text

        return render_text(self)


class Skipped(Frozen):
    """A file that did not become an article, and why."""

    path: str
    why: str


class UpdateReport(Frozen):
    """What an update did; paths are as they were given. `generation` is the one that serves from now on."""

    generation: int
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[str, ...] = Field(default=(), description="where moved articles lie now")
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    skipped: tuple[Skipped, ...] = ()
    waiting: tuple[str, ...] = Field(default=(), description="files that were being written, left for the next update")
    articles: int = 0
    passages: int = 0


class ArticleSummary(Frozen):
    """One line of the list of articles."""

    id: str
    title: str
    path: str
    source: str | None = None
    published: str | None = None
    passages: int
    group: int | None = Field(default=None, description="the same for articles that are copies of one text")


EditionState = Literal["current", "replaced", "removed"]
"""What became of an article's text: it is what the article says, or the article says something else since, or it was
what the article said when it was removed."""


class Edition(Frozen):
    """One of the texts that an article has had; `Library.article` gives it by its content hash."""

    article_id: str
    content_hash: str
    number: int = Field(ge=1, description="1 is the oldest")
    count: int = Field(ge=1, description="how many texts the article has had")
    state: EditionState
    since: str | None = Field(default=None, description="when the library took it in, ISO 8601")
    until: str | None = Field(default=None, description="when it was replaced or removed, ISO 8601")
    title: str
    published: str | None = None


class LibraryStatus(Frozen):
    """What a library holds and what it answers with."""

    generation: int
    articles: int
    passages: int
    embedder: str
    reader: str
    folder: str


class Finding(Frozen):
    """One thing that is wrong with an index, and what to do: a command, `run: rag …`, for all that one can mend."""

    what: str
    mend: str


class CheckReport(Frozen):
    """What a check of an index found; nothing, where it is `sound`. Counts are those of the newest generation."""

    generation: int = 0
    articles: int = 0
    passages: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings
