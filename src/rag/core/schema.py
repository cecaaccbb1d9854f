"""The one schema of an answer: Python, `--json`, REST and page all show this."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from rag.core.errors import ArticleError, Fact, Trouble
from rag.core.remedies import Remedy

Status = Literal["answered", "no_answer"]
Reason = Literal["nothing_about_it", "not_said", "below_threshold", "breaks_off"]
"""Why there is no answer: no passage is about the question; passages are about it, but none says this; the best
candidate's confidence lies below the threshold; or the sentence nearest to the question breaks off in the text."""


class Frozen(BaseModel):
    """Base of the published models: immutable, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Attribution(Frozen):
    """Who says the quoted words, where they are not the article's own: someone else's, quoted or reported.

    `name` stands at `article.text[start:end]`; it is None where the text names no speaker. `guessed` marks what the
    text doesn't say outright: a pronoun's name, or that a quotation torn from its place belongs to `introduction`, a
    sentence that breaks off.
    """

    name: str | None = None
    start: int | None = None
    end: int | None = None
    guessed: bool = False
    introduction: str | None = None


class Period(Frozen):
    """A time, from its first to its last day, both included; open where None. ISO 8601."""

    since: str | None = None
    until: str | None = None


class Scope(Frozen):
    """Which articles may answer: those published in a time, by these sources, and known by a day.

    An article without a date is in no time; whether it was known by `as_of` nobody can say, and it is taken to be.
    """

    since: str | None = Field(default=None, description="ISO 8601, may be partial: 2018")
    until: str | None = Field(default=None, description="the same; its last day is included")
    sources: tuple[str, ...] = Field(default=(), description="parts of a source's name or of an address")
    as_of: str | None = Field(default=None, description="the day that is taken for today")


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
    breaks_off: bool = Field(default=False, description="the text breaks off in this quote: a near miss, no answer")
    said_by: Attribution | None = Field(default=None, description="None where the article speaks in its own voice")

    @property
    def short(self) -> str | None:
        """The short answer's words, or None where the quote is the answer."""
        if self.short_start is None or self.short_end is None:
            return None
        return self.quote[self.short_start - self.start : self.short_end - self.start]


class Correction(Frozen):
    """A word of the question, and what the articles found for it have in its place, as which it was read.

    Another spelling, where none has the word as it is spelled; or the other form of an acronym or name, in brackets.
    """

    word: str
    read_as: str


class OtherAnswer(Frozen):
    """An answer that differs from the first and is good enough to be shown beside it, with a quote of each source."""

    short_answer: str
    confidence: float = Field(ge=0, le=1)
    citations: tuple[Citation, ...] = Field(min_length=1)

    @property
    def sources(self) -> int:
        """How many independent sources say this: copies of one text are cited, and counted, once."""
        return len(self.citations)


class Answer(Frozen):
    """What the articles say about a question, in their own words, or that they don't say.

    `text` is the quotes joined by ellipses, nothing else. `confidence` is the calibrated probability that the answer
    is right; where there is no answer it is that of the best candidate. `near_misses` are not answers, and
    `ask_instead` has questions near this one that the library answers, where `Library.questions_instead` was asked.
    `sources` counts the independent sources that are cited for the short answer, copies of one text once; it is 0 where
    there is none. `timeline` has the numbers of the citations that show how the answer changed from article to article,
    oldest first; it is empty where it didn't, or where the dates don't tell.
    `timings` (milliseconds per stage) is left out of the JSON, so that the same index and question give the same bytes.
    """

    question: str
    standalone_question: str | None = Field(default=None, description="a follow-up, as it was completed and asked")
    corrections: tuple[Correction, ...] = ()
    status: Status
    reason: Reason | None = None
    text: str = ""
    short_answer: str | None = None
    citations: tuple[Citation, ...] = ()
    confidence: float = Field(default=0.0, ge=0, le=1)
    sources: int = Field(default=0, ge=0)
    other_answers: tuple[OtherAnswer, ...] = ()
    timeline: tuple[int, ...] = ()
    near_misses: tuple[Citation, ...] = ()
    period: Period | None = Field(default=None, description="the time that the question speaks of, looked in first")
    scope: Scope | None = Field(default=None, description="which articles were asked, where not all")
    ask_instead: tuple[str, ...] = ()
    generation: int
    timings: dict[str, float] = Field(default_factory=dict, exclude=True, repr=False)

    @property
    def answered(self) -> bool:
        """True where the articles answer the question."""
        return self.status == "answered"

    def __str__(self) -> str:
        from rag.core.plain_text import render_text

        return render_text(self)


class Skipped(Frozen):
    """A file that did not become an article, and why."""

    path: str
    why: str
    reason: Trouble | None = Field(default=None, description="why, for whoever has words of her own for it")
    facts: dict[str, Fact] = Field(default={}, description="the numbers and names in `why`, for the same")
    record: int | None = Field(default=None, description="the number of the line, entry or article in its file")

    @classmethod
    def of(cls, path: str, error: ArticleError) -> Skipped:
        """The file or article of this path, for this reason."""
        return cls(path=path, why=str(error), reason=error.reason, facts=error.facts)


Stage = Literal["reading", "read", "embedding", "done", "skipped"]
"""What an update does with a file: reads it, has read it, embeds its passages, has embedded all, or takes nothing of
it."""


class FileStep(Frozen):
    """How far an update is with a file; with `skipped` it says why it takes nothing, or not all, of it."""

    path: str
    stage: Stage
    skipped: Skipped | None = None


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
    url: str | None = None
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
    updated: str
    """When the newest generation was made, an ISO 8601 time in UTC."""
    updating_since: str | None = None
    """When the update began that is under way, by whatever process, an ISO 8601 time with its zone."""


class Finding(Frozen):
    """One thing that is wrong with an index, and what mends it, in words; the command line puts its commands there."""

    what: str
    mend: str
    remedy: Remedy = Field(default=Remedy(), exclude=True, repr=False, description="what mends it; not in the JSON")

    @classmethod
    def of(cls, what: str, remedy: Remedy) -> Finding:
        """What is wrong, with the remedy in plain words."""
        return cls(what=what, mend=str(remedy), remedy=remedy)


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
