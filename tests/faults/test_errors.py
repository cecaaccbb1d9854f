"""ENOSPC, EIO, EACCES and EMFILE at file-system steps, once and lasting: at every step with `FAULTS=all`.

After a failed update a whole generation serves, in the same process too, and the retry succeeds. Each call gets only
errors that it can return. For example, a full disk does not affect a read.
"""

from __future__ import annotations

import errno
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.faults.bench import Bench, Lane, Scenario, assert_none
from tests.faults.sample import one_in, one_of_each
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


def role(step: Step) -> str:
    """What the step's file is for, as its name says: its suffix, or its name if it has none."""
    path = Path(step.path)
    return ".tmp" if path.name.startswith(".tmp") else path.suffix or path.name


def attempt_all(bench: Bench, scenario: Scenario, steps: Sequence[Step], cases: Sequence[Plan]) -> None:
    """Runs cases of a scenario whose action takes these steps, and asserts that none goes wrong."""
    # If the sync of the commit fails, and so does the rollback, the commit's bytes may be on the disk or not. No
    # database can know that. The next one that opens the file sees the old or the new generation, and it is whole.
    commits = {n for n, step in enumerate(steps, 1) if step.kind == SYNC and step.path.endswith("library.sqlite-wal")}

    def attempt(lane: Lane, plan: Plan) -> str | None:
        return lane.attempt(scenario, plan, either=plan.lasting and plan.at in commits)

    assert_none(bench.failures(cases, attempt))


def test_errors_at_steps_of_an_update(bench: Bench, scenarios: dict[str, Scenario]) -> None:
    steps = bench.lanes[0].trace(scenarios["update"]).steps
    cases = list(plans(steps))
    assert len(cases) > 1000

    def kind(plan: Plan) -> Hashable:
        step = steps[plan.at - 1]
        return step.kind, role(step), plan.error in (errno.ENOSPC, errno.EIO)

    attempt_all(bench, scenarios["update"], steps, one_of_each(kind, cases))


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
    steps = bench.lanes[0].trace(scenarios[name]).steps
    cases = list(plans(steps))[:: 97 if name == "upload" else 25]
    assert len(cases) > 10
    attempt_all(bench, scenarios[name], steps, one_in(3, cases))
