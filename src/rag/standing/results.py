"""What a library says about the questions that are followed: the questions, and what changed in their answers."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from rag.core.citation import Citation, Frozen, render_citation
from rag.core.plain_text import counted, visible
from rag.core.schema import Form, Scope

ChangeKind = Literal["answered", "unanswered", "changed", "source", "contradiction"]
"""What changed.

- `answered`: the articles answer the question now.
- `unanswered`: they no longer do.
- `changed`: the answer has another value, or a list other items.
- `source`: a further independent source says the same.
- `contradiction`: a further independent source says something else.
"""
TOLD: dict[ChangeKind, str] = {
    "answered": "The articles answer it now.",
    "unanswered": "The articles no longer answer it.",
    "changed": "The answer is another one.",
    "source": "A further source says so.",
    "contradiction": "A source says something else.",
}
"""Each kind of change as a sentence."""
SAID_NOTHING = "the articles don't say"


class StandingAnswer(Frozen):
    """What the articles said to a followed question at one time."""

    answered: bool = Field(description="Whether the articles answered the question.")
    form: Form = Field(default="fact", description="The form of answer that the question asks for.")
    values: tuple[str, ...] = Field(
        default=(), description="The short answer; the items of a list; empty if only quotes answer."
    )
    others: tuple[str, ...] = Field(default=(), description="Short answers that differ from it.")
    citations: tuple[Citation, ...] = Field(default=(), description="The quotes of the answer.")
    other_citations: tuple[Citation, ...] = Field(default=(), description="The quotes of the answers that differ.")
    sources: int = Field(default=0, ge=0, description="Independent sources of the short answer; copies count once.")
    generation: int = Field(description="The generation of the library that answered.")

    @property
    def told(self) -> str:
        """The answer in a few words: its values, or the beginning of the first quote."""
        if not self.answered:
            return SAID_NOTHING
        if self.values:
            named = "; ".join(map(visible, self.values))
            return f"{named} ({counted(self.sources, 'source')})" if self.sources and self.form != "list" else named
        return f"“{visible(self.citations[0].quote)}”" if self.citations else "answered"


class StandingQuestion(Frozen):
    """A question that is followed."""

    id: str = Field(description="The id, 8 hexadecimal digits. It follows from the question and its scope.")
    question: str = Field(description="The question.")
    scope: Scope | None = Field(default=None, description="The articles that may answer; null if all may.")
    added: str = Field(description="The day on which it was added, ISO 8601.")
    asked: str = Field(description="The time when it was asked last, ISO 8601 in UTC.")
    changed: str | None = Field(default=None, description="The time of the last change; null if there was none.")
    answer: StandingAnswer = Field(description="The answer that was reported last, with its generation.")


class StandingChange(Frozen):
    """A change in the answer to a followed question. All quotes were compared with the stored texts."""

    number: int = Field(ge=1, description="The number of the change; a later one has a higher number.")
    question_id: str = Field(description="The id of the question.")
    question: str = Field(description="The question.")
    scope: Scope | None = Field(default=None, description="The articles that may answer; null if all may.")
    found: str = Field(description="The time when the change was found, ISO 8601 in UTC.")
    kinds: tuple[ChangeKind, ...] = Field(min_length=1, description="What changed.")
    before: StandingAnswer = Field(description="What the articles said before.")
    now: StandingAnswer = Field(description="What they say now.")
    new: tuple[Citation, ...] = Field(
        default=(), description="The quotes that are new; if known sources give another answer, their quotes."
    )

    @property
    def told(self) -> str:
        """What changed, as sentences."""
        return " ".join(TOLD[kind] for kind in self.kinds)

    def __str__(self) -> str:
        return "\n".join(self.lines(date.today()))

    def lines(self, today: date) -> list[str]:
        """Renders the change as lines of plain text.

        Args:
            today: The day from which the ages of articles are counted.
        """
        lines = [f"{visible(self.question)} ({self.question_id})", self.told]
        before, now = self.before.told, self.now.told
        lines += [f"Still: {now}"] if before == now else [f"Before: {before}", f"Now: {now}"]
        if self.now.others and "contradiction" in self.kinds:
            lines.append(f"Also said: {'; '.join(map(visible, self.now.others))}")
        return [*lines, *(line for citation in self.new for line in render_citation(citation, today))]


class Standing(Frozen):
    """The questions that are followed, and what changed."""

    questions: tuple[StandingQuestion, ...] = Field(default=(), description="The questions, the oldest first.")
    changes: tuple[StandingChange, ...] = Field(default=(), description="The changes, the oldest first.")

    def __str__(self) -> str:
        if not self.questions:
            return "No question is followed."
        lines = []
        for one in self.questions:
            last = f"changed last on {one.changed[:10]}" if one.changed else "not changed since"
            lines.append(f"{one.id}  {visible(one.question)}")
            lines += [f"          {told}" for told in (f"followed since {one.added}, {last}", one.answer.told)]
        return "\n".join(lines)


class SentChanges(Frozen):
    """What a webhook gets, as JSON."""

    changes: tuple[StandingChange, ...] = Field(min_length=1, description="The changes, the oldest first.")


class StandingCheck(Frozen):
    """The result of a check of the followed questions."""

    changes: tuple[StandingChange, ...] = Field(default=(), description="What changed since the last check.")
    asked: int = Field(default=0, description="Number of questions that were asked again.")
    kept: int = Field(default=0, description="Number of questions to which nothing that is new could matter.")
    failed: dict[str, str] = Field(default={}, description="Why questions could not be asked, by their ids.")
    unsent: tuple[str, ...] = Field(
        default=(), description="Why changes could not be sent. The next check tries again."
    )
