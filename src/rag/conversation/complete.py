"""Completes a follow-up question from the conversation, so that it can be asked alone.

"And in Jordan?", "Who else?", "When was that?" and "What did he say?" omit what was said before. Rules for English
complete them, without a language model. All words that are inserted are from the conversation, or are "this article" in
"Who wrote it?", unless the conversation speaks of a book or the like. A question that stands alone is not changed.

Left out: what needs knowledge of the world ("the president" of a country that was mentioned), and questions in other
languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.conversation.ellipsis import complete_bare, complete_fragment
from rag.conversation.implicit import complete_implicit, with_gist
from rag.conversation.memory import REACH, Exchange, Memory
from rag.conversation.pronouns import resolve
from rag.conversation.sexes import ToldSexes
from rag.conversation.tags import tag
from rag.core.article import Article
from rag.core.schema import Answer
from rag.question.about_article import with_this_article
from rag.question.question import MAX_CHARACTERS
from rag.text.english.follow_ups import TITLE_IN_MARKS, WORKS
from rag.text.terms import terms

__all__ = ["Completion", "Exchange", "complete", "exchange_of"]

_WORK = re.compile(rf"\b(?i:{WORKS})s?\b|[“\"‘]{TITLE_IN_MARKS}[”\"’]")
_LONGEST = 30
"""Number of words above which a question is treated as complete."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A question that stands alone.

    Attributes:
        question: The completed question.
        put_in: The words of the conversation that were inserted; empty if the question was complete.
    """

    question: str
    put_in: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether words were inserted."""
        return bool(self.put_in)


def exchange_of(answer: Answer) -> Exchange:
    """Returns what a conversation keeps of an answer: question, short answer and quotes."""
    quotes = tuple(citation.quote for citation in answer.citations)
    return Exchange(answer.standalone_question or answer.question, answer.short_answer, quotes)


def complete(question: str, history: Sequence[Exchange], cited: Callable[[], Sequence[Article]] = tuple) -> Completion:
    """Completes a question from the conversation.

    Args:
        question: The question's text.
        history: The earlier exchanges, oldest first.
        cited: Reads the articles that the exchanges cite. They tell who is "he" and who "she".

    Returns:
        The completed question. It is the question itself if it stands alone, has too many words, or would get longer
        than a question may be.
    """
    if not history or len(question.split()) > _LONGEST:
        return Completion(question)
    earlier = _taken_up(question, history)
    memory = Memory(history, ToldSexes(cited))
    of_article = with_this_article(question)
    if of_article is not None and not _speaks_of_a_work(history[-1], memory):
        return Completion(of_article, ("this article",))
    whole = complete_bare(question, earlier, memory.answer)
    put_in: tuple[str, ...] = (earlier,)
    if whole is None:
        whole, put_in = resolve(question, memory)
        fragment = complete_fragment(whole, earlier)
        if fragment is not None:
            whole, put_in = fragment, (*put_in, earlier)
        elif not put_in:
            whole, put_in = complete_implicit(question, memory)
        whole, put_in = with_gist(whole, put_in, memory)
    fits = len(whole) <= MAX_CHARACTERS and whole != question
    return Completion(whole, put_in) if fits else Completion(question)


def _speaks_of_a_work(past: Exchange, memory: Memory) -> bool:
    """Whether "it" in "Who wrote it?" may be a book, a song or the like: one is spoken of, or a name may be a title."""
    thing = memory.antecedent("it", ())
    if thing is not None and thing.named and not thing.definite and not thing.fits & {"there", "they"}:
        return True
    words = " ".join((past.question, past.answer or "", *past.quotes))
    return _WORK.search(words) is not None


def _taken_up(question: str, history: Sequence[Exchange]) -> str:
    """The earlier question that this one continues: the latest with a common noun, else the latest of all."""
    nouns = _nouns(question)
    shared = (past.question for past in reversed(history[-REACH:]) if nouns & _nouns(past.question))
    return next(shared, history[-1].question)


def _nouns(question: str) -> frozenset[str]:
    return frozenset(term for token in tag(question) if token.tag == "noun" for term in terms(token.text))
