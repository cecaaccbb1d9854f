"""Measures the reader's time for five passages of 200 tokens: `python -m benchmarks.passages FILE [--json OUT]`.

FILE is in the reading format. For each question the reader reads five passages, cut from consecutive paragraphs, with
`Reader.read` as an answer does. Wall time is how long a person waits; processor time is the cost.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tokenizers import Tokenizer

from benchmarks.corpus import read_rows
from rag.core.article import Article, Hit, Passage
from rag.models.manifest import TOKENIZER_FILE
from rag.models.span_reader import SHIPPED, OnnxReader
from rag.text.sentences import split_sentences

PASSAGES, TOKENS = 5, 200
"""Number of passages per question, and their length in tokens."""


def cut_passages(paragraphs: Sequence[str], tokenizer: Tokenizer) -> Iterator[str]:
    """Joins paragraphs and cuts them into texts of TOKENS tokens each. A shorter rest is left out."""
    text = "\n".join(paragraphs)
    offsets = tokenizer.encode(text, add_special_tokens=False).offsets
    for first in range(0, len(offsets) - TOKENS + 1, TOKENS):
        yield text[offsets[first][0] : offsets[first + TOKENS - 1][1]]


def hit_on(text: str, rank: int) -> Hit:
    """Makes a hit on an article whose only passage is the whole text."""
    sentences = tuple(split_sentences(text))
    article = Article(str(rank), f"{rank}.txt", str(rank), text, "", sentences=sentences)
    return Hit(Passage(rank, article, 0, len(text), sentences), rank, 1.0 / rank, 0.5)


def measure(reader: OnnxReader, questions: Sequence[str], texts: Sequence[str]) -> dict[str, float]:
    """Measures the time of each question. The first five questions only warm up the reader.

    Args:
        reader: The reader.
        questions: The questions, more than five.
        texts: The passages; each question reads five consecutive ones.

    Returns:
        Number of questions, median and 95th percentile of wall time, and mean processor time, in milliseconds.
    """
    walls, processor = [], 0.0
    for number, question in enumerate(questions):
        first = number * PASSAGES % (len(texts) - PASSAGES)
        hits = [hit_on(text, rank) for rank, text in enumerate(texts[first : first + PASSAGES], start=1)]
        wall, cpu = time.perf_counter(), time.process_time()
        reader.read(question, hits)
        if number >= PASSAGES:
            walls.append(1000 * (time.perf_counter() - wall))
            processor += 1000 * (time.process_time() - cpu)
    walls.sort()
    return {
        "questions": len(walls),
        "p50_ms": round(statistics.median(walls), 1),
        "p95_ms": round(walls[int(0.95 * len(walls))], 1),
        "cpu_ms": round(processor / len(walls), 1),
    }


def main() -> None:
    """Measures, prints the figures, and writes them as JSON if `--json` is given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.passages", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="JSON Lines file in the reading format")
    parser.add_argument("--questions", type=int, default=200, help="number of questions")
    parser.add_argument("--reader", type=Path, default=SHIPPED, help="folder of the reader; the shipped one by default")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    asked = parser.parse_args()
    rows = list(read_rows(asked.file))
    tokenizer = Tokenizer.from_file(str(asked.reader / TOKENIZER_FILE))
    tokenizer.no_truncation()
    texts = list(cut_passages(list(dict.fromkeys(row["context"] for row in rows)), tokenizer))
    figures = measure(OnnxReader(asked.reader), [row["question"] for row in rows[: asked.questions]], texts)
    print(json.dumps(figures))
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
