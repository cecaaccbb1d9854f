"""Measures how well a system answers. The same rules judge every system from the outside.

An answer is cited exactly if it has a citation, and each quote is at the stated place of the article that the system
was given. A citation holds the answer if a gold answer is in the sentences that the citation touches. For `tuned`, a
question is left unanswered if the score of its best answer is not above a threshold. The threshold is the one that is
best on the other half of the questions.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.corpus import OpenQuestion, SourceArticle
from benchmarks.metrics import best_threshold
from benchmarks.peers.material import Material
from benchmarks.peers.protocol import Place, Reply
from benchmarks.peers.systems import Client
from rag.evaluation.metrics import contains_answer, metric_max_over_golds, squad_em, squad_f1
from rag.text.sentences import split_sentences

RECALL_AT = 5
"""Number of passages retrieved per question."""
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A system's reaction to one question: its reply, its reply without abstaining, and the retrieved passages."""

    question: OpenQuestion
    said: Reply
    best: Reply
    passages: tuple[Place, ...]


def ask_all(client: Client, questions: Sequence[OpenQuestion]) -> list[Asked]:
    """Asks a system every question, one after the other."""
    asked = []
    for question in questions:
        (said,) = client.call("ask", questions=[question.question])
        best = said if said["answer"] else client.call("best", question=question.question)
        passages = client.call("retrieve", question=question.question, k=RECALL_AT)
        asked.append(Asked(question, to_reply(said), to_reply(best), tuple(Place(**one) for one in passages)))
    return asked


def to_reply(row: Mapping[str, Any]) -> Reply:
    """Makes a reply of what came over the line protocol."""
    citations, shown, near = (tuple(Place(**one) for one in row[name]) for name in ("citations", "shown", "near"))
    return Reply(row["answer"], row["score"], citations, shown, near)


def figures(asked: Sequence[Asked], articles: Mapping[str, SourceArticle]) -> Figures:
    """Computes all figures of a run.

    Args:
        asked: The questions and the system's reactions.
        articles: The articles by file name.

    Returns:
        The figures. Shares are in [0, 1]; a share of nothing is None. "tuned" is None if the system gives no scores.
    """
    has = [one for one in asked if one.question.answers]
    answered = [one for one in asked if one.said.answer]
    return {
        "questions": len(asked),
        "unanswerable": len(asked) - len(has),
        f"recall@{RECALL_AT}": _mean([any(holds(p.quote, one.question) for p in one.passages) for one in has]),
        "default": policy(asked),
        "tuned": policy(tuned(asked)) if all(one.best.score is not None for one in asked if one.best.answer) else None,
        "cited_exactly": _mean([_cites_exactly(one.said, articles) for one in answered]),
        "cited_sentence_holds_answer": _mean(
            [
                any(_holds_around(place, articles, one.question) for place in one.said.citations)
                for one in answered
                if one.question.answers
            ]
        ),
    }


def policy(asked: Sequence[Asked]) -> Figures:
    """Computes the figures of a system's replies.

    Returns:
        Exact match and F1 of the questions with an answer, the share of the others that is left unanswered, F1 of all
        questions, and the share of questions answered.
    """
    scores = [
        (metric_max_over_golds(squad_em, one.said.answer, one.question.answers), _f1(one.said, one.question))
        for one in asked
    ]
    has = [score for score, one in zip(scores, asked, strict=True) if one.question.answers]
    none = [exact for (exact, _), one in zip(scores, asked, strict=True) if not one.question.answers]
    return {
        "exact_match": _mean([exact for exact, _ in has]),
        "f1": _mean([f1 for _, f1 in has]),
        "no_answer_right": _mean(none),
        "f1_of_all": _mean([f1 for _, f1 in scores]),
        "answered": _mean([bool(one.said.answer) for one in asked]),
    }


def tuned(asked: Sequence[Asked]) -> list[Asked]:
    """Replaces each reply by the best answer or no answer, at the best threshold of the other half of the questions."""
    halves = asked[::2], asked[1::2]
    thresholds = [_threshold(half) for half in reversed(halves)]
    return [
        replace(one, said=one.best if (one.best.score or 0.0) > threshold else Reply(""))
        for half, threshold in zip(halves, thresholds, strict=True)
        for one in half
    ]


def _threshold(asked: Sequence[Asked]) -> float:
    gains = [_f1(one.best, one.question) for one in asked]
    scores = [one.best.score or 0.0 for one in asked]
    return best_threshold(scores, gains, [bool(one.question.answers) for one in asked])[0]


def is_valid(place: Place, articles: Mapping[str, SourceArticle]) -> bool:
    """Returns whether the quote is at the stated place of the article.

    Args:
        place: The place.
        articles: The articles by file name, as the system was given them.
    """
    article = articles.get(place.file)
    return article is not None and article.text[place.start : place.end] == place.quote != ""


def _cites_exactly(said: Reply, articles: Mapping[str, SourceArticle]) -> bool:
    return bool(said.citations) and all(is_valid(place, articles) for place in said.citations)


def _holds_around(place: Place, articles: Mapping[str, SourceArticle], question: OpenQuestion) -> bool:
    return is_valid(place, articles) and holds(around(place, articles), question)


def around(place: Place, articles: Mapping[str, SourceArticle]) -> str:
    """Returns the sentences of the article that a place touches; the quote alone if it doesn't stand at the place."""
    if not is_valid(place, articles):
        return place.quote
    text = articles[place.file].text
    touched = [s for s in split_sentences(text) if s.start < place.end and place.start < s.end]
    return text[touched[0].start : touched[-1].end] if touched else place.quote


def holds(text: str, question: OpenQuestion) -> bool:
    """Returns whether the text contains a gold answer of the question as whole words."""
    return contains_answer(text, question.answers)


def _f1(reply: Reply, question: OpenQuestion) -> float:
    return metric_max_over_golds(squad_f1, reply.answer, question.answers)


def _mean(values: Sequence[float]) -> float | None:
    return round(statistics.fmean(values), 4) if values else None


def measure(material: Material, client: Client) -> Figures:
    """Measures one system. If it gives no short answers, nothing is compared with the gold ones.

    Args:
        material: The articles and the questions.
        client: The system, which has indexed the articles.

    Returns:
        The figures, see `figures`.
    """
    found = figures(ask_all(client, material.questions), material.articles)
    if not client.system.short_answers:
        found["default"] = {name: found["default"][name] for name in ("no_answer_right", "answered")}
    return found
