"""A conversation outside the page's memory: kept by the browser over a reload or a restart, and saved as a file.

What a browser kept may have been written by anyone. A turn is taken back only where it is an answer by its schema
whose words are those of its quotes, and whose quotes all stand in the archive. No question is asked again.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from rag.core.errors import RagError
from rag.core.schema import Answer

from . import written
from .conversation import Turn, Turns
from .strings import Strings

if TYPE_CHECKING:
    from rag.library import Library

MOST = 500_000
"""Characters that are kept; of a longer conversation the latest turns. The page sends them in one request."""

NOTHING = "[]"
"""What is kept of a conversation without a turn."""

_TURNS: TypeAdapter[Turns] = TypeAdapter(Turns)
_TURN: TypeAdapter[Turn] = TypeAdapter(Turn)


def keep(turns: Turns) -> str:
    """The answered turns as JSON, the latest of them where they are too many."""
    kept: list[str] = []
    left = MOST - len(NOTHING)
    for turn in reversed([turn for turn in turns if turn.answer is not None]):
        row = _TURN.dump_json(turn).decode()
        left -= len(row) + 1
        if left < 0:
            break
        kept.append(row)
    return f"[{','.join(reversed(kept))}]"


def take_back(library: Library, kept: Any) -> Turns:
    """The turns of `keep` that still hold; none where it is something else."""
    try:
        turns = _TURNS.validate_json(kept)
    except ValidationError:
        return ()
    return tuple(turn for turn in turns if turn.answer is not None and _holds(library, turn.answer))


def _holds(library: Library, answer: Answer) -> bool:
    try:
        library.verify(answer)
    except RagError:
        return False
    if answer.text != " … ".join(citation.quote for citation in answer.citations):
        return False
    said = [(answer.short_answer or "", answer.citations)] if answer.answered else []
    said += [(other.short_answer, other.citations) for other in answer.other_answers]
    return all(not words or any(words in citation.quote for citation in cited) for words, cited in said)


def as_json(turns: Turns) -> str:
    """The answered turns, each with all its citations, as they are kept."""
    return _TURNS.dump_json(tuple(turn for turn in turns if turn.answer is not None), indent=2).decode()


def as_markdown(turns: Turns, today: date, strings: Strings) -> str:
    """The answered turns for a reader, each quote with its full reference."""
    return written.saved([turn.answer for turn in turns if turn.answer is not None], today, strings)
