"""Writes the parameters of statements as PostgreSQL's driver takes them."""

from __future__ import annotations

import re
from functools import lru_cache

_PARAMETER = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)|\?|%")


@lru_cache(1024)
def translated(statement: str) -> str:
    """The statement with its parameters as the driver writes them: `:name` and `?` become `%(name)s` and `%s`."""
    return _PARAMETER.sub(_parameter, statement)


def _parameter(found: re.Match[str]) -> str:
    if found[0] == "%":
        return "%%"
    return f"%({found[1]})s" if found[1] else "%s"
