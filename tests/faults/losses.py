"""Power losses of a scenario, from one trace of it."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.faults.bench import Bench, Scenario, failures, judge
from tests.faults.budget import EVERYTHING
from tests.faults.power import Disk

_RETRIED = 1 if EVERYTHING else 5
"""Of so many cases one is followed by a retry."""


def lose_power(bench: Bench, scenario: Scenario, cases: int, bug: str | None = None) -> Iterator[str]:
    """What is wrong after so many power losses: every third at the acknowledgement, the others at any step."""
    trace = bench.trace(scenario, bug)
    dice = random.Random(scenario.name)
    moments = [trace.acknowledged if n % 3 == 0 else dice.randint(0, len(trace.steps)) for n in range(cases)]

    def attempt(case: tuple[int, int]) -> str | None:
        moment, seed = case
        disk = Disk(bench.index, scenario.start)
        for step in trace.steps[:moment]:
            disk.take(step)
        disk.crash(seed, bench.index)
        then = ("look", scenario.retry) if seed % _RETRIED == 0 else ("look",)
        reply = bench.run(scenario.news, then=then, bug=bug)
        acknowledged = moment >= trace.acknowledged
        wrong = judge(reply | {"acknowledged": acknowledged}, scenario)
        if wrong is None and acknowledged and reply["reports"]:
            return f"what was acknowledged had to be mended: {reply['reports']}"
        return wrong

    return failures(sorted((moment, seed) for seed, moment in enumerate(moments)), attempt)
