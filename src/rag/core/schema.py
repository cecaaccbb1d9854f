"""The one schema of an answer: Python, `--json`, REST and page all show this."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from rag.core.plain_text import dated, visible

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
        return render_text(self)


def today_of(scope: Scope | None) -> date:
    """The day that a relative date is told from: the scope's, the last one of a month or year, else today."""
    if scope is None or scope.as_of is None:
        return date.today()
    year, month, day = [*(int(part) for part in scope.as_of.split("-")), 0, 0][:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


REASONS = {
    "nothing_about_it": "Nothing in the articles is about this.",
    "not_said": "The articles are about this, but they don't say what is asked.",
    "below_threshold": "The best candidate is too uncertain to be shown as an answer.",
    "breaks_off": "The text breaks off where it comes nearest to this.",
}


def render_text(answer: Answer, today: date | None = None) -> str:
    """The answer with its numbered sources and their age, or why there is none and what came nearest.

    Ages are told from `today`, by default the day that the answer's scope names or this day.
    """
    day = today or today_of(answer.scope)
    read = [f"Read “{visible(c.word)}” as “{visible(c.read_as)}”." for c in answer.corrections]
    if answer.answered:
        return "\n".join([*read, _render_answered(answer, day)])
    lines = [*read, "The articles don't say.", REASONS[answer.reason or "below_threshold"]]
    if answer.near_misses:
        lines += ["", "Nearest, but not an answer:"]
        lines += [line for citation in answer.near_misses for line in _render_citation(citation, day)]
    if answer.ask_instead:
        lines += ["", "Asked instead, the articles answer:", *(f"    {visible(asked)}" for asked in answer.ask_instead)]
    return "\n".join(lines)


def _render_answered(answer: Answer, today: date) -> str:
    lines = [visible(answer.short_answer)] if answer.short_answer else []
    lines += [_tally(answer)] if sources_of(answer) else []
    lines += [""] if lines else []
    for citation in answer.citations:
        lines += _render_citation(citation, today)
    for other in answer.other_answers:
        lines += ["", f"Also said: {visible(other.short_answer)} ({other.confidence:.0%})"]
        lines += [line for citation in other.citations for line in _render_citation(citation, today)]
    values = dated_values(answer)
    if values:
        lines += ["", "By the articles' dates, oldest first:"]
        lines += [f"    {day}  {visible(words)} [{number}]" for day, words, number in values]
    return "\n".join([*lines, "", f"Confidence {answer.confidence:.0%}"])


def sources_of(answer: Answer) -> list[tuple[str, int]]:
    """Each value that is said and how many independent sources say it; none where one source alone says anything."""
    said = [(other.short_answer, other.sources) for other in answer.other_answers]
    if answer.short_answer is None or (answer.sources < 2 and not said):
        return []
    return [(answer.short_answer, answer.sources), *said]


def _tally(answer: Answer) -> str:
    (first, count), *others = sources_of(answer)
    lead = f"{count} independent sources say" if count > 1 else "1 source says"
    said = (f"{number} {'say' if number > 1 else 'says'} “{visible(words)}”" for words, number in others)
    return ", ".join([f"{lead} “{visible(first)}”", *said]) + "."


def dated_values(answer: Answer) -> list[tuple[str, str, int]]:
    """The answer's timeline: the date of each article, its short answer, and the number of the citation."""
    others = (citation for other in answer.other_answers for citation in other.citations)
    cited = {citation.number: citation for citation in (*answer.citations, *others)}
    told = (cited[number] for number in answer.timeline)
    return [(citation.published or "", citation.short or citation.quote, citation.number) for citation in told]


def _render_citation(citation: Citation, today: date) -> list[str]:
    stated = (citation.title, citation.byline, citation.source, dated(citation.published, today), citation.url)
    about = " · ".join(part for part in stated if part)
    page = f"page {citation.page}, " if citation.page else ""
    place = f"{page}characters {citation.start}–{citation.end}"
    said = [f"    {visible(line)}" for line in said_by(citation.said_by)]
    cut = ["    (the text breaks off here)"] if citation.breaks_off else []
    return [f"[{citation.number}] {visible(citation.quote)}", *cut, *said, f"    {visible(about)} · {place}"]


def said_by(attribution: Attribution | None) -> list[str]:
    """Who says the quoted words, and what of that is a guess of ours; nothing for the article's own voice."""
    if attribution is None:
        return []
    if attribution.introduction:
        who = f"perhaps {attribution.name}" if attribution.name else "who, the text doesn't say"
        return [f"— {who} (our guess, from a sentence that breaks off: “{attribution.introduction}”)"]
    if attribution.name is None:
        return ["— who says so, the text doesn't tell"]
    return [f"— {attribution.name}" + (" (our guess: the text has a pronoun there)" if attribution.guessed else "")]
