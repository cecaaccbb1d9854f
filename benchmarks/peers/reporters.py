"""Asks every system what reporters ask of an archive, and judges what it shows as `benchmarks.newsroom` does.

What a system shows are the sentences around the places that its reply names, in the order in which its user reads them.
Questions that follow up on others, or that limit the articles, are left out: no peer takes either as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import SourceArticle, read_rows
from benchmarks.newsroom.__main__ import figures
from benchmarks.newsroom.judge import Shown, judge
from benchmarks.newsroom.questions import NewsroomQuestion, articles_of, read_newsroom
from benchmarks.peers.folder import OVERLAPPING, WORDS
from benchmarks.peers.protocol import Place, Reply
from benchmarks.peers.quality import around, to_reply
from benchmarks.peers.systems import Client

FOLDER, ARTICLES = "newsroom", "articles/allsides.jsonl.xz"
"""The folder of the questions, and the file of their articles."""


def read_questions(data: Path) -> list[NewsroomQuestion]:
    """Reads the questions that can be put to every system.

    Args:
        data: Folder of the data sets.
    """
    return [question for question in read_newsroom(data / FOLDER) if not question.history and not question.scope]


def read_archive(data: Path, passages: int | None) -> dict[str, SourceArticle]:
    """Reads the articles that the questions are about.

    Args:
        data: Folder of the data sets.
        passages: Approximate number of passages; None for all articles. Those that hold facts are taken in any case.

    Returns:
        The articles by file name.
    """
    rows = list(articles_of(data / FOLDER, data / ARTICLES))
    if passages is not None:
        facts = {name for row in read_rows(data / FOLDER / "questions.jsonl") for name in row["articles"]}
        rows = sample(rows, facts, passages)
    return {
        f"{number:06d}.json": SourceArticle(row["id"], row["title"], row["date"], row["text"])
        for number, row in enumerate(rows)
    }


def sample(rows: Sequence[dict[str, Any]], wanted: Collection[str], passages: int) -> list[dict[str, Any]]:
    """Takes the wanted articles and, spread evenly over the others, as many as make about so many passages.

    Args:
        rows: Articles, each with `id` and `text`.
        wanted: Ids of the articles that are taken in any case.
        passages: Approximate number of passages.
    """

    def words(some: Iterable[dict[str, Any]]) -> int:
        return sum(len(row["text"].split()) for row in some)

    others = [row for row in rows if row["id"] not in wanted]
    left = passages * (WORDS - OVERLAPPING) - words(row for row in rows if row["id"] in wanted)
    share = min(1.0, max(0.0, left / max(1, words(others))))
    chosen = {row["id"] for number, row in enumerate(others, 1) if int(number * share) > int((number - 1) * share)}
    return [row for row in rows if row["id"] in wanted or row["id"] in chosen]


def measure(
    questions: Sequence[NewsroomQuestion], articles: Mapping[str, SourceArticle], client: Client
) -> dict[str, Any]:
    """Asks one system all questions.

    Args:
        questions: The questions.
        articles: The articles by file name.
        client: The system, which has indexed the articles.

    Returns:
        The figures, see `benchmarks.newsroom.__main__.figures`.
    """
    judged = []
    for question in questions:
        (row,) = client.call("ask", questions=[question.text])
        judged.append(judge(question, shown_by(to_reply(row), articles, client.system.short_answers)))
    return figures(judged)


def shown_by(reply: Reply, articles: Mapping[str, SourceArticle], short_answers: bool = True) -> Shown:
    """Returns what a system's user reads: each place of the reply, widened to whole sentences, once.

    Args:
        reply: The reply.
        articles: The articles by file name.
        short_answers: Whether the system's answers are short ones, which can be wrong in themselves.
    """

    def read_at(places: Sequence[Place]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(around(place, articles) for place in places))

    short = reply.answer if short_answers else ""
    return Shown(bool(reply.answer), short, read_at(reply.shown), read_at(reply.near))
