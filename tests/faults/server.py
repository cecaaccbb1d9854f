"""A process that has everything imported and forks for each case; JSON lines in, JSON lines out.

Started by `bench.Worker`. It has one thread whenever it forks, as only then a fork is sound.
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
from pathlib import Path
from typing import Any

from rag.errors import RagError
from tests.faults import actions
from tests.faults.planted import plant
from tests.faults.trap import Plan, Trap

LONGEST = 60.0
"""Seconds after which a case counts as hung."""

Say = Callable[..., None]


def main(library: str) -> None:
    # Warnings are the cases' business (`actions.look`) and not the terminal's.
    logging.getLogger("rag").addHandler(logging.NullHandler())
    with tempfile.TemporaryDirectory() as folder:
        actions.warm_up(Path(folder))
    # A collection in a child would copy all that it shares with the others.
    gc.freeze()
    gc.disable()
    for line in sys.stdin:
        print(json.dumps(_fork(library, json.loads(line))), flush=True)


def _fork(library: str, order: dict[str, Any]) -> dict[str, Any]:
    assert len(list(Path("/proc/self/task").iterdir())) == 1
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(library, order, writing)
    os.close(writing)
    said, hung = _listen(reading, child, order.get("kill_after"))
    os.close(reading)
    _, status = os.waitpid(child, 0)
    reply: dict[str, Any] = {"killed": os.WIFSIGNALED(status) and os.WTERMSIG(status), "hung": hung}
    for line in said.splitlines():
        reply |= json.loads(line)
    return reply


def _listen(pipe: int, child: int, kill_after: float | None) -> tuple[bytes, bool]:
    """All that the child says until it ends; whether it had to be ended, having hung."""
    said = b""
    while True:
        ready, _, _ = select.select([pipe], [], [], LONGEST if kill_after is None else kill_after)
        if not ready:
            os.kill(child, signal.SIGKILL)
            return said, kill_after is None
        block = os.read(pipe, 65536)
        if not block:
            return said, False
        said += block


def _work(library: str, order: dict[str, Any], pipe: int) -> None:
    """The case itself; never returns."""

    def say(**answer: object) -> None:
        os.write(pipe, json.dumps(answer).encode() + b"\n")

    try:
        plant(order["bug"])
        if order["action"]:
            _act(library, order, say)
        for step in order["then"]:
            if step == "look":
                seen, reports = actions.look(Path(order["index"]))
                say(seen=seen, reports=reports)
            else:
                actions.ACTIONS[step](Path(order["index"]), Path(order["news"]), lambda: None)
                say(settled=actions.look(Path(order["index"]))[0])
    except BaseException as error:
        say(broken=_describe(error))
        os._exit(1)
    os._exit(0)


def _act(library: str, order: dict[str, Any], say: Say) -> None:
    """The action, in the trap; a known error is said and no more than that."""
    index, news, act = Path(order["index"]), Path(order["news"]), actions.ACTIONS[order["action"]]
    trap = Trap(library, index, Plan(**order["plan"]), order["log"]) if order["plan"] else None

    def acknowledge() -> None:
        say(acknowledged=True)
        if trap is not None:
            trap.mark()

    try:
        act(index, news, acknowledge)
    except RagError as error:
        say(error=_describe(error))
    finally:
        if trap is not None:
            trap.disarm()


def _describe(error: BaseException) -> str:
    if isinstance(error, RagError):
        return f"{type(error).__name__}: {error}"
    return "".join(traceback.format_exception(error))


if __name__ == "__main__":
    main(sys.argv[1])
