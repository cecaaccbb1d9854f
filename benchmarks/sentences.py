"""Measures quality and speed of sentence splitting: `python -m benchmarks.sentences --data FOLDER [--json FILE]`.

The gold sentences are those of the UD English Web Treebank. The text is split as written, and in a glued form as web
scrapers leave it: without the white space between a full stop and the next gold sentence. The speed is measured on news
articles. The comparison is sentencex alone.
"""

from __future__ import annotations

import argparse
import json
import lzma
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import sentencex

from rag.text.sentences import split_sentences

Span = tuple[int, int]
"""A half-open interval of characters."""
Splitter = Callable[[str], list[Span]]
"""Splits a text into sentences."""

GOLD = Path("sentences/dev/ud_ewt.jsonl.xz")
NEWS = Path("articles/allsides.jsonl.xz")
NEWS_ARTICLES = 1_000
"""Number of news articles on which the speed is measured."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean F1 = 2PR / (P + R), each in [0, 1]."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Result:
    """Scores of one splitter on one form of the text: for the ends of sentences, and for whole sentences."""

    splitter: str
    text: str
    ends: Score
    spans: Score


def split_ours(text: str) -> list[Span]:
    """Splits a text into this project's sentences, fragments included."""
    return [(sentence.start, sentence.end) for sentence in split_sentences(text)]


def split_sentencex(text: str) -> list[Span]:
    """Splits a text with sentencex alone. White space around a sentence is removed."""
    spans = []
    for boundary in sentencex.get_sentence_boundaries("en", text):
        start, end = boundary["start_index"], boundary["end_index"]
        words = text[start:end].strip()
        if words:
            start = text.index(words[0], start)
            spans.append((start, start + len(words)))
    return spans


SPLITTERS: dict[str, Splitter] = {"sentencex": split_sentencex, "ours": split_ours}


def glue(text: str, sentences: Sequence[Span]) -> tuple[str, list[Span]]:
    """Deletes the white space between a full stop and the next sentence. Line breaks stay.

    Args:
        text: The text.
        sentences: Half-open character intervals of its sentences, in order.

    Returns:
        The glued text, and the intervals of the sentences in it.
    """
    kept: list[str] = []
    moved: list[Span] = []
    length = position = 0
    for start, end in sentences:
        gap = text[position:start]
        if not (position and text[position - 1] == "." and gap.isspace() and "\n" not in gap):
            kept.append(gap)
            length += len(gap)
        kept.append(text[start:end])
        moved.append((length, length + end - start))
        length += end - start
        position = end
    kept.append(text[position:])
    return "".join(kept), moved


def score(found: set[tuple[int, ...]], gold: set[tuple[int, ...]]) -> Score:
    """Computes precision, recall and F1 of a set of findings, counted over all texts together."""
    right = len(found & gold)
    precision, recall = right / max(1, len(found)), right / max(1, len(gold))
    return Score(precision, recall, 2 * precision * recall / max(1e-9, precision + recall))


def measure_quality(texts: Sequence[tuple[str, list[Span]]], splitter: Splitter) -> tuple[Score, Score]:
    """Scores a splitter.

    Args:
        texts: Pairs of a text and the intervals of its gold sentences.
        splitter: The splitter.

    Returns:
        The score of the sentences' ends, and the score of whole sentences.
    """
    found = {(number, *span) for number, (text, _) in enumerate(texts) for span in splitter(text)}
    gold = {(number, *span) for number, (_, spans) in enumerate(texts) for span in spans}
    ends = score({(number, end) for number, _, end in found}, {(number, end) for number, _, end in gold})
    return ends, score({*found}, {*gold})


def measure_speed(texts: Sequence[str], splitter: Splitter) -> float:
    """Measures a splitter's speed in millions of characters per second, on one thread: the best of three rounds."""
    rounds = []
    for _ in range(3):
        start = time.perf_counter()
        for text in texts:
            splitter(text)
        rounds.append(time.perf_counter() - start)
    return sum(map(len, texts)) / 1e6 / min(rounds)


def read_rows(path: Path) -> Iterator[dict[str, object]]:
    """Reads the rows of a JSON Lines file compressed as .xz."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main() -> None:
    """Measures, prints a table, and writes the figures as JSON if `--json` is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that contains sentences/ and articles/")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    rows = list(read_rows(arguments.data / GOLD))
    written = [(str(row["text"]), [(s, e) for s, e in row["sentences"]]) for row in rows]  # type: ignore[attr-defined]
    forms = {"as written": written, "glued": [glue(*row) for row in written]}
    results = [
        Result(name, form, *measure_quality(texts, splitter))
        for form, texts in forms.items()
        for name, splitter in SPLITTERS.items()
    ]
    news = [str(row["text"]) for row, _ in zip(read_rows(arguments.data / NEWS), range(NEWS_ARTICLES), strict=False)]
    speeds = {name: measure_speed(news, splitter) for name, splitter in SPLITTERS.items()}
    print(f"{'text':<12}{'splitter':<12}{'ends P / R / F1':<26}spans P / R / F1")
    for result in results:
        columns = ["  ".join(f"{value:.3f}" for value in asdict(part).values()) for part in (result.ends, result.spans)]
        print(f"{result.text:<12}{result.splitter:<12}{columns[0]:<26}{columns[1]}")
    for name, speed in speeds.items():
        print(f"{name}: {speed:.1f} million characters a second on {len(news):,} news articles")
    if arguments.json:
        figures = {"quality": [asdict(result) for result in results], "million_characters_per_second": speeds}
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
