"""The result of a format's reader: the text of one article and the fields that its file states."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

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
        key: Distinguishes the article from others in its file; None if the file is one article.
    """

    text: str = field(repr=False)
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    key: str | None = None

    def fingerprint(self) -> str:
        """The sha256 of all fields except the key, in hexadecimal digits.

        Two articles with equal fingerprints are the same.
        """
        return hash_text(json.dumps(asdict(replace(self, key=None)), sort_keys=True))

    def as_dict(self) -> dict[str, Any]:
        """The fields by name, for the pipe from the worker."""
        return asdict(self)


STATED = ("title", "published", "source", "url", "byline", "language")
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
