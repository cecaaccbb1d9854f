"""A follow-up question completed from the conversation, so that it can be asked of the articles by itself.

"And in Jordan?", "Who else?", "When was that?", "What did he say?" leave out what was said before. Rules for English,
no language model: what is put in are always words of the conversation. A question that stands alone is never touched.

Left out: what only knowledge of the world would tell ("the president" for the country that was spoken of), and
questions in other languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.conversation.ellipsis import complete_bare, complete_fragment
from rag.conversation.implicit import complete_implicit
from rag.conversation.memory import REACH, Exchange, Memory
from rag.conversation.pronouns import resolve
from rag.conversation.tags import tag
from rag.core.schema import Answer
from rag.question.question import MAX_CHARACTERS
from rag.text.terms import terms

__all__ = ["Completion", "Exchange", "complete", "exchange_of"]

_LONGEST = 30
"""A question of more words than this tells its own story."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A question that stands alone, and the words of the conversation that were put in; none, where it did already."""

    question: str
    put_in: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything was put in."""
        return bool(self.put_in)


def exchange_of(answer: Answer) -> Exchange:
    """What a conversation keeps of an answer."""
    quotes = tuple(citation.quote for citation in answer.citations)
    return Exchange(answer.standalone_question or answer.question, answer.short_answer, quotes)


def complete(question: str, history: Sequence[Exchange]) -> Completion:
    """The question as it stands alone after these exchanges, the oldest first."""
    if not history or len(question.split()) > _LONGEST:
        return Completion(question)
    earlier = _taken_up(question, history)
    memory = Memory(history)
    whole = complete_bare(question, earlier, memory.answer)
    put_in: tuple[str, ...] = (earlier,)
    if whole is None:
        whole, put_in = resolve(question, memory)
        fragment = complete_fragment(whole, earlier)
        if fragment is not None:
            whole, put_in = fragment, (*put_in, earlier)
        elif not put_in:
            whole, put_in = complete_implicit(question, memory)
    fits = len(whole) <= MAX_CHARACTERS and whole != question
    return Completion(whole, put_in) if fits else Completion(question)


def _taken_up(question: str, history: Sequence[Exchange]) -> str:
    """The earlier question that this one goes on from: the latest that shares a noun with it, else the latest."""
    nouns = _nouns(question)
    shared = (past.question for past in reversed(history[-REACH:]) if nouns & _nouns(past.question))
    return next(shared, history[-1].question)


def _nouns(question: str) -> frozenset[str]:
    return frozenset(term for token in tag(question) if token.tag == "noun" for term in terms(token.text))
