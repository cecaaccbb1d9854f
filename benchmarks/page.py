"""Measures how fast the page opens in a browser: `python -m benchmarks.page [--articles N] [--runs N] [--json OUT]`.

Builds an index of news articles, serves it with `rag chat`, and opens the page in headless Chromium: for the first time
in a profile of its own, and a second time in the same profile. A key is pressed again and again from the beginning on,
also while the page goes on loading. Reports the medians over the runs:

- `first_paint_ms`: when something is seen (First Contentful Paint);
- `can_type_ms`: when the first key stands in the question box;
- `bytes`: what came over the network until the page was at rest, headers included;
- `longest_task_ms`: the longest task (Long Tasks API) of the whole time, and `longest_task_typing_ms` of the time after
  one can type: so long a key may have to wait;
- `longest_key_ms`: the longest time from a key to its letter in the box.

Times are counted from the beginning of the navigation. With `--answers` a conversation with as many answers is kept in
the profile before the second visit, which shows it again.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.askers import served
from benchmarks.corpus import read_articles, write_articles
from benchmarks.peers.material import STORIES
from benchmarks.seed import timed_command
from tests.browser.chromium import FLAGS, MISSING, find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

Figures = dict[str, float]
QUESTION = "Who was arrested?"
"""The question of each turn of a kept conversation."""
_REST_SECONDS = 3.0
"""Seconds for which the page goes on, and keys are pressed, after its last part has come."""
_KEY_MS = 30.0
"""Milliseconds between two keys."""
_PATIENCE_MS = 120_000
_WATCH = """
globalThis.measured = { tasks: [], keys: [], typed: 0 };
new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) measured.tasks.push([startTime, duration]);
}).observe({ type: "longtask", buffered: true });
document.addEventListener("keydown", (event) => (measured.pressed = event.timeStamp), { capture: true });
document.addEventListener("input", (event) => {
    if (!event.target.matches("#question textarea")) return;
    const now = performance.now();
    measured.typed ||= now;
    measured.keys.push(now - measured.pressed);
}, { capture: true });
"""
"""Notes each long task, when the first letter came into the box, and how long each key took to get there."""
_READ = """() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0, ...measured
})"""


class Traffic:
    """Counts what comes over the network, in bytes with headers. What the browser has already costs nothing."""

    def __init__(self, page: Page) -> None:
        self._received: defaultdict[str, float] = defaultdict(float)
        session = page.context.new_cdp_session(page)
        session.on("Network.dataReceived", self._add)
        session.on("Network.loadingFinished", self._finish)
        session.send("Network.enable")

    @property
    def total(self) -> float:
        """The bytes so far."""
        return sum(self._received.values())

    def _add(self, event: dict[str, Any]) -> None:
        self._received[event["requestId"]] += event["encodedDataLength"]

    def _finish(self, event: dict[str, Any]) -> None:
        self._received[event["requestId"]] = event["encodedDataLength"]


def visit(context: BrowserContext, url: str, rest: str) -> Figures:
    """Opens the page in a new tab, and presses keys until it is at rest.

    Args:
        context: The browser's window, with its profile.
        url: The page's address.
        rest: The selector of the last part that comes.

    Returns:
        The figures of this visit.
    """
    page = context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    page.add_init_script(_WATCH)
    traffic = Traffic(page)
    page.goto(url, wait_until="commit")
    until = time.monotonic() + _PATIENCE_MS / 1000
    came = False
    while time.monotonic() < until:
        page.keyboard.press("a")
        page.wait_for_timeout(_KEY_MS)
        if not came and page.locator(rest).count():
            came, until = True, time.monotonic() + _REST_SECONDS
    if not came:
        sys.exit(f"The page did not come to rest: {rest} is missing")
    found = page.evaluate(_READ)
    page.close()
    return figures(found, traffic.total)


def figures(found: dict[str, Any], received: float) -> Figures:
    """Computes the figures of one visit.

    Args:
        found: What the page noted: `paint` and `typed` in milliseconds, `tasks` as pairs of start and duration, and
            `keys`, the milliseconds that each key took.
        received: The bytes that came.
    """
    typed = found["typed"]
    after = [duration for start, duration in found["tasks"] if start + duration > typed]
    return {
        "first_paint_ms": found["paint"],
        "can_type_ms": typed,
        "bytes": received,
        "longest_task_ms": max((duration for _, duration in found["tasks"]), default=0.0),
        "longest_task_typing_ms": max(after, default=0.0),
        "longest_key_ms": max(found["keys"], default=0.0),
    }


def middle(visits: Sequence[Figures]) -> Figures:
    """The median of each figure over several visits."""
    return {name: round(statistics.median(one[name] for one in visits)) for name in visits[0]}


def keep_conversation(context: BrowserContext, url: str, answers: int) -> None:
    """Asks questions, so that the profile keeps a conversation with so many answers."""
    page = context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    page.goto(url)
    box = page.locator("#question textarea")
    for number in range(answers):
        box.fill(QUESTION)
        box.press("Enter")
        page.locator("#chat .answer").nth(number).wait_for()
    page.close()


def measure(url: str, runs: int, answers: int) -> dict[str, Figures]:
    """Opens the page, each time in a new profile, for the first and for the second time.

    Args:
        url: The page's address.
        runs: Number of profiles.
        answers: Number of answers of the conversation that the second visit shows.

    Returns:
        The medians of the first and of the second visit.
    """
    from playwright.sync_api import sync_playwright

    chromium = find_chromium() or sys.exit(MISSING)
    first: list[Figures] = []
    second: list[Figures] = []
    with sync_playwright() as playwright:
        for run in range(runs + 1):
            with tempfile.TemporaryDirectory() as profile:
                context = playwright.chromium.launch_persistent_context(
                    profile, executable_path=chromium, args=list(FLAGS)
                )
                visits = [visit(context, url, "#opening .example")]
                if answers:
                    keep_conversation(context, url, answers)
                visits.append(visit(context, url, "#chat .answer" if answers else "#opening .example"))
                context.close()
            if run:  # the first profile warms the server
                first.append(visits[0])
                second.append(visits[1])
    return {"first": middle(first), "second": middle(second)}


def main() -> None:
    """Builds the index, measures, and prints the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--articles", type=int, default=300, help="number of articles in the index")
    parser.add_argument("--runs", type=int, default=5, help="number of profiles, of which the median is taken")
    parser.add_argument("--answers", type=int, default=0, help="answers of a conversation that the second visit shows")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder, index = Path(work) / "articles", f"{work}/index"
        folder.mkdir()
        write_articles(islice(read_articles(arguments.data / STORIES), arguments.articles), folder)
        timed_command("update", str(folder), "--index", index)
        with served("chat", "--index", index, "--no-browser") as (url, _):
            found = measure(url, arguments.runs, arguments.answers)
    print(json.dumps(found, indent=1))
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
