"""Flipped bits, truncated and deleted files lead to an error with a remedy or do no harm; never to a wrong answer.

An update of a damaged library is refused, or has the same result as without the damage.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.faults.bench import Bench, Scenario, assert_none
from tests.faults.damage import do_damage, plan_damage
from tests.faults.sample import part
from tests.faults.trap import KILL, Plan


def test_a_library_at_rest(bench: Bench, scenarios: dict[str, Scenario], tmp_path: Path) -> None:
    scenario, lane = scenarios["update"], bench.lanes[0]
    lane.lay(scenario.start)
    lane.run(scenario.news, "update")
    start = shutil.copytree(lane.index, tmp_path / "start")
    assert_none(do_damage(bench, scenario, start, plan_damage(start, part(6, 200), seed=1)))


def test_a_library_whose_log_was_left_behind(bench: Bench, scenarios: dict[str, Scenario], tmp_path: Path) -> None:
    scenario, lane = scenarios["update"], bench.lanes[0]
    first_after = lane.trace(scenario).acknowledged + 1
    lane.lay(scenario.start)
    lane.run(scenario.news, "update", plan=Plan(KILL, first_after))
    start = shutil.copytree(lane.index, tmp_path / "start")
    assert (start / "library.sqlite-wal").stat().st_size > 0
    assert_none(do_damage(bench, scenario, start, plan_damage(start, part(6, 150), seed=2)))


def test_an_update_of_a_library_that_was_damaged(bench: Bench, scenarios: dict[str, Scenario]) -> None:
    scenario = scenarios["update"]
    damages = plan_damage(scenario.start, part(6, 150), seed=3)
    assert_none(do_damage(bench, scenario, scenario.start, damages, action="update"))
