"""Reads the fields of an article from records of JSON files, front matter and side files.

Names are compared without case, `_` and `-`, so that `published_at` and `publishedAt` are the same. A mapping such as
`{"text": "body"}` names a file's own field, which is used instead of the usual ones. `"content.body"` names a field
inside a field, also where lists lie between the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from rag.core.errors import FieldError
from rag.formats.extracted import Extracted, neat_key
from rag.formats.markup import read_line
from rag.formats.own_fields import read_own_fields
from rag.formats.publication import read_status
from rag.formats.stories import read_story
from rag.text.dates import parse_date
from rag.text.field_names import plain_name
from rag.text.first_lines import mend

USUAL: Mapping[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "articletext", "articlebody", "fulltext", "maintext", "bodytext", "story"),
        *("html", "bodyhtml", "contenthtml", "plaintext", "contenttext", "postcontent", "contentelements", "blocks"),
        *("paragraphs", "lexical", "cleanedtext", "rawtext", "article"),
    ),
    "title": ("title", "headline", "heading", "name", "headlines", "webtitle", "posttitle", "label"),
    "date": (
        *("date", "published", "publishedat", "publishdate", "publisheddate", "datepublished", "pubdate"),
        *(
            "publicationdate",
            "firstpublicationdate",
            "webpublicationdate",
            "displaydate",
            "firstpublishdate",
            "postdate",
        ),
        *(
            "datetime",
            "timestamp",
            "created",
            "createdat",
            "firstpublished",
            "publishedon",
            "isopubdate",
            "datecreated",
        ),
    ),
    "source": ("source", "publisher", "publication", "sitename", "site", "outlet", "newspaper", "sourcename"),
    "url": ("url", "link", "weburl", "canonicalurl", "sourceurl", "uri", "permalink", "websiteurl"),
    "authors": ("authors", "author", "byline", "creator", "creators", "writers", "writer", "credits", "primaryauthor"),
    "language": ("language", "lang", "inlanguage"),
    "section": (
        *("section", "sectionname", "articlesection", "primarysection", "sections", "category", "primarycategory"),
        *("categories", "rubric", "ressort", "department", "channel"),
    ),
    "id": ("id", "docid", "articleid", "guid", "uuid", "key"),
}
"""What can be stated about an article, and the field names that usually state it, the likeliest first."""
_SHORT_TEXTS = ("abstract", "leadparagraph", "lead", "standfirst", "description", "summary", "excerpt", "snippet")
"""Fields that hold a part of the text. They are read if no other field holds it."""
_AROUND = ("_source", "fields", "attributes", "node", "article", "post", "story", "doc", "document", "item", "record")
"""Fields that hold the fields of an article, as in exports of Elasticsearch, Guardian, Drupal and GraphQL."""
_SAID_ALREADY = frozenset(
    (*_SHORT_TEXTS, *(usual for name, usuals in USUAL.items() if name != "section" for usual in usuals))
)
"""Fields that are no fields of one's own, because they state the text, the title and so on."""
_LONGEST = 500
"""Most characters of a title, source or byline."""
_LONGEST_URL = 2048
"""Most characters of a web address."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_NAMED = (
    *("rendered", "main", "basic", "original", "name", "title", "text", "value", "default", "by", "byline"),
    *("$oid", "$date", "$numberLong", "#text", "_text"),
)
"""Fields that hold the value of a field that is an object."""


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
            stated = f"{name}={field}" if field else name
            raise FieldError(
                f"'{stated}' names no known field",
                remedy=f"write NAME=FIELD, with NAME of {', '.join(USUAL)}",
            )
    return dict(mapping)


def read_fields(record: Mapping[str, Any], mapping: Mapping[str, str], text: str | None = None) -> Extracted:
    """Makes an article from the fields of a record.

    Args:
        record: The fields by name.
        mapping: Field names that are used instead of the usual ones (see `check_fields`).
        text: The article's text, if no field holds it.

    Returns:
        The article. Its text is "" if there is none. Its key is made from the record's id or else from its address;
        None if it has neither.
    """
    named = name_plainly(record)
    found = {name: _find(record, named, name, mapping) for name in USUAL if name != "text"}
    url = clean_url(_one(found["url"]))
    key = _one(found["id"]) or url
    return Extracted(
        text=_read_text(record, named, mapping) if text is None else text,
        title=clean_line(read_line(_one(found["title"]))),
        published=_read_date(found["date"]),
        source=clean_line(read_line(_one(found["source"]))),
        url=url,
        byline=clean_byline(read_line(_join(found["authors"], ", "))),
        language=clean_language(_one(found["language"])),
        section=clean_section(read_line(_join(found["section"], ", "))),
        fields=read_own_fields({name: _words_of(value) for name, value in named.items() if name not in _SAID_ALREADY}),
        key=neat_key(key) if key else None,
        status=read_status(named),
    )


def holds_text(record: Any, mapping: Mapping[str, str], *, summaries: bool = True) -> bool:
    """Returns whether the value is an object, and one of its fields is the text of an article.

    Args:
        record: The value.
        mapping: Field names that are used instead of the usual ones.
        summaries: Whether a summary counts as the text, if the record has a date or an address and no other text.
    """
    if not isinstance(record, Mapping):
        return False
    return bool(_read_text(record, name_plainly(record), mapping, summaries=summaries).strip())


def _read_text(
    record: Mapping[str, Any], named: Mapping[str, Any], mapping: Mapping[str, str], *, summaries: bool = True
) -> str:
    """The text of a record, whose fields are given by their plain names too; "" if no field holds it."""
    if "text" in mapping:
        return read_story(_follow(record, mapping["text"]))
    texts = (read_story(named[usual]) for usual in USUAL["text"] if _may_be_text(named.get(usual), named))
    text = next((text for text in texts if text.strip()), "")
    if text or not summaries or not any(named.get(usual) for usual in (*USUAL["date"], *USUAL["url"])):
        return text
    parts = list(dict.fromkeys(read_story(named[name]).strip() for name in _SHORT_TEXTS if name in named))
    return "\n\n".join(part for part in parts if part and not any(part in other for other in parts if other != part))


def name_plainly(record: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the record's fields by their plain names (see `plain_name`).

    Where two names are alike, the first one that has a value counts. Then follow the fields of the objects in which
    some exports keep those of the article.
    """
    named: dict[str, Any] = {}
    for part in (record, *(record[name] for name in _AROUND if isinstance(record.get(name), dict))):
        for field, value in part.items():
            if named.get(plain := plain_name(field)) in (None, "", [], {}):
                named[plain] = value
    return named


