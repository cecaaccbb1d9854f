"""Reads JSON files and the lines of JSON Lines files. Runs in the worker.

The articles of a file may lie anywhere in it: they are the objects of the list, nearest to the top, whose objects have
a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rag.core.errors import ArticleError
from rag.core.remedies import Remedy
from rag.formats.extracted import Extracted, Refused, neat_key
from rag.formats.fields import USUAL, holds_text, name_plainly, read_fields
from rag.text.decode import decode
from rag.text.field_names import plain_name

_LISTS = (
    *("articles", "items", "data", "results", "docs", "records", "entries", "stories", "posts", "hits", "edges"),
    *("nodes", "rows", "documents", "content", "item", "entry"),
)
"""The names under which a JSON object keeps its articles, the likeliest first."""
_FIELD = re.compile(rb'"([^"\\]{1,40})"\s*:\s*"?((?<=")(?:[^"\\]|\\.){1,2048}(?=")|\d{1,40})')
"""A field with a short text or a number."""
_MOST_SEARCHED = 65536
"""Bytes of a damaged line in which its id is searched."""
_DEEPEST = 8
"""Number of lists and objects, one in the other, in which articles are searched."""


def extract(data: bytes, fields: Mapping[str, str]) -> list[Extracted | Refused]:
    """Reads a JSON file.

    Args:
        data: The bytes of the file.
        fields: Field names that are used instead of the usual ones (see `rag.formats.fields`).

    Returns:
        For each record, its article or why it holds none. The key is None if the file is one article.

    Raises:
        ArticleError: If the file is not JSON, or has no article.
    """
    value = _parse(decode(data))
    along = _along_path(value, fields)
    if along is None and holds_text(value, fields, summaries=False):
        return [replace(read_fields(value, fields), key=None)]
    records, fields = along or (_find_list(value, fields), fields)
    if records is None and holds_text(value, fields):
        return [replace(read_fields(value, fields), key=None)]
    if records is None:
        raise ArticleError("The JSON has no article", "no_article", remedy=Remedy("remove it, or", "name_fields"))
    return [read_record(record, fields) for record in records]


def read_line(line: bytes, fields: Mapping[str, str]) -> Extracted | Refused:
    """Reads a line of a JSON Lines file.

    Args:
        line: The line.
        fields: Field names that are used instead of the usual ones.

    Returns:
        The line's article, or why it holds none.
    """
    try:
        return read_record(_parse(decode(line)), fields)
    except ArticleError as error:
        return Refused.of(error, _key_in(line))


def read_record(record: Any, fields: Mapping[str, str]) -> Extracted | Refused:
    """Reads the article of a record, as `read_line` does. An item that is not published needs no text."""
    if not isinstance(record, dict):
        return Refused("this is not a JSON object", "write an article as {...}", "no_object")
    try:
        extracted = read_fields(record, fields)
    except RecursionError:
        return Refused("its JSON is nested too deep", "correct it", "json_too_deep")
    if not extracted.text.strip() and extracted.status is None:
        return Refused.of(
            ArticleError("no field has its text", "no_text_field", remedy=Remedy(action="name_fields")), extracted.key
        )
    return extracted if extracted.key else replace(extracted, key=extracted.content_key())


def _parse(text: str) -> Any:
    """Parses JSON. Raises ArticleError, which names the place of a mistake."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line, column = error.lineno, error.colno
        wrong = f"{error.msg}, {f'line {line}, ' if line > 1 else ''}column {column}"
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
            raise ArticleError(
                f"This is not valid JSON, it breaks off ({wrong})",
                "cut_off",
                remedy="save it again as a whole",
                line=line,
                column=column,
            ) from error
        raise ArticleError(
            f"This is not valid JSON ({wrong})", "bad_json", remedy="correct it", line=line, column=column
        ) from error
    except (RecursionError, ValueError) as error:
        raise ArticleError(
            "This JSON can't be read (it is nested too deep, or a number is too long)",
            "json_too_deep",
            remedy="correct it",
        ) from error


