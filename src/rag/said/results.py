"""What a person says in the articles, and what others say about the person.

Python, the command line, REST and MCP use the same models.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import Field

from rag.core.citation import Citation, Frozen, render_citation
from rag.core.plain_text import counted, visible
from rag.core.schema import Scope, today_of
from rag.core.search_results import WordPlace

MOST_STATEMENTS = 1000
"""Most statements of one result."""
MOST_NAMED = 100
"""Most people, and most places, of one result."""
USUAL_STATEMENTS = 50
"""Number of statements of a result for which no other number was asked."""


class SameWords(Frozen):
    """An article that has the same words of the same person."""

    article_id: str = Field(description="The article's id.")
    title: str = Field(description="The article's title.")
    source: str | None = Field(default=None, description="The publisher.")
    published: str | None = Field(default=None, description="The article's date, ISO 8601, may be partial.")


class Statement(Citation):
    """Whole sentences with the words of one person: a citation, and which of its words are the person's.

    `said_by` is who says them, as the article names her there. It is a guess where the article has a pronoun.
    """

    direct: bool = Field(description="Whether words stand in quotation marks. Otherwise the article reports them.")
    words: tuple[WordPlace, ...] = Field(description="Places of the speaker's words in the article's text.")
    same: tuple[SameWords, ...] = Field(
        default=(), description="Further articles with the same words, such as copies. They are not listed again."
    )


class ChangedWords(Frozen):
    """Words of a statement that say otherwise than an earlier statement of the same person.

    `article.text[start:end] == words`, in the article of each of the two statements.
    """

    number: int = Field(description="The number of the later statement.")
    start: int = Field(ge=0, description="Start offset of its words in its article's text.")
    end: int = Field(description="End offset, exclusive.")
    words: str = Field(description="Its words.")
    before: int = Field(description="The number of the earlier statement.")
    before_start: int = Field(ge=0, description="Start offset of the words there, in the earlier article's text.")
    before_end: int = Field(description="End offset, exclusive.")
    before_words: str = Field(description="The words there.")


class Named(Frozen):
    """A person or a place, and how many articles name it."""

    name: str = Field(description="The name.")
    articles: int = Field(description="Number of articles that have the whole name.")
    question: str = Field(description="A question about it.")


class MostNamed(Frozen):
    """The people and places that most articles name, the most frequent first."""

    people: tuple[Named, ...] = Field(default=(), description="People who speak in the articles.")
    places: tuple[Named, ...] = Field(default=(), description="Countries, cities and regions.")


class Said(Frozen):
    """What a person says in the articles, or what others say about the person.

    The statements are in the order of their articles' dates, the newest last. Articles without a date come first.
    """

    speaker: str = Field(description="The name as it was asked for.")
    name: str = Field(description="The person's name: the full one, if the articles have only one of this name.")
    about: str | None = Field(default=None, description="The topic; null for any.")
    by_others: bool = Field(default=False, description="Whether these are statements of others who name the person.")
    statements: tuple[Statement, ...] = Field(default=(), description="The statements, numbered from 1.")
    unclear: tuple[Statement, ...] = Field(
        default=(),
        description="Statements by, or about, someone of the same family name, in articles that don't tell who it is. "
        "The numbers go on.",
    )
    changes: tuple[ChangedWords, ...] = Field(
        default=(),
        description="Which statements say otherwise than an earlier one that has the same words but for a figure, or a "
        "word and its opposite. Empty for what others say.",
    )
    more: bool = Field(default=False, description="Whether there are older statements, or with a topic lesser ones.")
    others: tuple[str, ...] = Field(default=(), description="Other people of this family name who speak.")
    scope: Scope | None = Field(default=None, description="The articles that were searched; null for all.")
    generation: int = Field(description="The generation of the library that was searched.")

    def __str__(self) -> str:
        return render_said(self)


def render_said(said: Said, today: date | None = None) -> str:
    """Renders statements as plain text, with the places.

    Args:
        said: The result.
        today: The day from which the ages of articles are counted; None takes the scope's day, or today.
    """
    day = today or today_of(said.scope)
    lines = [_head(said)]
    for statement in said.statements:
        lines += ["", *_lines(statement, day)]
        lines += [f"    otherwise than {_before(one, said)}" for one in said.changes if one.number == statement.number]
    if said.unclear:
        which = "is meant" if said.by_others else "says it"
        lines += ["", f"These articles don't tell which {visible(said.name.split()[-1])} {which}:"]
        for statement in said.unclear:
            lines += ["", *_lines(statement, day)]
    if said.others:
        lines += ["", f"Others of this name: {visible(', '.join(said.others))}."]
    return "\n".join(lines)


def _before(change: ChangedWords, said: Said) -> str:
    day = next((one.published for one in said.statements if one.number == change.before), None)
    known = f" ({day})" if day else ""
    return f"[{change.before}]{known}: “{visible(change.words)}”, there “{visible(change.before_words)}”"


def _head(said: Said) -> str:
    name = visible(said.name)
    about = f" about {visible(said.about)}" if said.about else ""
    if not said.statements and said.by_others:
        return (
            f"Nobody says anything about {name}{' and ' + visible(said.about) if said.about else ''} in these articles."
        )
    if not said.statements:
        return f"These articles attribute no words{about} to {name}."
    found = counted(len(said.statements), "statement")
    which = ""
    if said.more:
        which = ", the nearest to it" if said.about else ", the newest"
    if said.by_others:
        about = f" and {visible(said.about)}" if said.about else ""
        return f"{found} of others about {name}{about}{which}, by date:"
    return f"{found} of {name}{about}{which}, by date:"


def _lines(statement: Statement, today: date) -> Iterator[str]:
    yield from render_citation(statement, today)
    manner = "in quotation marks" if statement.direct else "reported"
    yield f"    {manner}{_also(statement.same)}"


def _also(same: Sequence[SameWords]) -> str:
    if not same:
        return ""
    named = dict.fromkeys(one.source or one.title for one in same)
    return f"; the same words in {counted(len(same), 'more article')}: {visible(', '.join(named))}"
