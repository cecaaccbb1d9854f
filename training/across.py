"""Measures how a reader chooses between passages: `python -m training.across [--run FOLDER]`.

Of quiz questions that no reader was trained on, and that an article found for them answers, it reads all windows of all
articles found. The best span of each window is a candidate; the one with the best log-odds against its own window's "no
answer" comes first. It counts how often a candidate is right, and how often the first one is.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rag.evaluation.metrics import metric_max_over_golds, squad_f1
from rag.models.span_reader import SHIPPED
from training.data import ReadingExample
from training.export import load_trained
from training.model import SpanReader, base_model_folder, load_tokenizer
from training.news import QuizRow, load_quiz_rows, quiz_windows, windows_of
from training.probe import read_in_batches
from training.restore import restore_reader

RIGHT = 0.5
"""Least F1 of a right answer with the gold one."""


def answered_rows(data: Path, count: int) -> list[QuizRow]:
    """Loads quiz questions kept aside whose answer stands in a window that has words of the question.

    Args:
        data: Folder of the data sets.
        count: Most questions.
    """
    rows = load_quiz_rows(data, kept=True)
    return [(row, texts) for row, texts in rows if quiz_windows(row, texts)][:count]


def measure(reader: SpanReader, rows: list[QuizRow]) -> dict[str, float]:
    """Reads the windows of each question.

    Args:
        reader: The network.
        rows: The questions with their articles.

    Returns:
        Number of questions, the share for which a window's best span is right, and for which the first of all is.
    """
    tokenizer = load_tokenizer(base_model_folder())
    read = first = 0
    for row, texts in rows:
        question = row["question_sentence"]
        examples = [ReadingExample("", question, window, ()) for window in windows_of(texts, question)]
        spans = sorted(read_in_batches(reader, tokenizer, examples), key=lambda span: -span[1])
        right = [metric_max_over_golds(squad_f1, words, row["answer_text"]) >= RIGHT for words, _ in spans]
        read, first = read + any(right), first + right[0]
    count = len(rows)
    return {"questions": count, "a candidate": round(read / count, 3), "the first": round(first / count, 3)}


def main() -> None:
    """Measures a reader and prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m training.across", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--run", type=Path, help="folder of a run of training.reader; by default the shipped reader")
    parser.add_argument("--count", type=int, default=200, help="most questions")
    asked = parser.parse_args()
    reader = load_trained(asked.run) if asked.run else restore_reader(SHIPPED, "eager")
    print(json.dumps(measure(reader.eval(), answered_rows(asked.data, asked.count))))


if __name__ == "__main__":
    main()
