"""How well a system answers: every system is judged by the same rules, from the outside.

An answer is cited exactly where it has a citation, and the words of each stand where it says, in the article as it was
handed to the system; a citation holds the answer where a gold answer stands in the sentences that it touches. For
`tuned`, a question is left unanswered where the score of the best answer lies below a threshold: the one that is best
on the other half of the questions.
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
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a system made of one question: what it said, what it would have said at best, what it retrieved."""

    question: OpenQuestion
    said: Reply
    best: Reply
    passages: tuple[Place, ...]


def ask_all(client: Client, questions: Sequence[OpenQuestion]) -> list[Asked]:
    """Asks every question, one after the other."""
    asked = []
    for question in questions:
        (said,) = client.call("ask", questions=[question.question])
        best = said if said["answer"] else client.call("best", question=question.question)
        passages = client.call("retrieve", question=question.question, k=RECALL_AT)
        asked.append(Asked(question, _reply(said), _reply(best), tuple(Place(**one) for one in passages)))
    return asked


def _reply(row: Mapping[str, Any]) -> Reply:
    return Reply(row["answer"], row["score"], tuple(Place(**one) for one in row["citations"]))


def figures(asked: Sequence[Asked], articles: Mapping[str, SourceArticle]) -> Figures:
    """All figures of a run; shares are in [0, 1], and None where there is nothing to take the share of."""
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
    """EM and F1 over all questions and over those with an answer, and the share of the others left unanswered."""
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
    """What would have been said at the other half's best threshold."""
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
    """Whether the quote stands where the citation says, in the article as it was handed over."""
    article = articles.get(place.file)
    return article is not None and article.text[place.start : place.end] == place.quote != ""


def _cites_exactly(said: Reply, articles: Mapping[str, SourceArticle]) -> bool:
    return bool(said.citations) and all(is_valid(place, articles) for place in said.citations)


def _holds_around(place: Place, articles: Mapping[str, SourceArticle], question: OpenQuestion) -> bool:
    if not is_valid(place, articles):
        return False
    text = articles[place.file].text
    touched = [s for s in split_sentences(text) if s.start < place.end and place.start < s.end]
    return holds(text[touched[0].start : touched[-1].end] if touched else place.quote, question)


def holds(text: str, question: OpenQuestion) -> bool:
    """Whether a gold answer stands in the text as whole words."""
    return contains_answer(text, question.answers)


def _f1(reply: Reply, question: OpenQuestion) -> float:
    return metric_max_over_golds(squad_f1, reply.answer, question.answers)


def _mean(values: Sequence[float]) -> float | None:
    return round(statistics.fmean(values), 4) if values else None


def measure(client: Client, material: Material) -> Figures:
    """The figures of one system on one set of articles that it has indexed."""
    return figures(ask_all(client, material.questions), material.articles)
