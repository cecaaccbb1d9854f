"""Runs cases in parallel lanes, each from a copy of a start folder, and judges the results."""

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
"""What a library says; see `tests.faults.actions.look`."""
_Case = TypeVar("_Case")
_ROOT = Path(__file__).parent.parent.parent
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Variables that keep libraries from starting threads, because the server must fork with one thread."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """An action, its start, and the two states that it may leave.

    Attributes:
        name: The scenario's name.
        action: Name of the action.
        start: The index folder to start from, which may be missing.
        news: The folder of articles.
        before: What the library says before the action.
        after: What the library says after the action.
        retry: Name of the action that must lead to `after` from any state.
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
    """The logged steps of an action.

    Attributes:
        root: The index folder.
        steps: The steps, in order.
        acknowledged: Number of steps taken when the action reported success.
    """

    root: Path
    steps: Sequence[Step]
    acknowledged: int


class Lane:
    """Runs one case after the other, each in a new folder."""

    def __init__(self, trap: Path, folder: Path, settled: dict[tuple[str, bytes], Seen]) -> None:
        """Starts the lane's server.

        Args:
            trap: The shared library of the trap.
            folder: The lane's folder.
            settled: Results of retries by scenario and state, shared with the other lanes.
        """
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
        """The index folder of the present case. Each case has another one, so leftover threads can't change it."""
        return self._folder / f"index{self._laid}"

    def lay(self, start: Path | None = None) -> None:
        """Prepares a new case: copies a folder to the index folder. Without a folder, the index is missing."""
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
        """Runs a case in a process. Returns what it said, and whether a signal killed it or it hung.

        Args:
            news: The folder of articles.
            action: Name of the action to run in the trap; "" for none.
            plan: What the trap does; None for no trap.
            then: Steps after the action, without the trap: "look" or names of actions.
            bug: Name of a bug to plant; None for none.
            log: Whether to log the steps.
            kill_after: Seconds after which to kill the process; None for never.
        """
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
            # The process had run other cases before. Only a kill in a new process is surely caused by this case.
            reply = self._send(order | {"alone": True})
        return reply

    def _send(self, order: Mapping[str, object]) -> Reply:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        reply: Reply = json.loads(self._process.stdout.readline())
        return reply

    def trace(self, scenario: Scenario, bug: str | None = None) -> Trace:
        """Logs the steps of a scenario's action without any fault."""
        self.lay(scenario.start)
        reply = self.run(scenario.news, scenario.action, plan=Plan(COUNT), bug=bug, log=True)
        assert "broken" not in reply, reply["broken"]
        logged = list(read_log(self._log))
        steps = [step for step in logged if step.kind != ACKNOWLEDGED]
        acknowledged = next((n for n, step in enumerate(logged) if step.kind == ACKNOWLEDGED), len(steps))
        return Trace(self.index, steps, acknowledged)

    def attempt(self, scenario: Scenario, plan: Plan, bug: str | None = None, *, either: bool = False) -> str | None:
        """Runs a scenario's action with a fault, and then the retry.

        Args:
            scenario: The scenario.
            plan: The fault.
            bug: Name of a bug to plant; None for none.
            either: Whether an action that reports failure may have succeeded.

        Returns:
            What is wrong; None if nothing is.
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
        """Runs a scenario's retry from the present state. A state with the same files is not tried twice."""
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
        """Ends the lane's server."""
        with self._process:
            if self._process.stdin:
                self._process.stdin.close()


class Bench:
    """Lanes that run cases in parallel: at most four, one per processor of this pytest worker. A context manager."""

    def __init__(self, trap: Path, folder: Path) -> None:
        settled: dict[tuple[str, bytes], Seen] = {}
        workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
        lanes = max(min(len(os.sched_getaffinity(0)), 4) // workers, 1)
        self.lanes = [Lane(trap, folder / f"lane{n}", settled) for n in range(lanes)]

    def failures(self, cases: Iterable[_Case], attempt: Callable[[Lane, _Case], str | None]) -> Iterator[str]:
        """Runs all cases in parallel and yields a line for each case that goes wrong, as soon as it is known.

        Args:
            cases: The cases.
            attempt: Runs a case in a lane. Returns what is wrong, or None.
        """
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
        """Closes all lanes."""
        for lane in self.lanes:
            lane.close()

    def __enter__(self) -> Bench:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def judge(reply: Reply, scenario: Scenario) -> str | None:
    """Judges a case.

    Args:
        reply: What the case's process said.
        scenario: The scenario.

    Returns:
        What is wrong; None if nothing is.
    """
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
    """Raises AssertionError if there are wrong cases. The message has one line per case."""
    told = list(wrong)
    assert not told, "\n".join([f"{len(told)} cases went wrong:", *told])


def _digest(folder: Path) -> bytes:
    """A digest of the names and bytes of all files in a folder."""
    digest = hashlib.blake2b()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.digest()
