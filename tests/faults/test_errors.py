"""ENOSPC, EIO, EACCES and EMFILE, once and lasting, at every file-system step.

A failed update leaves a whole generation serving, in the same process too, and the retry converges. Each call is
given the errors that it can return: a full disk is nothing to one that only reads.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence

import pytest

from tests.faults.bench import Bench, Lane, Scenario, assert_none
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
    """Every step with each of its errors, once and lasting."""
    for number, step in enumerate(steps, 1):
        for error, kinds in ERRORS.items():
            if step.kind in kinds:
                yield from (Plan(FAIL, number, kinds, error, lasting) for lasting in (False, True))


def attempt_all(bench: Bench, scenario: Scenario, one_in: int = 1) -> int:
    """Raises AssertionError with all that goes wrong; returns how many cases there were."""
    steps = bench.lanes[0].trace(scenario).steps
    cases = list(plans(steps))[::one_in]
    # Where the commit's sync fails and so does all that would take it back, its bytes may be on the disk or not: no
    # database can tell then, and the next to open it sees one whole generation or the other.
    commits = {n for n, step in enumerate(steps, 1) if step.kind == SYNC and step.path.endswith("library.sqlite-wal")}

    def attempt(lane: Lane, plan: Plan) -> str | None:
        return lane.attempt(scenario, plan, either=plan.lasting and plan.at in commits)

    assert_none(bench.failures(cases, attempt))
    return len(cases)


def test_errors_at_every_step_of_an_update(bench: Bench, scenarios: dict[str, Scenario]) -> None:
    assert attempt_all(bench, scenarios["update"]) > 1000


@pytest.mark.parametrize("name", ["first update", "update that is interrupted", "rebuild"])
def test_errors_at_steps_of_others(bench: Bench, scenarios: dict[str, Scenario], name: str) -> None:
    assert attempt_all(bench, scenarios[name], one_in=24) > 10
