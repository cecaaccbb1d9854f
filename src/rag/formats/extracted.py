"""What a format's reader gives: the text of one article and what the file states about it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from rag.text.decode import hash_text


@dataclass(frozen=True, slots=True)
class Extracted:
    """One article as its file gives it. The fields are what the file states; None is what it doesn't say.

    `text` is final: offsets of quotes refer to it. `published` is ISO 8601 and may be partial, `language` a tag such
    as `en` or `en-GB`. `key` tells the article from the others of its file; None where the file is the article.
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
        """sha256 of all of it but the key, in hexadecimal digits: two of the same are the same article."""
        return hash_text(json.dumps(asdict(replace(self, key=None)), sort_keys=True))

    def as_dict(self) -> dict[str, Any]:
        """For the pipe from the worker."""
        return asdict(self)


STATED = ("title", "published", "source", "url", "byline", "language")
"""The fields of `Extracted` that are stated about the text."""
_LONGEST_KEY = 64


def neat_key(name: str) -> str:
    """A record's key for its path, of letters, digits, `-` and `_`: the name if it is like that, else its hash."""
    neat = name.isascii() and name.replace("-", "").replace("_", "").isalnum() and len(name) <= _LONGEST_KEY
    return name if neat else hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
