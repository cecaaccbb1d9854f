"""The input and output of an evaluation. Shares are in [0, 1]; a share of nothing is None."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from rag.core.reports import LibraryStatus
from rag.core.schema import Answer, Form, Frozen
from rag.evaluation.metrics import normalize_answer
from rag.question.question import check_question

Verdict = Literal["right", "wrong", "rightly_abstained", "wrongly_abstained"]
"""The verdict on an answer: right, wrong, or no answer, which may be right or wrong."""


def _whole(text: str) -> str:
    """Checks that UTF-8 can encode the text."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"{text!r} has half a character (a lone surrogate); write the whole character") from error
    return text


Text = Annotated[str, AfterValidator(_whole)]


def _wordings(facts: object) -> object:
    """Makes a fact that is one text a fact with one wording."""
    return [[fact] if isinstance(fact, str) else fact for fact in facts] if isinstance(facts, list | tuple) else facts


class Expected(Frozen):
    """A question with the expected answers, facts, or article, or several of these.

    Raises:
        QuestionError: If the question is empty or too long.
        ValidationError: If nothing is expected, or an answer, a fact or the article is empty.
    """

    question: str = Field(description="The question.")
    answers: tuple[Text, ...] | None = Field(
        default=None, description="The answers that are right; `()` if the articles don't say, None if unknown."
    )
    facts: Annotated[tuple[tuple[Text, ...], ...], BeforeValidator(_wordings)] = Field(
        default=(), description="The facts that the quotes should tell, each as a text or as a list of wordings."
    )
    article: Text | None = Field(
        default=None, description="The article to cite: path or its last parts, title, or address."
    )
    line: int | None = Field(default=None, description="The line in the file, from 1.")

    @field_validator("question")
    @classmethod
    def _can_be_asked(cls, question: str) -> str:
        return check_question(question)

    @field_validator("answers")
    @classmethod
    def _have_words(cls, answers: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if answers and not any(map(normalize_answer, answers)):
            raise ValueError("no answer has a word or a number in it; for what the articles don't say, give no answers")
        return answers

    @field_validator("facts")
    @classmethod
    def _facts_have_words(cls, facts: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        if not all(any(map(normalize_answer, wordings)) for wordings in facts):
            raise ValueError("a fact has no word or number in it; write words of the articles")
        return facts

    @field_validator("article")
    @classmethod
    def _has_a_name(cls, article: str | None) -> str | None:
        if article is not None and not article.strip():
            raise ValueError("the article's name is empty; leave it out, or give its path, title or address")
        return article

    @model_validator(mode="after")
    def _states_something(self) -> Expected:
        if self.answers is None and self.article is None and not self.facts:
            raise ValueError("neither answers nor article is given; give what should come back, or [] for nothing")
        if self.answers == () and (self.article is not None or self.facts):
            raise ValueError(
                "the answers are [], the articles don't say, but an article or facts are given; leave out one of them"
            )
        return self

    @property
    def answerable(self) -> bool:
        """Whether the articles are expected to answer."""
        return self.answers != ()


class Problem(Frozen):
    """A question that could not be asked."""

    line: int | None = Field(description="The line in the file, from 1; null if it is not from a file.")
    why: str = Field(description="The reason, with what to do.")


class QuestionsFile(Frozen):
    """The content of a file of questions."""

    questions: tuple[Expected, ...] = Field(default=(), description="The questions.")
    problems: tuple[Problem, ...] = Field(default=(), description="The lines that can't be read.")


class Outcome(Frozen):
    """A question that was asked, its answer, and the comparison with the expected answer."""

    expected: Expected = Field(description="The question and what was expected.")
    answer: Answer = Field(description="The answer.")
    verdict: Verdict = Field(description="Whether the answer is right.")
    failure: str | None = Field(description="What went wrong, in a few words; null if nothing did.")
    got: str = Field(description="The short answer, or the first quote; empty if there is no answer.")
    exact_match: float | None = Field(description="SQuAD exact match with the best expected answer, 0 or 1.")
    f1: float | None = Field(description="SQuAD F1 with the best expected answer, in [0, 1].")
    quote_holds_answer: bool | None = Field(description="Whether a quote contains an expected answer.")
    facts_told: float | None = Field(description="Share of the expected facts that the quotes tell.")
    citation_valid: bool | None = Field(description="Whether every quote is in its article; null without an answer.")
    right_article: bool | None = Field(description="Whether the expected article is cited; null if unknown.")
    candidate_right: bool = Field(description="Whether the best candidate is right, even below the threshold.")
    milliseconds: float = Field(description="Time of the answer.")


class Figures(Frozen):
    """The figures of a set of questions."""

    questions: int = Field(description="Number of questions.")
    answered: float | None = Field(description="Share that was answered.")
    right: float | None = Field(description="Share that was answered rightly, or rightly not answered.")
    right_of_answered: float | None = Field(description="Share of the answered questions whose answer is right.")
    exact_match: float | None = Field(description="Mean SQuAD exact match.")
    f1: float | None = Field(description="Mean SQuAD F1.")
    quote_holds_answer: float | None = Field(description="Share of the answers whose quote contains a right answer.")
    facts_told: float | None = Field(description="Mean share of the expected facts that the quotes tell.")
    citation_valid: float | None = Field(description="Share of the answers whose quotes are all in their articles.")
    right_article: float | None = Field(description="Share of the answers that cite the expected article.")
    rightly_abstained: int = Field(description="Questions without an answer that were not answered.")
    wrongly_abstained: int = Field(description="Questions with an answer that were not answered.")


class ReliabilityBin(Frozen):
    """The questions whose confidence is in `[low, high)`."""

    low: float = Field(description="The lower end.")
    high: float = Field(description="The upper end, exclusive.")
    questions: int = Field(description="Number of questions.")
    confidence: float = Field(description="Their mean confidence.")
    right: float = Field(description="The share whose best candidate is right.")


class RiskPoint(Frozen):
    """The effect of a threshold."""

    threshold: float = Field(description="The threshold.")
    coverage: float = Field(description="The share of questions that it would answer.")
    risk: float = Field(description="The share of these answers that would be wrong.")
    answered: int = Field(description="Number of questions that it would answer.")
    right: int = Field(description="Number of these answers that would be right.")


class Precision(Frozen):
    """The threshold for a precision."""

    precision: float = Field(description="The share of right answers wanted.")
    at: RiskPoint | None = Field(description="The lowest threshold that reaches it; null if none does.")


class Times(Frozen):
    """Times per question, in milliseconds."""

    p50: float = Field(description="The median.")
    p95: float = Field(description="The 95th percentile.")
    stages: dict[str, float] = Field(description="The median of each stage.")


class Evaluation(Frozen):
    """The result of asking a library questions whose answers are known."""

    library: LibraryStatus = Field(description="The library that answered.")
    threshold: float = Field(description="The confidence below which the library does not answer.")
    every: Figures = Field(description="The figures of all questions.")
    has_answer: Figures = Field(description="The figures of the questions with an answer.")
    no_answer: Figures = Field(description="The figures of the questions without an answer.")
    by_form: dict[Form, Figures] = Field(description="The figures of the questions with an answer, by their form.")
    calibration_error: float | None = Field(description="The expected calibration error of the confidence.")
    reliability: tuple[ReliabilityBin, ...] = Field(description="The questions by their confidence.")
    risk_coverage: tuple[RiskPoint, ...] = Field(description="Risk and coverage of each threshold.")
    precisions: tuple[Precision, ...] = Field(description="Other thresholds, on these questions.")
    times: Times | None = Field(description="Times per question; null without questions.")
    outcomes: tuple[Outcome, ...] = Field(description="The outcome of each question.")
    problems: tuple[Problem, ...] = Field(default=(), description="The questions that could not be asked.")

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """The outcomes with a failure, in the order of the questions."""
        return tuple(outcome for outcome in self.outcomes if outcome.failure)
