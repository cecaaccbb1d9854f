"""Asks 150 questions of the kind that reporters ask over 1,500 articles: `python -m benchmarks.newsroom`.

For each kind of question it counts right and wrong answers and silence, the vital facts within the first words shown,
and the questions that were helped: answered rightly, or with a vital fact in the closest passages. Of the unanswerable
questions it counts those that were left unanswered, and of all answers it tells how far their confidence is from the
share of right ones. The set may be tuned on, so these figures are no held-out ones. `--further` asks 325 more
questions, written over 95 of these articles without a look at the answers; the confidence is fitted on them too.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.newsroom.judge import DEPTHS, Judged, judge, shown_by
from benchmarks.newsroom.questions import ask, build_library, read_further, read_newsroom
from rag.core.schema import Answer
from rag.evaluation.curves import expected_calibration_error
from rag.library import Library


def figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Summarizes questions.

    Returns:
        Number of questions; of the answerable ones the shares right, wrong, silent and helped, the mean share of vital
        facts within each of DEPTHS words, and the median number of words of an answer; of the unanswerable ones the
        share that was left unanswered.
    """
    asked = [one for one in judged if one.question.answerable]
    others = [one for one in judged if not one.question.answerable]
    found: dict[str, Any] = {"questions": len(judged)}
    if asked:
        for outcome in ("right", "wrong", "silent"):
            found[outcome] = round(statistics.fmean(one.outcome == outcome for one in asked), 3)
        found["helped"] = round(statistics.fmean(one.helped for one in asked), 3)
        for number, depth in enumerate(DEPTHS):
            found[f"vital facts in {depth} words"] = round(statistics.fmean(one.vital[number] for one in asked), 3)
        answered = [one.words for one in asked if one.shown.answered]
        found["words"] = statistics.median(answered) if answered else 0
    if others:
        found["left unanswered"] = round(statistics.fmean(one.outcome == "left unanswered" for one in others), 3)
    return found


def calibration_error(judged: Sequence[Judged], confidences: Sequence[float]) -> float:
    """Computes how far the confidence of the answers is from the share of right ones, on average, in [0, 1]."""
    shown = [(c, one.outcome == "right") for one, c in zip(judged, confidences, strict=True) if one.shown.answered]
    return round(expected_calibration_error([c for c, _ in shown], [right for _, right in shown]), 3)


def by_kind(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """Summarizes all questions, and the questions of each kind."""
    kinds = dict.fromkeys(one.question.kind for one in judged)
    parts = {kind: figures([one for one in judged if one.question.kind == kind]) for kind in kinds}
    return {"all": figures(judged), **parts}


def describe(one: Judged, answer: Answer) -> str:
    """Describes a question that was not answered rightly: what was shown, with its confidence."""
    shown = answer.citations or answer.near_misses
    lines = [f"{one.question.id} {one.question.kind}, {one.outcome}, {answer.confidence:.2f}: {one.question.text}"]
    lines += [f"    short: {answer.short_answer}"] if answer.short_answer else []
    lines += [f"    reason: {answer.reason}"] if answer.reason else []
    lines += [f"    [{citation.number}] {citation.quote}" for citation in shown]
    lines += [f"    gold: {' | '.join(nugget.wordings[:2])}" for nugget in one.question.vital]
    return "\n".join(lines)


def main() -> None:
    """Prints the figures as JSON, and with `--failures` the questions that were not answered rightly."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.newsroom", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--index", type=Path, help="index folder to use again; it is built if missing")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--further", action="store_true", help="ask the 325 further questions over the same articles")
    parser.add_argument("--failures", action="store_true", help="print each question that was not answered rightly")
    asked = parser.parse_args()
    folder = asked.data / "newsroom"
    with tempfile.TemporaryDirectory() as temporary:
        index = asked.index or Path(temporary) / "index"
        articles = asked.data / "articles" / "allsides.jsonl.xz"
        build_library(folder, articles, index)
        questions = read_further(articles) if asked.further else read_newsroom(folder)
        with Library.open(index) as library:
            answers = [(question, ask(library, question)) for question in questions]
    judged = [judge(question, shown_by(answer)) for question, answer in answers]
    if asked.failures:
        failed = zip(judged, answers, strict=True)
        print(
            *(describe(one, a) for one, (_, a) in failed if one.outcome not in {"right", "left unanswered"}), sep="\n\n"
        )
    found = by_kind(judged)
    found["all"]["calibration error"] = calibration_error(judged, [answer.confidence for _, answer in answers])
    text = json.dumps(found, indent=1)
    print(text)
    if asked.json:
        asked.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
