"""How the bench talks to every system, this project included: a line of JSON in, a line of JSON out.

A request is `{"do": NAME, ...}` with the arguments of the method of `Driver` that has this name; its reply is
`{"result": ...}` or `{"error": ...}`. `ask` takes many questions at once, and how many askers put them.

Only the standard library is used here, since drivers run in their peers' environments.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """A half-open interval of an article's text, by the name of the article's file; `quote` is what stands there."""

    file: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A short answer with its citations; no answer is the empty string. `score` is higher the surer it is."""

    answer: str
    score: float | None = None
    citations: tuple[Place, ...] = field(default=())


class Driver(Protocol):
    """What a system must be able to do; every method may be called once the library is open."""

    def open(self, index: str, embedder: str, reader: str) -> None:
        """Gets ready to answer from this index folder, which may be missing, with the weights in these folders."""
        ...

    def update(self, articles: str) -> None:
        """Brings the index in line with a folder of articles, and onto the disk."""
        ...

    def ask(self, question: str) -> Reply:
        """What a person who uses the system is told."""
        ...

    def best(self, question: str) -> Reply:
        """The answer it would give if it always gave one, where it tells; else what `ask` says."""
        ...

    def retrieve(self, question: str, k: int) -> list[Place]:
        """The k best passages, best first."""
        ...

    def stats(self) -> dict[str, int]:
        """`passages`: how many the index holds."""
        ...


def serve(driver: Driver) -> None:
    """Answers requests from standard input until it ends; what libraries print goes to standard error."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin:
        try:
            reply: dict[str, Any] = {"result": perform(driver, json.loads(line))}
        except Exception as error:  # whatever a peer raises is for the bench to report
            reply = {"error": f"{type(error).__name__}: {error}"}
        replies.write(json.dumps(reply, default=asdict) + "\n")
        replies.flush()


def perform(driver: Driver, request: dict[str, Any]) -> Any:
    """The result of one request."""
    arguments = dict(request)
    name = arguments.pop("do")
    if name == "ask":
        return _ask_all(driver.ask, arguments["questions"], arguments.get("askers", 1))
    if name not in ("open", "update", "best", "retrieve", "stats"):
        raise ValueError(f"no request {name!r}")
    return getattr(driver, name)(**arguments)


def _ask_all(ask: Callable[[str], Reply], questions: list[str], askers: int) -> list[Reply]:
    if askers == 1:
        return [ask(question) for question in questions]
    with ThreadPoolExecutor(askers) as pool:
        return list(pool.map(ask, questions))
