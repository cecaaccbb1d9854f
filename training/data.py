"""Labelled reading data: JSON Lines files, compressed or not, as typed examples."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import read_rows

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReadingExample:
    """A question, a passage, and every place in the passage that answers it.

    `answers` holds half-open character intervals of `passage`; an unanswerable
    question has none.
    """

    identifier: str
    question: str
    passage: str
    answers: tuple[Interval, ...]
    title: str = ""

    @property
    def answer_texts(self) -> tuple[str, ...]:
        """Return the distinct answer strings, in the order of the file."""
        return tuple(dict.fromkeys(self.passage[start:end] for start, end in self.answers))


def every_occurrence(passage: str, text: str) -> list[Interval]:
    """Return the intervals of all places of `text` in `passage`."""
    places: list[Interval] = []
    start = passage.find(text)
    while text and start >= 0:
        places.append((start, start + len(text)))
        start = passage.find(text, start + 1)
    return places


def load_reading(path: Path) -> list[ReadingExample]:
    """Load a file in the reading format.

    An answer marked `occurrences` > 1 was recovered by its text alone, so all the
    places where that text stands count as gold.
    """
    examples = []
    for row in read_rows(path):
        passage = row["context"]
        places: list[Interval] = []
        for answer in row["answers"]:
            if answer.get("occurrences", 1) > 1:
                places += every_occurrence(passage, answer["text"])
            elif answer["text"]:
                places.append((answer["start"], answer["start"] + len(answer["text"])))
        examples.append(
            ReadingExample(
                identifier=str(row["id"]),
                question=row["question"],
                passage=passage,
                answers=tuple(dict.fromkeys(places)),
                title=row.get("title", ""),
            )
        )
    return examples
