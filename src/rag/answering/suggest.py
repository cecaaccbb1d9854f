"""Suggests example questions that are made from the articles. Each was asked and answered well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, zip_longest

from rag.answering.material import Likeness
from rag.answering.question_maker import MadeQuestion, make_questions
from rag.core.article import Article, Hit
from rag.core.errors import ArticleError
from rag.core.program_fault import attempt
from rag.core.schema import Answer
from rag.text.terms import terms

QUESTIONS_FROM = 200
"""Number of articles that questions are made from: the newest by date."""
TRIES = 12
"""Most questions that are tried, to bound the time."""
WELL = 0.5
"""Least confidence of the answer to a suggested question: more probably right than wrong."""
NEARBY, NEARBY_TRIES = 2, 3
"""Most questions suggested instead of one without an answer, and most questions tried for them."""


def suggest_questions(articles: Iterable[Article], ask: Callable[[str], Answer], count: int) -> tuple[str, ...]:
    """Suggests questions that the articles answer well. The same index gives the same questions.

    A question is answered well if the answer's confidence is at least WELL and the answer quotes the sentence that the
    question was made from.

    Args:
        articles: The articles, the newest first.
        ask: Answers a question.
        count: Most questions to return.

    Returns:
        At most `count` questions, the highest confidence first.
    """
    found: list[tuple[float, str]] = []
    for question in islice(_in_turns(articles), TRIES):
        if len(found) == count:
            break
        answer = ask(question.text)
        if answer.confidence >= WELL and _is_answered(question, answer):
            found.append((-answer.confidence, question.text))
    return tuple(text for _, text in sorted(found))


def suggest_nearby(
    asked: str, hits: Sequence[Hit], likeness: Likeness, answer: Callable[[str], Answer]
) -> tuple[str, ...]:
    """Suggests questions near one that has no answer. They are made from the passages found for it.

    Args:
        asked: The text of the question without an answer.
        hits: The passages found for it.
        likeness: Computes the cosine of texts with that question.
        answer: Answers a question.

    Returns:
        At most NEARBY questions, nearest first. The answer to each quotes the sentence that the question was made from.
    """
    passages = [hit.passage for hit in hits]
    made = [m for p in passages for m in _made_of(replace(p.article, sentences=p.sentences))]
    questions = [question for question in {one.text: one for one in made}.values() if question.text != asked]
    if not questions:
        return ()
    ranked = sorted(zip(likeness([q.text for q in questions]), questions, strict=True), key=lambda pair: -pair[0])
    tried = (question for _, question in ranked[:NEARBY_TRIES] if _is_answered(question, answer(question.text)))
    return tuple(question.text for question in islice(tried, NEARBY))


def _made_of(article: Article) -> list[MadeQuestion]:
    """The questions made from an article; none if this program fails on it."""
    made = attempt(lambda: list(make_questions(article)))
    return [] if isinstance(made, ArticleError) else made


def _is_answered(question: MadeQuestion, answer: Answer) -> bool:
    """Whether the answer quotes the sentence that the question was made from."""
    return answer.answered and any(map(question.is_quoted_by, answer.citations))


def _in_turns(articles: Iterable[Article]) -> Iterator[MadeQuestion]:
    """Yields the first question of each article, then the second of each, and so on.

    Of questions that differ in no more than small words only the first is yielded.
    """
    made = map(_made_of, articles)
    return _distinct(chain.from_iterable(filter(None, turn) for turn in zip_longest(*made)))


def _distinct(questions: Iterable[MadeQuestion]) -> Iterator[MadeQuestion]:
    asked: set[frozenset[str]] = set()
    for question in questions:
        words = frozenset(terms(question.text))
        if words not in asked:
            asked.add(words)
            yield question
