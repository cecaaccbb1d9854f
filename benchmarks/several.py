"""Measures how sources are counted: `python -m benchmarks.several [FILE] [--reader given|shipped] [--json OUT]`.

Each question has a few articles. In each article `[[…]]` marks the value that the article states. Each value has a gold
number of independent sources. A value is right if one of the shown answers cites only articles that state this value,
and gives this number of sources. With `--reader given`, the reader finds exactly the marked words, so that only the
counting is measured.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.corpus import read_rows
from rag.answering.confidence import Calibration, load_calibration
from rag.core.article import Hit, Reading, Span
from rag.core.schema import Answer
from rag.library import Library
from rag.models.load_embedder import load_embedder
from rag.models.load_reader import load_reader
from rag.models.span_reader import SHIPPED
from rag.store.store import Store

FILE = Path("tests/measured/several.jsonl")
_MARKED = re.compile(r"\[\[(.*?)\]\]")
"""The marked value of an article."""


@dataclass(frozen=True, slots=True)
class GivenReader:
    """Implements `rag.core.ports.Reader`: finds the given place in an article's text, with a high score.

    Attributes:
        places: Half-open character interval of the answer, by the text of the article.
        name: The reader's name.
    """

    places: Mapping[str, tuple[int, int]]
    name: str = "given"

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """See `rag.core.ports.Reader.read`."""
        return [Reading(hit, self._spans(hit), (0.0,) * len(hit.passage.sentences)) for hit in hits]

    def _spans(self, hit: Hit) -> tuple[Span, ...]:
        start, end = self.places[hit.passage.article.text]
        return (Span(start, end, 5.0),) if hit.passage.start <= start and end <= hit.passage.end else ()


@dataclass(frozen=True, slots=True)
class Counted:
    """The result of one question.

    Attributes:
        values: Number of its values.
        right: Number of values whose sources were counted right.
        mixed: Number of shown answers that cite articles with different values.
        answered: Whether the question was answered.
        timeline_right: Whether the timeline has the gold values in the gold order.
    """

    values: int
    right: int
    mixed: int
    answered: bool
    timeline_right: bool


def ask(row: dict[str, Any], given: bool) -> Counted:
    """Builds a library of a question's articles, asks the question, and judges the answer.

    Args:
        row: The question with its articles.
        given: Whether the reader finds exactly the marked words.
    """
    with TemporaryDirectory() as work:
        folder = Path(work)
        write_articles(row, folder / "articles")
        with _library(folder / "index", row, given) as library:
            library.update(folder / "articles")
            return judge(row, library.answer(row["question"]))


def write_articles(row: dict[str, Any], folder: Path) -> None:
    """Writes the articles of a question as JSON files, without the marks. A file's name is the article's number."""
    folder.mkdir(parents=True)
    for number, article in enumerate(row["articles"]):
        fields = {name: article[name] for name in ("source", "published")}
        text = _MARKED.sub(r"\1", article["text"])
        (folder / f"{number}.json").write_text(json.dumps({**fields, "text": text}), encoding="utf-8")


def _library(index: Path, row: dict[str, Any], given: bool) -> Library:
    embedder = load_embedder()
    if not given:
        return Library(Store.create(index), embedder, load_reader(None, embedder), load_calibration(SHIPPED.name))
    places = {
        _MARKED.sub(r"\1", article["text"]): (mark.start(), mark.end() - len("[[]]"))
        for article in row["articles"]
        for mark in _MARKED.finditer(article["text"])
    }
    sure = Calibration(weights={"score": 1.0}, bias=0.0, threshold=0.5, precision=0.5)
    return Library(Store.create(index), embedder, GivenReader(places), sure)


def judge(row: dict[str, Any], answer: Answer) -> Counted:
    """Compares an answer's sources with the values that the articles state.

    Args:
        row: The question with its articles.
        answer: The library's answer.
    """
    said = [article["says"] for article in row["articles"]]
    shown = [(answer.sources, answer.citations), *((o.sources, o.citations) for o in answer.other_answers)]
    right, mixed, by_number = 0, 0, {}
    for sources, cited in shown:
        citations = [citation for citation in cited if citation.short]  # other quotes of the answer state no value
        by_number.update({citation.number: said[int(Path(citation.path).stem)] for citation in citations})
        values = {by_number[citation.number] for citation in citations}
        mixed += len(values) > 1
        right += len(values) == 1 and row["says"][min(values)] == sources
    timeline = [by_number[number] for number in answer.timeline]
    return Counted(len(row["says"]), right, mixed, answer.answered, timeline == row["timeline"])


def measure(path: Path, given: bool) -> dict[str, Any]:
    """Measures all questions of a file.

    Args:
        path: The file.
        given: Whether the reader finds exactly the marked words.

    Returns:
        Counts over all questions, and the questions with a value that was counted wrong.
    """
    rows = list(read_rows(path))
    counted = [ask(row, given) for row in rows]
    return {
        "file": path.name,
        "reader": "given" if given else "shipped",
        "questions": len(rows),
        "answered": sum(one.answered for one in counted),
        "values": sum(one.values for one in counted),
        "counted_right": sum(one.right for one in counted),
        "mixed": sum(one.mixed for one in counted),
        "timelines_right": sum(one.timeline_right for one in counted),
        "wrong": [row["question"] for row, one in zip(rows, counted, strict=True) if one.right < one.values],
    }


def main() -> None:
    """Measures, prints the figures, and writes them as JSON if `--json` is given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.several", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=FILE, help="JSON Lines file of questions with articles")
    parser.add_argument(
        "--reader", choices=("given", "shipped"), default="shipped", help="given: the reader finds the marked words"
    )
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    report = measure(arguments.file, arguments.reader == "given")
    print(json.dumps(report, indent=1, ensure_ascii=False))
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
