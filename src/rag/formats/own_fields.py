"""Keeps the fields of one's own that a record or front matter states (`desk: politics`), by which one can filter.

Only short values with a letter are kept: a field that holds a text is no filter. Numbers and times are left out:
counters and times of export change with each export, and each change would store the article again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rag.text.field_names import plain_name

_LONGEST_NAME, _LONGEST_VALUE = 64, 200
"""Most characters of a name and of a value."""
_MOST_VALUES, _MOST_PAIRS = 20, 100
"""Most values of one field, and most pairs of name and value of an article."""
_TIME = re.compile(r"\d:\d\d")
"""A time of day."""


def read_own_fields(fields: Mapping[str, Iterable[str]]) -> tuple[tuple[str, str], ...]:
    """Chooses the fields that are kept.

    Args:
        fields: The texts of each field, by its name.

    Returns:
        Pairs of a plain name (see `plain_name`) and a value on one line, sorted, each once.
    """
    pairs: set[tuple[str, str]] = set()
    for field, texts in sorted(fields.items()):
        name = plain_name(field)
        values = [" ".join("".join(c if c.isprintable() else " " for c in text).split()) for text in texts]
        is_short = 0 < len(values) <= _MOST_VALUES and all(len(value) <= _LONGEST_VALUE for value in values)
        if 0 < len(name) <= _LONGEST_NAME and is_short and len(pairs) + len(values) <= _MOST_PAIRS:
            pairs |= {(name, value) for value in values if _is_name(value)}
    return tuple(sorted(pairs))


def _is_name(value: str) -> bool:
    return any(character.isalpha() for character in value) and not _TIME.search(value)
