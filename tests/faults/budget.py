"""How many of the cases are run: all of them where CI=true, a share where a person waits."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

EVERYTHING = os.environ.get("CI") == "true"
READING_SECONDS = 30.0 if EVERYTHING else 8.0
"""How long readers run against a writer."""

_Case = TypeVar("_Case")


def share(cases: Sequence[_Case], of: int) -> Sequence[_Case]:
    """All of them, or one in so many, evenly."""
    return cases if EVERYTHING else cases[::of]
