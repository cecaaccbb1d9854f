"""Asks a library questions whose answers are known, and computes the figures."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from rag.core.errors import CitationError
from rag.core.reports import LibraryStatus
from rag.core.schema import Answer, Form
from rag.evaluation.curves import expected_calibration_error, lowest_threshold, reliability_bins, risk_coverage
from rag.evaluation.judge import judge
from rag.evaluation.named import NamedArticles
from rag.evaluation.questions import read_questions
from rag.evaluation.schema import Evaluation, Expected, Figures, Outcome, Precision, Problem, QuestionsFile, Times
from rag.library import Library

PRECISIONS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""The shares of right answers for which a threshold is looked up."""


def evaluate(
    library: Library,
    questions: str | Path | Iterable[Expected],
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Asks a library questions whose answers are known. Nothing in the library changes.

    Args:
        library: The library.
        questions: The questions, or a file of questions (JSON Lines or CSV).
        progress: Called with the number of questions asked so far and the number of all.

    Returns:
        The figures, and the outcome of each question. Questions that can't be asked are in `problems`, for example
        those that name an article which the library doesn't have.

    Raises:
        QuestionsFileError: If the file can't be read.
    """
    file = read_questions(questions) if isinstance(questions, str | Path) else QuestionsFile(questions=tuple(questions))
    articles = NamedArticles(library.articles())
    wanted = [articles.find(expected.article) if expected.article else None for expected in file.questions]
    unknown = [
        Problem(
            line=expected.line,
            why=f"no article has the path, title or address {expected.article!r}; name one of the library",
        )
        for expected, found in zip(file.questions, wanted, strict=True)
        if found == frozenset()
    ]
    asked = [pair for pair in zip(file.questions, wanted, strict=True) if pair[1] != frozenset()]
    status = library.status()
    outcomes = []
    for number, (expected, found) in enumerate(asked, start=1):
        outcomes.append(ask(library, expected, found or frozenset()))
        if progress:
            progress(number, len(asked))
    problems = sorted((*file.problems, *unknown), key=lambda problem: problem.line or 0)
    return summarise(status, library.threshold, outcomes, problems)


def ask(library: Library, expected: Expected, wanted: frozenset[str], as_of: str | None = None) -> Outcome:
    """Asks one question and judges the answer.

    If there is no answer, the best candidate below the threshold is judged too, because the calibration needs it.

    Args:
        library: The library.
        expected: The question and the expected answers or article.
        wanted: Ids of the articles that the expected article's name means.
        as_of: The day that counts as today. Later articles do not answer.

    Returns:
        The outcome.
    """
    answer = library.answer(expected.question, as_of=as_of)
    candidates = [] if answer.answered or not expected.answerable else library.candidates(expected.question)
    return judge(expected, answer, candidates[0] if candidates else None, wanted, valid=_stands(library, answer))


def _stands(library: Library, answer: Answer) -> bool:
    """Whether every quote is in the stored text of its article."""
    try:
        library.verify(answer)
    except CitationError:
        return False
    return True


def summarise(
    status: LibraryStatus, threshold: float, outcomes: Sequence[Outcome], problems: Sequence[Problem]
) -> Evaluation:
    """Computes the figures of all outcomes.

    Args:
        status: The library that answered.
        threshold: Its threshold, in [0, 1].
        outcomes: The outcomes.
        problems: The questions that could not be asked.

    Returns:
        The evaluation.
    """
    confidences = [outcome.answer.confidence for outcome in outcomes]
    right = [outcome.candidate_right for outcome in outcomes]
    points = risk_coverage(confidences, right)
    return Evaluation(
        library=status,
        threshold=threshold,
        every=figures_of(outcomes),
        has_answer=figures_of([outcome for outcome in outcomes if outcome.expected.answerable]),
        no_answer=figures_of([outcome for outcome in outcomes if not outcome.expected.answerable]),
        by_form=_by_form(outcomes),
        calibration_error=expected_calibration_error(confidences, right) if outcomes else None,
        reliability=reliability_bins(confidences, right),
        risk_coverage=points,
        precisions=tuple(Precision(precision=each, at=lowest_threshold(each, points)) for each in PRECISIONS),
        times=_times(outcomes) if outcomes else None,
        outcomes=tuple(outcomes),
        problems=tuple(problems),
    )


def _by_form(outcomes: Sequence[Outcome]) -> dict[Form, Figures]:
    """The figures of the questions with an answer for each form of answer, the most frequent form first."""
    forms = Counter(outcome.answer.form for outcome in outcomes if outcome.expected.answerable)
    return {
        form: figures_of([one for one in outcomes if one.expected.answerable and one.answer.form == form])
        for form, _ in forms.most_common()
    }


def figures_of(outcomes: Sequence[Outcome]) -> Figures:
    """Computes the figures of a set of outcomes."""
    answered = [outcome for outcome in outcomes if outcome.answer.answered]
    verdicts = [outcome.verdict for outcome in outcomes]
    return Figures(
        questions=len(outcomes),
        answered=_share([outcome.answer.answered for outcome in outcomes]),
        right=_share([verdict in ("right", "rightly_abstained") for verdict in verdicts]),
        right_of_answered=_share([outcome.verdict == "right" for outcome in answered]),
        exact_match=_share([outcome.exact_match for outcome in outcomes]),
        f1=_share([outcome.f1 for outcome in outcomes]),
        facts_told=_share([outcome.facts_told for outcome in outcomes]),
        quote_holds_answer=_share([outcome.quote_holds_answer for outcome in answered]),
        citation_valid=_share([outcome.citation_valid for outcome in answered]),
        right_article=_share([outcome.right_article for outcome in answered]),
        rightly_abstained=verdicts.count("rightly_abstained"),
        wrongly_abstained=verdicts.count("wrongly_abstained"),
    )


def _share(values: Sequence[float | None]) -> float | None:
    """The mean of the values that are not None."""
    known = [value for value in values if value is not None]
    return statistics.fmean(known) if known else None


def _times(outcomes: Sequence[Outcome]) -> Times:
    totals = sorted(outcome.milliseconds for outcome in outcomes)
    stages = dict.fromkeys(stage for outcome in outcomes for stage in outcome.answer.timings)
    return Times(
        p50=statistics.median(totals),
        p95=totals[min(len(totals) - 1, int(0.95 * len(totals)))],
        stages={stage: statistics.median(each.answer.timings.get(stage, 0.0) for each in outcomes) for stage in stages},
    )
