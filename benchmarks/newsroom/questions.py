"""Reads the questions of the newsroom set and their articles, and builds a library of the articles."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpus import read_rows
from rag.core.schema import Answer, Scope
from rag.library import Library
from rag.question.scope import check_scope

FURTHER = Path(__file__).parent / "further.jsonl"
"""File of the further questions."""
FIELDS = ("id", "title", "source", "date", "url", "authors", "text")
"""Fields of an article that the library gets."""


@dataclass(frozen=True, slots=True)
class Nugget:
    """A fact that an answer should tell.

    Attributes:
        wordings: Strings of the articles that tell it; one of them is enough.
        vital: Whether the answer needs it.
    """

    wordings: tuple[str, ...]
    vital: bool


@dataclass(frozen=True, slots=True)
class NewsroomQuestion:
    """A question with its gold facts.

    Attributes:
        id: The question's id.
        kind: The kind of question, for example "said" or "timeline".
        text: The question.
        history: Earlier questions of the conversation, oldest first.
        scope: Arguments of `Library.answer` that limit the articles.
        nuggets: The facts; empty if the articles don't answer.
        wrong: Short answers that are wrong.
        is_further: Whether it is one of the further questions, of which only one article's answers are known.
    """

    id: str
    kind: str
    text: str
    history: tuple[str, ...]
    scope: dict[str, Any]
    nuggets: tuple[Nugget, ...]
    wrong: tuple[str, ...]
    is_further: bool = False

    @property
    def answerable(self) -> bool:
        """Whether the articles answer the question."""
        return bool(self.nuggets)

    @property
    def vital(self) -> tuple[Nugget, ...]:
        """The facts that the answer needs."""
        return tuple(nugget for nugget in self.nuggets if nugget.vital)


def read_newsroom(folder: Path) -> list[NewsroomQuestion]:
    """Reads the questions.

    Args:
        folder: The folder with `questions.jsonl`.
    """
    return [_question(row) for row in read_rows(folder / "questions.jsonl")]


def read_further(articles: Path) -> list[NewsroomQuestion]:
    """Reads the further questions over the same articles, which this project wrote itself.

    They name the places of the answers and not their words, because the articles are not this project's to give away.

    Args:
        articles: The file of articles, with an `id` and a `text` each.
    """
    rows = list(read_rows(FURTHER))
    wanted = {place["article"] for row in rows for place in row["places"]}
    texts = {row["id"]: row["text"] for row in read_rows(articles) if row["id"] in wanted}
    found = []
    for row in rows:
        wordings = tuple(texts[place["article"]][place["start"] : place["end"]] for place in row["places"])
        nuggets = (Nugget(wordings, vital=True),) if wordings else ()
        wrong = tuple(row.get("wrong") or ())
        found.append(NewsroomQuestion(row["id"], row["kind"], row["question"], (), {}, nuggets, wrong, is_further=True))
    return found


def _question(row: dict[str, Any]) -> NewsroomQuestion:
    scope = dict(row.get("scope") or {})
    source = scope.pop("source", None)
    return NewsroomQuestion(
        id=row["id"],
        kind=row["kind"],
        text=row["question"],
        history=tuple(row.get("history") or ()),
        scope=scope | ({"sources": [source]} if source else {}),
        nuggets=tuple(Nugget(tuple(nugget["any"]), bool(nugget["vital"])) for nugget in row["nuggets"]),
        wrong=tuple(row.get("wrong") or ()),
    )


def ask(library: Library, question: NewsroomQuestion) -> Answer:
    """Asks the earlier questions of the conversation and then the question itself."""
    return library.answer(question.text, history=ask_earlier(library, question), **question.scope)


def ask_earlier(library: Library, question: NewsroomQuestion) -> list[Answer]:
    """Asks the earlier questions of the conversation, and returns their answers."""
    history: list[Answer] = []
    for earlier in question.history:
        history.append(library.answer(earlier, history=history))
    return history


def article_ids(folder: Path) -> set[str]:
    """Reads the ids of the articles that the questions are about from the folder's `article_ids.txt`."""
    return set((folder / "article_ids.txt").read_text("utf-8").split())


def articles_of(folder: Path, articles: Path) -> Iterable[dict[str, Any]]:
    """Yields the articles that the questions are about.

    Args:
        folder: The folder with `article_ids.txt`.
        articles: The file of articles, with an `id` each.
    """
    wanted = article_ids(folder)
    return (row for row in read_rows(articles) if row["id"] in wanted)


def build_library(folder: Path, articles: Path, index: Path) -> None:
    """Builds an index of the articles, unless the folder holds one already.

    Args:
        folder: The folder with `article_ids.txt`.
        articles: The file of articles.
        index: The index folder.
    """
    if (index / "library.sqlite").is_file():
        return
    index.mkdir(parents=True, exist_ok=True)
    source = index.with_name(f"{index.name}-articles.jsonl")
    with source.open("w", encoding="utf-8") as file:
        for row in articles_of(folder, articles):
            file.write(json.dumps({name: row.get(name) for name in FIELDS}, ensure_ascii=False) + "\n")
    with Library.open(index, create=True) as library:
        library.update(source)


def scope_of(question: NewsroomQuestion) -> Scope | None:
    """Returns the scope of a question as `Library.answer` makes it; None for all articles."""
    given = question.scope
    return check_scope(given.get("since"), given.get("until"), given.get("sources", ()), given.get("as_of"))
