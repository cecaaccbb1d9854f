"""The schema of an answer. Python, `rag --json`, the page and its endpoint use the same."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal

from pydantic import Field

from rag.core.answer_kinds import REASONS, AskedForm, Form, Reason, Status
from rag.core.citation import Attribution, Citation, Frozen, day_told, quote_card, render_citation
from rag.core.notebook_html import answer_card
from rag.core.plain_text import counted, visible

__all__ = [
    "REASONS",
    "Answer",
    "ArchiveCount",
    "Attribution",
    "Citation",
    "Correction",
    "AskedForm",
    "Form",
    "Frozen",
    "OtherAnswer",
    "Period",
    "Reason",
    "Scope",
    "Status",
    "dated_values",
    "render_html",
    "render_text",
    "sources_of",
    "tell_count",
    "today_of",
]


class Period(Frozen):
    """A period of time."""

    since: str | None = Field(default=None, description="The first day, ISO 8601; null if the period has no start.")
    until: str | None = Field(default=None, description="The last day, included; null if the period has no end.")


class Scope(Frozen):
    """The articles that may answer.

    With `since` or `until`, an article without a date may not answer; with `as_of`, it may.
    """

    since: str | None = Field(default=None, description="The earliest date, ISO 8601, may be partial: `2018`.")
    until: str | None = Field(default=None, description="The latest date; its whole day, month or year is included.")
    sources: tuple[str, ...] = Field(default=(), description="Parts of a source's name or web address; one must match.")
    authors: tuple[str, ...] = Field(default=(), description="Words of authors' names; one must be in the byline.")
    sections: tuple[str, ...] = Field(default=(), description="Words of sections' names; one must match.")
    where: tuple[tuple[str, str], ...] = Field(
        default=(), description="Fields of one's own and their values; of each field one value must match."
    )
    naming: tuple[str, ...] = Field(
        default=(), description="People or places, as the articles write them; an article must name each."
    )
    as_of: str | None = Field(default=None, description="The day that counts as today; later articles may not answer.")


class Correction(Frozen):
    """A word of the question that was read as another word of the articles.

    It is another spelling if no article has the word, another word for it, or the other form of an acronym or name.
    """

    word: str = Field(description="The word in the question.")
    read_as: str = Field(description="The word that was searched for, or the name with its other form in brackets.")


class OtherAnswer(Frozen):
    """An answer that differs from the best one and is shown beside it."""

    short_answer: str = Field(description="The short answer.")
    confidence: float = Field(ge=0, le=1, description="The calibrated probability that it is right.")
    citations: tuple[Citation, ...] = Field(min_length=1, description="A quote from each source that says so.")

    @property
    def sources(self) -> int:
        """The number of independent sources that say so. Copies of one text count once."""
        return len(self.citations)


class ArchiveCount(Frozen):
    """How many articles of the library mention something. It is counted by full-text search."""

    words: str = Field(description="What was counted, as `Library.search` takes it: `Lind AND harbour`.")
    author: str | None = Field(default=None, description="The author whose articles were counted; null for all.")
    articles: int = Field(ge=0, description="Number of articles that mention it.")
    mentions: int | None = Field(
        default=None, description="How often these articles' texts do, if that was asked and is not too much to read."
    )


class StatedField(Frozen):
    """What a field of an article states, such as its author, where the article's text does not."""

    field: Literal["byline", "published", "source", "section"] = Field(description="The field of the article.")
    value: str = Field(description="What the field states; an ISO date for `published`.")
    article_id: str = Field(description="The article's id; a citation of the answer is from it.")


