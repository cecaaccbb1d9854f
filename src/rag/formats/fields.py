"""Reads the fields of an article from records of JSON files, front matter and side files.

Names are compared without case, `_` and `-`, so that `published_at` and `publishedAt` are the same. A mapping such as
`{"text": "body"}` names a file's own field, which is used instead of the usual ones. `"content.body"` names a field
inside a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from rag.core.errors import FieldError
from rag.formats.extracted import Extracted, neat_key
from rag.text.dates import parse_date
from rag.text.first_lines import mend

USUAL: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "articletext", "articlebody", "fulltext", "maintext", "bodytext", "story"),
    "title": ("title", "headline", "heading", "name"),
    "date": (
        *("date", "published", "publishedat", "publishdate", "publisheddate", "datepublished", "pubdate"),
        *("publicationdate", "datetime", "timestamp", "created", "createdat", "firstpublished"),
    ),
    "source": ("source", "publisher", "publication", "sitename", "site", "outlet", "newspaper", "sourcename"),
    "url": ("url", "link", "weburl", "canonicalurl", "sourceurl", "uri", "permalink"),
    "authors": ("authors", "author", "byline", "creator", "creators", "writers", "writer"),
    "language": ("language", "lang", "inlanguage"),
    "id": ("id", "docid", "articleid", "guid", "uuid", "key"),
}
"""What can be stated about an article, and the field names that usually state it, the likeliest first."""
_LONGEST = 500
"""Most characters of a title, source or byline."""
_LONGEST_URL = 2048
"""Most characters of a web address."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_NOT_A_NAME = re.compile(r"[^a-z0-9]")


def check_fields(mapping: Mapping[str, str]) -> dict[str, str]:
    """Checks a mapping of fields.

    Args:
        mapping: Field names of files, by the names in `USUAL`.

    Returns:
        A copy of the mapping.

    Raises:
        FieldError: If a name is unknown or a field is empty.
    """
    for name, field in mapping.items():
        if name not in USUAL or not field:
            raise FieldError(
                f"'{name}={field}' names no known field",
                remedy=f"write NAME=FIELD, with NAME of {', '.join(USUAL)}",
            )
    return dict(mapping)


def read_fields(record: dict[str, Any], mapping: Mapping[str, str], text: str | None = None) -> Extracted:
    """Makes an article from the fields of a record.

    Args:
        record: The fields by name.
        mapping: Field names that are used instead of the usual ones (see `check_fields`).
        text: The article's text, if no field holds it.

    Returns:
        The article. Its text is "" if there is none. Its key is made from the record's id or else from its address;
        None if it has neither.
    """
    found = {name: _find(record, name, mapping) for name in USUAL}
    url = clean_url(_one(found["url"]))
    key = _one(found["id"]) or url
    return Extracted(
        text=_join(found["text"], "\n\n") if text is None else text,
        title=clean_line(_one(found["title"])),
        published=parse_date(_one(found["date"])),
        source=clean_line(_one(found["source"])),
        url=url,
        byline=clean_byline(_join(found["authors"], ", ")),
        language=clean_language(_one(found["language"])),
        key=neat_key(key) if key else None,
    )


def holds_text(record: dict[str, Any], mapping: Mapping[str, str]) -> bool:
    """Whether one of the record's fields is the text of an article."""
    return bool(_join(_find(record, "text", mapping), "\n\n").strip())


def clean_line(value: str) -> str | None:
    """Puts a value on one line of at most 500 characters and repairs its mojibake; None if nothing is left."""
    line = " ".join("".join(c if c.isprintable() else " " for c in value[: 4 * _LONGEST]).split())
    return mend(line)[:_LONGEST] or None


def clean_byline(value: str) -> str | None:
    """Cleans the authors' names and removes a leading "By"; None if nothing is left."""
    line = clean_line(value)
    return re.sub(r"\A[Bb][Yy]:? ", "", line) if line else None


def clean_url(value: str) -> str | None:
    """Returns the address if it is an http or https address of a host, otherwise None."""
    url = value.strip()
    if len(url) > _LONGEST_URL or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def clean_language(value: str) -> str | None:
    """Returns the language tag with hyphens; None if the value is not a tag."""
    tag = value.strip()
    return tag.replace("_", "-") if _LANGUAGE.fullmatch(tag) else None


def _find(record: dict[str, Any], name: str, mapping: Mapping[str, str]) -> Any:
    """The value of the mapped field, or of the first usual field that has a value."""
    if name in mapping:
        return _follow(record, mapping[name])
    named = {_NOT_A_NAME.sub("", str(field).lower()): value for field, value in reversed(record.items())}
    return next((named[usual] for usual in USUAL[name] if named.get(usual) not in (None, "", [], {})), None)


def _follow(record: Any, path: str) -> Any:
    """The value of a field, or of a field inside a field."""
    if isinstance(record, Mapping) and path in record:
        return record[path]
    first, dot, rest = path.partition(".")
    return _follow(record[first], rest) if dot and isinstance(record, Mapping) and first in record else None


def _texts(value: Any) -> Iterable[str]:
    """The texts of a value: of the value itself, or of each element of a list."""
    return filter(None, map(_text_of, value)) if isinstance(value, list) else filter(None, [_text_of(value)])


def _text_of(value: Any) -> str:
    """The text of a string, a number or a named object; "" for anything else."""
    if isinstance(value, Mapping):
        value = next((value[name] for name in ("name", "title", "text", "value") if name in value), "")
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _one(value: Any) -> str:
    return next(iter(_texts(value)), "")


def _join(value: Any, separator: str) -> str:
    return separator.join(part for part in _texts(value) if part.strip())
