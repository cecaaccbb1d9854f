"""Which dev questions the reader may learn from, and which are kept aside to measure on.

There is no training set with questions written to look answerable, nor one of news questions, so part of the dev sets
is trained on. Whole articles (by title) and whole years (by date) are kept aside, never single questions: the reader
must not have seen a paragraph that it is measured on.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

KEPT_FROM = "2024"
"""Quiz questions of this year and later are kept aside."""
KEPT_FIFTHS = 2


def is_kept_title(title: str) -> bool:
    """Whether the questions about this article are kept aside: two articles of five."""
    return zlib.crc32(title.encode()) % 5 < KEPT_FIFTHS


def is_kept(row: Mapping[str, Any]) -> bool:
    """Whether a row of a folded dev file is kept aside, by its date where it has one, else by its article's title."""
    if "question_date" in row:
        return str(row["question_date"]) >= KEPT_FROM
    if "nq_annotated_gold" in row:
        return is_kept_title(row["nq_annotated_gold"]["title"])
    return is_kept_title(row["title"])
