"""Reads labelled reading data from JSON Lines files, compressed or not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import read_rows

Interval = tuple[int, int]
"""A half-open interval of characters."""


@dataclass(frozen=True, slots=True)
class ReadingExample:
    """A question, a passage, and all places in the passage that answer the question.

    Attributes:
        identifier: The example's id; may be "".
        question: The question.
        passage: The passage.
        answers: Half-open character intervals of the passage; empty for an unanswerable question.
        title: Title of the passage's article; "" if unknown.
    """

    identifier: str
    question: str
    passage: str
    answers: tuple[Interval, ...]
    title: str = ""

    @property
    def answer_texts(self) -> tuple[str, ...]:
        """The distinct answer texts, in the order of the file."""
        return tuple(dict.fromkeys(self.passage[start:end] for start, end in self.answers))


def every_occurrence(passage: str, text: str) -> list[Interval]:
    """Returns the intervals of all places of `text` in `passage`, overlapping ones included."""
    places: list[Interval] = []
    start = passage.find(text)
    while text and start >= 0:
        places.append((start, start + len(text)))
        start = passage.find(text, start + 1)
    return places


def load_unanswerable(data: Path) -> list[ReadingExample]:
    """Loads the questions of SQuAD 2.0 train that people wrote to look answerable.

    Their paragraphs were recovered. Those that may be wrong, aligned with no margin over the next best, are left out.

    Args:
        data: Folder of the data sets.
    """
    path = data / "reading" / "train" / "squad20_unanswerable.jsonl.xz"
    sure = {row["id"] for row in read_rows(path) if row["paragraph"] == "pair" or row["margin"] > 0}
    return [example for example in load_reading(path) if example.identifier in sure]


def load_reading(path: Path) -> list[ReadingExample]:
    """Loads a file in the reading format.

    An answer with `occurrences` > 1 was recovered by its text alone, so all places of that text are gold.

    Args:
        path: The file, plain or compressed.
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
