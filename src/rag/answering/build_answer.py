"""Builds the `Answer`. This is the only place where one is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

from rag.core.schema import Answer, ArchiveCount, Citation, OtherAnswer, Reason, Scope, StatedField
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
        stated: What fields of articles state that their texts don't.
    """

    confidence: float
    reason: Reason | None = None
    citations: tuple[Citation, ...] = ()
    sources: int = 0
    other_answers: tuple[OtherAnswer, ...] = ()
    timeline: tuple[int, ...] = ()
    near_misses: tuple[Citation, ...] = ()
    count: ArchiveCount | None = None
    stated: tuple[StatedField, ...] = ()

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
        stated=composed.stated,
        sources=composed.sources,
        other_answers=composed.other_answers,
        timeline=composed.timeline,
        near_misses=composed.near_misses,
        period=found.focus.period,
        scope=request.scope,
        generation=generation,
        timings=dict(timings),
    )


def join_answers(given: str, answers: Sequence[Answer]) -> Answer:
    """Joins the answers to several questions of one text.

    Args:
        given: The text as the person wrote it.
        answers: An answer to each question; not empty.

    Returns:
        An answer with these as its parts. Its citations are those of all parts, numbered through, and its confidence is
        the lowest of the answered parts. Without an answered part it has the first part's reason.
    """
    numbers = count(1)
    parts = tuple(_numbered(answer, numbers) for answer in answers)
    answered = [part for part in parts if part.answered]
    citations = tuple(chain.from_iterable(part.citations for part in parts))
    timings: dict[str, float] = {}
    for stage, spent in chain.from_iterable(part.timings.items() for part in parts):
        timings[stage] = timings.get(stage, 0.0) + spent
    return Answer(
        question=given,
        status="answered" if answered else "no_answer",
        reason=None if answered else parts[0].reason,
        form="several",
        text=" … ".join(citation.quote for citation in citations),
        citations=citations,
        confidence=min(part.confidence for part in answered or parts),
        parts=parts,
        scope=parts[0].scope,
        generation=parts[-1].generation,
        timings=timings,
    )


def _numbered(answer: Answer, numbers: Iterator[int]) -> Answer:
    """The answer with its citations numbered by the next numbers, in the order shown."""
    new: dict[int, int] = {}

    def renumber(citations: Sequence[Citation]) -> tuple[Citation, ...]:
        new.update((citation.number, next(numbers)) for citation in citations)
        return tuple(citation.model_copy(update={"number": new[citation.number]}) for citation in citations)

    citations = renumber(answer.citations)
    others = tuple(other.model_copy(update={"citations": renumber(other.citations)}) for other in answer.other_answers)
    update = {
        "citations": citations,
        "other_answers": others,
        "near_misses": renumber(answer.near_misses),
        "timeline": tuple(new[number] for number in answer.timeline),
    }
    return answer.model_copy(update=update)
