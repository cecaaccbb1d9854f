"""What a check of a draft finds. Python, the command line, REST and MCP use the same models."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from rag.core.citation import Citation, Frozen, render_citation
from rag.core.plain_text import counted, visible
from rag.core.schema import Scope, today_of

LONGEST_DRAFT = 20_000
"""Most characters of a draft: some 3,300 words, which take about 20 seconds."""

Verdict = Literal["stated", "stated_otherwise", "partly", "not_found"]
"""What the articles say of a statement.

- `stated`: one or two neighbouring sentences of an article say all of it.
- `stated_otherwise`: a sentence says the same with one difference, which is marked.
- `partly`: a sentence has some of it. What is missing is marked.
- `not_found`: no sentence says anything of it.
"""
PartKind = Literal["figure", "date", "name", "quotation", "speaker", "denial", "words"]
"""The kind of a part that is checked."""
PartStatus = Literal["stated", "otherwise", "not_found"]
"""What the cited sentences say of a part."""

Remark = Literal["as_words_of", "hedged", "unclear", "denied_later"]
"""Why a statement is not `stated` although a sentence has its words.

- `as_words_of`: the article gives it as someone's words, and the draft as its own.
- `hedged`: the article has it only as a plan, a possibility, a suspicion, a question, of a part or the like.
- `unclear`: the article has the words, but perhaps says something else with them.
- `denied_later`: the article takes it back.
"""


class DraftPart(Frozen):
    """A part of a statement: `draft[start:end] == words`."""

    kind: PartKind = Field(description="The kind of the part.")
    start: int = Field(ge=0, description="Start offset in the draft.")
    end: int = Field(description="End offset, exclusive.")
    words: str = Field(description="The words of the draft.")
    status: PartStatus = Field(description="What the first citation says of it.")
    stated: str | None = Field(default=None, description="The words of the first citation in its place; null if none.")
    stated_start: int | None = Field(default=None, description="Start offset of these words in the article's text.")
    stated_end: int | None = Field(default=None, description="End offset of these words, exclusive.")


class CheckedStatement(Frozen):
    """A sentence of a draft and what the articles say of it: `draft[start:end] == statement`."""

    number: int = Field(ge=1, description="The number of the statement in the draft.")
    start: int = Field(ge=0, description="Start offset in the draft, in Python characters (code points).")
    end: int = Field(description="End offset, exclusive.")
    statement: str = Field(description="The sentence.")
    verdict: Verdict = Field(description="`stated`, `stated_otherwise`, `partly` or `not_found`.")
    parts: tuple[DraftPart, ...] = Field(default=(), description="What was checked, by place.")
    remark: Remark | None = Field(default=None, description="Why it is not `stated`, if its words are there.")
    citations: tuple[Citation, ...] = Field(
        default=(), description="Quotes that say it, or something of it; the best first. None if it was not found."
    )


class DraftCheck(Frozen):
    """What the articles say of the statements of a draft."""

    draft: str = Field(description="The text that was checked. All offsets of statements and parts refer to it.")
    statements: tuple[CheckedStatement, ...] = Field(default=(), description="Its statements, in their order.")
    scope: Scope | None = Field(default=None, description="The articles that were compared; null for all.")
    generation: int = Field(description="The generation of the library.")

    def count(self, verdict: Verdict) -> int:
        """Counts the statements with a verdict."""
        return sum(one.verdict == verdict for one in self.statements)

    @property
    def summary(self) -> str:
        """How many statements have each verdict, as a sentence."""
        if not self.statements:
            return "The draft has no sentence that states something."
        counts = [f"{self.count(verdict)} {words.lower()}" for verdict, words in _SAID.items()]
        return f"{counted(len(self.statements), 'statement')}: {', '.join(counts)}."

    def __str__(self) -> str:
        return render_check(self)


_SAID: dict[Verdict, str] = {
    "stated": "Stated",
    "stated_otherwise": "Stated otherwise",
    "partly": "Partly stated",
    "not_found": "Not found",
}
_REMARKS: dict[Remark, str] = {
    "as_words_of": "The article gives it as someone's words.",
    "hedged": "The article has it only as a plan, a possibility, a part or the like.",
    "unclear": "The article has these words, but perhaps says something else with them.",
    "denied_later": "The article takes it back.",
}


def render_check(check: DraftCheck, today: date | None = None) -> str:
    """Renders a check as plain text: each statement with its verdict, what differs, and the quotes.

    Args:
        check: The check.
        today: The day from which the ages of articles are counted; None takes the scope's day, or today.
    """
    day = today or today_of(check.scope)
    lines = [check.summary]
    for one in check.statements:
        lines += ["", f"{one.number}. {visible(one.statement)}", f"    {note_of(one)}"]
        for citation in one.citations:
            lines += [f"    {line}" for line in render_citation(citation, day)]
    return "\n".join(lines)


def note_of(one: CheckedStatement) -> str:
    """Tells the verdict on a statement, what differs and what is missing, in one or a few sentences."""
    told = [f"{_SAID[one.verdict]}."]
    for part in one.parts:
        if part.status == "otherwise" and part.stated:
            told.append(f"For “{visible(part.words)}” the article has “{visible(part.stated)}”.")
    missing = [f"“{visible(part.words)}”" for part in one.parts if part.status == "not_found"]
    told += [f"Not there: {', '.join(missing)}."] if missing and one.verdict == "partly" else []
    told += [_REMARKS[one.remark]] if one.remark else []
    return " ".join(told)
