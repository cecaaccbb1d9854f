"""Paths of the files that tests of several folders read."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
(SEED,) = SEEDS.glob("*.txt")
