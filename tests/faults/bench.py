"""A bench for cases: lanes that work through them side by side, a folder that each starts from, and the judgement."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, TypeVar

from tests.faults.trap import ACKNOWLEDGED, COUNT, KILL, Plan, Step, read_log

Reply = dict[str, Any]
Seen = dict[str, Any]
_Case = TypeVar("_Case")
_ROOT = Path(__file__).parent.parent.parent
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Scenario:
    """An action, what it starts from, and the two states that it may leave.

    `retry` is the action that has to lead to `after` in the end, whatever came before.
    """

    name: str
    action: str
    start: Path
    news: Path
    before: Seen
    after: Seen
    retry: str = "update"


@dataclass(frozen=True, slots=True)
class Trace:
    """The steps of an action in this folder, and how many of them it had taken when it was acknowledged."""

    root: Path
    steps: Sequence[Step]
    acknowledged: int


class Lane:
    """Runs one case after the other, each in a folder of its own."""

    def __init__(self, trap: Path, folder: Path, settled: dict[tuple[str, bytes], Seen]) -> None:
        self._folder = folder
        self._log = folder / "log"
        self._laid = 0
        self._settled = settled
        folder.mkdir(parents=True)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.server", str(trap)],
            cwd=_ROOT,
            env=os.environ | _ONE_THREAD | {"PYTHONPATH": os.pathsep.join([str(_ROOT), str(_ROOT / "src")])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def index(self) -> Path:
        """The index of the case that is worked at. What a thread left over from another does, it does elsewhere."""
        return self._folder / f"index{self._laid}"

    def lay(self, start: Path | None = None) -> None:
        """Puts a copy of this folder in the index's place; nothing where it isn't there."""
        shutil.rmtree(self.index, ignore_errors=True)
        self._laid += 1
        if start is not None and start.exists():
            shutil.copytree(start, self.index)

    def run(
        self,
        news: Path,
        action: str = "",
        *,
        plan: Plan | None = None,
        then: Sequence[str] = (),
        bug: str | None = None,
        log: bool = False,
        kill_after: float | None = None,
    ) -> Reply:
        """What the case's process said, and by which signal it was ended, if it was."""
        order = {
            "index": str(self.index),
            "news": str(news),
            "action": action,
            "plan": plan.to_json() if plan else None,
            "then": list(then),
            "bug": bug,
            "log": str(self._log) if log else None,
            "kill_after": kill_after,
            "alone": bug is not None or log or kill_after is not None or (plan is not None and plan.action == KILL),
        }
        reply = self._send(order)
        if reply["killed"] and not (action or order["alone"]):
            # Its process had worked through other cases before: what ends one of its own is this case's doing.
            reply = self._send(order | {"alone": True})
        return reply

    def _send(self, order: Mapping[str, object]) -> Reply:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        reply: Reply = json.loads(self._process.stdout.readline())
        return reply

    def trace(self, scenario: Scenario, bug: str | None = None) -> Trace:
        """The scenario's action when nothing goes wrong."""
        self.lay(scenario.start)
        reply = self.run(scenario.news, scenario.action, plan=Plan(COUNT), bug=bug, log=True)
        assert "broken" not in reply, reply["broken"]
        logged = list(read_log(self._log))
        steps = [step for step in logged if step.kind != ACKNOWLEDGED]
        acknowledged = next((n for n, step in enumerate(logged) if step.kind == ACKNOWLEDGED), len(steps))
        return Trace(self.index, steps, acknowledged)

    def attempt(self, scenario: Scenario, plan: Plan, bug: str | None = None, *, either: bool = False) -> str | None:
        """What is wrong after the scenario's action met with this fault, and after the retry; None if all is well.

        `either` says that an action which reports failure may be done after all.
        """
        self.lay(scenario.start)
        reply = self.run(scenario.news, scenario.action, plan=plan, then=["look"], bug=bug)
        if reply["killed"]:
            acknowledged = reply.get("acknowledged")
            reply = self.run(scenario.news, then=["look"], bug=bug) | {"acknowledged": acknowledged}
        if either:
            reply.pop("error", None)
        return judge(reply, scenario) or judge(self.settle(scenario, bug), scenario)

    def settle(self, scenario: Scenario, bug: str | None = None) -> Reply:
        """What the scenario's retry leads to from here. What was tried from the same files is known."""
        if bug is not None:
            return self.run(scenario.news, then=[scenario.retry], bug=bug)
        state = (scenario.name, _digest(self.index))
        if state in self._settled:
            return {"hung": False, "killed": False, "settled": self._settled[state]}
        reply = self.run(scenario.news, then=[scenario.retry])
        if "settled" in reply:
            self._settled[state] = reply["settled"]
        return reply

    def close(self) -> None:
        with self._process:
            if self._process.stdin:
                self._process.stdin.close()


class Bench:
    """As many lanes as there are processors, at most four. A context."""

    def __init__(self, trap: Path, folder: Path) -> None:
        settled: dict[tuple[str, bytes], Seen] = {}
        lanes = min(len(os.sched_getaffinity(0)), 4)
        self.lanes = [Lane(trap, folder / f"lane{n}", settled) for n in range(lanes)]

    def failures(self, cases: Iterable[_Case], attempt: Callable[[Lane, _Case], str | None]) -> Iterator[str]:
        """The cases that went wrong, each with what was wrong, as they are met."""
        free: SimpleQueue[Lane] = SimpleQueue()
        for lane in self.lanes:
            free.put(lane)

        def work(case: _Case) -> str | None:
            lane = free.get()
            try:
                wrong = attempt(lane, case)
            finally:
                free.put(lane)
            return f"{case}: {wrong}" if wrong else None

        pool = ThreadPoolExecutor(len(self.lanes))
        try:
            yield from filter(None, pool.map(work, cases))
        finally:
            pool.shutdown(cancel_futures=True)

    def close(self) -> None:
        for lane in self.lanes:
            lane.close()

    def __enter__(self) -> Bench:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def judge(reply: Reply, scenario: Scenario) -> str | None:
    """What is wrong with what a case's process said; None if all is well."""
    if reply["hung"] or reply["killed"] or "broken" in reply:
        return str(reply.get("broken") or reply)
    seen, settled = reply.get("seen"), reply.get("settled")
    if seen is not None and seen not in (scenario.before, scenario.after):
        return f"neither generation is whole: {seen}"
    if reply.get("acknowledged") and seen != scenario.after:
        return f"what was acknowledged is lost: {seen}"
    if reply.get("error") and seen != scenario.before:
        return f"what failed was done: {reply['error']}"
    if settled is not None and settled != scenario.after:
        return f"the retry does not converge: {settled}"
    return None


def assert_none(wrong: Iterable[str]) -> None:
    """Raises AssertionError with all of them, a case a line."""
    told = list(wrong)
    assert not told, "\n".join([f"{len(told)} cases went wrong:", *told])


def _digest(folder: Path) -> bytes:
    """Tells apart folders that differ in any file's name or bytes."""
    digest = hashlib.blake2b()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.digest()
