"""ENOSPC, EIO, EACCES and EMFILE, once and lasting, at every file-system step.

A failed update leaves a whole generation serving, in the same process too, and the retry converges. Each call is
given the errors that it can return: a full disk is nothing to one that only reads.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence

import pytest

from tests.faults.bench import Bench, Scenario, assert_none, failures
from tests.faults.budget import EVERYTHING
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


def attempt_all(bench: Bench, scenario: Scenario, one_in: int) -> int:
    """Raises AssertionError with all that goes wrong; returns how many cases there were."""
    steps = bench.trace(scenario).steps
    cases = list(plans(steps))[::one_in]
    # Where the commit's sync fails and so does all that would take it back, its bytes may be on the disk or not: no
    # database can tell then, and the next to open it sees one whole generation or the other.
    commits = {n for n, step in enumerate(steps, 1) if step.kind == SYNC and step.path.endswith("library.sqlite-wal")}

    def attempt(plan: Plan) -> str | None:
        return bench.attempt(scenario, plan, either=plan.lasting and plan.at in commits)

    assert_none(failures(cases, attempt))
    return len(cases)


def test_errors_at_every_step_of_an_update(bench: Bench, scenarios: dict[str, Scenario]) -> None:
    assert attempt_all(bench, scenarios["update"], one_in=1 if EVERYTHING else 2) > 150


@pytest.mark.parametrize("name", ["first update", "update that is interrupted", "rebuild"])
def test_errors_at_steps_of_others(bench: Bench, scenarios: dict[str, Scenario], name: str) -> None:
    assert attempt_all(bench, scenarios[name], one_in=24 if EVERYTHING else 12) > 5
