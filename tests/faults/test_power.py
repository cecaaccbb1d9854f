"""The power is lost at any moment of an update, most often right after its acknowledgement."""

from __future__ import annotations

import pytest

from tests.faults.bench import Bench, Scenario, assert_none
from tests.faults.losses import lose_power
from tests.faults.sample import part

CASES = {
    "update": 300,
    "first update": 100,
    "rebuild": 100,
    "update of an older format": 60,
    "backup": 30,
    "restore": 60,
    "upload": 40,
}
"""Number of power losses per scenario with `FAULTS=all`."""


@pytest.mark.parametrize("name", CASES)
def test_power_lost(bench: Bench, scenarios: dict[str, Scenario], name: str) -> None:
    assert_none(lose_power(bench, scenarios[name], part(8, CASES[name])))
