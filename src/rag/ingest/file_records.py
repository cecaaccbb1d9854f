"""Reads a file of many articles through, and notes which of its records count."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rag.core.errors import ArticleError
from rag.core.program_fault import attempt
from rag.core.reports import Skipped
from rag.formats.extracted import Extracted
from rag.formats.file_types import article_path
from rag.formats.records import BadRecord, Unpublished
from rag.ingest.file_reader import FileReader

_BAD_RECORDS_NAMED = 20
"""Number of bad records of a file that are named one by one."""
_MOST_BAD_RECORDS = 1000
"""A file is read no further if it has this many bad records, and `_MOST_BAD_PER_ARTICLE` more for each article."""
_MOST_BAD_PER_ARTICLE = 100


@dataclass(slots=True)
class FileRecords:
    """What a file of many articles holds. Of the records with one id, the last counts.

    Attributes:
        articles: The hash of each article by its path.
        damaged: The paths of articles whose records can't be read.
        unpublished: The state of each record that is not published, by its path or its number.
        superseded: Number of records that a later one of the same id replaces.
        skipped: The records that can't be read, and why the file was not read to its end.
        is_whole: Whether the file was read to its end.
    """

    articles: dict[str, str] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    unpublished: dict[str, str] = field(default_factory=dict)
    superseded: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    is_whole: bool = True


def read_through(file: str, file_reader: FileReader) -> FileRecords:
    """Reads the records of a file.

    Args:
        file: The file's path.
        file_reader: Reads the file.
    """
    found, bad = FileRecords(), _BadRecords(file)
    last: list[Extracted | BadRecord | Unpublished] = []

    def read() -> None:
        for number, record in enumerate(file_reader.read_records(Path(file)), start=1):
            last[:] = [record]
            if isinstance(record, BadRecord):
                bad.add(record)
                found.damaged |= {article_path(file, record.key)} if record.key else set()
                bad.stop_if_too_many(number)
            else:
                _note(found, record, article_path(file, record.key), f"{file}#{number}")

    broken = attempt(read)
    if broken is not None:
        found.is_whole = False
        found.skipped.append(Skipped.of(file, broken))
    if any(isinstance(record, BadRecord) and record.why.reason == "cut_off" for record in last):
        found.is_whole = False  # the end of the file is missing
    found.skipped[:0] = bad.told()
    return found


def _note(found: FileRecords, record: Extracted | Unpublished, path: str, numbered: str) -> None:
    """Adds a record. It replaces an earlier one of the same path."""
    if isinstance(record, Unpublished):
        found.articles.pop(path, None)
        found.unpublished[path if record.key else numbered] = record.status
        return
    record_hash = record.fingerprint()
    found.superseded += found.articles.get(path, record_hash) != record_hash
    found.articles[path] = record_hash
    found.unpublished.pop(path, None)


class _BadRecords:
    """The bad records of a file: the first are kept, the others are counted, so that millions take no memory."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._first: list[Skipped] = []
        self._rest: Counter[str] = Counter()
        self.number = 0

    def add(self, record: BadRecord) -> None:
        self.number += 1
        if len(self._first) < _BAD_RECORDS_NAMED:
            told = Skipped.of(self._file, record.why)
            self._first.append(told.model_copy(update={"why": str(record), "record": record.number}))
        elif len(self._rest) < _MOST_BAD_RECORDS:
            self._rest[str(record.why)] += 1

    def stop_if_too_many(self, read: int) -> None:
        """Raises ArticleError if so many of the records that were read are bad that the rest will hardly be good."""
        if self.number > _MOST_BAD_RECORDS + _MOST_BAD_PER_ARTICLE * (read - self.number):
            raise ArticleError(
                f"{self.number:,} of the first {read:,} records hold no article, so the rest is not read",
                "no_article",
                remedy="correct the file, or remove it",
            )

    def told(self) -> list[Skipped]:
        """The first of them, and one entry for the rest, with what is wrong most often."""
        more = self.number - len(self._first)
        if not more:
            return self._first
        (common, _), *_ = self._rest.most_common(1)
        why = f"{more} more like these, most often: {common}"
        return [*self._first, Skipped(path=self._file, why=why, reason="more_alike", facts={"number": more})]
