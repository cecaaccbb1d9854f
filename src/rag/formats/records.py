"""Reads files of many articles: JSON and JSON Lines here, feeds in the worker. Each article gets a key.

A record's key comes from its id, or else its address, or else its content. So an article stays the same if other lines
come and go. If nothing names an article, a changed text is a different article.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rag.core.errors import ArticleError
from rag.core.remedies import Remedy
from rag.core.settings import MEBIBYTE, FileSettings
from rag.formats.extracted import Extracted
from rag.formats.fields import holds_text, read_fields
from rag.formats.file_types import JSON, JSON_LINES, FileType, max_bytes_of
from rag.formats.sandbox import Sandbox
from rag.formats.unpack import read_bytes, read_lines
from rag.text.decode import decode

_LISTS = ("articles", "items", "data", "results", "docs", "records", "entries", "stories")
"""The names under which a JSON object keeps its articles, the likeliest first."""


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that holds no article.

    Attributes:
        where: What a record of this file is called: "Line", "Entry" or "Article".
        number: The record's number in its file, from 1.
        why: The reason.
    """

    where: str
    number: int
    why: ArticleError

    def __str__(self) -> str:
        return f"{self.where} {self.number}: {self.why}"


def read_records(
    path: Path, file_type: FileType, mapping: Mapping[str, str], sandbox: Sandbox, limits: FileSettings
) -> Iterator[Extracted | BadRecord]:
    """Reads the articles of a file.

    A record that repeats another exactly is skipped.

    Args:
        path: The file.
        file_type: Its format.
        mapping: Field names that are used instead of the usual ones (see `rag.formats.fields`).
        sandbox: Reads feeds.
        limits: What reading one file may cost.

    Yields:
        Articles and bad records, in the order of the file. No two articles have the same key. The key is None if a JSON
        file is one article.

    Raises:
        ArticleError: If the file can't be read any further; articles may have been yielded before.
    """
    seen: dict[str | None, str] = {}
    for where, number, found in _read(path, file_type, mapping, sandbox, limits):
        if isinstance(found, ArticleError):
            yield BadRecord(where, number, found)
        elif found.key not in seen:
            seen[found.key] = found.fingerprint()
            yield found
        elif seen[found.key] != found.fingerprint():
            twice = ArticleError(
                "its id is already used in this file", "same_id", remedy="give each article its own id"
            )
            yield BadRecord(where, number, twice)


def _read(
    path: Path, file_type: FileType, mapping: Mapping[str, str], sandbox: Sandbox, limits: FileSettings
) -> Iterator[tuple[str, int, Extracted | ArticleError]]:
    """Yields each record's designation, its number, and what it holds or why it holds nothing."""
    most = max_bytes_of(file_type, limits)
    if file_type is JSON_LINES:
        for number, line in enumerate(read_lines(path, most, limits.max_megabytes * MEBIBYTE), start=1):
            if line is None:
                yield "Line", number, _too_long(limits.max_megabytes)
            elif line.strip(b" \r\n\t\xef\xbb\xbf"):
                yield "Line", number, _read_line(line, mapping)
        return
    data = read_bytes(path, most)
    if file_type is not JSON:
        for number, entry in enumerate(sandbox.extract(file_type, data), start=1):
            empty = ArticleError("it has no text", "no_text", remedy="remove it")
            yield "Entry", number, entry if entry.text.strip() else empty
        return
    value = _parse(decode(data))
    if isinstance(value, dict) and holds_text(value, mapping):
        yield "Article", 1, replace(read_fields(value, mapping), key=None)
        return
    for number, record in enumerate(_find_list(value), start=1):
        yield "Article", number, _read_record(record, mapping)


def _too_long(megabytes: int) -> ArticleError:
    why = f"it is longer than {megabytes} MB"
    return ArticleError(why, "too_large", remedy="split it into its articles", most=megabytes)


def _read_line(line: bytes, mapping: Mapping[str, str]) -> Extracted | ArticleError:
    try:
        return _read_record(_parse(decode(line)), mapping)
    except ArticleError as error:
        return error


def _read_record(record: Any, mapping: Mapping[str, str]) -> Extracted | ArticleError:
    if not isinstance(record, dict):
        return ArticleError("this is not a JSON object", "no_object", remedy="write an article as {...}")
    extracted = read_fields(record, mapping)
    if not extracted.text.strip():
        return ArticleError("no field has its text", "no_text_field", remedy=Remedy(action="name_fields"))
    return extracted if extracted.key else replace(extracted, key=extracted.fingerprint()[:16])


def _parse(text: str) -> Any:
    """Parses JSON. Raises ArticleError, which names the place of a mistake."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, " if error.lineno > 1 else ""
        raise ArticleError(
            f"This is not valid JSON ({error.msg}, {place}column {error.colno})",
            "bad_json",
            remedy="correct it",
            line=error.lineno,
            column=error.colno,
        ) from error
    except (RecursionError, ValueError) as error:
        raise ArticleError(
            "This JSON can't be read (it is nested too deep, or a number is too long)",
            "json_too_deep",
            remedy="correct it",
        ) from error


def _find_list(value: Any) -> list[Any]:
    """The records of a JSON file: a list, or the likeliest list in an object. Raises ArticleError."""
    if isinstance(value, dict):
        lists = [value[name] for name in _LISTS if name in value] + list(value.values())
        value = next((part for part in lists if _may_be_articles(part)), None)
    if not _may_be_articles(value):
        raise ArticleError("The JSON has no article", "no_article", remedy=Remedy("remove it, or", "name_fields"))
    return list(value)


def _may_be_articles(value: Any) -> bool:
    return isinstance(value, list) and (not value or any(isinstance(part, dict) for part in value))
