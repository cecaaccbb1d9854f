"""The names of fields in files, without what differs between one file and another."""

from __future__ import annotations

import re
from functools import lru_cache

_NOT_A_NAME = re.compile(r"[^a-z0-9]")


@lru_cache(maxsize=4096)
def plain_name(name: object) -> str:
    """Returns a name without case, `_`, `-` and other marks, so that `published_at` and `publishedAt` are the same."""
    return _NOT_A_NAME.sub("", str(name).lower())