class Answer(Frozen):
    """The answer to a question in the articles' own words, or that the articles don't answer it.

    The JSON has no `timings`, so the same question and index give the same bytes.
    """

    question: str = Field(description="The question as it was asked.")
    standalone_question: str | None = Field(default=None, description="The follow-up as it was completed and asked.")
    corrections: tuple[Correction, ...] = Field(default=(), description="Words that were read as other words.")
    status: Status = Field(description="`answered` or `no_answer`.")
    reason: Reason | None = Field(default=None, description="Why there is no answer; null if there is one.")
    form: Form = Field(default="fact", description="The form of answer that the question asks for.")
    text: str = Field(default="", description="The quotes, joined by ellipses; empty if there is no answer.")
    short_answer: str | None = Field(default=None, description="The short answer, if it is sure by itself; else null.")
    citations: tuple[Citation, ...] = Field(default=(), description="The quotes of the answer.")
    confidence: float = Field(
        default=0.0, ge=0, le=1, description="The calibrated probability that the quotes shown tell what is asked."
    )
    count: ArchiveCount | None = Field(default=None, description="What was counted; null for other forms.")
    stated: tuple[StatedField, ...] = Field(
        default=(), description="What fields of articles state, if it was asked and their texts don't say it."
    )
    sources: int = Field(default=0, ge=0, description="Independent sources of the short answer; copies count once.")
    other_answers: tuple[OtherAnswer, ...] = Field(
        default=(), description="Answers that differ, the best first; further items, if `form` is `list`."
    )
    timeline: tuple[int, ...] = Field(default=(), description="Citation numbers by date, if the answer changed.")
    near_misses: tuple[Citation, ...] = Field(default=(), description="Similar quotes, if there is no answer.")
    period: Period | None = Field(default=None, description="The time that the question names; it is searched first.")
    scope: Scope | None = Field(default=None, description="The articles that may answer; null if all may.")
    parts: tuple[Answer, ...] = Field(
        default=(), description="The answers, if several questions were asked; all quotes are numbered through."
    )
    ask_instead: tuple[str, ...] = Field(default=(), description="Questions from `Library.questions_instead`.")
    generation: int = Field(description="The generation of the library that answered.")
    timings: dict[str, float] = Field(
        default_factory=dict, exclude=True, repr=False, description="Milliseconds per stage."
    )

    @property
    def answered(self) -> bool:
        """Whether the articles answer the question."""
        return self.status == "answered"

    def __str__(self) -> str:
        return render_text(self)

    def _repr_html_(self) -> str:
        return render_html(self)


