"""One conversation: questions, and what came of each."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rag.core.errors import RagError
from rag.core.schema import Answer, Scope

from .card import Cards, problem_note
from .feedback import Rating
from .link import Link, fingerprint
from .strings import Strings, shortened

if TYPE_CHECKING:
    from rag.library import Library

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, or with the problem that stood in the way; with neither it is being answered."""

    question: str
    answer: Answer | None = None
    problem: str | None = None
    exact: bool = False
    """Whether it is asked as it was written, however much it leans on what was asked before."""
    scope: Scope | None = None
    """Which articles it is asked of, where not of all."""
    link: Link | None = None
    """The link that was opened, where one asks this."""
    rating: Rating | None = None

    @property
    def completed(self) -> bool:
        """Whether it was answered as a longer question than was written."""
        return self.answer is not None and self.answer.standalone_question not in (None, self.question)


Turns = tuple[Turn, ...]


def begin(turns: Turns, question: str, scope: Scope | None = None) -> Turns:
    """The conversation with one more question, not yet answered."""
    return (*turns, Turn(question, scope=scope))


def begin_linked(turns: Turns, link: Link) -> Turns:
    """The conversation with the question of a link that was opened, which leans on nothing said before."""
    return (*turns, Turn(link.question, exact=True, scope=link.scope, link=link))


def begin_exactly(turns: Turns) -> Turns:
    """The conversation with its last question to be asked again, as it was written, if it was completed."""
    if not turns or not turns[-1].completed:
        return turns
    return (*turns[:-1], replace(turns[-1], answer=None, exact=True))


def rate(turns: Turns, told: str, rating: Rating | None) -> Turns:
    """The conversation with the answers that go by this fingerprint rated so."""
    return tuple(
        replace(turn, rating=rating) if turn.answer is not None and fingerprint(turn.answer) == told else turn
        for turn in turns
    )


def settle(library: Library, turns: Turns, strings: Strings) -> Turns:
    """The conversation with its last question answered, or with the problem said in one line.

    Every citation is checked against the store once more before it is shown.
    """
    *earlier, turn = turns
    history = [] if turn.exact else [past.answer for past in earlier if past.answer is not None]
    try:
        scope = turn.scope or Scope()
        answer = library.answer(
            turn.question, history=history, since=scope.since, until=scope.until, sources=scope.sources
        )
        library.verify(answer)
        answer = answer.model_copy(update={"ask_instead": library.questions_instead(answer)})
    except RagError as error:
        return (*earlier, _refused(turn, strings.problem(error)))
    except Exception:  # the edge of the page: a fault may cost one answer, never leave it searching for ever
        _log.exception("a question was not answered")
        return (*earlier, _refused(turn, strings.words.failed))
    return (*earlier, replace(turn, answer=answer))


def _refused(turn: Turn, why: str) -> Turn:
    """The turn with its problem; the question may be a whole book, and only its beginning is kept."""
    return replace(turn, question=shortened(turn.question), problem=why)


def _changed(link: Link | None, answer: Answer, strings: Strings) -> str | None:
    """What to say where the archive is not the one that a link was made from."""
    if link is None:
        return None
    if link.fingerprint != fingerprint(answer):
        return strings.words.link_differs
    return None if link.generation == str(answer.generation) else strings.words.link_same


def markup(turn: Turn, articles: int, cards: Cards) -> tuple[str, str]:
    """A turn as HTML: the question's and the answer's; `articles` is how many are searched."""
    question = cards.question_bubble(turn.question)
    if turn.answer is not None:
        note = _changed(turn.link, turn.answer, cards.strings)
        return question, cards.answer_card(turn.answer, note=note, rating=turn.rating)
    if turn.problem is not None:
        return question, problem_note(turn.problem)
    return question, cards.searching_note(articles)
