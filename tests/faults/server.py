"""A process that imports everything once and forks for the cases: JSON lines in, JSON lines out.

`bench.Lane` starts it. It has one thread whenever it forks, because a fork with more threads is not safe. A case that
ends its process or plants a bug gets its own fork. The other cases share a fork, because half of a case's time would
otherwise go into the first access to each page of memory. A case must leave nothing behind for the next one.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import select
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from rag.core.errors import RagError
from tests.faults import actions
from tests.faults.planted import plant
from tests.faults.trap import Plan, Trap

LONGEST = 60.0
"""Seconds after which a case counts as hung."""
_CASES = 100
"""Number of cases after which the shared fork is replaced by a new one."""
_END = b"\n\n"
"""Marks the end of a child's answer to an order."""

Say = Callable[..., None]
Order = dict[str, Any]


def main(library: str) -> None:
    """Answers orders from standard input until it ends.

    Args:
        library: The shared library of the trap.
    """
    # The cases collect the warnings (`actions.look`); they are not printed.
    logging.getLogger("rag").addHandler(logging.NullHandler())
    with tempfile.TemporaryDirectory() as folder:
        actions.warm_up(Path(folder))
    # A garbage collection in a child would copy all memory that it shares with the other processes.
    gc.freeze()
    gc.disable()
    child: Child | None = None
    for line in sys.stdin:
        order = json.loads(line)
        if order["alone"]:
            reply = Child(library, order["bug"]).work(order)
        else:
            child = child if child is not None and child.cases < _CASES else Child(library)
            reply = child.work(order)
            child = None if child.ended else child
        print(json.dumps(reply), flush=True)


class Child:
    """A fork of this process that carries out orders, with the trap set and optionally a bug planted."""

    def __init__(self, library: str, bug: str | None = None) -> None:
        assert len(list(Path("/proc/self/task").iterdir())) == 1
        orders, self._orders = os.pipe()
        self._answers, answers = os.pipe()
        self.cases = 0
        self.ended = False
        self._process = os.fork()
        if self._process == 0:
            os.close(self._orders)
            os.close(self._answers)
            _work(library, bug, orders, answers)
        os.close(orders)
        os.close(answers)

    def work(self, order: Order) -> dict[str, Any]:
        """Carries out an order.

        Returns:
            What the child said, whether a signal ended it, and whether it hung.
        """
        self.cases += 1
        with suppress(BrokenPipeError):  # the child has ended and has said why
            os.write(self._orders, json.dumps(order).encode() + b"\n")
        said, hung = self._listen(order["kill_after"])
        killed = False
        if not said.endswith(_END) or order["alone"] or self.cases == _CASES:
            killed = self._wait()
        reply: dict[str, Any] = {"killed": killed, "hung": hung}
        for line in said.splitlines():
            reply |= json.loads(line or "{}")
        return reply

    def _listen(self, kill_after: float | None) -> tuple[bytes, bool]:
        said = b""
        while not said.endswith(_END):
            ready, _, _ = select.select([self._answers], [], [], LONGEST if kill_after is None else kill_after)
            if not ready:
                os.kill(self._process, signal.SIGKILL)
                return said, kill_after is None
            block = os.read(self._answers, 65536)
            if not block:
                break
            said += block
        return said, False

    def _wait(self) -> bool:
        """Waits for the child's end. Returns whether a signal ended it."""
        os.close(self._orders)
        os.close(self._answers)
        self.ended = True
        _, status = os.waitpid(self._process, 0)
        return os.WIFSIGNALED(status)


def _work(library: str, bug: str | None, orders: int, answers: int) -> None:
    """Carries out all orders of a child. Never returns."""

    def say(**answer: object) -> None:
        os.write(answers, json.dumps(answer).encode() + b"\n")

    try:
        plant(bug)
        trap = Trap(library)
        with os.fdopen(orders) as lines:
            for line in lines:
                _take(trap, json.loads(line), say)
                gc.collect()
                os.write(answers, _END)
    except BaseException as error:
        say(broken=_describe(error))
    os._exit(0)


def _take(trap: Trap, order: Order, say: Say) -> None:
    index, news = Path(order["index"]), Path(order["news"])
    try:
        if order["action"]:
            _act(trap, order, say)
        for step in order["then"]:
            if step == "look":
                seen, reports = actions.look(index)
                say(seen=seen, reports=reports)
            else:
                actions.ACTIONS[step](index, news, lambda: None)
                say(settled=actions.look(index)[0])
    except BaseException as error:
        say(broken=_describe(error))


def _act(trap: Trap, order: Order, say: Say) -> None:
    """Runs the action in the trap. A known error is reported, not raised."""

    def acknowledge() -> None:
        say(acknowledged=True)
        trap.mark()

    try:
        if order["plan"]:
            trap.arm(Path(order["index"]), Plan(**order["plan"]), order["log"])
        actions.ACTIONS[order["action"]](Path(order["index"]), Path(order["news"]), acknowledge)
    except RagError as error:
        say(error=_describe(error), mended_by=error.remedy.action)
    finally:
        trap.disarm()


def _describe(error: BaseException) -> str:
    if isinstance(error, RagError):
        return f"{type(error).__name__}: {error}"
    return "".join(traceback.format_exception(error))


if __name__ == "__main__":
    main(sys.argv[1])
