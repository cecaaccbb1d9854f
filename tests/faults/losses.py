"""Simulates power losses during a scenario, from a trace of its steps."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.faults.bench import Bench, Lane, Scenario, judge
from tests.faults.power import Disk


def lose_power(bench: Bench, scenario: Scenario, cases: int, bug: str | None = None) -> Iterator[str]:
    """Simulates power losses: every third case at the acknowledgement, the others at a random step.

    Args:
        bench: The bench.
        scenario: The scenario.
        cases: Number of power losses.
        bug: Name of a bug to plant; None for none.

    Yields:
        A line for each case that goes wrong.
    """
    trace = bench.lanes[0].trace(scenario, bug)
    dice = random.Random(scenario.name)
    moments = [trace.acknowledged if n % 3 == 0 else dice.randint(0, len(trace.steps)) for n in range(cases)]

    def attempt(lane: Lane, case: tuple[int, int]) -> str | None:
        moment, seed = case
        disk = Disk(trace.root, scenario.start)
        for step in trace.steps[:moment]:
            disk.take(step)
        lane.lay()
        disk.crash(seed, lane.index)
        reply = lane.run(scenario.news, then=["look"], bug=bug)
        acknowledged = moment >= trace.acknowledged
        wrong = judge(reply | {"acknowledged": acknowledged}, scenario)
        if wrong is None and acknowledged and reply["reports"]:
            return f"what was acknowledged had to be mended: {reply['reports']}"
        return wrong or judge(lane.settle(scenario, bug), scenario)

    return bench.failures([(moment, seed) for seed, moment in enumerate(moments)], attempt)
