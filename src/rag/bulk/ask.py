"""Answers the questions of a file into another one, two at a time, and goes on where it was stopped.

Each answer is kept in a file beside the output as soon as it is found, so that a kill loses only the questions that are
being answered. When all are answered, the output is written whole, and that file is removed.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rag import __version__
from rag.bulk.answers import AnsweredRow, answered_row, failed_row, given_of, key_of
from rag.bulk.questions import AskedRow, read_rows
from rag.bulk.tables import make_csv, make_workbook, read_csv, read_workbook
from rag.bulk.word import is_of_answers, make_document
from rag.core.atomic_files import replace_file
from rag.core.errors import IndexDamagedError, QuestionsFileError, RagError
from rag.library import Library

WORKERS = 2
"""Questions that are answered at the same time."""


def _make_lines(rows: Sequence[AnsweredRow]) -> bytes:
    return b"".join(row.model_dump_json().encode("utf-8", "replace") + b"\n" for row in rows)


def _read_lines(file: Path) -> list[AnsweredRow]:
    """The answers of a file of JSON lines. A line that was cut off by a kill is left out."""
    found = []
    for line in file.read_bytes().splitlines():
        with contextlib.suppress(ValidationError):
            found.append(AnsweredRow.model_validate_json(line))
    return found


_MAKE: Mapping[str, Callable[[Sequence[AnsweredRow]], bytes]] = {
    ".csv": make_csv,
    ".xlsx": make_workbook,
    ".jsonl": _make_lines,
    ".docx": make_document,
}
_READ: Mapping[str, Callable[[Path], list[AnsweredRow]]] = {
    ".csv": read_csv,
    ".xlsx": read_workbook,
    ".jsonl": _read_lines,
}


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a file of questions.

    Attributes:
        rows: The rows with their answers, in the order of the questions.
        failed: The rows that could not be asked: their number in the file, and why.
        kept: Number of answers that an earlier run had found.
    """

    rows: tuple[AnsweredRow, ...]
    failed: tuple[tuple[int, str], ...]
    kept: int