def _key_in(line: bytes) -> str | None:
    """The key of the record in a damaged line, so that the article that it was stays; None if it can't be told."""
    found: dict[str, str] = {}
    for name, value in _FIELD.findall(line, 0, _MOST_SEARCHED):
        found.setdefault(plain_name(name.decode("utf-8", "replace")), value.decode("utf-8", "replace"))
    key = next((found[usual] for usual in (*USUAL["id"], *USUAL["url"]) if found.get(usual)), None)
    return neat_key(key) if key else None


def _find_list(value: Any, fields: Mapping[str, str]) -> Sequence[Any] | None:
    """The records of a file; None if there are none."""
    level = [{_LISTS[0]: value} if isinstance(value, list) else value]
    for _ in range(_DEEPEST):
        lists = [named for parent in level for named in _lists_in(parent)]
        usual = [records for name, records in lists if name in _LISTS]
        for some, summaries in ((usual, False), ([records for _, records in lists], False), (usual, True)):
            found = [part for part in some if any(holds_text(record, fields, summaries=summaries) for record in part)]
            if found:
                return [record for part in found for record in part]
        by_key = [parent for parent in level if isinstance(parent, dict) and _are_records(parent.values(), fields)]
        if by_key:  # an object that maps ids to articles
            return [record for part in by_key for record in part.values()]
        level = [child for parent in level for child in _children(parent)]
    return _first_list(value)


def _lists_in(parent: Any) -> list[tuple[str, list[Any]]]:
    """The lists in an object, with their names."""
    fields = parent.items() if isinstance(parent, dict) else ()
    return [(name, part) for name, part in fields if isinstance(part, list) and part]


def _are_records(values: Collection[Any], fields: Mapping[str, str]) -> bool:
    return len(values) > 1 and all(holds_text(value, fields, summaries=False) for value in values)


def _children(parent: Any) -> list[Any]:
    children = parent.values() if isinstance(parent, dict) else parent if isinstance(parent, list) else ()
    return [child for child in children if isinstance(child, dict | list)]


def _first_list(value: Any) -> Sequence[Any] | None:
    """The list where the articles should be, if none of its records has a text: each is then reported."""
    if isinstance(value, dict):
        lists = [value[name] for name in _LISTS if name in value] + list(value.values())
        value = next((part for part in lists if _may_be_articles(part)), None)
    return value if _may_be_articles(value) else None


def _may_be_articles(value: Any) -> bool:
    return isinstance(value, list) and (not value or any(isinstance(part, dict) for part in value))


def _along_path(value: Any, fields: Mapping[str, str]) -> tuple[list[Any], dict[str, str]] | None:
    """The records of a text's path that leads from the top of the file through lists, as `response.results.body` does.

    Returns:
        The records, and the fields as the records have them: without the names before the records. None if the path
        leads through no list of articles, as `blocks.text` does within one article.
    """
    path = fields["text"].split(".") if "text" in fields else []
    lists: list[tuple[int, list[Any]]] = []
    nodes = [value]
    for position, name in enumerate(path):
        inner = [part for node in nodes if isinstance(node, list) for part in node]
        if inner:
            lists.append((position, inner))
        nodes = [node[name] for node in inner or nodes if isinstance(node, dict) and name in node]
    articles = [(position, records) for position, records in lists if any(map(_has_title, records))]
    if not nodes or not lists or (not articles and _has_title(value)):
        return None
    position, records = (articles or lists)[-1]
    above = "".join(f"{name}." for name in path[:position])
    return records, {name: field.removeprefix(above) for name, field in fields.items()}


def _has_title(record: Any) -> bool:
    """Whether this is an article, and not a part of one."""
    named = name_plainly(record) if isinstance(record, dict) else {}
    return any(named.get(usual) for usual in (*USUAL["title"], *USUAL["url"]))
