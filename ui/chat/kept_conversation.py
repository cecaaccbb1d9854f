"""Writes a conversation as text, for the browser's storage or a file, and reads it back from the browser.

Anyone may have written what the browser stored. A turn is accepted only if it is a valid answer whose words are in its
quotes, and whose quotes are all in the archive. No question is asked again. A note is accepted beside a quote only, and
is shown as the person's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from rag.core.errors import RagError
from rag.core.plain_text import visible_json
from rag.core.schema import Answer
from rag_ui.chat import notes, written
from rag_ui.chat.conversation import Turn, Turns
from rag_ui.language.strings import Strings

if TYPE_CHECKING:
    from rag.library import Library

MOST = 500_000
"""Most characters kept. The page sends them in one request. A longer conversation loses its oldest turns."""

NOTHING = "[]"
"""The text of a conversation without turns."""

_ROWS: TypeAdapter[list[Any]] = TypeAdapter(list[Any])
_TURNS: TypeAdapter[Turns] = TypeAdapter(Turns)
_TURN: TypeAdapter[Turn] = TypeAdapter(Turn)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The turns that were read back, and how many were left out."""

    turns: Turns = ()
    lost: int = 0


def keep(turns: Turns) -> str:
    """Writes the answered turns as JSON, at most `MOST` characters of the latest turns."""
    kept: list[str] = []
    left = MOST - len(NOTHING)
    for turn in reversed([turn for turn in turns if turn.answer is not None]):
        row = _TURN.dump_json(replace(turn, before=None)).decode()
        left -= len(row) + 1
        if left < 0:
            break
        kept.append(row)
    return f"[{','.join(reversed(kept))}]"


def take_back(library: Library, kept: Any) -> TakenBack:
    """Reads the turns that `keep` wrote.

    Args:
        library: The library that has to have the quotes.
        kept: What the browser sent.

    Returns:
        The turns whose quotes are all in the library; none if the text is not from `keep`. They have no count of
        articles and no fields of articles, because no quote holds them.
    """
    try:
        rows = _ROWS.validate_json(kept)
    except ValidationError:
        return TakenBack()
    turns = tuple(_held(library, rows))
    return TakenBack(turns, len(rows) - len(turns))


def _held(library: Library, rows: list[Any]) -> Iterator[Turn]:
    for row in rows:
        try:
            turn = _TURN.validate_python(row)
        except ValidationError:
            continue
        if turn.answer is not None and _holds(library, turn.answer):
            yield replace(
                turn, answer=_without_counts(turn.answer), notes=notes.held(turn.notes, turn.answer), before=None
            )


def _without_counts(answer: Answer) -> Answer:
    parts = tuple(_without_counts(part) for part in answer.parts)
    return answer.model_copy(update={"count": None, "stated": (), "parts": parts})


def _holds(library: Library, answer: Answer) -> bool:
    try:
        library.verify(answer)
    except RagError:
        return False
    if answer.text != " … ".join(citation.quote for citation in answer.citations):
        return False
    said = [(answer.short_answer or "", answer.citations)] if answer.answered else []
    said += [(other.short_answer, other.citations) for other in answer.other_answers]
    is_said = all(not words or any(words in citation.quote for citation in cited) for words, cited in said)
    numbers = {citation.number for _, cited in said for citation in cited}
    return is_said and numbers.issuperset(answer.timeline) and all(_holds(library, part) for part in answer.parts)


def as_json(turns: Turns) -> str:
    """Writes all answered turns as indented JSON, for a file."""
    kept = tuple(replace(turn, before=None) for turn in turns if turn.answer is not None)
    return visible_json(_TURNS.dump_json(kept, indent=2).decode())


def as_markdown(turns: Turns, today: date, strings: Strings) -> str:
    """Writes the answered turns as Markdown, each quote with its full reference."""
    return written.saved(_annotated(turns), today, strings)


def as_word(turns: Turns, strings: Strings) -> bytes:
    """Writes the answered turns as a Word file, each quote with a footnote that holds its reference."""
    return written.saved_as_word(_annotated(turns), strings)


def _annotated(turns: Turns) -> list[written.Annotated]:
    return [(turn.answer, turn.notes) for turn in turns if turn.answer is not None]
