"""Prepares the articles and questions that every system gets. The reader was not trained on any of them.

"News" has quiz questions of 2024 and the articles that were found for them. "Searched" has questions that people typed
into a search engine, and paragraphs of an encyclopedia. In both, the articles of some questions are left out, and no
other article holds the answer, so these questions have no answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.corpus import OpenQuestion, SourceArticle, read_articles, read_questions, read_rows
from benchmarks.folds import is_kept
from benchmarks.peers.folder import OVERLAPPING, WORDS
from rag.evaluation.metrics import normalize_answer

QUIZ, STORIES = "open/dev/realtimeqa_2022_2024.jsonl.xz", "articles/realtimeqa_2022_2024.jsonl.xz"
"""Files of the quiz questions and of the articles that were found for them."""
SEARCHED = "open/dev/nq_oracle.jsonl.xz"
"""File of the typed questions with their paragraphs."""
_STORIES_EACH = 4
"""Number of articles per quiz question, out of those found for it. The right one comes first if it is known."""


@dataclass(frozen=True, slots=True)
class Material:
    """A folder's articles by file name, and the questions. A question without answers has none in the articles."""

    articles: dict[str, SourceArticle]
    questions: tuple[OpenQuestion, ...]

    @property
    def answerable(self) -> tuple[OpenQuestion, ...]:
        """The questions with an answer in the articles."""
        return tuple(question for question in self.questions if question.answers)

    @property
    def unanswerable(self) -> tuple[OpenQuestion, ...]:
        """The questions whose articles were left out."""
        return tuple(question for question in self.questions if not question.answers)


def news(data: Path, questions: int, left_out: int) -> Material:
    """Prepares the quiz of 2024.

    Args:
        data: Folder of the data sets.
        questions: Number of questions with their articles.
        left_out: Number of questions whose articles are left out.
    """
    rows = {row["question_id"]: row for row in read_rows(data / QUIZ) if is_kept(row)}
    found = {
        name: list(dict.fromkeys((*row.get("docs_gold", ()), *row.get("docs_gcs", ()))))[:_STORIES_EACH]
        for name, row in rows.items()
    }
    wanted = {name for names in found.values() for name in names}
    stories = {story.id: story for story in read_articles(data / STORIES) if story.id in wanted}
    asked = [replace(q, relevant=tuple(filter(stories.__contains__, found[q.id]))) for q in _named(data / QUIZ, rows)]
    return choose(stories, asked, questions, left_out)


def searched(data: Path, questions: int, left_out: int) -> Material:
    """Prepares the questions that people typed into a search engine.

    Args:
        data: Folder of the data sets.
        questions: Number of questions with their paragraphs.
        left_out: Number of questions whose paragraphs are left out.
    """
    kept = [row for row in read_rows(data / SEARCHED) if is_kept(row)]
    paragraphs = {str(number): row["ctxs"][0] for number, row in enumerate(kept)}
    articles = {name: SourceArticle(name, p["title"], "", p["text"]) for name, p in paragraphs.items()}
    asked = [
        OpenQuestion(name, row["question"], tuple(row["answers"]), (name,))
        for name, row in zip(paragraphs, kept, strict=True)
    ]
    return choose(articles, asked, questions, left_out)


def first(articles: Iterable[SourceArticle], passages: int) -> dict[str, SourceArticle]:
    """Takes the first articles until they have about the wanted number of passages.

    Args:
        articles: The articles.
        passages: Approximate number of passages.

    Returns:
        The articles by file name. All articles if they have fewer passages.
    """
    chosen: dict[str, SourceArticle] = {}
    words = 0
    for number, article in enumerate(articles):
        if words >= passages * (WORDS - OVERLAPPING):
            break
        chosen[f"{number:06d}.json"] = article
        words += len(article.text.split())
    return chosen


def _named(path: Path, names: Mapping[str, object]) -> list[OpenQuestion]:
    return [question for question in read_questions(path) if question.id in names]


def choose(
    articles: Mapping[str, SourceArticle], asked: Sequence[OpenQuestion], questions: int, left_out: int
) -> Material:
    """Chooses questions, spread evenly over those with an answer in their own articles.

    An article that contains the question itself, such as the quiz's own page, does not count as a question's article.

    Args:
        articles: The articles by id.
        asked: The questions. `relevant` names each question's own articles.
        questions: Number of questions whose articles are kept.
        left_out: Number of questions without an answer: their articles are left out, and no kept article holds it.

    Returns:
        The kept articles and both kinds of questions.
    """
    words = {name: f" {normalize_answer(article.text)} " for name, article in articles.items()}
    fair = []
    for question in asked:
        own = tuple(name for name in question.relevant if normalize_answer(question.question)[:60] not in words[name])
        if any(_holds(words[name], question.answers) for name in own):
            fair.append(replace(question, relevant=own))
    step = max(1, len(fair) // (questions + 2 * left_out))
    chosen, rest = fair[::step][:questions], fair[::step][questions:]
    kept = {name: articles[name] for question in chosen for name in question.relevant}
    gone = [q for q in rest if not any(_holds(words[name], q.answers) for name in kept)][:left_out]
    files = {f"{number:06d}.json": article for number, article in enumerate(kept.values())}
    return Material(files, (*chosen, *(replace(question, answers=(), relevant=()) for question in gone)))


def _holds(words: str, answers: Iterable[str]) -> bool:
    return any(f" {normalized} " in words for answer in answers if (normalized := normalize_answer(answer)))


def write(articles: Mapping[str, SourceArticle], folder: Path) -> Path:
    """Writes each article as a JSON file with title, date and text, so that every system gets the same input.

    Args:
        articles: The articles by file name.
        folder: The folder to write to.

    Returns:
        The folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, article in articles.items():
        row = {"title": article.title, "date": article.date, "text": article.text}
        (folder / name).write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8", errors="replace")
    return folder
