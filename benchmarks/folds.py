"""Splits dev sets into questions for training and questions kept aside for measuring.

No training set has news questions. So the reader is trained on a part of the dev sets. Whole articles (by title) and
whole years (by date) are kept aside, never single questions, because the reader must not be measured on a paragraph
that it was trained on. The shipped reader was trained on a part of SQuAD 2.0 dev too, before its train set was at hand;
`training.draw` takes nothing of it any more.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

KEPT_FROM = "2024"
"""Quiz questions of this year and later are kept aside."""
KEPT_FIFTHS = 2
"""Fifths of the articles that are kept aside. Two leave enough questions both for training and for measuring."""


def is_kept_title(title: str) -> bool:
    """Returns whether the questions about an article are kept aside. A hash of the title picks two articles of five."""
    return zlib.crc32(title.encode()) % 5 < KEPT_FIFTHS


def is_kept(row: Mapping[str, Any]) -> bool:
    """Returns whether a row of a split dev file is kept aside: by its date if it has one, else by its article's title.

    Args:
        row: A row with `question_date`, `nq_annotated_gold` or `title`.
    """
    if "question_date" in row:
        return str(row["question_date"]) >= KEPT_FROM
    if "nq_annotated_gold" in row:
        return is_kept_title(row["nq_annotated_gold"]["title"])
    return is_kept_title(row["title"])
