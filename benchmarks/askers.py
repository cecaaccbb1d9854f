"""Measures the page with many people at once: `python -m benchmarks.askers [--people N] [--questions N] [--json OUT]`.

With `--rest` it measures `rag serve` with as many programs, which post their questions to `/v1/ask`.

Runs `rag chat` over an index of `seeds/` in a separate process. Each person has an own loopback address, so the limit
per address works as it would for separate machines. Each person has one page open and asks one question after the
other. The page sends the whole conversation back each time. A question is answered, is refused for now (HTTP status 429
or 503), or fails. The server's memory is read before the first question and after each tenth of the questions.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import httpx

from benchmarks.seed import QUESTIONS, RAG, timed_command

Outcome = Literal["answered", "told_to_wait", "failed"]
PATIENCE = 120.0
"""Seconds to wait for a response. A question that takes longer has failed."""
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")
"""The server's address as `rag chat` and `rag serve` print it."""
REST = -1
"""Stands for the number of the page's event where questions are asked over REST."""


@dataclass
class Memory:
    """The memory of the server's process in MB, read before every `every`-th question. Threads may share it.

    Attributes:
        process: Id of the server's process.
        every: Number of questions between two samples.
        samples: Resident memory in MB, one value per sample.
        asked: Number of questions so far.
        lock: Protects `samples` and `asked`.
    """

    process: int
    every: int
    samples: list[int] = field(default_factory=list)
    asked: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self) -> None:
        """Counts a question, and reads the memory if a sample is due."""
        with self.lock:
            if self.asked % self.every == 0:
                self.samples.append(self.read("VmRSS"))
            self.asked += 1

    def read(self, name: str) -> int:
        """Reads a memory figure of the process, in MB.

        Args:
            name: A field of `/proc/PID/status`: "VmRSS" (memory now) or "VmHWM" (peak memory).
        """
        status = Path(f"/proc/{self.process}/status").read_text("ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(f"{name}:")) // 1024


@contextmanager
def served(*command: str) -> Iterator[tuple[str, int]]:
    """Serves an index while the block runs.

    Args:
        *command: The arguments of `rag`, without the port.

    Yields:
        The server's address, and the id of its process.

    Raises:
        SystemExit: If it does not start.
    """
    with subprocess.Popen([str(RAG), *command, "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = (match.group() for line in process.stdout if (match := _ADDRESS.search(line)))
            url = next(found, None)
            if url is None:
                sys.exit(f"The server did not start: run rag {command[0]}, and see why")
            yield url, process.pid
        finally:
            process.terminate()


def event_of_box(url: str) -> int:
    """Reads the number of the page's event that asks the question in the input box.

    Args:
        url: The page's address, which ends with "/".
    """
    events = httpx.get(f"{url}config").json()["dependencies"]
    return next(int(event["id"]) for event in events if event["api_name"] == "ask")


def ask_over_rest(client: httpx.Client, event: int, session: str, question: str) -> Outcome:
    """Asks a question as a program does. Arguments and result are those of `ask`; event and session do not matter."""
    try:
        status = client.post("v1/ask", json={"question": question}).status_code
    except httpx.HTTPError:
        return "failed"
    return "answered" if status == 200 else "told_to_wait" if status in {429, 503} else "failed"


def ask(client: httpx.Client, event: int, session: str, question: str) -> Outcome:
    """Asks a question as the page does.

    Args:
        client: A client whose base address is the page's queue.
        event: The event's number, from `event_of_box`.
        session: The name of the person's session.
        question: The question.

    Returns:
        Whether the question was answered, refused for now, or failed.
    """
    sent = {"data": [question, None, None, None, ""], "fn_index": event, "session_hash": session}
    try:
        asked = client.post("join", json=sent)
        if asked.status_code in {429, 503}:
            return "told_to_wait"
        came = client.get("data", params={"session_hash": session}).raise_for_status().text
    except httpx.HTTPError:
        return "failed"
    last = next((line for line in reversed(came.splitlines()) if '"process_completed"' in line), "")
    return "answered" if '"success":true' in last and r"class=\"problem\"" not in last else "failed"


def be_a_person(number: int, url: str, event: int, questions: int, memory: Memory) -> list[tuple[Outcome, float]]:
    """Asks one person's questions, one after the other.

    Args:
        number: The person's number. It decides the address and the first question.
        url: The page's address.
        event: The event's number, from `event_of_box`; REST to ask over REST.
        questions: Number of questions.
        memory: Counts the questions and samples the server's memory.

    Returns:
        For each question its outcome and its duration in milliseconds.
    """
    came: list[tuple[Outcome, float]] = []
    transport = httpx.HTTPTransport(local_address=f"127.0.1.{number % 250 + 1}")
    put, base = (ask_over_rest, url) if event == REST else (ask, f"{url}gradio_api/queue/")
    with httpx.Client(base_url=base, timeout=PATIENCE, transport=transport) as client:
        for turn in range(questions):
            memory.note()
            start = time.perf_counter()
            outcome = put(client, event, f"person-{number}", QUESTIONS[(number + turn) % len(QUESTIONS)])
            came.append((outcome, (time.perf_counter() - start) * 1000))
    return came


def measure(people: int, questions: int, *, rest: bool = False) -> dict[str, Any]:
    """Builds an index of `seeds/`, serves it, and lets all people ask at once.

    Args:
        people: Number of people.
        questions: Number of questions per person.
        rest: Whether to ask over REST instead of the page.

    Returns:
        The figures, see `figures`.
    """
    with tempfile.TemporaryDirectory() as folder:
        index = f"{folder}/index"
        timed_command("update", "seeds", "--index", index)
        command = ("serve", "--index", index) if rest else ("chat", "--index", index, "--no-browser")
        with served(*command) as (url, process), ThreadPoolExecutor(people) as pool:
            memory = Memory(process, max(1, people * questions // 10))
            event = REST if rest else event_of_box(url)
            start = time.perf_counter()
            asking = [pool.submit(be_a_person, number, url, event, questions, memory) for number in range(people)]
            came = [one for person in asking for one in person.result()]
            seconds = time.perf_counter() - start
            return figures(people, came, seconds, [*memory.samples, memory.read("VmRSS")], memory.read("VmHWM"))


def figures(
    people: int, came: list[tuple[Outcome, float]], seconds: float, memory: list[int], peak: int
) -> dict[str, Any]:
    """Summarizes a run.

    Args:
        people: Number of people.
        came: Outcome and milliseconds of each question.
        seconds: Wall time of the whole run.
        memory: Samples of the server's memory in MB, in order of time.
        peak: The server's peak memory in MB.

    Returns:
        The figures. `memory_growth_mb` covers the second half of the questions, when all caches are full.
    """
    outcomes = Counter(outcome for outcome, _ in came)
    times = sorted(milliseconds for outcome, milliseconds in came if outcome == "answered")
    return {
        "people": people,
        "questions": len(came),
        **{outcome: outcomes[outcome] for outcome in ("answered", "told_to_wait", "failed")},
        "p50_ms": round(statistics.median(times)) if times else None,
        "p95_ms": round(times[int(len(times) * 0.95)]) if times else None,
        "questions_per_s": round(len(came) / seconds, 1),
        "peak_memory_mb": peak,
        "memory_mb": memory,
        "memory_growth_mb": memory[-1] - memory[len(memory) // 2],
    }


def main() -> None:
    """Prints the figures as JSON. The exit code is 1 if a question failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.askers", description=__doc__)
    parser.add_argument("--people", type=int, default=50, help="number of people who ask at once")
    parser.add_argument("--questions", type=int, default=20, help="number of questions per person")
    parser.add_argument("--rest", action="store_true", help="ask over REST instead of the page")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    found = measure(arguments.people, arguments.questions, rest=arguments.rest)
    print(json.dumps(found, indent=1))
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    sys.exit(1 if found["failed"] else 0)


if __name__ == "__main__":
    main()
