"""Files of many articles: JSON and JSON Lines read here, feeds in the worker; each article with a key of its own.

A record's key is that of its id, else of its address, else of its content: so an article is the same one when lines
come and go around it, and where nothing names it, a changed text is another article.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rag.core.errors import ArticleError
from rag.core.remedies import Remedy
from rag.formats.extracted import Extracted
from rag.formats.fields import holds_text, read_fields
from rag.formats.file_types import JSON, JSON_LINES, MAX_BYTES, MEBIBYTE, FileType
from rag.formats.sandbox import Sandbox
from rag.formats.unpack import read_bytes, read_lines
from rag.text.decode import decode

_LISTS = ("articles", "items", "data", "results", "docs", "records", "entries", "stories")
"""Where files of one object keep their articles, the likeliest first."""


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that holds no article: where it stands in its file, and why."""

    where: str
    number: int
    why: ArticleError

    def __str__(self) -> str:
        return f"{self.where} {self.number}: {self.why}"


def read_records(
    path: Path, file_type: FileType, mapping: Mapping[str, str], sandbox: Sandbox
) -> Iterator[Extracted | BadRecord]:
    """The articles of a file, each with a key that no other of the file has, in the order of the file.

    The key is None where a JSON file is one article by itself. Raises ArticleError, also half way, where the file
    can't be read any further.
    """
    seen: dict[str | None, str] = {}
    for where, number, found in _read(path, file_type, mapping, sandbox):
        if isinstance(found, ArticleError):
            yield BadRecord(where, number, found)
        elif found.key not in seen:
            seen[found.key] = found.fingerprint()
            yield found
        elif seen[found.key] != found.fingerprint():
            twice = ArticleError(
                "its id stands in the file before", "same_id", remedy="give each article an id of its own"
            )
            yield BadRecord(where, number, twice)


def _read(
    path: Path, file_type: FileType, mapping: Mapping[str, str], sandbox: Sandbox
) -> Iterator[tuple[str, int, Extracted | ArticleError]]:
    """What each record is called, its number, and what it holds or why it holds nothing."""
    if file_type is JSON_LINES:
        for number, line in enumerate(read_lines(path, file_type.max_bytes, MAX_BYTES), start=1):
            if line is None or line.strip(b" \r\n\t\xef\xbb\xbf"):
                yield "Line", number, _read_line(line, mapping)
        return
    data = read_bytes(path, file_type.max_bytes)
    if file_type is not JSON:
        for number, entry in enumerate(sandbox.extract(file_type, data), start=1):
            empty = ArticleError("it has no text", "no_text", remedy="take it away")
            yield "Entry", number, entry if entry.text.strip() else empty
        return
    value = _parse(decode(data))
    if isinstance(value, dict) and holds_text(value, mapping):
        yield "Article", 1, replace(read_fields(value, mapping), key=None)
        return
    for number, record in enumerate(_find_list(value), start=1):
        yield "Article", number, _read_record(record, mapping)


def _read_line(line: bytes | None, mapping: Mapping[str, str]) -> Extracted | ArticleError:
    if line is None:
        most = MAX_BYTES // MEBIBYTE
        return ArticleError(f"it is longer than {most} MB", "too_large", remedy="split it into its articles", most=most)
    try:
        return _read_record(_parse(decode(line)), mapping)
    except ArticleError as error:
        return error


def _read_record(record: Any, mapping: Mapping[str, str]) -> Extracted | ArticleError:
    if not isinstance(record, dict):
        return ArticleError("this is no JSON object", "no_object", remedy="write an article as {...}")
    extracted = read_fields(record, mapping)
    if not extracted.text.strip():
        return ArticleError("no field holds its text", "no_text_field", remedy=Remedy(action="name_fields"))
    return extracted if extracted.key else replace(extracted, key=extracted.fingerprint()[:16])


def _parse(text: str) -> Any:
    """The value that the JSON says. Raises ArticleError, with the place where it is none."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, " if error.lineno > 1 else ""
        raise ArticleError(
            f"This is no JSON ({error.msg}, {place}column {error.colno})",
            "bad_json",
            remedy="mend it",
            line=error.lineno,
            column=error.colno,
        ) from error
    except (RecursionError, ValueError) as error:
        raise ArticleError(
            "This JSON can't be read (it is nested too deep, or a number is too long)",
            "json_too_deep",
            remedy="mend it",
        ) from error


def _find_list(value: Any) -> list[Any]:
    """The records of a JSON file: a list, or the one in an object. Raises ArticleError."""
    if isinstance(value, dict):
        lists = [value[name] for name in _LISTS if name in value] + list(value.values())
        value = next((part for part in lists if _may_be_articles(part)), None)
    if not _may_be_articles(value):
        raise ArticleError("The JSON holds no article", "no_article", remedy=Remedy("take it away, or", "name_fields"))
    return list(value)


def _may_be_articles(value: Any) -> bool:
    return isinstance(value, list) and (not value or any(isinstance(part, dict) for part in value))
