"""Measures what one false article does among true ones: `python -m benchmarks.disagreement --data FOLDER [--json OUT]`.

Each quiz question has at least two articles that hold its answer. A library of its articles is asked three times: as it
is; with one short article added in which another choice of the quiz stands in place of the answer; and with three
copies of that article. Counted are the questions in whose answer the right value is shown, leads, and is shown
together with the false one. The set may be tuned on.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from benchmarks.corpus import SourceArticle, read_articles, read_rows, write_articles
from rag.core.schema import Answer
from rag.evaluation.metrics import contains_answer
from rag.library import Library
from rag.text.segment import segment

NAME = "realtimeqa_2022_2024.jsonl.xz"
"""The file of questions in `open/dev`, and of their articles in `articles`."""
COPIES = (0, 1, 3)
"""Numbers of copies of the false article."""
LONGEST = 5
"""Most words of an answer that is exchanged."""
FEWEST = 2
"""Fewest articles that hold the answer."""

Lead = Literal["right", "false", "neither"]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its articles.

    Attributes:
        question: The question.
        right: The right value.
        false: The value that takes its place.
        articles: The articles found for the question.
        planted: The text of the false article.
    """

    question: str
    right: str
    false: str
    articles: tuple[SourceArticle, ...]
    planted: SourceArticle


@dataclass(frozen=True, slots=True)
class Shown:
    """Which of the two values an answer shows, and which comes first."""

    right: bool
    false: bool
    lead: Lead


def read_cases(data: Path) -> Iterator[Case]:
    """Yields the questions of which at least FEWEST articles hold the answer, in the order of the file."""
    articles = {article.id: article for article in read_articles(data / "articles" / NAME)}
    for row in read_rows(data / "open" / "dev" / NAME):
        found = tuple(articles[name] for name in dict.fromkeys(row.get("docs_gcs", ())) if name in articles)
        right = row["answer_text"][0].strip('“”". ')
        others = [choice.strip('“”". ') for choice in row["choices"]]
        false = next((choice for choice in others if not contains_answer(choice, [right])), None)
        holding = [article for article in found if contains_answer(article.text, [right])]
        if false is None or len(holding) < FEWEST or not 0 < len(right.split()) <= LONGEST:
            continue
        planted = _plant(holding, right, false)
        if planted is not None:
            yield Case(row["question_sentence"], right, false, found, planted)


def _plant(articles: Sequence[SourceArticle], right: str, false: str) -> SourceArticle | None:
    """An article of the sentences that hold the right value in one article, with the false one in its place."""
    for article in articles:
        sentences = [article.text[one.start : one.end] for one in segment(article.text) if one.kind == "sentence"]
        told = [text.replace(right, false) for text in sentences if right in text][:2]
        if told:
            return SourceArticle("planted", f"News of the day: {false}", article.date, " ".join(told))
    return None


def ask(case: Case, folder: Path) -> dict[int, Shown]:
    """Asks a question of its articles with each number of copies of the false article."""
    shown = {}
    news = folder / "news"
    news.mkdir()
    write_articles(list(case.articles), news)
    with Library.open(folder / "index", create=True) as library:
        for copies in COPIES:
            for number in range(copies):
                copy = news / f"copy-{number}"
                copy.mkdir(exist_ok=True)
                write_articles([case.planted], copy)
            library.update(news)
            shown[copies] = judge(case, library.answer(case.question))
    return shown


def judge(case: Case, answer: Answer) -> Shown:
    """Finds which of the two values an answer shows. A short answer leads, otherwise the first quote with a value."""
    quotes = [citation.quote for citation in answer.citations]
    others = [citation.quote for other in answer.other_answers for citation in other.citations]
    first = [answer.short_answer] if answer.short_answer else quotes
    has = [(contains_answer(text, [case.right]), contains_answer(text, [case.false])) for text in first]
    lead: Lead = next((("right" if right else "false") for right, false in has if right != false), "neither")
    every = [*quotes, *others]
    return Shown(
        right=any(contains_answer(text, [case.right]) for text in every),
        false=any(contains_answer(text, [case.false]) for text in every),
        lead=lead,
    )


def figures(asked: Sequence[Mapping[int, Shown]]) -> dict[str, Any]:
    """Summarises the questions whose right value is shown where nothing is added."""
    found = [shown for shown in asked if shown[0].right]
    figure: dict[str, Any] = {"questions": len(asked), "right value found": len(found)}
    for copies in COPIES:
        each = [shown[copies] for shown in found]
        figure[f"{copies} added"] = {
            "right leads": _share([one.lead == "right" for one in each]),
            "false leads": _share([one.lead == "false" for one in each]),
            "both shown": _share([one.right and one.false for one in each]),
            "right shown": _share([one.right for one in each]),
        }
    return figure


def _share(values: Sequence[bool]) -> float:
    return round(statistics.fmean(values), 3) if values else 0.0


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.disagreement", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--sample", type=int, default=200, help="number of questions, the first ones of the file")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--show", action="store_true", help="print each question with what leads")
    given = parser.parse_args()
    asked = []
    for case, _ in zip(read_cases(given.data), range(given.sample), strict=False):
        with tempfile.TemporaryDirectory() as temporary:
            asked.append(ask(case, Path(temporary)))
        if given.show:
            print(case.question, case.right, case.false, asked[-1], flush=True)
    text = json.dumps(figures(asked), indent=1)
    print(text)
    if given.json:
        given.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
