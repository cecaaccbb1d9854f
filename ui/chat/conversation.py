"""A conversation: questions, each with its answer or problem."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from rag.core.errors import RagError
from rag.core.plain_text import without_surrogates
from rag.core.schema import Answer, Scope
from rag.question.scope import Filters
from rag_ui.chat.card import Cards, problem_note
from rag_ui.chat.feedback import Rating
from rag_ui.chat.link import Link, fingerprint
from rag_ui.chat.notes import Notes
from rag_ui.language.strings import Strings, shortened

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
    pinned: bool = False
    notes: Notes = ()
    """What the person wrote beside quotes of the answer."""
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


class Marks(NamedTuple):
    """What the person added to an answer."""

    rating: Rating | None
    pinned: bool
    notes: Notes


@dataclass(slots=True)
class Meanwhile:
    """What happened on a page while an answer is on its way. Each page has its own.

    An answer is put into the conversation as it was when its question was asked, so what came since is put in with it.

    Attributes:
        number: How often the conversation was stopped or left. What is being answered compares it with the number that
            it began with, because an answer that came behind the stop would bring its conversation back.
        marks: The marks of answers that were rated, pinned or annotated, by the answer's fingerprint.
    """

    number: int = 0
    marks: dict[str, Marks] = field(default_factory=dict)


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


def change_answers(turns: Turns, told: str, change: Callable[[Turn], Turn]) -> Turns:
    """Changes the turns whose answer has this fingerprint."""
    return tuple(
        change(turn) if turn.answer is not None and fingerprint(turn.answer) == told else turn for turn in turns
    )


def marks_of(turns: Turns) -> dict[str, Marks]:
    """Returns the marks of each answer, by its fingerprint."""
    return {
        fingerprint(turn.answer): Marks(turn.rating, turn.pinned, turn.notes)
        for turn in turns
        if turn.answer is not None
    }


def with_marks(turns: Turns, marks: Mapping[str, Marks], but: int | None = None) -> Turns:
    """Returns the turns with these marks, but for the turn at the place `but`, whose answer is new."""
    return tuple(
        replace(turn, **found._asdict())
        if place != but and turn.answer is not None and (found := marks.get(fingerprint(turn.answer)))
        else turn
        for place, turn in enumerate(turns)
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
        "naming": scope.naming,
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
        return question, cards.answer_card(
            turn.answer, note=note, rating=turn.rating, pinned=turn.pinned, notes=turn.notes
        )
    if turn.problem is not None:
        return question, problem_note(turn.problem)
    return question, cards.searching_note(cards.strings.stage(turn.stage, articles))