def today_of(scope: Scope | None) -> date:
    """Returns the day from which relative dates are counted: the last day of the scope's `as_of`, or today."""
    if scope is None or scope.as_of is None:
        return date.today()
    year, month, day = [*(int(part) for part in scope.as_of.split("-")), 0, 0][:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def render_text(answer: Answer, today: date | None = None) -> str:
    """Renders an answer as plain text with its numbered quotes, or why there is none and the near misses.

    Args:
        answer: The answer.
        today: The day from which the ages of articles are counted; None takes the scope's day, or today.
    """
    day = today or today_of(answer.scope)
    if answer.parts:
        return "\n\n".join(f"{visible(part.question)}\n{render_text(part, day)}" for part in answer.parts)
    read = [f"Read “{visible(c.word)}” as “{visible(c.read_as)}”." for c in answer.corrections]
    if answer.reason == "small_talk":
        return REASONS[answer.reason]
    if answer.answered:
        return "\n".join([*read, _render_answered(answer, day)])
    lines = [*read, tell_count(answer) or "The articles don't say.", REASONS[answer.reason or "below_threshold"]]
    if answer.near_misses:
        lines += ["", "Nearest, but not an answer:"]
        lines += [line for citation in answer.near_misses for line in render_citation(citation, day)]
    if answer.ask_instead:
        lines += [
            "",
            "The articles answer these questions:",
            *(f"    {visible(asked)}" for asked in answer.ask_instead),
        ]
    return "\n".join(lines)


def render_html(answer: Answer, today: date | None = None) -> str:
    """Renders an answer for a notebook: short answer, quotes and confidence, or why there is no answer.

    Args:
        answer: The answer.
        today: The day from which the ages of articles are counted; None takes the scope's day, or today.

    Returns:
        One `<div>` of escaped HTML.
    """
    day = today or today_of(answer.scope)
    if answer.parts:
        return "\n".join(answer_card(part.question, (), "") + render_html(part, day) for part in answer.parts)
    if not answer.answered:
        reason = REASONS[answer.reason or "below_threshold"]
        nearest = [quote_card(citation, day) for citation in answer.near_misses]
        return answer_card("The articles don't say.", nearest, reason)
    others = (citation for other in answer.other_answers for citation in other.citations)
    quotes = [quote_card(citation, day) for citation in (*answer.citations, *others)]
    return answer_card(
        tell_short(answer) or "; ".join(tell_stated(answer)), quotes, f"Confidence {answer.confidence:.0%}"
    )


def _render_answered(answer: Answer, today: date) -> str:
    lines = [visible(line) for line in (tell_short(answer), tell_count(answer), *tell_stated(answer)) if line]
    lines += [_tally(answer)] if sources_of(answer) else []
    lines += [""] if lines else []
    for citation in answer.citations:
        lines += render_citation(citation, today)
    also = "Also named" if answer.form == "list" else "Also said"
    for other in answer.other_answers:
        lines += ["", f"{also}: {visible(tell_short(other))} ({other.confidence:.0%})"]
        lines += [line for citation in other.citations for line in render_citation(citation, today)]
    values = dated_values(answer)
    if values:
        lines += ["", "By the articles' dates, oldest first:"]
        lines += [f"    {day}  {visible(words)} [{number}]" for day, words, number in values]
    return "\n".join([*lines, "", f"Confidence {answer.confidence:.0%}"])


def tell_short(said: Answer | OtherAnswer) -> str:
    """Returns the short answer, with the day that a relative one means; empty without one."""
    day = day_told(said.citations)
    return f"{said.short_answer or ''} ({day} by the article's date)" if day else said.short_answer or ""


def tell_count(answer: Answer) -> str:
    """Returns a sentence about what was counted: "12 articles mention Lind."; empty for other forms."""
    if answer.count is None:
        return ""
    found, words = answer.count, visible(answer.count.words)
    of = f" by {visible(found.author)}" if found.author else ""
    since, until = (answer.period.since, answer.period.until) if answer.period else (None, None)
    of += (f" from {since}" if since else "") + (f" up to {until}" if until else "")
    if not found.articles:
        return f"No article{of} mentions {words}."
    mention = "mention" if found.articles > 1 else "mentions"
    times = "" if found.mentions is None else f", {counted(found.mentions, 'time')} in all"
    cited = len(answer.citations)
    quoted = "" if cited in (0, found.articles) else f" A sentence from {cited} of them:"
    return f"{counted(found.articles, 'article')}{of} {mention} {words}{times}.{quoted}"


_FIELDS = {"byline": "Author", "published": "Published", "source": "Source", "section": "Section"}


def tell_stated(answer: Answer) -> list[str]:
    """Returns a line for what each field states: "Author: Ada Voss [1] (a field of the article; …)"."""
    cited = {citation.article_id: citation.number for citation in reversed(answer.citations)}
    return [
        f"{_FIELDS[one.field]}: {visible(one.value)} [{cited.get(one.article_id, 1)}]"
        " (a field of the article; its text doesn't say it)"
        for one in answer.stated
    ]


def sources_of(answer: Answer) -> list[tuple[str, int]]:
    """Returns each value that is said and the number of independent sources that say it.

    The list is empty if only one source says anything, and for a list, whose items don't compete.
    """
    if answer.form == "list":
        return []
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
    """Returns the answer's timeline: for each entry the article's date, its short answer, and the citation's number."""
    others = (citation for other in answer.other_answers for citation in other.citations)
    cited = {citation.number: citation for citation in (*answer.citations, *others)}
    told = (cited[number] for number in answer.timeline)
    return [(citation.published or "", citation.short or citation.quote, citation.number) for citation in told]
