"""Measures the evidence that a system marks in a passage that is given, by the measure of VerbatimRAG's authors.

They count words, cut at white space: a word is marked if a mark touches it. Precision, recall and F1 are those of the
words of all questions together; `mean_f1` is the mean of each question's F1. The gold marks are whole sentences, so the
marks of every system are widened to the sentences of the passage that they touch. Of several annotators the one counts
with whom a question's F1 is highest. All passages have evidence, and a system that marks nothing loses recall.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.evidence import Interval, Marked, read_marked
from benchmarks.peers.systems import Client

SETS = {"clapnq": "reading/dev/clapnq.jsonl.xz", "qed": "reading/dev/qed.jsonl.xz"}
"""The files of marked evidence by name."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The words of one passage: those marked by both, by the system alone, and by the annotator alone."""

    both: int
    system: int
    annotator: int

    @property
    def f1(self) -> float:
        """F1 of the words, in [0, 1]."""
        return 2 * self.both / max(1, 2 * self.both + self.system + self.annotator)


def read(data: Path, name: str, most: int) -> list[Marked]:
    """Reads questions of a set, spread evenly over the file.

    Args:
        data: Folder of the data sets.
        name: One of SETS.
        most: Number of questions.
    """
    questions = list(read_marked(data / SETS[name]))
    return questions[:: max(1, len(questions) // most)][:most]


def measure(questions: Sequence[Marked], client: Client) -> dict[str, Any]:
    """Lets one system mark the evidence of all questions.

    Returns:
        Number of questions, and F1, precision, recall and `mean_f1`, in [0, 1].
    """
    return figures([count(one, client.call("mark", question=one.question, text=one.text)) for one in questions])


def count(marked: Marked, marks: Iterable[Sequence[int]]) -> Counted:
    """Compares a system's marks with the annotator's who is closest to them.

    Args:
        marked: The question with its passage and the gold sentences.
        marks: The system's marks, as pairs of the first character and the end.
    """
    places = [(start, end) for start, end in marks]
    found = _words(
        marked.text, [s for s in marked.sentences if any(s[0] < end and start < s[1] for start, end in places)]
    )
    gold = [_words(marked.text, [marked.sentences[number] for number in one]) for one in marked.gold]
    return max((Counted(len(found & one), len(found - one), len(one - found)) for one in gold), key=lambda c: c.f1)


def figures(counted: Sequence[Counted]) -> dict[str, Any]:
    """Summarizes questions; see `measure`."""
    both, system, annotator = (sum(getattr(c, name) for c in counted) for name in ("both", "system", "annotator"))
    return {
        "questions": len(counted),
        "f1": round(Counted(both, system, annotator).f1, 4),
        "precision": round(both / max(1, both + system), 4),
        "recall": round(both / max(1, both + annotator), 4),
        "mean_f1": round(statistics.fmean(c.f1 for c in counted), 4),
    }


def _words(text: str, places: Iterable[Interval]) -> frozenset[int]:
    """The first characters of the words that the places touch."""
    intervals = list(places)
    words = (word.span() for word in re.finditer(r"\S+", text))
    return frozenset(start for start, end in words if any(start < e and s < end for s, e in intervals))
