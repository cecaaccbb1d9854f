"""Which of the planned cases run: a part that goes through every kind of step, or all with `FAULTS=all`."""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

_Case = TypeVar("_Case")
_IS_WHOLE = os.environ.get("FAULTS") == "all"
"""Whether all cases run (`make test-faults-all`)."""


def one_in(number: int, cases: Sequence[_Case]) -> Sequence[_Case]:
    """Returns one of each `number` cases, and all of them if all run.

    Args:
        number: It is odd if the cases come in pairs. An even number would choose the same one of each pair.
        cases: The cases.
    """
    return cases if _IS_WHOLE else cases[::number]


def one_of_each(kind: Callable[[_Case], Hashable], cases: Sequence[_Case]) -> Sequence[_Case]:
    """Returns one case of each kind, chosen at random with a fixed seed, and all of them if all run."""
    if _IS_WHOLE:
        return cases
    kinds: defaultdict[Hashable, list[_Case]] = defaultdict(list)
    for case in cases:
        kinds[kind(case)].append(case)
    dice = random.Random(0)
    return [dice.choice(alike) for alike in kinds.values()]


def part(number: int, count: int) -> int:
    """Returns the number of random cases: `count` if all run, else `count / number`."""
    return count if _IS_WHOLE else count // number
