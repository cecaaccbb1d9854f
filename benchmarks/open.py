"""Measures questions over a whole library: `python -m benchmarks.open --articles FILE --questions FILE [--json OUT]`.

Indexes the articles as a folder of text files and asks every question through `Library.answer`. Reports:
- recall of a passage that holds an answer, in the order of retrieval and in the order of the reader's scores;
- recall and reciprocal rank of the articles that the file marks as relevant;
- exact match and F1, and how often a cited quote holds the answer;
- the share of questions answered, risk at coverage, and how far the confidence is from the share of answers whose
  quotes hold a gold answer (calibration error);
- the time of each stage.

With `--dated`, only articles up to the question's day answer it; recall always counts all articles. With
`--keep FOLDER`, the index stays in that folder, and the next run only updates it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpus import OpenQuestion, SourceArticle, draw_questions, read_articles, write_articles
from benchmarks.metrics import recall_and_mrr
from rag.core.article import Hit
from rag.evaluation.curves import expected_calibration_error
from rag.evaluation.metrics import contains_answer, normalize_answer
from rag.evaluation.run import ask
from rag.evaluation.schema import Expected, Outcome
from rag.library import Library

RECALL_AT = (1, 5, 20)
"""Depths at which recall is measured."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The result of one question.

    Attributes:
        outcome: The answer and its scores.
        holds: For each hit, best first, whether its passage holds an answer.
        read_holds: The same for the hits that were read, in the order of the reader's scores.
        relevant: For each article found, best first, whether it is marked as relevant; empty if none is marked.
    """

    outcome: Outcome
    holds: tuple[bool, ...]
    read_holds: tuple[bool, ...] = ()
    relevant: tuple[bool, ...] = ()


def ask_all(
    library: Library, questions: Sequence[OpenQuestion], written: Mapping[str, SourceArticle], dated: bool = False
) -> list[Asked]:
    """Asks every question, one after the other.

    Args:
        library: The library.
        questions: The questions.
        written: The articles by file name.
        dated: Whether a question with a date is asked as of that day.
    """
    asked = []
    for question in questions:
        expected = Expected(question=question.question, answers=tuple(filter(normalize_answer, question.answers)))
        outcome = ask(library, expected, frozenset(), question.date if dated and question.date else None)
        hits: list[Hit] = library.retrieve(question.question, max(RECALL_AT))
        holds = tuple(contains_answer(hit.passage.text, question.answers) for hit in hits)
        ranked = sorted(library.read(question.question), key=lambda r: -r.spans[0].score if r.spans else math.inf)
        read_holds = tuple(contains_answer(reading.hit.passage.text, question.answers) for reading in ranked)
        found = dict.fromkeys(written[Path(hit.passage.article.path).name].id for hit in hits)
        relevant = tuple(identifier in question.relevant for identifier in found) if question.relevant else ()
        asked.append(Asked(outcome, holds, read_holds, relevant))
    return asked


def summarise(asked: Sequence[Asked]) -> dict[str, Any]:
    """Summarizes a run.

    Returns:
        The figures. Shares are in [0, 1], times in milliseconds. A mean over nothing is None.
    """
    outcomes = [each.outcome for each in asked]
    shown = [outcome for outcome in outcomes if outcome.answer.answered]
    with_gold = [each for each in asked if each.outcome.expected.answers]
    timings = [outcome.answer.timings for outcome in outcomes]
    stages = {stage: [timing[stage] for timing in timings] for stage in (timings[0] if timings else {})}
    totals = sorted(sum(timing.values()) for timing in timings)
    return {
        "questions": len(outcomes),
        "recall": {f"@{k}": _mean([any(each.holds[:k]) for each in with_gold]) for k in RECALL_AT},
        "recall_by_reader": {f"@{k}": _mean([any(each.read_holds[:k]) for each in with_gold]) for k in RECALL_AT[:2]},
        "relevant_article": recall_and_mrr([each.relevant for each in asked if each.relevant], RECALL_AT),
        "exact_match": _mean([outcome.exact_match or 0.0 for outcome in outcomes]),
        "f1": _mean([outcome.f1 or 0.0 for outcome in outcomes]),
        "answered": _mean([outcome.answer.answered for outcome in outcomes]),
        "f1_of_answered": _mean([outcome.f1 or 0.0 for outcome in shown]),
        "quote_holds_answer_of_answered": _mean([outcome.quote_holds_answer or False for outcome in shown]),
        "calibration_error": expected_calibration_error(
            [outcome.answer.confidence for outcome in shown], [outcome.quote_holds_answer or False for outcome in shown]
        ),
        "risk_at_coverage": risk_at_coverage(shown),
        "milliseconds": {stage: round(statistics.median(values), 1) for stage, values in stages.items()},
        "p50_ms": round(statistics.median(totals), 1) if totals else None,
        "p95_ms": round(totals[int(0.95 * len(totals))], 1) if totals else None,
    }


def risk_at_coverage(shown: Sequence[Outcome]) -> dict[str, float | None]:
    """Computes the risk (1 - mean F1) of the most confident 25, 50, 75 and 100 % of the answers shown."""
    ranked = sorted(shown, key=lambda outcome: -outcome.answer.confidence)
    result: dict[str, float | None] = {}
    for percent in (25, 50, 75, 100):
        mean = _mean([outcome.f1 or 0.0 for outcome in ranked[: max(1, len(ranked) * percent // 100)]])
        result[f"{percent}%"] = None if mean is None else round(1 - mean, 4)
    return result


def _mean(values: Sequence[float]) -> float | None:
    return round(statistics.fmean(values), 4) if values else None


def build_library(
    articles: Path, folder: Path, limit: int | None, reader: str | None
) -> tuple[Library, dict[str, SourceArticle], float]:
    """Builds or updates a library over the articles of a file.

    Args:
        articles: The file of articles.
        folder: The folder for the article files and the index.
        limit: Number of articles to take from the start of the file; None for all.
        reader: Name of the reader; None for the default.

    Returns:
        The library, the articles by file name, and the wall seconds of the update.
    """
    source = folder / "articles"
    source.mkdir(parents=True, exist_ok=True)
    written = write_articles(list(itertools.islice(read_articles(articles), limit)), source)
    library = Library.open(folder / "index", create=True, reader=reader)
    start = time.perf_counter()
    library.update(source)
    return library, written, time.perf_counter() - start


def main() -> None:
    """Builds the library, asks, prints the figures, and writes them as JSON if `--json` is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True, help="JSON Lines file of articles")
    parser.add_argument("--questions", type=Path, required=True, help="JSON Lines file of questions")
    parser.add_argument("--limit-articles", type=int, help="index only this number of articles")
    parser.add_argument("--sample", type=int, help="ask only this number of questions, drawn with a fixed seed")
    parser.add_argument("--dated", action="store_true", help="ask each question as of its own day")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the articles and their index in this folder")
    parser.add_argument("--reader", help="name of the reader, as for `rag --reader`")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    questions = draw_questions(arguments.questions, arguments.sample)
    with tempfile.TemporaryDirectory() as folder:
        library, written, seconds = build_library(
            arguments.articles, arguments.keep or Path(folder), arguments.limit_articles, arguments.reader
        )
        with library:
            status = library.status()
            figures = {"articles": status.articles, "passages": status.passages, "build_s": round(seconds, 1)}
            figures |= {"reader": status.reader} | summarise(ask_all(library, questions, written, arguments.dated))
    text = json.dumps(figures, indent=1)
    print(text)
    if arguments.json:
        arguments.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
