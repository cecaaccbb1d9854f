"""Notes that the person writes beside quotes. They are the person's words: no answer has them, and no article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from rag.core.plain_text import without_surrogates
from rag.core.schema import Answer, Citation

MOST = 2_000
"""Most characters of a note."""

Place = tuple[str, int, int]
"""The place of a quote: the hash of its article's text, and its start and end in it."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note beside the quote at `[start, end)` of the text with this hash."""

    content_hash: str
    start: int
    end: int
    text: Annotated[str, Field(min_length=1, max_length=MOST)]

    @property
    def place(self) -> Place:
        """The place of the quote."""
        return self.content_hash, self.start, self.end


Notes = tuple[Note, ...]


class Written(BaseModel):
    """A note as the browser sends it. It is validated. A note without text is deleted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    answer: str = Field(max_length=64)
    content_hash: str = Field(max_length=64)
    start: int
    end: int
    text: str = Field(max_length=MOST)

    def beside(self, notes: Notes) -> Notes:
        """Returns the notes with this one in the place of an earlier one."""
        text = without_surrogates(self.text).strip()
        place = (self.content_hash, self.start, self.end)
        others = tuple(note for note in notes if note.place != place)
        return (*others, Note(*place, text)) if text else others


def place_of(citation: Citation) -> Place:
    """Returns the place of a quote."""
    return citation.content_hash, citation.start, citation.end


def places_of(answer: Answer) -> frozenset[Place]:
    """Returns the places of all quotes that an answer shows."""
    return frozenset(map(place_of, _quotes_of(answer)))


def held(notes: Sequence[Note], answer: Answer) -> Notes:
    """Returns the notes that stand beside a quote of the answer, one for each quote."""
    places = places_of(answer)
    return tuple({note.place: note for note in notes if note.place in places}.values())


def _quotes_of(answer: Answer) -> Iterator[Citation]:
    yield from answer.citations
    yield from answer.near_misses
    for other in answer.other_answers:
        yield from other.citations
    for part in answer.parts:
        yield from _quotes_of(part)
