"""Measures how well article text is extracted from web pages: `python -m benchmarks.html --data FOLDER [--json FILE]`.

The gold text is that of 181 news pages (`html/article_extraction`). The comparison is trafilatura alone, with its
default options and without comments. A page's score compares the extracted words with the words of the gold text.
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
"""File of the pages with their gold texts."""
_WORD = re.compile(r"\w+")

Extractor = Callable[[str], str]
"""Extracts the article's text from a page's HTML."""


@dataclass(frozen=True, slots=True)
class Score:
    """Means over pages.

    Attributes:
        precision: In [0, 1].
        recall: In [0, 1].
        f1: In [0, 1].
        worst_decile: Mean F1 of the tenth of the pages with the lowest F1, in [0, 1].
        seconds_per_page: Wall time.
    """

    precision: float
    recall: float
    f1: float
    worst_decile: float
    seconds_per_page: float


def extract_ours(page: str) -> str:
    """Extracts the text that an update would store; "" if an update would refuse the page."""
    try:
        return "\n".join(article.text for article in extract(page.encode("utf-8", "surrogatepass")))
    except ArticleError:
        return ""


def extract_trafilatura(page: str) -> str:
    """Extracts the text with trafilatura alone."""
    import trafilatura

    return trafilatura.extract(page, include_comments=False) or ""


EXTRACTORS: dict[str, Extractor] = {"trafilatura": extract_trafilatura, "ours": extract_ours}


def score_page(found: str, gold: str) -> tuple[float, float, float]:
    """Compares two texts as multisets of lower-case words.

    Args:
        found: The extracted text.
        gold: The gold text.

    Returns:
        P, the share of the found words that are gold; R, the share of the gold words that were found; and
        F1 = 2PR / (P + R). All are 1 if both texts are empty.
    """
    words, right = Counter(_WORD.findall(found.lower())), Counter(_WORD.findall(gold.lower()))
    if not words or not right:
        same = float(not words and not right)
        return same, same, same
    shared = (words & right).total()
    precision, recall = shared / words.total(), shared / right.total()
    return precision, recall, 2 * shared / (words.total() + right.total())


def measure(pages: Sequence[tuple[str, str]], extractor: Extractor) -> tuple[Score, list[float]]:
    """Measures an extractor.

    Args:
        pages: Pairs of a page's HTML and its gold text.
        extractor: The function to measure.

    Returns:
        The score over all pages, and the F1 of each page.
    """
    start = time.perf_counter()
    found = [extractor(page) for page, _ in pages]
    seconds = (time.perf_counter() - start) / len(pages)
    scores = [score_page(text, gold) for text, (_, gold) in zip(found, pages, strict=True)]
    f1s = [f1 for _, _, f1 in scores]
    precision, recall, f1 = (sum(column) / len(pages) for column in zip(*scores, strict=True))
    worst = sorted(f1s)[: max(1, len(pages) // 10)]
    return Score(precision, recall, f1, sum(worst) / len(worst), seconds), f1s


def main() -> None:
    """Measures, prints a table, and writes the figures as JSON if `--json` is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that contains html/")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
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
