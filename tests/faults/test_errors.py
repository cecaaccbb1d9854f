"""ENOSPC, EIO, EACCES and EMFILE at every file-system step, once and lasting.

After a failed update a whole generation serves, in the same process too, and the retry succeeds. Each call gets only
errors that it can return. For example, a full disk does not affect a read.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence

import pytest

from tests.faults.bench import Bench, Lane, Scenario, assert_none
from tests.faults.trap import CREATE, FAIL, MKDIR, OPEN, READ, RENAME, RMDIR, SYNC, TRUNCATE, UNLINK, WRITE, Plan, Step

OPENINGS, NAMES = OPEN + CREATE, RENAME + UNLINK + MKDIR + RMDIR
"""The steps that open files, and the steps that change names."""
ERRORS = {
    errno.ENOSPC: CREATE + WRITE + TRUNCATE + SYNC + RENAME + MKDIR,
    errno.EIO: OPENINGS + READ + WRITE + TRUNCATE + SYNC + NAMES,
    errno.EACCES: OPENINGS + NAMES,
    errno.EMFILE: OPENINGS,
}
"""The errors, each with the kinds of steps that can return it."""


def plans(steps: Sequence[Step]) -> Iterator[Plan]:
    """Plans each possible error at each step, once and lasting."""
    for number, step in enumerate(steps, 1):
        for error, kinds in ERRORS.items():
            if step.kind in kinds:
                yield from (Plan(FAIL, number, kinds, error, lasting) for lasting in (False, True))


def attempt_all(bench: Bench, scenario: Scenario, one_in: int = 1) -> int:
    """Runs the cases of a scenario, and asserts that none goes wrong.

    Args:
        bench: The bench.
        scenario: The scenario.
        one_in: Only every case of this number is run.

    Returns:
        Number of cases.
    """
    steps = bench.lanes[0].trace(scenario).steps
    cases = list(plans(steps))[::one_in]
    # If the sync of the commit fails, and so does the rollback, the commit's bytes may be on the disk or not. No
    # database can know that. The next one that opens the file sees the old or the new generation, and it is whole.
    commits = {n for n, step in enumerate(steps, 1) if step.kind == SYNC and step.path.endswith("library.sqlite-wal")}

    def attempt(lane: Lane, plan: Plan) -> str | None:
        return lane.attempt(scenario, plan, either=plan.lasting and plan.at in commits)

    assert_none(bench.failures(cases, attempt))
    return len(cases)


def test_errors_at_every_step_of_an_update(bench: Bench, scenarios: dict[str, Scenario]) -> None:
    assert attempt_all(bench, scenarios["update"]) > 1000


@pytest.mark.parametrize(
    "name",
    [
        "first update",
        "update that is interrupted",
        "rebuild",
        "update of an older format",
        "backup",
        "restore",
        "upload",
    ],
)
def test_errors_at_steps_of_others(bench: Bench, scenarios: dict[str, Scenario], name: str) -> None:
    assert attempt_all(bench, scenarios[name], one_in=96 if name == "upload" else 24) > 10
