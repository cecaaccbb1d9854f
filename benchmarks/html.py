"""How well articles are found in web pages: `python -m benchmarks.html --data FOLDER [--json FILE]`.

Gold is the article text of 181 news pages (`html/article_extraction`). Beside ours stands trafilatura alone, with its
defaults, comments left out. A page's score compares the words of what was extracted with those of the gold text.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.corpus import read_rows
from rag.core.errors import ArticleError
from rag.formats.html import extract

GOLD = Path("html/article_extraction.jsonl.xz")
_WORD = re.compile(r"\w+")

Extractor = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Score:
    """Means over pages, each in [0, 1]; `worst_decile` is the mean F1 of the tenth of the pages with the lowest."""

    precision: float
    recall: float
    f1: float
    worst_decile: float
    seconds_per_page: float


def extract_ours(page: str) -> str:
    """The text as an update would store it; "" where it refuses the page."""
    try:
        return "\n".join(article.text for article in extract(page.encode("utf-8", "surrogatepass")))
    except ArticleError:
        return ""


def extract_trafilatura(page: str) -> str:
    """The text that trafilatura gives by itself."""
    import trafilatura

    return trafilatura.extract(page, include_comments=False) or ""


EXTRACTORS: dict[str, Extractor] = {"trafilatura": extract_trafilatura, "ours": extract_ours}


def score_page(found: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 = 2PR / (P + R) of the words found, as multisets, without case.

    P is the share of the found words that are gold, R the share of the gold words that were found. Two empty texts
    agree: 1.
    """
    words, right = Counter(_WORD.findall(found.lower())), Counter(_WORD.findall(gold.lower()))
    if not words or not right:
        same = float(not words and not right)
        return same, same, same
    shared = (words & right).total()
    precision, recall = shared / words.total(), shared / right.total()
    return precision, recall, 2 * shared / (words.total() + right.total())


def measure(pages: Sequence[tuple[str, str]], extractor: Extractor) -> tuple[Score, list[float]]:
    """The extractor's score over pages and gold texts, and each page's F1."""
    start = time.perf_counter()
    found = [extractor(page) for page, _ in pages]
    seconds = (time.perf_counter() - start) / len(pages)
    scores = [score_page(text, gold) for text, (_, gold) in zip(found, pages, strict=True)]
    f1s = [f1 for _, _, f1 in scores]
    precision, recall, f1 = (sum(column) / len(pages) for column in zip(*scores, strict=True))
    worst = sorted(f1s)[: max(1, len(pages) // 10)]
    return Score(precision, recall, f1, sum(worst) / len(worst), seconds), f1s


def main() -> None:
    """Measures, prints a table, and writes the figures as JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds html/")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    arguments = parser.parse_args()
    pages = [(str(row["html"]), str(row["body"])) for row in read_rows(arguments.data / GOLD)]
    measured = {name: measure(pages, extractor) for name, extractor in EXTRACTORS.items()}
    print(f"{len(pages)} pages\n{'extractor':<14}{'P':>7}{'R':>7}{'F1':>7}{'worst tenth':>13}{'ms a page':>11}")
    for name, (score, _) in measured.items():
        means = f"{score.precision:>7.3f}{score.recall:>7.3f}{score.f1:>7.3f}{score.worst_decile:>13.3f}"
        print(f"{name:<14}{means}{1000 * score.seconds_per_page:>11.0f}")
    pairs = list(zip(measured["ours"][1], measured["trafilatura"][1], strict=True))
    better, worse = (
        sum(d > 0.005 for d in signed) for signed in ([a - b for a, b in pairs], [b - a for a, b in pairs])
    )
    print(f"ours is better on {better} pages and worse on {worse} (by more than .005)")
    if arguments.json:
        figures = {name: asdict(score) for name, (score, _) in measured.items()} | {"better": better, "worse": worse}
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
