"""The result of a format's reader: an article's text and the fields that its file states, or why there is none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from rag.core.errors import ArticleError, Fact, Trouble
from rag.text.decode import hash_text


@dataclass(frozen=True, slots=True)
class Extracted:
    """One article as its file gives it. A field is None if the file does not state it.

    Attributes:
        text: The final text. Offsets of quotes refer to it.
        title: The title.
        published: An ISO 8601 date, which may be partial.
        source: The publisher.
        url: The web address.
        byline: The names of the authors.
        language: A language tag such as `en` or `en-GB`.
        section: The section or the category; several are separated by commas.
        fields: Further fields as pairs of name and value, sorted (see `rag.formats.own_fields`).
        key: Distinguishes the article from others in its file; None if the file is one article.
        status: Why the article is not published, such as "draft" or "deleted"; None if it is.
        unread_pages: Number of pages that are pictures and were not read, because tesseract is not installed.
    """

    text: str = field(repr=False)
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    section: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    key: str | None = None
    status: str | None = None
    unread_pages: int = 0

    def fingerprint(self) -> str:
        """The sha256 of the text and the fields that describe it, in hexadecimal digits.

        Two articles with equal fingerprints are the same. A section and further fields count only if there are any,
        so that the fingerprints of other articles are those of releases that did not read them.
        """
        fields = asdict(replace(self, key=None))
        del fields["status"], fields["unread_pages"]
        for name in ("section", "fields"):
            if not fields[name]:
                del fields[name]
        return hash_text(json.dumps(fields, sort_keys=True))

    def content_key(self) -> str:
        """A key for an article that has no id: the start of the fingerprint, without section and further fields."""
        return replace(self, section=None, fields=()).fingerprint()[:16]

    def as_dict(self) -> dict[str, Any]:
        """The fields by name, for the pipe from the worker."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Refused:
    """A record of a file of many articles that holds none.

    Attributes:
        wrong: What is wrong, without a full stop.
        advice: What to do about it.
        reason: The name of the fault.
        key: The key of the article that the record would be; None if the record does not tell it.
        facts: The numbers and names in `wrong`.
    """

    wrong: str
    advice: str
    reason: Trouble = "unreadable"
    key: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @classmethod
    def of(cls, error: ArticleError, key: str | None = None) -> Refused:
        """Makes the entry of a record from an error."""
        return cls(error.message, str(error.remedy), error.reason, key, error.facts)

    def error(self) -> ArticleError:
        """Returns the error again."""
        return ArticleError(self.wrong, self.reason, remedy=self.advice, **self.facts)

    def as_dict(self) -> dict[str, Any]:
        """The fields by name, for the pipe from the worker."""
        return asdict(self)


STATED = ("title", "published", "source", "url", "byline", "language", "section")
"""The fields of `Extracted` that describe the text."""
_LONGEST_KEY = 64
"""Most characters of a key that is used as it is."""


def neat_key(name: str) -> str:
    """Makes a record's key, which consists of letters, digits, `-` and `_`.

    Args:
        name: The record's id, address or hash.

    Returns:
        The name if it has only these characters and at most 64 of them, otherwise 16 hexadecimal digits of its sha256.
    """
    neat = name.isascii() and name.replace("-", "").replace("_", "").isalnum() and len(name) <= _LONGEST_KEY
    return name if neat else hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
