"""Example questions from the articles themselves, each of them tried: the library answers it, and answers it well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING

from rag.answering.material import Likeness
from rag.answering.question_maker import MadeQuestion, make_questions
from rag.core.article import Hit
from rag.core.schema import Answer

if TYPE_CHECKING:
    from rag.library import Library

ARTICLES = 200
"""How many articles are looked through; the newest by date, then by title."""
TRIES = 12
"""How many questions are asked at most, whatever comes of them."""
WELL = 0.5
"""The least confidence of an answer for its question to be suggested: more likely right than not."""
NEARBY, NEARBY_TRIES = 2, 3
"""How many questions are offered instead of one that has no answer, and how many are tried for that."""


def suggest_questions(library: Library, count: int) -> tuple[str, ...]:
    """At most `count` questions that the library answers well, the surest first; the same for the same index.

    A question is answered well where the answer is sure enough and quotes the sentence that the question was made of.
    """
    found: list[tuple[float, str]] = []
    for question in islice(_in_turns(library), TRIES):
        if len(found) == count:
            break
        answer = library.answer(question.text)
        if answer.confidence >= WELL and _is_answered(question, answer):
            found.append((-answer.confidence, question.text))
    return tuple(text for _, text in sorted(found))


def suggest_nearby(
    asked: str, hits: Sequence[Hit], likeness: Likeness, answer: Callable[[str], Answer]
) -> tuple[str, ...]:
    """Questions that `answer` answers, made from the passages found for the one asked, the most like it first."""
    passages = [hit.passage for hit in hits]
    made = [m for p in passages for m in make_questions(replace(p.article, sentences=p.sentences))]
    questions = [question for question in {one.text: one for one in made}.values() if question.text != asked]
    if not questions:
        return ()
    ranked = sorted(zip(likeness([q.text for q in questions]), questions, strict=True), key=lambda pair: -pair[0])
    tried = (question for _, question in ranked[:NEARBY_TRIES] if _is_answered(question, answer(question.text)))
    return tuple(question.text for question in islice(tried, NEARBY))


def _is_answered(question: MadeQuestion, answer: Answer) -> bool:
    """Whether the answer quotes the sentence that the question was made of."""
    return answer.answered and any(map(question.is_quoted_by, answer.citations))


def _in_turns(library: Library) -> chain[MadeQuestion]:
    """The first question of each article, then the second of each, and so on."""
    summaries = sorted(library.articles(), key=lambda summary: summary.title)
    summaries.sort(key=lambda summary: summary.published or "", reverse=True)
    made = [list(make_questions(library.article(summary.id))) for summary in summaries[:ARTICLES]]
    return chain.from_iterable(filter(None, turn) for turn in zip_longest(*made))
