"""A process that has everything imported and forks for the cases; JSON lines in, JSON lines out.

Started by `bench.Lane`. It has one thread whenever it forks, as only then a fork is sound. A case that ends its
process, or plants a bug into it, has a fork of its own. The others are worked through by one that stays, as half of a
case's time would else go into the first touch of each page of memory; nothing must be left of one for the next.
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
"""After so many the process that stays makes way for a fresh one."""
_END = b"\n\n"

Say = Callable[..., None]
Order = dict[str, Any]


def main(library: str) -> None:
    # Warnings are the cases' business (`actions.look`) and not the terminal's.
    logging.getLogger("rag").addHandler(logging.NullHandler())
    with tempfile.TemporaryDirectory() as folder:
        actions.warm_up(Path(folder))
    # A collection in a child would copy all that it shares with the others.
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
    """A fork of this process that works through orders, with the trap set and perhaps a bug planted."""

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
        """What the child said, whether it ended by a signal, and whether it had to be ended, having hung."""
        self.cases += 1
        with suppress(BrokenPipeError):  # it has said why it ended
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
        """Lets the child end; returns whether a signal ended it."""
        os.close(self._orders)
        os.close(self._answers)
        self.ended = True
        _, status = os.waitpid(self._process, 0)
        return os.WIFSIGNALED(status)


def _work(library: str, bug: str | None, orders: int, answers: int) -> None:
    """The life of a child; never returns."""

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
    """The action, in the trap; a known error is said and no more than that."""

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
