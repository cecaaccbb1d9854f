"""Damages files (flipped bits, truncation, deletion) and judges what the library does then."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults.bench import Bench, Lane, Reply, Scenario

_UNSEEN = ("update.lock", "update.holder")
"""Files that say nothing about the articles."""
_TRUTH = "library.sqlite"
"""The store, which is the single source of truth."""
MENDING = frozenset({"build", "update", "rebuild", "rebuild_from_articles"})
"""Remedies that repair damage. An error about damage must name one of them."""


@dataclass(frozen=True, slots=True)
class Damage:
    """The damage of one file.

    Attributes:
        name: The file's path in the index folder.
        how: "delete", "truncate" or "flip".
        at: The new length in bytes for "truncate"; the number of the bit for "flip".
    """

    name: str
    how: str
    at: int = 0

    def do(self, folder: Path) -> None:
        """Damages the file in an index folder."""
        path = folder / self.name
        if self.how == "delete":
            path.unlink()
            return
        content = bytearray(path.read_bytes())
        if self.how == "truncate":
            del content[self.at :]
        else:
            content[self.at // 8] ^= 1 << self.at % 8
        path.write_bytes(content)


def plan_damage(folder: Path, cases: int, seed: int) -> list[Damage]:
    """Plans damage: every file deleted, every file truncated, and flipped bits, most of them in the store.

    Args:
        folder: The index folder.
        cases: Least number of cases in all.
        seed: Seed of the random places.
    """
    dice = random.Random(seed)
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    names = [name for name in names if name not in _UNSEEN]
    contents = {name: (folder / name).read_bytes() for name in names}
    filled = [name for name in names if contents[name]]
    planned = [Damage(name, "delete") for name in names]
    planned += [Damage(name, "truncate", dice.randrange(len(contents[name]))) for name in filled]
    truth = [name for name in filled if name.startswith(_TRUTH) and not name.endswith("-shm")]
    while len(planned) < cases:
        name = dice.choice(truth if dice.random() < 0.6 else filled)
        planned.append(Damage(name, "flip", 8 * _place(contents[name], dice) + dice.randrange(8)))
    return planned


def _place(content: bytes, dice: random.Random) -> int:
    """A random byte of the file, mostly one that isn't zero, because SQLite's free space is zero."""
    place = dice.randrange(len(content))
    for _ in range(100):
        if content[place] or dice.random() < 0.02:
            break
        place = dice.randrange(len(content))
    return place


def do_damage(
    bench: Bench,
    scenario: Scenario,
    start: Path,
    damages: Sequence[Damage],
    bug: str | None = None,
    *,
    action: str = "",
) -> Iterator[str]:
    """Damages copies of a library and judges what happens.

    Args:
        bench: The bench.
        scenario: The scenario.
        start: The index folder to damage.
        damages: The damages, one per case.
        bug: Name of a bug to plant; None for none.
        action: Action to run after the damage. Without an action, `start` is the state after the scenario.

    Yields:
        A line for each case that goes wrong.
    """

    def attempt(lane: Lane, damage: Damage) -> str | None:
        lane.lay(start)
        damage.do(lane.index)
        reply = lane.run(scenario.news, action, then=["look", "mend"], bug=bug)
        return judge_damage(reply, scenario, is_old="error" in reply)

    return bench.failures(damages, attempt)


def judge_damage(reply: Reply, scenario: Scenario, *, is_old: bool = False) -> str | None:
    """Judges a case of damage.

    Damage is fine if the library says the right things, repairs itself, or reports an error whose remedy repairs it.
    Damage to data that no answer uses is left to the check.

    Args:
        reply: What the case's process said.
        scenario: The scenario.
        is_old: Whether the library must be in the state before the scenario, because its update was refused.

    Returns:
        What is wrong; None if nothing is.
    """
    if reply["hung"] or reply["killed"] or "broken" in reply:
        return str(reply.get("broken") or reply)
    if "error" in reply and reply["mended_by"] not in MENDING:
        return f"an error that doesn't tell what to do: {reply['error']}"
    seen, settled = reply["seen"], reply.get("settled", scenario.after)
    told = seen["generation"] == 0 if "generation" in seen else seen["mended_by"] in MENDING
    fell_back = seen == scenario.before and reply["reports"]
    said = scenario.before["said"] if is_old else scenario.after["said"]
    if not (seen.get("said") == said or told or fell_back):
        return f"a silent wrong answer: {seen}"
    if {**settled, "generation": 0} != {**scenario.after, "generation": 0}:
        return f"what should mend it doesn't: {seen}, then {settled}"
    return None
