"""The server's memory after many sessions: it keeps data of its latest sessions only."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from benchmarks.askers import Memory, ask, event_of_box
from tests.browser.conftest import PATIENCE
from tests.browser.scripted import QUESTION
from tests.browser.serving import served_process

KEPT = 50
"""Sessions whose data the server keeps."""
EACH = 50
"""Sessions per address, well below the number of requests that an address may send at once."""
MOST = 5
"""Most MB that the later sessions may add. If all sessions were kept, it would be twice as much."""


def visit(url: str, event: int, sessions: range, address: str) -> None:
    """Lets each session ask a question as a page does, and asserts that it is answered."""
    transport = httpx.HTTPTransport(local_address=address)
    with httpx.Client(base_url=f"{url}gradio_api/queue/", transport=transport, timeout=PATIENCE / 1000) as client:
        for session in sessions:
            assert ask(client, event, str(session), QUESTION) == "answered"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells here what a process holds")
def test_memory_does_not_grow_with_each_session(tmp_path: Path) -> None:
    scripted = ["tests.browser.scripted", str(tmp_path / "hold")]
    with served_process(scripted, tmp_path / "log", RAG_PAGE_SESSIONS=str(KEPT)) as (url, process):
        event, memory = event_of_box(url), Memory(process, every=EACH)
        held = []
        for number, first in enumerate(range(0, KEPT + 4 * EACH, EACH)):
            visit(url, event, range(first, first + EACH), f"127.0.1.{number + 1}")
            held.append(memory.read("VmRSS"))
    before, after = held[KEPT // EACH - 1], held[-1]
    assert after - before < MOST, held
