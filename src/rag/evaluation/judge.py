"""Compares an answer with the expected one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.answering.candidates import Candidate
from rag.core.schema import Answer
from rag.evaluation.metrics import answers_rightly, contains_answer, metric_max_over_golds, squad_em, squad_f1
from rag.evaluation.schema import Expected, Outcome, Verdict


def judge(
    expected: Expected, answer: Answer, best: Candidate | None, wanted: frozenset[str], *, valid: bool = True
) -> Outcome:
    """Judges one answer.

    Args:
        expected: The question and the expected answers or article.
        answer: The answer.
        best: The best candidate, if the question was not answered.
        wanted: Ids of the articles that the expected article's name means.
        valid: Whether every quote is in the stored text of its article.

    Returns:
        The outcome.
    """
    quotes = [citation.quote for citation in answer.citations]
    cited = {citation.article_id for citation in answer.citations}
    got = (answer.short_answer or quotes[0]) if answer.answered else ""
    right = answer.answered and _is_right(expected, answer.short_answer, quotes, cited, wanted)
    right_article = bool(cited & wanted) if answer.answered and expected.article is not None else None
    held_back = best is not None and _is_right(expected, best.short_answer, [best.quote], {best.article.id}, wanted)
    verdict = _verdict(expected, answer, right)
    return Outcome(
        expected=expected,
        answer=answer,
        verdict=verdict,
        failure=_failure(expected, verdict, valid, right_article),
        got=got,
        exact_match=_score(squad_em, got, expected.answers),
        f1=_score(squad_f1, got, expected.answers),
        facts_told=_facts_told(expected, quotes),
        quote_holds_answer=_any_holds(quotes, expected.answers) if answer.answered else None,
        citation_valid=valid if answer.answered else None,
        right_article=right_article,
        candidate_right=right or held_back,
        milliseconds=sum(answer.timings.values()),
    )


def _is_right(
    expected: Expected, short: str | None, quotes: Sequence[str], cited: set[str], wanted: frozenset[str]
) -> bool:
    """Whether this is right: by the expected answers if there are any, else by the facts, else by the article."""
    if expected.answers is None and expected.facts:
        return bool(_facts_told(expected, quotes))
    if expected.answers is None:
        return bool(cited & wanted)
    return answers_rightly(short, quotes, expected.answers)


def _verdict(expected: Expected, answer: Answer, right: bool) -> Verdict:
    if not answer.answered:
        return "wrongly_abstained" if expected.answerable else "rightly_abstained"
    return "right" if right else "wrong"


def _failure(expected: Expected, verdict: Verdict, valid: bool, right_article: bool | None) -> str | None:
    if verdict == "wrongly_abstained":
        return "not answered"
    if verdict == "wrong":
        return "wrong answer" if expected.answerable else "answered, though the articles don't say"
    if not valid:
        return "a quote that is not in its article"
    return "right answer, from another article" if right_article is False else None


def _score(metric: Callable[[str, str], float], got: str, answers: Sequence[str] | None) -> float | None:
    return None if answers is None else metric_max_over_golds(metric, got, answers)


def _facts_told(expected: Expected, quotes: Sequence[str]) -> float | None:
    """The share of the expected facts of which a quote has a wording; None if no facts are expected."""
    told = [any(contains_answer(quote, wordings) for quote in quotes) for wordings in expected.facts]
    return sum(told) / len(told) if told else None


def _any_holds(quotes: Sequence[str], answers: Sequence[str] | None) -> bool | None:
    """Whether a quote contains an expected answer; None if no answers are expected."""
    return any(contains_answer(quote, answers) for quote in quotes) if answers else None
