"""A conversation: questions, each with its answer or problem."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from rag.core.errors import RagError
from rag.core.plain_text import without_surrogates
from rag.core.schema import Answer, Scope
from rag.question.scope import Filters

from .card import Cards, problem_note
from .feedback import Rating
from .link import Link, fingerprint
from .strings import Strings, shortened

if TYPE_CHECKING:
    from rag.library import Library

_log = logging.getLogger(__name__)

Stage = Literal["searching", "checking", "suggesting"]
"""What is done for a question: articles are searched and read, each quote is checked, other questions are sought."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer or its problem. With neither, it is being answered."""

    question: str
    answer: Answer | None = None
    problem: str | None = None
    exact: bool = False
    """Whether the question is asked as it was written, even if it is a follow-up."""
    scope: Scope | None = None
    """The articles that may answer; None for all."""
    link: Link | None = None
    """The link that asked the question, if any."""
    rating: Rating | None = None
    stage: Stage = "searching"
    before: Turn | None = None
    """The turn that stood here before the question was edited, until the page is loaded again."""

    @property
    def waits(self) -> bool:
        """Whether the question is being answered."""
        return self.answer is None and self.problem is None

    @property
    def completed(self) -> bool:
        """Whether the question was a follow-up and was completed."""
        return self.answer is not None and self.answer.standalone_question not in (None, self.question)


Turns = tuple[Turn, ...]


@dataclass(slots=True)
class Interruptions:
    """How often a page's conversation was stopped or left. Each page has its own.

    What is being answered compares the number with the one that it began with, because an answer on its way may come
    after the stop, and would bring its conversation back.
    """

    number: int = 0


def begin(turns: Turns, question: str, scope: Scope | None = None) -> Turns:
    """Adds a question that is not yet answered."""
    # A program may send anything in place of a text.
    return (*turns, Turn(without_surrogates(question) if isinstance(question, str) else "", scope=scope))


def begin_again(turns: Turns, at: int, question: str, scope: Scope | None = None) -> Turns:
    """Puts an edited question in the place of the question `at`. The questions after it stay."""
    (edited,) = begin((), question, scope)
    return (*turns[:at], replace(edited, before=replace(turns[at], before=None)), *turns[at + 1 :])


def take_back_edit(turns: Turns, at: int) -> Turns:
    """Puts the question back that stood in the place `at` before it was edited."""
    before = turns[at].before
    return turns if before is None else (*turns[:at], before, *turns[at + 1 :])


def stop(turns: Turns, strings: Strings) -> Turns:
    """Ends the wait for an answer. The question stays, and says that it was stopped."""
    return tuple(replace(turn, problem=strings.words.asking.stopped) if turn.waits else turn for turn in turns)


def begin_linked(turns: Turns, link: Link) -> Turns:
    """Adds the question of an opened link. It is never a follow-up."""
    return (*turns, Turn(link.question, exact=True, scope=link.scope, link=link))


def begin_exactly(turns: Turns) -> Turns:
    """Marks the last question to be asked again as it was written, if it was completed."""
    if not turns or not turns[-1].completed:
        return turns
    return (*turns[:-1], replace(turns[-1], answer=None, exact=True))


def rate(turns: Turns, told: str, rating: Rating | None) -> Turns:
    """Sets the rating of the answers with this fingerprint."""
    return tuple(
        replace(turn, rating=rating) if turn.answer is not None and fingerprint(turn.answer) == told else turn
        for turn in turns
    )


def settle(library: Library, turns: Turns, strings: Strings) -> Iterator[Turns]:
    """Answers the question that waits for an answer, or adds its problem in one line.

    Every citation is compared with the store again before it is shown.

    Yields:
        The turns at each further stage, and at last with the answer or the problem.
    """
    at = next(place for place, turn in enumerate(turns) if turn.waits)
    turn = turns[at]
    history = [] if turn.exact else [past.answer for past in turns[:at] if past.answer is not None]
    try:
        for stage, answer in _stages(library, turn, history):
            shown = replace(turn, answer=answer) if answer is not None else replace(turn, stage=stage)
            yield (*turns[:at], shown, *turns[at + 1 :])
        return
    except RagError as error:
        refused = _refused(turn, strings.problem(error))
    except Exception:  # a fault must not leave the page searching forever
        _log.exception("a question was not answered")
        refused = _refused(turn, strings.words.failed)
    yield (*turns[:at], refused, *turns[at + 1 :])


def _stages(library: Library, turn: Turn, history: Sequence[Answer]) -> Iterator[tuple[Stage, Answer | None]]:
    """Yields each stage behind the first as it begins, and at last the answer."""
    answer = library.answer(turn.question, history=history, **filters_of(turn.scope))
    yield "checking", None
    library.verify(answer)
    if not answer.answered:
        yield "suggesting", None
    yield "suggesting", answer.model_copy(update={"ask_instead": library.questions_instead(answer)})


def filters_of(scope: Scope | None) -> Filters:
    """Returns the filters of the library's methods that give a scope of the page; none for None."""
    if scope is None:
        return {}
    return {
        "since": scope.since,
        "until": scope.until,
        "sources": scope.sources,
        "authors": scope.authors,
        "sections": scope.sections,
    }


def _refused(turn: Turn, why: str) -> Turn:
    """Adds the problem to a turn. Of a very long question, only the start is kept."""
    return replace(turn, question=shortened(turn.question), problem=why)


def _changed(link: Link | None, answer: Answer, strings: Strings) -> str | None:
    """The note above an answer if the archive changed since the link was made."""
    if link is None or not link.tells_answer:
        return None
    if link.fingerprint != fingerprint(answer):
        return strings.words.link_differs
    return None if link.generation == str(answer.generation) else strings.words.link_same


def markup(turn: Turn, articles: int, cards: Cards) -> tuple[str, str]:
    """Renders a turn: the HTML of the question and of the answer. `articles` is the number that are searched."""
    question = cards.question_bubble(turn.question, is_edited=turn.before is not None and not turn.waits)
    if turn.answer is not None:
        note = _changed(turn.link, turn.answer, cards.strings)
        return question, cards.answer_card(turn.answer, note=note, rating=turn.rating)
    if turn.problem is not None:
        return question, problem_note(turn.problem)
    return question, cards.searching_note(cards.strings.stage(turn.stage, articles))
