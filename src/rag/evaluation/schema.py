"""What an evaluation takes and gives. Shares are in [0, 1], and None where there is nothing to take a share of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from rag.core.reports import LibraryStatus
from rag.core.schema import Answer, Frozen
from rag.evaluation.metrics import normalize_answer
from rag.question.question import check_question

Verdict = Literal["right", "wrong", "rightly_abstained", "wrongly_abstained"]
"""How a question was dealt with: answered rightly or wrongly, or not answered, where that was right or wrong."""


def _whole(text: str) -> str:
    """The text, which UTF-8 can write."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"half a character (a lone surrogate) stands in {text!r}; write the whole one") from error
    return text


Text = Annotated[str, AfterValidator(_whole)]


class Expected(Frozen):
    """A question and what should come back: any of these answers, or a citation of this article, or both.

    No answers at all, `()`, means that the articles don't say; None, that nothing is said about the answer. Raises
    QuestionError or ValueError for what can't be asked or expected.
    """

    question: str
    answers: tuple[Text, ...] | None = None
    article: Text | None = Field(default=None, description="path, or its last parts; title; or web address")
    line: int | None = Field(default=None, description="where it stands in its file, from 1")

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

    @field_validator("article")
    @classmethod
    def _has_a_name(cls, article: str | None) -> str | None:
        if article is not None and not article.strip():
            raise ValueError("the article's name is empty; leave it out, or give its path, title or address")
        return article

    @model_validator(mode="after")
    def _states_something(self) -> Expected:
        if self.answers is None and self.article is None:
            raise ValueError("neither answers nor article is given; give what should come back, or [] for nothing")
        if self.answers == () and self.article is not None:
            raise ValueError(
                "the answers are [], the articles don't say, but an article is named; leave out one of them"
            )
        return self

    @property
    def answerable(self) -> bool:
        """Whether the articles are expected to answer."""
        return self.answers != ()


class Problem(Frozen):
    """A line, or a question, that could not be asked, and why."""

    line: int | None
    why: str


class QuestionsFile(Frozen):
    """What a file of questions holds, and the lines of it that can't be read."""

    questions: tuple[Expected, ...] = ()
    problems: tuple[Problem, ...] = ()


class Outcome(Frozen):
    """A question that was asked: what was expected, what came back, and how both compare.

    `exact_match` and `f1` are the official SQuAD figures of `got` against the best of the expected answers.
    `candidate_right` is whether the best candidate is right, be it shown or held back below the threshold.
    `right_article` is None where no article was named or nothing was answered.
    """

    expected: Expected
    answer: Answer
    verdict: Verdict
    failure: str | None = Field(description="what went wrong, in a few words; null where nothing did")
    got: str = Field(description="the short answer, else the first quote; empty where nothing was answered")
    exact_match: float | None
    f1: float | None
    quote_holds_answer: bool | None
    citation_valid: bool | None
    right_article: bool | None
    candidate_right: bool
    milliseconds: float


class Figures(Frozen):
    """How a set of questions was dealt with.

    `right` is the share answered rightly or rightly not answered; `right_of_answered`, `quote_holds_answer`,
    `citation_valid` and `right_article` are shares of what was answered.
    """

    questions: int
    answered: float | None
    right: float | None
    right_of_answered: float | None
    exact_match: float | None
    f1: float | None
    quote_holds_answer: float | None
    citation_valid: float | None
    right_article: float | None
    rightly_abstained: int
    wrongly_abstained: int


class ReliabilityBin(Frozen):
    """Questions whose confidence lies in `[low, high)`: their mean confidence, and the share that was right."""

    low: float
    high: float
    questions: int
    confidence: float
    right: float


class RiskPoint(Frozen):
    """What a threshold would do: answer this share of the questions, of which this share wrongly."""

    threshold: float
    coverage: float
    risk: float
    answered: int
    right: int


class Precision(Frozen):
    """The lowest threshold that gives a precision on these questions; None where no threshold does."""

    precision: float
    at: RiskPoint | None


class Times(Frozen):
    """Milliseconds a question: the median, the 95th percentile, and the median of each stage."""

    p50: float
    p95: float
    stages: dict[str, float]


class Evaluation(Frozen):
    """How a library dealt with questions whose answers are known.

    `threshold` is the confidence below which this library does not answer; `precisions` says what other thresholds
    would bring on these very questions, and changes nothing. `problems` are the questions that could not be asked.
    """

    library: LibraryStatus
    threshold: float
    every: Figures
    has_answer: Figures
    no_answer: Figures
    calibration_error: float | None
    reliability: tuple[ReliabilityBin, ...]
    risk_coverage: tuple[RiskPoint, ...]
    precisions: tuple[Precision, ...]
    times: Times | None
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """The questions that something went wrong with, in their order."""
        return tuple(outcome for outcome in self.outcomes if outcome.failure)
