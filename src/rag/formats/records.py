"""Reads files of many articles: JSON, JSON Lines, feeds, tables, mailboxes. Each article gets a key.

A record's key comes from its id, or else its address, or else its content. So an article stays the same if other lines
come and go. If nothing names an article, a changed text is a different article.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.core.errors import ArticleError
from rag.core.settings import MEBIBYTE, FileSettings
from rag.formats.extracted import Extracted, Refused
from rag.formats.file_types import JSON_LINES, FileType, max_bytes_of
from rag.formats.publication import NO_ARTICLE
from rag.formats.sandbox import Sandbox
from rag.formats.unpack import read_bytes, read_lines

_LINES_AT_ONCE = 2_000
"""Most lines that the worker gets at a time."""
_BYTES_AT_ONCE = MEBIBYTE
"""Bytes of lines from which the worker gets them."""


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that holds no article.

    Attributes:
        where: What a record of this file is called: "Line", "Entry" or "Article".
        number: The record's number in its file, from 1.
        why: The reason.
        key: The key of the article that the record would be; None if it can't be told.
    """

    where: str
    number: int
    why: ArticleError
    key: str | None = None

    def __str__(self) -> str:
        return f"{self.where} {self.number}: {self.why}"


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A record whose article is not published.

    Attributes:
        key: The article's key; None if it has none.
        status: Why not, such as "draft" or "deleted".
    """

    key: str | None
    status: str


def read_records(
    path: Path, file_type: FileType, mapping: Mapping[str, str], sandbox: Sandbox, limits: FileSettings
) -> Iterator[Extracted | BadRecord | Unpublished]:
    """Reads the articles of a file.

    Args:
        path: The file.
        file_type: Its format.
        mapping: Field names that are used instead of the usual ones (see `rag.formats.fields`).
        sandbox: Reads the records.
        limits: What reading one file may cost.

    Yields:
        What each record holds, in the order of the file. If two articles have the same key, the later one is the
        correction of the earlier one. In a feed, where the newest comes first, the later one is a bad record. The key
        is None if the file is one article.

    Raises:
        ArticleError: If the file can't be read any further; articles may have been yielded before.
    """
    seen: dict[str | None, str] = {}
    for number, found in _read(path, file_type, mapping, sandbox, limits):
        if isinstance(found, Refused):
            yield BadRecord(file_type.record, number, found.error(), found.key)
        elif found.status == NO_ARTICLE or (found.status and not (limits.unpublished and found.text.strip())):
            yield Unpublished(found.key, found.status)
        elif not found.text.strip():
            yield BadRecord(file_type.record, number, ArticleError("it has no text", "no_text", remedy="remove it"))
        elif file_type.forgets and seen.setdefault(found.key, found.fingerprint()) != found.fingerprint():
            twice = ArticleError(
                "its id is already used in this file", "same_id", remedy="give each article its own id"
            )
            yield BadRecord(file_type.record, number, twice, found.key)
        else:
            yield found


def _read(
    path: Path, file_type: FileType, mapping: Mapping[str, str], sandbox: Sandbox, limits: FileSettings
) -> Iterator[tuple[int, Extracted | Refused]]:
    """Yields the number of each record, and what the worker found in it."""
    most = max_bytes_of(file_type, limits)
    if file_type is not JSON_LINES:
        yield from enumerate(sandbox.extract_records(file_type, read_bytes(path, most), mapping), start=1)
        return
    some: dict[int, bytes] = {}
    size = 0
    for number, line in enumerate(read_lines(path, most, limits.max_megabytes * MEBIBYTE), start=1):
        if line is None:
            yield number, Refused.of(_too_long(limits.max_megabytes))
        elif line.strip(b" \r\n\t\xef\xbb\xbf"):
            some[number] = line
            size += len(line)
        if len(some) >= _LINES_AT_ONCE or size >= _BYTES_AT_ONCE:
            yield from _read_lines(some, mapping, sandbox)
            some, size = {}, 0
    yield from _read_lines(some, mapping, sandbox)


def _read_lines(
    lines: Mapping[int, bytes], mapping: Mapping[str, str], sandbox: Sandbox
) -> Iterator[tuple[int, Extracted | Refused]]:
    """Yields what some lines hold. If they break the worker, each is read alone, so that one line costs itself only."""
    if not lines:
        return
    try:
        yield from zip(lines, sandbox.extract_records(JSON_LINES, b"\n".join(lines.values()), mapping), strict=True)
    except ArticleError as error:
        if len(lines) == 1:
            yield from ((number, Refused.of(error)) for number in lines)
            return
        for number, line in lines.items():
            yield from _read_lines({number: line}, mapping, sandbox)


def _too_long(megabytes: int) -> ArticleError:
    why = f"it is longer than {megabytes} MB"
    return ArticleError(why, "too_large", remedy="split it into its articles", most=megabytes)
