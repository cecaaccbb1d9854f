"""Checks the followed questions: asks those again to which something new matters, and reports what changed."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from rag.core.errors import IndexBusyError, IndexNotWritableError, QuestionError, RagError
from rag.core.program_fault import describe_fault
from rag.core.schema import Scope
from rag.core.settings import Settings
from rag.standing.asking import Asked
from rag.standing.comparing import Comparer, ReadArticle, answer_of, statements_of
from rag.standing.register import Entry, Register
from rag.standing.results import StandingChange, StandingCheck, StandingQuestion
from rag.standing.sending import channels_of, send_unsent
from rag.standing.traces import Trace
from rag.store.backend import Backend

Ask = Callable[[str, Scope | None, Trace | None], Asked]
"""Asks a question, with the articles that may answer and what its last answer was made from; verifies the quotes."""
MOST_FOLLOWED = 1000
"""Most questions that are followed in one index. Each costs some milliseconds at every update."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Archive:
    """What a check needs of a library.

    Attributes:
        backend: The library's database.
        settings: The settings.
        ask: Asks a question.
        article: Reads an article.
    """

    backend: Backend
    settings: Settings
    ask: Ask
    article: ReadArticle


def follow_question(archive: Archive, question: str, scope: Scope | None) -> StandingQuestion:
    """Asks a question and follows it from now on. One that is followed already stays as it is.

    Raises:
        QuestionError: If it asks for nothing that articles could answer, or too many questions are followed.
    """
    register = Register(archive.backend)
    name = id_of(question, scope)
    followed = {entry.question.id: entry.question for entry in register.entries()}
    if name in followed:
        return followed[name]
    if len(followed) >= MOST_FOLLOWED:
        raise QuestionError(f"{MOST_FOLLOWED:,} questions are followed already", remedy="follow one of them no longer")
    asked = archive.ask(question, scope, None)
    assert asked.answer is not None
    if asked.answer.reason == "small_talk":
        raise QuestionError(f"'{question}' asks nothing of the articles", remedy="follow a question about the news")
    answer = answer_of(asked.answer)
    told = StandingQuestion(
        id=name, question=question, scope=scope, added=date.today().isoformat(), asked=_now(), answer=answer
    )
    statements = tuple(one for one, _ in statements_of(answer)) if answer.answered else ()
    register.add(Entry(told, statements, asked.trace))
    return told


def unfollow_questions(backend: Backend, ids: tuple[str, ...]) -> tuple[StandingQuestion, ...]:
    """Follows questions no longer, and forgets their changes.

    Returns:
        The questions.

    Raises:
        QuestionError: If no followed question has one of the ids. Then none is removed.
    """
    register = Register(backend)
    followed = {entry.question.id: entry.question for entry in register.entries()}
    for each in ids:
        if each not in followed:
            advice = f"name one of {', '.join(followed)}" if followed else "no question is followed"
            raise QuestionError(f"No followed question has the id '{each}'", remedy=advice)
    if ids:
        register.remove(ids)
    return tuple(followed[each] for each in dict.fromkeys(ids))


def check_questions(archive: Archive, *, every: bool = False) -> StandingCheck:
    """Asks the followed questions again to which something new matters, records what changed, and sends it.

    Args:
        archive: The library.
        every: Whether to ask all of them, also those to which nothing new can matter.

    Returns:
        What changed. A question that can't be asked and a channel that fails stop no other.

    Raises:
        IndexBusyError: If another process checks for longer than the setting `updates.wait_seconds`.
        IndexNotWritableError: If the folder can't be written.
        StandingError: If the followed questions can't be read.
    """
    register = Register(archive.backend)
    if not register.is_there:
        return StandingCheck()
    with archive.backend.register_lock(archive.settings.updates.wait_seconds):
        check = _Check(archive, register)
        for entry in register.entries():
            check.ask(entry, every)
        problems = send_unsent(register, archive.settings.standing)
        return StandingCheck(
            changes=tuple(check.changes),
            asked=check.asked,
            kept=check.kept,
            failed=check.failed,
            unsent=tuple(map(str, problems)),
        )


class _Check:
    """One check of all questions, and what it found so far."""

    def __init__(self, archive: Archive, register: Register) -> None:
        self._archive = archive
        self._register = register
        self._channels = channels_of(archive.settings.standing)
        self.changes: list[StandingChange] = []
        self.failed: dict[str, str] = {}
        self.asked = self.kept = 0

    def ask(self, entry: Entry, every: bool) -> None:
        """Asks a question again, if that is needed. An error costs this question alone."""
        told = entry.question
        try:
            asked = self._archive.ask(told.question, told.scope, None if every else entry.trace)
            self._take(entry, asked)
        except (IndexNotWritableError, IndexBusyError):
            raise
        except RagError as error:
            self.failed[told.id] = str(error)
        except Exception as error:
            self.failed[told.id] = f"This program has a fault ({describe_fault(error)}); report this line"
            _log.info("a followed question could not be asked", exc_info=error)

    def _take(self, entry: Entry, asked: Asked) -> None:
        if asked.answer is None:
            self.kept += 1
            if asked.trace != entry.trace:
                self._register.record(Entry(entry.question, entry.known, asked.trace), None, ())
            return
        self.asked += 1
        answer = answer_of(asked.answer)
        compared = Comparer(asked.question.kind, self._archive.article).compare(
            entry.question.answer, answer, entry.known
        )
        now = _now()
        # Without a report the answer that was reported last stays the one that the next answer is compared with.
        reported = {"answer": answer, "changed": now} if compared.kinds else {}
        question = entry.question.model_copy(update={"asked": now, **reported})
        change = None
        if compared.kinds:
            change = StandingChange(
                number=1,
                question_id=question.id,
                question=question.question,
                scope=question.scope,
                found=now,
                kinds=compared.kinds,
                before=entry.question.answer,
                now=answer,
                new=compared.new,
            )
        recorded = self._register.record(Entry(question, compared.known, asked.trace), change, self._channels)
        if recorded is not None:
            self.changes.append(recorded)


def id_of(question: str, scope: Scope | None) -> str:
    """Returns the id of a question with a scope, 8 hexadecimal digits."""
    # `naming` is left out where it is empty, so that the ids of older releases hold.
    stated = "" if scope is None else scope.model_dump_json(exclude=None if scope.naming else {"naming"})
    told = f"{question}\n{stated}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:8]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
