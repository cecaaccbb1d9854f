"""Many people asking at once: `python -m benchmarks.askers [--people 50] [--questions 20] [--json OUT]`.

Serves the page over an index of `seeds/` as `rag chat` does, in a process of its own. Each person has an address of the
loopback range, so that the limit for each address holds as it would for as many machines, and one page open, which asks
one question after the other as its box does: the whole conversation comes back each time. A question ends in an answer,
in being told to wait (429 or 503), or it failed. Memory is the server's, once before any question and then after each
tenth of them.
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
"""Seconds after which a question has failed."""
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


@dataclass
class Memory:
    """What the server's process holds, in MB, read after each so many questions."""

    process: int
    every: int
    samples: list[int] = field(default_factory=list)
    asked: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self) -> None:
        """Counts a question, and reads the memory where it is time to."""
        with self.lock:
            if self.asked % self.every == 0:
                self.samples.append(self.read("VmRSS"))
            self.asked += 1

    def read(self, name: str) -> int:
        """A figure of the process's status: VmRSS what it holds now, VmHWM the most that it held."""
        status = Path(f"/proc/{self.process}/status").read_text("ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(f"{name}:")) // 1024


@contextmanager
def page_over(index: str) -> Iterator[tuple[str, int]]:
    """The address and the process of a page that is served over this index."""
    command = [str(RAG), "chat", "--index", index, "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = (match.group() for line in process.stdout if (match := _ADDRESS.search(line)))
            url = next(found, None)
            if url is None:
                sys.exit("The page did not start: run rag chat, and see why")
            yield url, process.pid
        finally:
            process.terminate()


def event_of_box(url: str) -> int:
    """The number of the event that asks what the box holds."""
    events = httpx.get(f"{url}config").json()["dependencies"]
    return next(int(event["id"]) for event in events if event["api_name"] == "ask")


def ask(client: httpx.Client, event: int, session: str, question: str) -> Outcome:
    """Asks as the page does, and says what came of it."""
    sent = {"data": [question, None, None], "fn_index": event, "session_hash": session}
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
    """What came of each question of one person, and after how many milliseconds."""
    came: list[tuple[Outcome, float]] = []
    transport = httpx.HTTPTransport(local_address=f"127.0.1.{number % 250 + 1}")
    with httpx.Client(base_url=f"{url}gradio_api/queue/", timeout=PATIENCE, transport=transport) as client:
        for turn in range(questions):
            memory.note()
            start = time.perf_counter()
            outcome = ask(client, event, f"person-{number}", QUESTIONS[(number + turn) % len(QUESTIONS)])
            came.append((outcome, (time.perf_counter() - start) * 1000))
    return came


def measure(people: int, questions: int) -> dict[str, Any]:
    """The figures of so many people, each with so many questions."""
    with tempfile.TemporaryDirectory() as folder:
        index = f"{folder}/index"
        timed_command("update", "seeds", "--index", index)
        with page_over(index) as (url, process), ThreadPoolExecutor(people) as pool:
            memory = Memory(process, max(1, people * questions // 10))
            event = event_of_box(url)
            start = time.perf_counter()
            asking = [pool.submit(be_a_person, number, url, event, questions, memory) for number in range(people)]
            came = [one for person in asking for one in person.result()]
            seconds = time.perf_counter() - start
            return figures(people, came, seconds, [*memory.samples, memory.read("VmRSS")], memory.read("VmHWM"))


def figures(
    people: int, came: list[tuple[Outcome, float]], seconds: float, memory: list[int], peak: int
) -> dict[str, Any]:
    """What is written down. `memory_growth_mb` is over the second half of the questions, after all caches are full."""
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
    """Prints the figures as JSON; exit code 1 where a question failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.askers", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--questions", type=int, default=20, help="of each person")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    found = measure(arguments.people, arguments.questions)
    print(json.dumps(found, indent=1))
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    sys.exit(1 if found["failed"] else 0)


if __name__ == "__main__":
    main()