def clean_line(value: str) -> str | None:
    """Puts a value on one line of at most 500 characters and repairs its mojibake; None if nothing is left."""
    line = " ".join("".join(c if c.isprintable() else " " for c in value[: 4 * _LONGEST]).split())
    return mend(line)[:_LONGEST] or None


def clean_byline(value: str) -> str | None:
    """Cleans the authors' names and removes a leading "By"; None if nothing is left."""
    line = clean_line(value)
    return re.sub(r"\A[Bb][Yy]:? ", "", line) if line else None


def clean_section(value: str) -> str | None:
    """Cleans a section's name; None if nothing is left, or only a number, as in exports of WordPress."""
    line = clean_line(value)
    return line if line and any(character.isalpha() for character in line) else None


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


def _find(record: Mapping[str, Any], named: Mapping[str, Any], name: str, mapping: Mapping[str, str]) -> Any:
    """The value of the mapped field, or of the first usual field that has a value."""
    if name in mapping:
        return _follow(record, mapping[name])
    return next((named[usual] for usual in USUAL[name] if _has_value(named.get(usual))), None)


def _has_value(value: Any) -> bool:
    """Whether a field states something. `published: true` is no date, and an empty list no author."""
    return value not in (None, "", [], {}) and not isinstance(value, bool)


def _may_be_text(value: Any, record: Mapping[str, Any]) -> bool:
    """Whether a field is the text of this record, or the parts of it, and not a list of other articles."""
    if not isinstance(value, list):
        return value not in (None, "", {})
    has_title = any(record.get(usual) for usual in USUAL["title"])
    return not any(isinstance(part, Mapping) and _is_article(part, has_title) for part in value)


def _is_article(part: Mapping[str, Any], in_article: bool) -> bool:
    """Whether an object in a list is an article and not a part of one. In an article, only an address tells."""
    named = name_plainly(part)
    telling = USUAL["url"] if in_article else USUAL["title"]
    return any(named.get(usual) for usual in telling) and any(named.get(usual) for usual in USUAL["text"])


def _follow(record: Any, path: str) -> Any:
    """The value of a field, or of a field inside a field. In a list, the values of all its objects."""
    if isinstance(record, list):
        return [value for part in record if (value := _follow(part, path)) is not None]
    if isinstance(record, Mapping) and path in record:
        return record[path]
    first, dot, rest = path.partition(".")
    return _follow(record[first], rest) if dot and isinstance(record, Mapping) and first in record else None


def _read_date(value: Any) -> str | None:
    """The date of a text, of a number, or of an object with a year."""
    if isinstance(value, Mapping) and "year" in value:
        parts = (value.get(name) for name in ("year", "month", "day"))
        value = "-".join(str(part).zfill(2) for part in parts if isinstance(part, int | str) and str(part).isdigit())
    return parse_date(_one(value))


def _texts(value: Any) -> Iterable[str]:
    """The texts of a value: of the value itself, or of each element of a list."""
    return filter(None, map(_text_of, value)) if isinstance(value, list) else filter(None, [_text_of(value)])


def _words_of(value: Any) -> Iterable[str]:
    return [str(value).lower()] if isinstance(value, bool) else _texts(value)


def _text_of(value: Any) -> str:
    """The text of a string, a number or a named object; "" for anything else."""
    if isinstance(value, Mapping):
        inside = next((value[name] for name in _NAMED if value.get(name)), "")
        return ", ".join(_texts(inside)) if isinstance(inside, list | Mapping) else _text_of(inside)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _one(value: Any) -> str:
    return next(iter(_texts(value)), "")


def _join(value: Any, separator: str) -> str:
    return separator.join(part for part in _texts(value) if part.strip())
