"""The protocol between the bench and every system, this project included: one line of JSON in, one line of JSON out.

A request is `{"do": NAME, ...}`, where NAME is a method of `Driver` and the rest are its arguments. The reply is
`{"result": ...}` or `{"error": ...}`. The request `ask` takes several questions and the number of askers at once.

This module uses only the standard library, because drivers run in the peers' environments.
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
    """A place in an article's text.

    Attributes:
        file: Name of the article's file.
        start: First character of a half-open interval.
        end: End of the interval.
        quote: The text at this place.
    """

    file: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A short answer with its citations.

    Attributes:
        answer: The answer; "" for no answer.
        score: The system's confidence; higher is surer. None if the system gives none.
        citations: The cited places.
        shown: The places that its user reads as the answer, in the order shown.
        near: The places that its user reads as merely close to the question, in the order shown.
    """

    answer: str
    score: float | None = None
    citations: tuple[Place, ...] = field(default=())
    shown: tuple[Place, ...] = field(default=())
    near: tuple[Place, ...] = field(default=())


class Driver(Protocol):
    """The methods that every system must have. `open` is called first."""

    def open(self, index: str, embedder: str, reader: str) -> None:
        """Prepares to answer from an index.

        Args:
            index: The index folder, which may be missing.
            embedder: Folder of the embedder's weights.
            reader: Folder of the reader's weights.
        """
        ...

    def update(self, articles: str) -> None:
        """Updates the index from a folder of articles, and saves it."""
        ...

    def read(self, files: list[str]) -> None:
        """Adds files to the index, read by the system's own converters. No later `update` follows them."""
        ...

    def ask(self, question: str) -> Reply:
        """Answers a question as the system's user sees it."""
        ...

    def best(self, question: str) -> Reply:
        """Answers a question without abstaining, if the system can; otherwise as `ask` does."""
        ...

    def retrieve(self, question: str, k: int) -> list[Place]:
        """Retrieves the k best passages, best first."""
        ...

    def mark(self, question: str, text: str) -> list[tuple[int, int]]:
        """Marks the evidence in a text that is given, without an index, as half-open character intervals."""
        ...

    def stats(self) -> dict[str, int]:
        """Returns `passages`, the number of passages in the index."""
        ...


def serve(driver: Driver) -> None:
    """Answers requests from standard input until it ends. Everything that libraries print goes to standard error."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin:
        try:
            reply: dict[str, Any] = {"result": perform(driver, json.loads(line))}
        except Exception as error:  # a peer may raise any error; the bench reports it
            reply = {"error": f"{type(error).__name__}: {error}"}
        replies.write(json.dumps(reply, default=asdict) + "\n")
        replies.flush()


def perform(driver: Driver, request: dict[str, Any]) -> Any:
    """Performs one request.

    Args:
        driver: The system.
        request: The request.

    Returns:
        The result.

    Raises:
        ValueError: If the request has an unknown name.
    """
    arguments = dict(request)
    name = arguments.pop("do")
    if name == "ask":
        return _ask_all(driver.ask, arguments["questions"], arguments.get("askers", 1))
    if name not in ("open", "update", "read", "best", "retrieve", "mark", "stats"):
        raise ValueError(f"no request {name!r}")
    return getattr(driver, name)(**arguments)


def _ask_all(ask: Callable[[str], Reply], questions: list[str], askers: int) -> list[Reply]:
    if askers == 1:
        return [ask(question) for question in questions]
    with ThreadPoolExecutor(askers) as pool:
        return list(pool.map(ask, questions))
