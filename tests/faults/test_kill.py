"""The process is killed between two file-system steps, any two with `FAULTS=all`, and at random moments."""

from __future__ import annotations

import random
import time

import pytest

from tests.faults.bench import Bench, Lane, Scenario, assert_none, judge
from tests.faults.sample import one_in, part
from tests.faults.trap import KILL, Plan, places

OTHERS = (
    "first update",
    "update that is interrupted",
    "update after one that was interrupted",
    "rebuild",
    "update of an older format",
    "backup",
    "restore",
    "upload",
)
MOMENTS = part(6, 36)
"""Number of random moments."""


def test_killed_before_steps_of_an_update_and_after_the_last(bench: Bench, scenarios: dict[str, Scenario]) -> None:
    scenario = scenarios["update"]
    plans = [Plan(KILL, place) for place in places(bench.lanes[0].trace(scenario).steps)]
    assert len(plans) > 150
    assert_none(bench.failures([*one_in(7, plans[:-1]), plans[-1]], lambda lane, plan: lane.attempt(scenario, plan)))


@pytest.mark.parametrize("name", OTHERS)
def test_killed_before_any_step_of_others(bench: Bench, scenarios: dict[str, Scenario], name: str) -> None:
    scenario = scenarios[name]
    every = 12 if name == "upload" else 4
    plans = [Plan(KILL, place) for place in places(bench.lanes[0].trace(scenario).steps)[::every]]
    assert_none(bench.failures(one_in(5, plans), lambda lane, plan: lane.attempt(scenario, plan)))


def test_killed_at_random_moments(bench: Bench, scenarios: dict[str, Scenario]) -> None:
    scenario = scenarios["update"]
    lane = bench.lanes[0]
    lane.lay(scenario.start)
    started = time.monotonic()
    lane.run(scenario.news, scenario.action, kill_after=60.0)
    whole = time.monotonic() - started
    moments = random.Random(4).choices(range(1000), k=MOMENTS)
    killed = 0

    def attempt(lane: Lane, moment: int) -> str | None:
        nonlocal killed
        lane.lay(scenario.start)
        reply = lane.run(scenario.news, scenario.action, kill_after=whole * moment / 1000)
        killed += bool(reply["killed"])
        settled = lane.run(scenario.news, then=["look", scenario.retry])
        return judge(settled | {"acknowledged": reply.get("acknowledged")}, scenario)

    assert_none(bench.failures(moments, attempt))
    assert killed > MOMENTS / 4
