"""Measures which sentences are quoted: `python -m benchmarks.evidence CLAPNQ QED [--limit N] [--json OUT]`.

The passage with the answer is given, so only the choice of sentences is measured. CLAP NQ marks the sentences of a long
answer. For QED the right sentence is the one that holds the short answer. Sentence precision, recall and F1 are means
over the questions. The system never abstains here: the best quotes count, even if their confidence is low.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.corpus import read_rows
from rag.answering.compose import compose
from rag.answering.confidence import load_calibration
from rag.answering.material import Material
from rag.core.article import Article, Hit, Passage, Sentence
from rag.models.load_embedder import load_embedder
from rag.models.span_reader import SHIPPED, OnnxReader
from rag.models.vector_cache import VectorCache
from rag.question.question import parse_question

Interval = tuple[int, int]
"""A half-open interval of characters."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A question with its passage and the sentences that annotators marked.

    Attributes:
        question: The question.
        text: The passage.
        sentences: Half-open character intervals of the passage's sentences.
        gold: For each annotator the numbers of the marked sentences.
    """

    question: str
    text: str
    sentences: tuple[Interval, ...]
    gold: tuple[frozenset[int], ...]


def read_marked(path: Path) -> Iterator[Marked]:
    """Reads the questions with an answer from a CLAP NQ or QED file."""
    for row in read_rows(path):
        marked = _from_clapnq(row) if "passages" in row else _from_qed(row)
        if marked.gold:
            yield marked


def _from_clapnq(row: dict[str, Any]) -> Marked:
    sentences: list[str] = row["passages"][0]["sentences"]
    text = " ".join(sentences)
    starts = [sum(len(sentence) + 1 for sentence in sentences[:number]) for number in range(len(sentences))]
    places = tuple((start, start + len(s)) for start, s in zip(starts, sentences, strict=True))
    chosen = [output.get("selected_sentences") or [] for output in row["output"]]
    gold = tuple(frozenset(sentences.index(s) for s in one if s in sentences) for one in chosen)
    return Marked(row["input"], text, places, tuple(one for one in gold if one))


def _from_qed(row: dict[str, Any]) -> Marked:
    text, starts = row["context"], row["sentence_starts"]
    places = tuple(zip(starts, [*starts[1:], len(text)], strict=True))
    held = (number for a in row["answers"] for number, (s, e) in enumerate(places) if s <= a["start"] < e)
    return Marked(row["question"], text, places, tuple(frozenset({number}) for number in dict.fromkeys(held)))


def quoted(marked: Marked, reader: OnnxReader, vectors: VectorCache) -> frozenset[int]:
    """Answers a question from its passage, with a confidence threshold of 0.

    Args:
        marked: The question and its passage.
        reader: The reader.
        vectors: The embedder's vectors.

    Returns:
        The numbers of the sentences that a citation overlaps.
    """
    sentences = tuple(Sentence(*place) for place in marked.sentences)
    article = Article("a", "a.txt", "a", marked.text, "", sentences=sentences)
    hit = Hit(Passage(1, article, 0, len(marked.text), sentences), 1, 1.0, 0.5)
    question = parse_question(marked.question, date.today())
    asked = vectors.embed([question.text])[0]
    sure = load_calibration(SHIPPED.name).model_copy(update={"threshold": 0.0})
    readings = reader.read(question.text, [hit])
    composed = compose(Material(question, readings, sure, lambda texts: vectors.likeness(asked, texts)))
    return frozenset(
        number
        for number, (start, end) in enumerate(marked.sentences)
        if any(start < citation.end and citation.start < end for citation in composed.citations)
    )


def agreement(found: frozenset[int], gold: Sequence[frozenset[int]]) -> tuple[float, float, float]:
    """Compares quoted sentences with the annotator whose marks give the highest F1.

    Args:
        found: Numbers of the quoted sentences.
        gold: For each annotator the numbers of the marked sentences, at least one.

    Returns:
        F1, precision and recall, each in [0, 1].
    """
    best = (0.0, 0.0, 0.0)
    for marked in gold:
        same = len(found & marked)
        precision, recall = same / max(1, len(found)), same / len(marked)
        best = max(best, (2 * same / max(1, len(found) + len(marked)), precision, recall))
    return best


def measure(path: Path, limit: int | None) -> dict[str, Any]:
    """Measures one file.

    Args:
        path: A CLAP NQ or QED file.
        limit: Number of questions, spread evenly over the file; None for all.

    Returns:
        Mean F1, precision and recall, and the mean number of quoted and of gold sentences.
    """
    reader, vectors = OnnxReader(), VectorCache(load_embedder())
    questions = list(read_marked(path))
    asked = questions[:: max(1, len(questions) // limit)] if limit else questions
    found = [quoted(marked, reader, vectors) for marked in asked]
    scores = [agreement(one, marked.gold) for one, marked in zip(found, asked, strict=True)]
    f1, precision, recall = (round(statistics.fmean(part), 4) for part in zip(*scores, strict=True))
    sentences = round(statistics.fmean(len(one) for one in found), 2)
    gold = round(statistics.fmean(len(marked.gold[0]) for marked in asked), 2)
    figures = {"questions": len(asked), "f1": f1, "precision": precision, "recall": recall}
    return {"file": path.name, **figures, "sentences": sentences, "gold_sentences": gold}


def main() -> None:
    """Measures every file, prints the figures, and writes them as JSON if `--json` is given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evidence", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CLAP NQ or QED file")
    parser.add_argument("--limit", type=int, help="number of questions per file, spread evenly; all by default")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    reports = [measure(path, arguments.limit) for path in arguments.files]
    for report in reports:
        print(json.dumps(report))
    if arguments.json:
        arguments.json.write_text(json.dumps(reports, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
