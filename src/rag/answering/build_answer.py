"""The one place where an `Answer` is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rag.core.schema import Answer, Citation, OtherAnswer, Reason, Scope
from rag.retrieval.search import Search


@dataclass(frozen=True, slots=True)
class Composed:
    """What the readings of a question say: quotes with a confidence, or the reason why there are none.

    The fields are those of `rag.core.schema.Answer`; `reason` is None exactly where there is an answer.
    """

    confidence: float
    reason: Reason | None = None
    citations: tuple[Citation, ...] = ()
    sources: int = 0
    other_answers: tuple[OtherAnswer, ...] = ()
    timeline: tuple[int, ...] = ()
    near_misses: tuple[Citation, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether the articles answer the question."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: the question as it was given, as it stands alone, and the scope."""

    given: str
    standalone: str
    scope: Scope | None = None


def build_answer(
    request: Request, found: Search, composed: Composed, *, generation: int, timings: Mapping[str, float]
) -> Answer:
    """The answer to a question.

    Args:
        request: What was asked.
        found: The search whose hits were read: how the question was read, and its time.
        composed: What the readings of these hits say.
        generation: The number of the generation that was asked.
        timings: Milliseconds of each stage.

    Returns:
        The answer with all its fields; its text and short answer are those of the citations.
    """
    citations = composed.citations
    return Answer(
        question=request.given,
        standalone_question=request.standalone if request.standalone != request.given else None,
        corrections=found.corrections,
        status="answered" if composed.answered else "no_answer",
        reason=composed.reason,
        text=" … ".join(citation.quote for citation in citations),
        short_answer=next((citation.short for citation in citations if citation.short), None),
        citations=citations,
        confidence=composed.confidence,
        sources=composed.sources,
        other_answers=composed.other_answers,
        timeline=composed.timeline,
        near_misses=composed.near_misses,
        period=found.focus.period,
        scope=request.scope,
        generation=generation,
        timings=dict(timings),
    )
