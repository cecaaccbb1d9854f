"""The fault tests are tested themselves: they find each planted bug."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.bench import Bench, Scenario
from tests.faults.damage import do_damage, plan_damage
from tests.faults.losses import lose_power
from tests.faults.planted import BUGS
from tests.faults.trap import COUNT, FAIL, KILL, WRITE, Plan, places

CASES = 150
"""Number of cases per bug for power loss and damage."""
FOUND_BY = {
    "power loss": ("the truth is not synced", "derived files are not synced", "names are not synced"),
    "kill": ("the generation is committed before its articles", "articles are committed one by one"),
    "error": ("a failed commit is passed over",),
    "nothing at all": ("the words found are stale", "the vectors found are stale"),
    "damage": ("checksums are not looked at",),
}
"""For each kind of fault the bugs that it must find."""


def search(bench: Bench, scenario: Scenario, means: str, bug: str, folder: Path) -> Iterator[str]:
    """Yields what the fault tests find wrong with a planted bug, as soon as it is found.

    Args:
        bench: The bench.
        scenario: The scenario.
        means: The kind of fault, a key of FOUND_BY.
        bug: Name of the bug.
        folder: A temporary folder.
    """
    lane = bench.lanes[0]
    steps = lane.trace(scenario, bug).steps
    plans = {
        "kill": [Plan(KILL, place) for place in places(steps)],
        "error": [Plan(FAIL, n, WRITE, 28) for n, step in enumerate(steps, 1) if step.kind == WRITE],
        "nothing at all": [Plan(COUNT)],
    }
    if means == "power loss":
        return lose_power(bench, scenario, CASES, bug)
    if means == "damage":
        start = shutil.copytree(lane.index, folder / "start")
        flips = [damage for damage in plan_damage(start, CASES, seed=3) if damage.how == "flip"]
        return do_damage(bench, scenario, start, flips, bug)
    shuffled = random.Random(bug).sample(plans[means], len(plans[means]))
    return bench.failures(shuffled, lambda lane, plan: lane.attempt(scenario, plan, bug))


@pytest.mark.parametrize(("means", "bug"), [(means, bug) for means, bugs in FOUND_BY.items() for bug in bugs])
def test_a_planted_bug_is_found(
    bench: Bench, scenarios: dict[str, Scenario], tmp_path: Path, means: str, bug: str
) -> None:
    found = next(search(bench, scenarios["update"], means, bug, tmp_path), None)
    assert found is not None
    assert "Traceback" not in found


def test_all_planted_bugs_are_searched_for() -> None:
    assert {bug for bugs in FOUND_BY.values() for bug in bugs} == set(BUGS)
