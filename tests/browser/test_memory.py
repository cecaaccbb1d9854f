"""What the server remembers of those who came and went: no more than of its latest sessions."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from rag_ui.server import SESSIONS
from tests.browser.conftest import PATIENCE
from tests.browser.scripted import QUESTION
from tests.browser.serving import served_process

EACH = 100
"""Sessions from one address, as far below what it may send at once."""
MOST = 20
"""MB that may be had for the sessions that follow; were they all kept, it would be twice that."""


def memory_of(process: int) -> int:
    """What a process holds, in MB."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) // 1024


def visit(url: str, event: int, sessions: range, address: str) -> None:
    """Each session asks a question, and is answered, as a page of its own would be."""
    transport = httpx.HTTPTransport(local_address=address)
    with httpx.Client(base_url=f"{url}gradio_api/queue/", transport=transport, timeout=PATIENCE / 1000) as client:
        for session in sessions:
            asked = {"data": [QUESTION, None, None], "fn_index": event, "session_hash": str(session)}
            client.post("join", json=asked).raise_for_status()
            with client.stream("GET", "data", params={"session_hash": str(session)}) as events:
                assert any("process_completed" in line for line in events.iter_lines())


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells here what a process holds")
def test_memory_does_not_grow_with_each_session(tmp_path: Path) -> None:
    with served_process(["-m", "tests.browser.scripted", str(tmp_path / "hold")], tmp_path / "log") as (url, process):
        events = httpx.get(f"{url}config").json()["dependencies"]
        ask = next(event["id"] for event in events if event["api_name"] == "ask")
        held = []
        for number, first in enumerate(range(0, SESSIONS + 4 * EACH, EACH)):
            visit(url, ask, range(first, first + EACH), f"127.0.1.{number + 1}")
            held.append(memory_of(process))
    before, after = held[SESSIONS // EACH - 1], held[-1]
    assert after - before < MOST, held