def answer_file(
    library: Library,
    questions: Path,
    target: Path,
    *,
    max_words: int | None = None,
    filters: Mapping[str, Any] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Answered:
    """Answers the questions of a file into another one.

    Args:
        library: The library.
        questions: The file of questions (`rag.bulk.questions`).
        target: The file of answers: `.csv`, `.xlsx`, `.jsonl` or `.docx`. Answers that it has already, to the same
            question from the same state of the library and with the same settings, are kept; not those of `.docx`.
        max_words: Most words of quotes in an answer; None takes the setting.
        filters: Which articles may answer; a row's own filters come first.
        progress: Called with the number of questions answered in this run and the number to answer.

    Returns:
        The answers, and the rows that could not be asked.

    Raises:
        QuestionsFileError: If the questions can't be read, or the target can't be written or is another kind of file.
        IndexDamagedError: If the index is damaged. What was answered before is kept for the next run.
    """
    before = _known(target, questions)
    rows = read_rows(questions)
    journal = Journal(target)
    known = {row.key: row for row in (*before, *journal.read()) if row.key}
    asker = _Asker(library, max_words, filters or {})
    keys = [asker.key(row) for row in rows]
    wanted = {key: row for key, row in zip(keys, rows, strict=True) if key not in known and row.fault is None}
    with journal:
        for done, (key, answered) in enumerate(asker.all(wanted), start=1):
            known[key] = answered
            journal.add(answered)
            if progress:
                progress(done, len(wanted))
    answers = [_of(row, known.get(key)) for key, row in zip(keys, rows, strict=True)]
    _write(target, _MAKE[target.suffix.lower()](answers))
    journal.remove()
    failed = [(row.number, one.reason or "") for row, one in zip(rows, answers, strict=True) if one.status == "failed"]
    kept = sum(key not in wanted and row.fault is None for key, row in zip(keys, rows, strict=True))
    return Answered(tuple(answers), tuple(failed), kept)


def _of(row: AskedRow, known: AnsweredRow | None) -> AnsweredRow:
    """The answer to a row. Rows with the same question have the same answer, and each its own other cells."""
    if row.fault is not None or known is None:
        return failed_row(row, row.fault or "it was not asked")
    return known.model_copy(update={"given": given_of(row)})


class _Asker:
    """Asks questions, a few at a time."""

    def __init__(self, library: Library, max_words: int | None, filters: Mapping[str, Any]) -> None:
        self._library = library
        self._max_words = max_words
        self._filters = filters
        status = library.status()
        self._settings = {
            "state": status.state,
            "reader": status.reader,
            "embedder": status.embedder,
            "answers": library.settings.model_dump(mode="json", include={"answers", "search"}),
            "max_words": max_words,
            "filters": dict(filters),
            "version": __version__,
        }

    def key(self, row: AskedRow) -> str:
        """Tells apart what is asked, and of what."""
        return key_of(row, self._settings)

    def all(self, rows: Mapping[str, AskedRow]) -> Iterator[tuple[str, AnsweredRow]]:
        """Yields the key and the answer of each row as soon as it is answered."""
        with ThreadPoolExecutor(WORKERS, thread_name_prefix="asking") as pool:
            running: dict[Future[AnsweredRow], str] = {
                pool.submit(self._answer, row, key): key for key, row in rows.items()
            }
            try:
                for future in as_completed(running):
                    yield running[future], future.result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _answer(self, row: AskedRow, key: str) -> AnsweredRow:
        try:
            filters = {**self._filters, **row.filters}
            answer = self._library.answer(row.question, max_words=self._max_words, **filters)
        except RagError as error:
            if error.exit_code == IndexDamagedError.exit_code:
                raise
            return failed_row(row, str(error))
        return answered_row(row, answer, key)


class Journal:
    """The answers that were found so far, in a file beside the output.

    Args:
        target: The output.
    """

    def __init__(self, target: Path) -> None:
        self._file = target.with_name(f"{target.name}.part")
        self._descriptor = -1

    def read(self) -> list[AnsweredRow]:
        """Reads the answers of a run that was stopped; none if there was none."""
        return _read_lines(self._file) if self._file.exists() else []

    def __enter__(self) -> Journal:
        try:
            self._descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
            os.write(self._descriptor, b"\n" if self._file.stat().st_size else b"")  # ends a line that was cut off
        except OSError as error:
            raise _not_writable(self._file, error) from error
        return self

    def add(self, row: AnsweredRow) -> None:
        """Adds an answer. It is on the disk when this returns."""
        try:
            line = memoryview(_make_lines([row]))
            while line:
                line = line[os.write(self._descriptor, line) :]
            os.fsync(self._descriptor)
        except OSError as error:
            raise _not_writable(self._file, error) from error

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)

    def remove(self) -> None:
        """Removes the file, when the output is written."""
        self._file.unlink(missing_ok=True)


def _known(target: Path, questions: Path) -> list[AnsweredRow]:
    """The answers that the output has already. Raises QuestionsFileError if it can't become the output."""
    suffix, advice = target.suffix.lower(), "name another file"
    if suffix not in _MAKE:
        raise QuestionsFileError(
            f"Answers are not written to '{suffix}' files", remedy=f"name a file of {', '.join(_MAKE)}"
        )
    if target.resolve() == questions.resolve():
        raise QuestionsFileError(f"{target} is the file of questions", remedy=advice)
    if not target.parent.is_dir() or (target.exists() and not target.is_file()):
        raise QuestionsFileError(f"Can't write {target}", remedy="name a file in a folder that exists")
    if not target.exists() or not target.stat().st_size:
        return []
    try:
        if suffix == ".docx":
            is_ours, found = is_of_answers(target.read_bytes()), []
        else:
            found = _READ[suffix](target)
            is_ours = bool(found)
    except Exception as error:  # whatever the libraries raise for a file that is something else
        raise QuestionsFileError(f"{target} is no file of answers ({type(error).__name__})", remedy=advice) from error
    if not is_ours:
        raise QuestionsFileError(f"{target} is there, and is no file of answers", remedy=advice)
    return found


def _write(target: Path, data: bytes) -> None:
    try:
        replace_file(target.resolve(), [data])
    except OSError as error:
        raise _not_writable(target, error) from error


def _not_writable(file: Path, error: OSError) -> QuestionsFileError:
    advice = "free some space, or name another file; what was answered is kept, so run the same command again"
    return QuestionsFileError(f"Can't write {file} ({error.strerror})", remedy=advice)
