"""ENOSPC, EIO, EACCES and EMFILE, once and lasting, at every file-system step.

A failed update leaves a whole generation serving, in the same process too, and the retry converges. Each call is
given the errors that it can return: a full disk is nothing to one that only reads.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence

import pytest

from tests.faults.bench import Bench, Scenario, assert_none, failures
from tests.faults.budget import EVERYTHING, share
from tests.faults.trap import CREATE, FAIL, MKDIR, OPEN, READ, RENAME, RMDIR, SYNC, TRUNCATE, UNLINK, WRITE, Plan, Step

OPENINGS, NAMES = OPEN + CREATE, RENAME + UNLINK + MKDIR + RMDIR
ERRORS = {
    errno.ENOSPC: CREATE + WRITE + TRUNCATE + SYNC + RENAME + MKDIR,
    errno.EIO: OPENINGS + READ + WRITE + TRUNCATE + SYNC + NAMES,
    errno.EACCES: OPENINGS + NAMES,
    errno.EMFILE: OPENINGS,
}
"""The errors, each with the kinds of steps that it can meet."""


def plans(steps: Sequence[Step]) -> Iterator[Plan]:
    """Every step with each of its errors, once and lasting; without CI=true one of these, another at each step.

    Of these again one in two is then run, where a person waits.
    """
    for number, step in enumerate(steps, 1):
        possible = [
            Plan(FAIL, number, kinds, error, lasting)
            for error, kinds in ERRORS.items()
            if step.kind in kinds
            for lasting in (False, True)
        ]
        yield from possible if EVERYTHING or not possible else [possible[number // 2 % len(possible)]]


def test_errors_at_every_step_of_an_update(bench: Bench, scenarios: dict[str, Scenario]) -> None:
    scenario = scenarios["update"]
    cases = share(list(plans(bench.trace(scenario).steps)), 2)
    assert len(cases) > 150
    assert_none(failures(cases, lambda plan: bench.attempt(scenario, plan)))


@pytest.mark.parametrize("name", ["first update", "update that is interrupted", "rebuild"])
def test_errors_at_steps_of_others(bench: Bench, scenarios: dict[str, Scenario], name: str) -> None:
    scenario = scenarios[name]
    cases = share(list(plans(bench.trace(scenario).steps)), 12)
    assert_none(failures(cases, lambda plan: bench.attempt(scenario, plan)))
