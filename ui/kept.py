"""A conversation outside the page's memory: kept by the browser over a reload or a restart, and saved as a file.

What a browser kept may have been written by anyone. A turn is taken back only where it is an answer by its schema
whose words are those of its quotes, and whose quotes all stand in the archive. No question is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from rag.errors import RagError
from rag.schema import Answer, Citation

from . import strings
from .conversation import Turn, Turns

if TYPE_CHECKING:
    from rag.library import Library

MOST = 500_000
"""Characters that are kept; of a longer conversation the latest turns. The page sends them in one request."""

NOTHING = "[]"
"""What is kept of a conversation without a turn."""

_TURNS: TypeAdapter[Turns] = TypeAdapter(Turns)
_MARKDOWN = re.compile(r"[\\`*_\[\]<>#|&~]")
"""What would be more than itself in Markdown, anywhere in a line."""


def keep(turns: Turns) -> str:
    """The answered turns as JSON, the latest of them where they are too many."""
    answered = tuple(turn for turn in turns if turn.answer is not None)
    while len(kept := _TURNS.dump_json(answered).decode()) > MOST:
        answered = answered[1:]
    return kept


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


def as_markdown(turns: Turns, today: date) -> str:
    """The answered turns for a reader, each quote with its full reference."""
    parts = [part for turn in turns if turn.answer is not None for part in _markdown(turn, turn.answer, today)]
    return "\n\n".join([f"# {strings.CONVERSATION}", *parts]) + "\n"


def _markdown(turn: Turn, answer: Answer, today: date) -> Iterator[str]:
    yield f"## {_plain(turn.question)}"
    if narrowed := strings.scope_parts(answer.scope):
        yield f"{strings.ASKED_OF} {_plain(', '.join(words for _, words in narrowed))}"
    if turn.completed:
        yield f"{strings.UNDERSTOOD_AS}: {_plain(answer.standalone_question or '')}"
    if answer.answered:
        if answer.short_answer:
            yield f"**{_plain(answer.short_answer)}**"
        yield from _references(answer.citations, today)
        yield f"{strings.confidence(answer.confidence)}, {strings.percent(answer.confidence)}"
        for other in answer.other_answers:
            yield f"{strings.OTHER_ANSWERS}: **{_plain(other.short_answer)}**"
            yield from _references(other.citations, today)
    else:
        yield f"**{strings.NOT_SAID}.** {strings.reason(answer.reason, answer.confidence)}"
        if answer.near_misses:
            yield f"{strings.NEAR_MISSES} ({strings.NOT_AN_ANSWER}):"
            yield from _references(answer.near_misses, today)


def _references(citations: tuple[Citation, ...], today: date) -> Iterator[str]:
    for citation in citations:
        yield "\n".join(f"> {_plain(line)}" for line in citation.quote.splitlines())
        stated = (
            citation.title,
            citation.byline,
            citation.source or citation.path,
            strings.dated(citation.published, today),
        )
        who = strings.said_by(citation.said_by) if citation.said_by else None
        about = [_plain(part) for part in (*stated, citation.url, who) if part]
        page = [strings.page(citation.page)] if citation.page else []
        place = strings.place(citation.start, citation.end, citation.content_hash)
        yield f"\\[{citation.number}\\] {' · '.join([*about, *page, place])}"


def _plain(text: str) -> str:
    """The text on one line, all of it text where it is shown as Markdown."""
    return _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))
