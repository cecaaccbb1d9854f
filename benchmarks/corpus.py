"""Reads articles and questions from JSON Lines files (plain, .gz or .xz), under the field names of each data set."""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Names under which the data sets store a field. The first one with a value counts.
_IDS = ("id", "doc_id", "_id", "question_id")
_DATES = ("date", "publish_date", "published", "question_date")
_QUESTIONS = ("question", "question_sentence", "query", "input")
_ANSWERS = ("answers", "answer_text", "answer")
_RELEVANT = ("relevant", "docs_gold", "article_ids")


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """One article of a data set. `date` is "" if unknown."""

    id: str
    title: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question over a whole library.

    Attributes:
        id: The question's id.
        question: The question.
        answers: All accepted answers; empty if the articles are not expected to hold one.
        relevant: Ids of the articles that the data set marks as relevant.
        date: The day on which the question was asked; "" if unknown.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    relevant: tuple[str, ...] = ()
    date: str = ""


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Reads the rows of a JSON Lines file. Files that end in .gz or .xz are decompressed."""
    openers = {".xz": lzma.open, ".gz": gzip.open}
    opener: Any = openers.get(path.suffix, open)
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _first(row: dict[str, Any], names: tuple[str, ...], default: Any) -> Any:
    return next((row[name] for name in names if row.get(name) not in (None, "")), default)


def _date(row: dict[str, Any]) -> str:
    return str(_first(row, _DATES, "")).replace("/", "-")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def read_articles(path: Path) -> Iterator[SourceArticle]:
    """Reads the articles of a file, each distinct text once.

    Args:
        path: A file of articles, or a file of questions with passages (`ctxs`, `passages` or `context`).

    Yields:
        The articles, in the order of the file. An article without an id gets a hash of its text as its id.
    """
    seen: set[str] = set()
    for row in read_rows(path):
        inner = row.get("ctxs") or row.get("passages")
        for part in inner if isinstance(inner, list) else [row]:
            text = part.get("text") or part.get("context") or ""
            if text.strip() and (digest := _digest(text)) not in seen:
                seen.add(digest)
                yield SourceArticle(str(_first(part, _IDS, digest)), str(part.get("title") or ""), _date(part), text)


def read_questions(path: Path) -> Iterator[OpenQuestion]:
    """Reads the questions of a file, with all accepted answers. A question without an id gets a hash as its id."""
    for row in read_rows(path):
        answers = _first(row, _ANSWERS, [])
        texts = (
            [answers] if isinstance(answers, str) else [a["text"] if isinstance(a, dict) else str(a) for a in answers]
        )
        question = str(_first(row, _QUESTIONS, ""))
        relevant = tuple(str(name) for name in _first(row, _RELEVANT, []))
        yield OpenQuestion(str(_first(row, _IDS, _digest(question))), question, tuple(texts), relevant, _date(row))


def draw_questions(path: Path, count: int | None) -> list[OpenQuestion]:
    """Draws questions of a file with a fixed seed.

    Args:
        path: The file.
        count: Number of questions wanted; None or 0 for all.

    Returns:
        The drawn questions. All questions in the file's order if the file has no more than `count`.
    """
    questions = list(read_questions(path))
    return random.Random(1).sample(questions, count) if count and count < len(questions) else questions


def write_articles(articles: Iterator[SourceArticle] | list[SourceArticle], folder: Path) -> dict[str, SourceArticle]:
    """Writes each article as a text file: date, title and text, as a web scraper would write it.

    Args:
        articles: The articles.
        folder: An existing folder.

    Returns:
        The articles by file name.
    """
    written = {}
    for number, article in enumerate(articles):
        head = [
            part for part in (f"date {article.date}" if article.date else "", article.title.replace("_", " ")) if part
        ]
        name = f"{number:06d}.txt"
        (folder / name).write_text("\n\n".join([*head, article.text]), encoding="utf-8", errors="replace", newline="")
        written[name] = article
    return written
