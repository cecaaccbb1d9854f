"""Keeps the followed questions beside the index and outside of its generations, in a register of their own.

What a check finds out about one question is one transaction: its answer, the change, and what is to be sent. Two
processes may write at once. Left out: deleting old changes, because a change is a few kilobytes.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from rag.core.errors import IndexDamagedError, RagError, StandingError
from rag.core.index_layout import STANDING
from rag.core.schema import Scope
from rag.standing.comparing import Statement
from rag.standing.results import StandingAnswer, StandingChange, StandingQuestion
from rag.standing.traces import Trace
from rag.store.backend import Backend
from rag.store.database import Database, Row

_STATEMENTS = TypeAdapter(tuple[Statement, ...])
_QUESTION = "id, question, scope, added, asked, changed, answer, known, trace"


@dataclass(frozen=True, slots=True)
class Entry:
    """A followed question with what is needed to ask it again.

    Attributes:
        question: The question, as it is shown.
        known: What sources are known to say to it.
        trace: What the last answer was made from.
    """

    question: StandingQuestion
    known: tuple[Statement, ...]
    trace: Trace


class Register:
    """The followed questions of a library. Threads may share it.

    Every method may raise StandingError if the register is damaged, IndexNotWritableError or IndexBusyError.

    Args:
        backend: The library's database. A register is made when the first question is followed.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @property
    def is_there(self) -> bool:
        """Whether a question was ever followed here."""
        return self._backend.has_register()

    def add(self, entry: Entry) -> None:
        """Adds a question. One that is there already stays as it is."""
        told = entry.question
        row = (told.id, told.question, _json(told.scope), told.added, told.asked, told.changed, _json(told.answer))
        with self._open(create=True) as database:
            database.run(
                f"INSERT INTO question ({_QUESTION}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                (*row, _known(entry.known), _json(entry.trace)),
            )

    def remove(self, ids: Sequence[str]) -> None:
        """Removes questions, with their changes and what of them was to be sent."""
        with self._open() as database, _transaction(database):
            for each in ids:
                database.run(
                    "DELETE FROM unsent WHERE number IN (SELECT number FROM change WHERE question_id = ?)", (each,)
                )
                database.run("DELETE FROM change WHERE question_id = ?", (each,))
                database.run("DELETE FROM question WHERE id = ?", (each,))

    def entries(self) -> list[Entry]:
        """Reads all questions, the oldest first; none if there is no file."""
        if not self.is_there:
            return []
        with self._open() as database:
            rows = database.rows(f"SELECT {_QUESTION} FROM question ORDER BY rowid")
            return [_entry(row) for row in rows]

    def changes(self, after: int = 0, most: int = -1, numbers: Sequence[int] | None = None) -> list[StandingChange]:
        """Reads changes, the oldest first.

        Args:
            after: Only changes with a higher number.
            most: At most this many, the newest; -1 for all.
            numbers: Only changes with these numbers; None for all.
        """
        if not self.is_there:
            return []
        limit = "" if most < 0 else "LIMIT :most"
        with self._open() as database:
            only = (
                "" if numbers is None else f"AND number IN (SELECT value FROM {database.listed('numbers')} AS listed)"
            )
            sql = f"SELECT number, change FROM change WHERE number > :after {only} ORDER BY number DESC {limit}"
            given = {"after": after, "most": most, "numbers": None if numbers is None else list(numbers)}
            rows = database.rows(sql, given)
            return [StandingChange.model_validate({**json.loads(told), "number": n}) for n, told in reversed(rows)]

    def record(self, entry: Entry, change: StandingChange | None, channels: Iterable[str]) -> StandingChange | None:
        """Stores what a check found out about a question, in one transaction.

        Args:
            entry: The question with its new state.
            change: What changed; None if nothing did. Its number is given here.
            channels: Where the change is to be sent.

        Returns:
            The change with its number; None without one, or if somebody removed the question meanwhile.
        """
        told = entry.question
        with self._open() as database, _transaction(database):
            is_there = database.run(
                "UPDATE question SET asked = ?, changed = ?, answer = ?, known = ?, trace = ? WHERE id = ?",
                (told.asked, told.changed, _json(told.answer), _known(entry.known), _json(entry.trace), told.id),
            )
            if change is None or not is_there:
                return None
            number = database.next_id("change")
            row = (number, told.id, change.model_dump_json(exclude={"number"}))
            database.add_rows("change", ("number", "question_id", "change"), [row])
            database.keep_last_id("change", number)
            database.add_rows("unsent", ("number", "channel"), [(number, channel) for channel in channels])
            return change.model_copy(update={"number": number})

    def unsent(self, channel: str, most: int) -> list[StandingChange]:
        """Reads the changes that are to be sent through a channel, the oldest first, at most `most`."""
        with self._open() as database:
            rows = database.rows("SELECT number FROM unsent WHERE channel = ? ORDER BY number LIMIT ?", (channel, most))
        return self.changes(numbers=[number for (number,) in rows]) if rows else []

    def sent(self, channel: str, changes: Iterable[StandingChange]) -> None:
        """Notes that changes were sent through a channel."""
        with self._open() as database, _transaction(database):
            for change in changes:
                database.run("DELETE FROM unsent WHERE number = ? AND channel = ?", (change.number, channel))

    def uuid(self) -> uuid.UUID:
        """Returns what identifies this register in feeds; without a file, one that is always the same."""
        if not self.is_there:
            return uuid.UUID(int=0)
        with self._open() as database:
            row = database.row("SELECT uuid FROM register")
        assert row is not None
        return uuid.UUID(row[0])

    @contextmanager
    def _open(self, create: bool = False) -> Iterator[Database]:
        """Opens the register for some statements."""
        try:
            with self._backend.register(create=create) as database:
                yield database
        except (IndexDamagedError, ValidationError) as error:
            row = f"{self._backend.describe_file(STANDING)} is damaged (a row is not as it was written)"
            raise StandingError(
                error.message if isinstance(error, IndexDamagedError) else row,
                remedy="move the file away, and follow the questions again",
            ) from error


@contextmanager
def _transaction(database: Database) -> Iterator[None]:
    """Runs statements in one transaction; all are undone if one fails."""
    database.begin()
    try:
        yield
        database.commit()
    except BaseException:
        with suppress(RagError):
            database.run("ROLLBACK")
        raise


def _entry(row: Row) -> Entry:
    each, question, scope, added, asked, changed, answer, known, trace = row
    told = StandingQuestion(
        id=each,
        question=question,
        scope=None if scope is None else Scope.model_validate_json(scope),
        added=added,
        asked=asked,
        changed=changed,
        answer=StandingAnswer.model_validate_json(answer),
    )
    return Entry(told, _STATEMENTS.validate_json(known), Trace.model_validate_json(trace))


def _json(value: Scope | StandingAnswer | Trace | None) -> str | None:
    return None if value is None else value.model_dump_json()


def _known(statements: tuple[Statement, ...]) -> str:
    return _STATEMENTS.dump_json(statements).decode()
