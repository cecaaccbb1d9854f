"""Files flipped, cut short or deleted, and what may come of it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults.bench import Bench, Lane, Reply, Scenario

_UNSEEN = ("update.lock", "update.holder")
"""Say nothing about the articles."""
_TRUTH = "library.sqlite"
MENDING = frozenset({"build", "update", "rebuild", "rebuild_from_articles"})
"""The actions that an error has to name, so that whoever meets it can mend the damage."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done to a file, at which of its bytes or bits."""

    name: str
    how: str
    at: int = 0

    def do(self, folder: Path) -> None:
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
    """Every file deleted and cut short, and so many cases in all made up of flipped bits, most of them in the truth."""
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
    """A byte of the file; one that isn't zero, as SQLite's free space is, in most cases."""
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
    """What is wrong with a library after each of these was done to the files in `start`, and then the action.

    Without an action it is at the scenario's end.
    """

    def attempt(lane: Lane, damage: Damage) -> str | None:
        lane.lay(start)
        damage.do(lane.index)
        reply = lane.run(scenario.news, action, then=["look", "mend"], bug=bug)
        return judge_damage(reply, scenario, is_old="error" in reply)

    return bench.failures(damages, attempt)


def judge_damage(reply: Reply, scenario: Scenario, *, is_old: bool = False) -> str | None:
    """None where the damage did no harm, was mended, or is told with what mends it; and that does.

    Harm is done to what the library says: damage to what nobody reads is for the check to find. `is_old` says that
    what was before the scenario is to be said, as its update was refused.
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
