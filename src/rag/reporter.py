"""The part of a library that follows questions, and reports when their answers change.

What only these methods need is imported in them, because most commands call none of them.
"""

from __future__ import annotations

import logging
from collections.abc import Hashable
from typing import TYPE_CHECKING, Unpack

from rag.answering.build_answer import Request
from rag.answering.pipeline import Serving
from rag.core.errors import QuestionError, RagError
from rag.core.program_fault import describe_fault
from rag.core.schema import Scope
from rag.question.question import check_question
from rag.question.scope import Filters, check_scope
from rag.question.several import split_questions
from rag.searcher import Searcher

if TYPE_CHECKING:
    from rag.standing.asking import Asked
    from rag.standing.checking import Archive
    from rag.standing.results import Standing, StandingCheck, StandingQuestion
    from rag.standing.traces import Trace

_log = logging.getLogger(__name__)


class Reporter(Searcher):
    """Searches, answers, and follows questions. This is a part of `rag.Library`.

    Every method may raise IndexDamagedError, and StandingError if the file of the followed questions is damaged.
    """

    def follow(self, question: str, **filters: Unpack[Filters]) -> StandingQuestion:
        """Asks a question now, and again after each update, and reports when the answer changes.

        A question that is followed with the same filters already stays as it is.

        Args:
            question: One question, at most 2,000 characters. It must stand alone.
            **filters: Which articles may answer, as in `answer`.

        Returns:
            The question with its id and its answer now.

        Raises:
            QuestionError: If the question is empty or too long, it is several questions or none, a date is not valid,
                or no article fits a filter.
            IndexNotWritableError: If the index folder can't be written.
        """
        from rag.standing.checking import follow_question

        scope = self._newest.check_known(check_scope(**filters))
        given = check_question(question)
        if len(split_questions(given)) > 1:
            raise QuestionError("These are several questions", remedy="follow each for itself")
        return follow_question(self._archive(), given, scope)

    def unfollow(self, *ids: str) -> tuple[StandingQuestion, ...]:
        """Follows questions no longer, and forgets what changed in their answers.

        Args:
            *ids: The ids of the questions.

        Returns:
            The questions.

        Raises:
            QuestionError: If no followed question has one of the ids. Then none is removed.
            IndexNotWritableError: If the index folder can't be written.
        """
        from rag.standing.checking import unfollow_questions

        return unfollow_questions(self._store.backend, ids)

    def standing(self, *, after: int = 0, most: int = 100) -> Standing:
        """Lists the questions that are followed, and what changed in their answers.

        Args:
            after: Only changes with a higher number than this one.
            most: Most changes to return, the newest.

        Returns:
            The questions, the oldest first, each with the answer that was reported last; and the changes.
        """
        from rag.standing.register import Register
        from rag.standing.results import Standing

        register = Register(self._store.backend)
        questions = tuple(entry.question for entry in register.entries())
        return Standing(questions=questions, changes=tuple(register.changes(after, max(most, 0))))

    def standing_state(self) -> Hashable:
        """What stays the same as long as nothing about the followed questions changes. It takes no time."""
        return self._store.backend.register_state()

    def standing_feed(self, address: str, *, most: int = 100) -> bytes:
        """Makes an Atom feed of what changed in the answers to followed questions, the newest change first.

        Args:
            address: The web address where the feed is found.
            most: Most changes, the newest.

        Returns:
            The feed in UTF-8.
        """
        from rag.standing.feed import make_feed
        from rag.standing.register import Register

        return make_feed(self.standing(most=most).changes, Register(self._store.backend).uuid(), address)

    def check_standing(self, *, every: bool = False) -> StandingCheck:
        """Asks the followed questions again, and reports what changed. Every update does so by itself.

        Only those questions are asked to which something that is new, changed or gone could matter: the passages that
        their answers were made from are compared. A change is another value, an answer where there was none or none
        where there was one, a further independent source (copies of one text are one), or a source that says something
        else. It is sent by e-mail and to a webhook if the settings name them, and what can't be sent is tried again at
        the next check.

        Args:
            every: Whether to ask all of them, also those to which nothing new could matter.

        Returns:
            What changed, how many questions were asked, and what failed.

        Raises:
            IndexBusyError: If another process is checking and did not end in time.
            IndexNotWritableError: If the index folder can't be written.
        """
        from rag.standing.checking import check_questions

        return check_questions(self._archive(), every=every)

    def _after_change(self) -> None:
        """Checks the followed questions after an update. An error is logged: the update is done all the same."""
        try:
            check = self.check_standing()
        except RagError as error:
            _log.warning("The followed questions were not asked: %s", error)
        except Exception as error:
            _log.warning("The followed questions were not asked: this program has a fault (%s)", describe_fault(error))
        else:
            for problem in (*check.failed.values(), *check.unsent):
                _log.warning("%s", problem)

    def _archive(self) -> Archive:
        from rag.standing.checking import Archive

        return Archive(self._store.backend, self._settings, self._ask_standing, self.article)

    def _ask_standing(self, question: str, scope: Scope | None, before: Trace | None) -> Asked:
        from rag.standing.asking import ask_question

        read, standalone = self._completed(question, (), scope)

        def ask(serving: Serving) -> Asked:
            asked = ask_question(serving, read, Request(question, standalone, scope), before)
            if asked.answer is not None:
                self.verify(asked.answer)
            return asked

        return self._newest.ask(ask)
