"""Open questions over articles: `python -m benchmarks.open --articles FILE --questions FILE [--json OUT]`.

Indexes the articles as a folder of text files, asks every question through `Library.answer`, and reports recall of a
passage that holds an answer (as retrieved, and as the reader would rank what it read: what a reranker would bring),
that of an article that the file names as relevant and its reciprocal rank among the articles found, EM and F1, whether
the cited quotes stand where they say and hold the answer, how often it abstains, risk at coverage, calibration error,
and the time each stage takes. With `--dated`, a question is answered by articles of its own day and before; recall is
that of all articles either way. With `--keep FOLDER`, the index stays there, and the next run only updates it.
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


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked: how it was answered, and which hits hold an answer."""

    outcome: Outcome
    holds: tuple[bool, ...]
    read_holds: tuple[bool, ...] = ()
    """The same of the hits that were read, in the order of what the reader found in them."""
    relevant: tuple[bool, ...] = ()
    """Of the articles retrieved, best first, which are named as relevant; empty where none is."""


def ask_all(
    library: Library, questions: Sequence[OpenQuestion], written: Mapping[str, SourceArticle], dated: bool = False
) -> list[Asked]:
    """Asks every question, one after the other; dated ones as on their day if so wished.

    `written` are the articles by the names of their files.
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
    """The figures of a run; shares are in [0, 1], times in milliseconds."""
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
            [outcome.answer.confidence for outcome in shown], [(outcome.f1 or 0.0) >= 0.5 for outcome in shown]
        ),
        "risk_at_coverage": risk_at_coverage(shown),
        "milliseconds": {stage: round(statistics.median(values), 1) for stage, values in stages.items()},
        "p50_ms": round(statistics.median(totals), 1) if totals else None,
        "p95_ms": round(totals[int(0.95 * len(totals))], 1) if totals else None,
    }


def risk_at_coverage(shown: Sequence[Outcome]) -> dict[str, float | None]:
    """1 - mean F1 of the most confident 25, 50, 75 and 100 % of the answers shown."""
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
    """A library over the articles of a file, these by the names of their files, and the seconds it took to build."""
    source = folder / "articles"
    source.mkdir(parents=True, exist_ok=True)
    written = write_articles(list(itertools.islice(read_articles(articles), limit)), source)
    library = Library.open(folder / "index", create=True, reader=reader)
    start = time.perf_counter()
    library.update(source)
    return library, written, time.perf_counter() - start


def main() -> None:
    """Builds, asks, prints the figures, and writes them as JSON where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--limit-articles", type=int, help="only the first so many articles")
    parser.add_argument("--sample", type=int, help="only so many questions, drawn with a fixed seed")
    parser.add_argument("--dated", action="store_true", help="each question as on its own day")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the articles and their index in this folder")
    parser.add_argument("--reader")
    parser.add_argument("--json", type=Path)
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
