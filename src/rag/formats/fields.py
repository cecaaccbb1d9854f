"""What named fields say about an article: records of JSON files, front matter, side files.

Names are compared without case, `_` and `-`, so that `published_at` and `publishedAt` are one. A mapping such as
`{"text": "body"}` puts a field of the file's own before the usual ones; `"content.body"` is a field in a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from rag.core.dates import parse_date
from rag.core.errors import FieldError
from rag.formats.extracted import Extracted, neat_key
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
"""What can be said about an article, and the field names that usually say it, the likeliest first."""
_LONGEST = 500
"""No title, source or byline is longer, in characters."""
_LONGEST_URL = 2048
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_NOT_A_NAME = re.compile(r"[^a-z0-9]")


def check_fields(mapping: Mapping[str, str]) -> dict[str, str]:
    """The mapping, if it says of known things by which field they are told. Raises FieldError."""
    for name, field in mapping.items():
        if name not in USUAL or not field:
            raise FieldError(
                f"'{name}={field}' maps no field", remedy=f"write NAME=FIELD, with NAME of {', '.join(USUAL)}"
            )
    return dict(mapping)


def read_fields(record: dict[str, Any], mapping: Mapping[str, str], text: str | None = None) -> Extracted:
    """The article that the fields describe; `text` where it stands elsewhere. An article without text has none ("").

    Its key is that of the record's id, else of its address; None where it has neither.
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
    """Whether one of the record's fields is an article's text."""
    return bool(_join(_find(record, "text", mapping), "\n\n").strip())


def clean_line(value: str) -> str | None:
    """The value on one line, its mojibake mended; None where nothing is left."""
    line = " ".join("".join(c if c.isprintable() else " " for c in value[: 4 * _LONGEST]).split())
    return mend(line)[:_LONGEST] or None


def clean_byline(value: str) -> str | None:
    """The authors' names, without the "By" in front."""
    line = clean_line(value)
    return re.sub(r"\A[Bb][Yy]:? ", "", line) if line else None


def clean_url(value: str) -> str | None:
    """The address if it leads to the web; `javascript:` and the like are none."""
    url = value.strip()
    if len(url) > _LONGEST_URL or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def clean_language(value: str) -> str | None:
    """The language's tag, with a hyphen; None for what is none."""
    tag = value.strip()
    return tag.replace("_", "-") if _LANGUAGE.fullmatch(tag) else None


def _find(record: dict[str, Any], name: str, mapping: Mapping[str, str]) -> Any:
    """The value of the field that says this, of the mapped one or the first usual one that says anything."""
    if name in mapping:
        return _follow(record, mapping[name])
    named = {_NOT_A_NAME.sub("", str(field).lower()): value for field, value in reversed(record.items())}
    return next((named[usual] for usual in USUAL[name] if named.get(usual) not in (None, "", [], {})), None)


def _follow(record: Any, path: str) -> Any:
    """The value of a field, or of a field in a field."""
    if isinstance(record, Mapping) and path in record:
        return record[path]
    first, dot, rest = path.partition(".")
    return _follow(record[first], rest) if dot and isinstance(record, Mapping) and first in record else None


def _texts(value: Any) -> Iterable[str]:
    """The strings that a value says: itself, or its parts."""
    return filter(None, map(_text_of, value)) if isinstance(value, list) else filter(None, [_text_of(value)])


def _text_of(value: Any) -> str:
    """A string or a number as text; of an object its name; "" for anything else."""
    if isinstance(value, Mapping):
        value = next((value[name] for name in ("name", "title", "text", "value") if name in value), "")
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _one(value: Any) -> str:
    return next(iter(_texts(value)), "")


def _join(value: Any, separator: str) -> str:
    return separator.join(part for part in _texts(value) if part.strip())
