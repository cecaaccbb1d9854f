"""What the server remembers of those who came and went: no more than of its latest sessions."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from benchmarks.askers import Memory, ask, event_of_box
from rag_ui.server import SESSIONS
from tests.browser.conftest import PATIENCE
from tests.browser.scripted import QUESTION
from tests.browser.serving import served_process

EACH = 100
"""Sessions from one address, as far below what it may send at once."""
MOST = 20
"""MB that may be had for the sessions that follow; were they all kept, it would be twice that."""


def visit(url: str, event: int, sessions: range, address: str) -> None:
    """Each session asks a question, and is answered, as a page of its own would be."""
    transport = httpx.HTTPTransport(local_address=address)
    with httpx.Client(base_url=f"{url}gradio_api/queue/", transport=transport, timeout=PATIENCE / 1000) as client:
        for session in sessions:
            assert ask(client, event, str(session), QUESTION) == "answered"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells here what a process holds")
def test_memory_does_not_grow_with_each_session(tmp_path: Path) -> None:
    with served_process(["-m", "tests.browser.scripted", str(tmp_path / "hold")], tmp_path / "log") as (url, process):
        event, memory = event_of_box(url), Memory(process, every=EACH)
        held = []
        for number, first in enumerate(range(0, SESSIONS + 4 * EACH, EACH)):
            visit(url, event, range(first, first + EACH), f"127.0.1.{number + 1}")
            held.append(memory.read("VmRSS"))
    before, after = held[SESSIONS // EACH - 1], held[-1]
    assert after - before < MOST, held
