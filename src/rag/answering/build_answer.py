"""Builds the `Answer`. This is the only place where one is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rag.core.schema import Answer, ArchiveCount, Citation, OtherAnswer, Reason, Scope
from rag.retrieval.search import Search


@dataclass(frozen=True, slots=True)
class Composed:
    """What the readings of a question say: quotes with a confidence, or the reason why there are none.

    Attributes:
        confidence: The probability that the quotes tell what is asked, in [0, 1], rounded to 4 digits.
        reason: Why there is no answer; None if there is one.
        citations: The quotes of the answer.
        sources: Number of independent sources of the short answer; 0 if there is no short answer.
        other_answers: Other values that are good enough to be shown.
        timeline: Numbers of citations, as in `rag.core.schema.Answer`.
        near_misses: Quotes that come nearest, if there is no answer.
        count: What was counted in the archive; None if nothing was.
    """

    confidence: float
    reason: Reason | None = None
    citations: tuple[Citation, ...] = ()
    sources: int = 0
    other_answers: tuple[OtherAnswer, ...] = ()
    timeline: tuple[int, ...] = ()
    near_misses: tuple[Citation, ...] = ()
    count: ArchiveCount | None = None

    @property
    def answered(self) -> bool:
        """Whether the articles answer the question."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked.

    Attributes:
        given: The question as the person asked it.
        standalone: The question as it was asked of the articles; a follow-up is completed.
        scope: Which articles may answer; None for all.
    """

    given: str
    standalone: str
    scope: Scope | None = None


def build_answer(
    request: Request, found: Search, composed: Composed, *, generation: int, timings: Mapping[str, float]
) -> Answer:
    """Builds the answer to a question.

    Args:
        request: What was asked.
        found: The search whose hits were read. It has the corrections of the question and its period.
        composed: What the readings of these hits say.
        generation: The number of the generation that was searched.
        timings: Milliseconds of each stage.

    Returns:
        The answer with all its fields. Its text joins the quotes, and its short answer is the first one cited.
    """
    citations = composed.citations
    return Answer(
        question=request.given,
        standalone_question=request.standalone if request.standalone != request.given else None,
        corrections=found.corrections,
        status="answered" if composed.answered else "no_answer",
        reason=composed.reason,
        form=found.question.form,
        text=" … ".join(citation.quote for citation in citations),
        short_answer=next((citation.short for citation in citations if citation.short), None),
        citations=citations,
        confidence=composed.confidence,
        count=composed.count,
        sources=composed.sources,
        other_answers=composed.other_answers,
        timeline=composed.timeline,
        near_misses=composed.near_misses,
        period=found.focus.period,
        scope=request.scope,
        generation=generation,
        timings=dict(timings),
    )
