"""Asks a followed question, unless nothing that is new could matter to it."""

from __future__ import annotations

from dataclasses import dataclass

from rag.answering.build_answer import Request
from rag.answering.pipeline import Serving
from rag.core.schema import Answer
from rag.question.question import Question
from rag.standing.traces import Trace, Tracer, is_same_state, state_of, still_holds


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a question.

    Attributes:
        question: The question as it was read.
        answer: The answer, whose quotes are not verified yet; None if it must be the same as before.
        trace: What the answer was made from.
    """

    question: Question
    answer: Answer | None
    trace: Trace


def ask_question(serving: Serving, question: Question, request: Request, before: Trace | None) -> Asked:
    """Asks a question.

    Args:
        serving: The generation that is asked.
        question: The question.
        request: The question as it was given, and which articles may answer.
        before: What the last answer was made from; None asks in any case.
    """
    scope = request.scope
    if before is not None and is_same_state(before, serving, question, scope):
        return Asked(question, None, before)
    found = serving.search_all(question, scope)
    if before is not None and still_holds(before, serving, question, scope, found):
        return Asked(question, None, before.model_copy(update={"state": state_of(serving)}))
    tracer = Tracer(serving, question, scope)
    answer = tracer.serving.answer(question, request)
    return Asked(question, answer, tracer.trace(found))
