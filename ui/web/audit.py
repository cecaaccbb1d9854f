"""The audit log of the servers: who asked, read, added, removed and exported what, in JSON Lines.

Several threads and processes may write to one file. A log that can't be written never fails a request.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from filelock import FileLock, Timeout

from rag.core.settings import MEBIBYTE
from rag.core.settings_written import AuditSettings
from rag_ui.web.collections import collection_of
from rag_ui.web.sign_in import ACCOUNT

if TYPE_CHECKING:
    import gradio as gr
    from starlette.types import ASGIApp, Receive, Scope, Send

    from rag_ui.web.accounts import Account

AUDIT = "rag_ui.audit"
"""The key of a request's scope under which the log is found, if there is one."""
_PATIENCE = 2.0
"""Seconds to wait for another process that writes."""
LONGEST = 2000
"""Most characters of a question, and of names that a request states, that are kept."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody asked for: a line of the log, which has the time in UTC before it.

    Attributes:
        who: The name of the person or of the token; empty on a server that needs none.
        door: Where it was asked for.
        collection: The name of the collection, or several with commas between; empty for a single library.
        action: What was asked for, such as "ask" or "remove".
        status: The HTTP status; on the page 200 for what was done, 403 for what the person may not do, 422 for what
            failed, and 499 for what was stopped.
        article: The id of the article; empty if the request names none.
        question: What was asked. It is written only if the settings say so.
    """

    who: str
    door: Literal["page", "rest", "mcp"]
    collection: str
    action: str
    status: int
    article: str = ""
    question: str = ""


class AuditLog:
    """A file to which a line is added for each act. Only its owner can read it.

    Args:
        file: The file. Earlier ones have `.1`, `.2` and so on behind their names, the newest first.
        settings: How large it gets, and whether questions are kept.
    """

    def __init__(self, file: Path, settings: AuditSettings) -> None:
        self._file = file
        self._most, self._kept = settings.megabytes * MEBIBYTE, settings.files
        self._lock = threading.Lock()
        self._others = FileLock(f"{file}.lock", timeout=_PATIENCE, mode=0o600, thread_local=False)
        self._failed = False
        self.keeps_questions = bool(settings.questions)
        self._add(b"")  # a file that can't be written is told at once

    @classmethod
    def of(cls, settings: AuditSettings, folder: Path) -> AuditLog | None:
        """Returns the log that the settings name, by default in a folder; None if they name none."""
        return None if settings.file is None else cls(folder.absolute() / Path(settings.file).expanduser(), settings)

    def write(self, act: Act) -> None:
        """Adds a line. If it can't be written, that is logged once, until a line is written again."""
        told = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **asdict(act)}
        told["question"] = act.question[:LONGEST] if self.keeps_questions else ""
        line = {name: value for name, value in told.items() if value or name not in ("article", "question")}
        self._add(f"{json.dumps(line)}\n".encode())

    def _add(self, line: bytes) -> None:
        try:
            with ExitStack() as held:
                held.enter_context(self._lock)
                held.enter_context(self._others)
                if self._size() + len(line) > self._most:
                    self._begin_another()
                self._append(line)
        except (OSError, Timeout) as error:
            if not self._failed:
                _log.warning("the audit log %s can't be written: %s", self._file, error)
            self._failed = True
        else:
            self._failed = False

    def _size(self) -> int:
        return self._file.stat().st_size if self._file.exists() else 0

    def _append(self, line: bytes) -> None:
        """Adds a whole line or, where the disk is full, nothing of it."""
        descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.fchmod(descriptor, 0o600)
            before = os.fstat(descriptor).st_size
            if os.write(descriptor, line) < len(line):
                os.ftruncate(descriptor, before)
                raise OSError("the disk is full")
        finally:
            os.close(descriptor)

    def _begin_another(self) -> None:
        """Moves each file to the next number. The oldest one is replaced."""
        files = [self._file, *(self._file.with_name(f"{self._file.name}.{n}") for n in range(1, self._kept + 1))]
        for earlier, later in reversed([*pairwise(files)]):
            if earlier.exists():
                earlier.replace(later)


class WithAudit:
    """ASGI middleware with which the events of a page find the log."""

    def __init__(self, app: ASGIApp, log: AuditLog) -> None:
        self._app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        await self._app({**scope, AUDIT: self._log}, receive, send)


def note_in(
    scope: Scope,
    action: str,
    *,
    status: int = 200,
    article: object = "",
    question: object = "",
    collection: str | None = None,
) -> None:
    """Writes into the log what a request to a page did, if there is a log.

    Args:
        scope: The scope of the request.
        action: What it did.
        status: How it ended, as in `Act`.
        article: The id of the article, as the browser sent it.
        question: What was asked, as the browser sent it.
        collection: The collection, or several with commas between; None for that of the request.
    """
    log: AuditLog | None = scope.get(AUDIT)
    if log is None:
        return
    account: Account | None = scope.get(ACCOUNT)
    named = collection_of(scope) if collection is None else collection
    told = {"article": str(article)[:LONGEST], "question": question if isinstance(question, str) else ""}
    log.write(Act(account.name if account else "", "page", named, action, status, **told))


def note(
    request: gr.Request | None, action: str, *, status: int = 200, article: object = "", question: object = ""
) -> None:
    """Writes into the log what an event of a page did. None as its request writes nothing. See `note_in`."""
    if request is not None:
        note_in(request.request.scope, action, status=status, article=article, question=question)
