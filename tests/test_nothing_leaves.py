"""Nothing leaves the machine: no address but this machine's, and no file but the index, temporary ones and caches."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.cli.command import RAG
from tests.places import SEEDS
from tests.tracing import Trace, interrupt, traced

pytestmark = pytest.mark.slow

ALLOWED = ("index", "added", "tmp", "feedback.jsonl", ".cache/newsroom-rag")
"""What a command may write in its working folder and home: README and `docs/guides/privacy.md` name all of it."""
QUESTION = "Who acted as the go-between?"
AGENT = (
    {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    },
    {"jsonrpc": "2.0", "method": "notifications/initialized"},
    {
        "jsonrpc": "2.0",
        "id": 2,
        "method": "tools/call",
        "params": {"name": "ask", "arguments": {"question": QUESTION}},
    },
)
"""What an agent's program sends to ask the question."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an index of the seeds."""
    home = tmp_path_factory.mktemp("traced") / "home"
    assert_quiet(run(home, [str(RAG), "update", str(SEEDS)]))
    return home


def run(home: Path, command: list[str], code: int = 0) -> Trace:
    with traced(command, home) as (trace, process):
        said, _ = process.communicate(timeout=300)
    assert process.returncode == code, said
    return trace


def assert_quiet(trace: Trace) -> None:
    assert trace.log.stat().st_size > 0
    assert trace.strange_addresses() == []
    strange = {path for path in trace.written() if not is_allowed(path)}
    assert strange == set()


def is_allowed(path: str) -> bool:
    return path in (".", ".cache", *ALLOWED) or path.startswith(tuple(f"{one}/" for one in ALLOWED))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [([QUESTION], 0), (["follow", QUESTION], 0), (["update"], 0), (["follow", "--check"], 0), (["check"], 0)],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_the_command_asks_nobody_and_writes_nowhere_else(home: Path, arguments: list[str], code: int) -> None:
    assert_quiet(run(home, [str(RAG), *arguments], code))


def test_an_evaluation_writes_its_report_and_nothing_else(home: Path) -> None:
    (home / "tmp" / "q.jsonl").write_text('{"question": "Who acted as the go-between?", "answers": ["Badr"]}\n')
    assert_quiet(run(home, [str(RAG), "eval", "tmp/q.jsonl", "--html", "tmp/report.html"]))


@pytest.mark.parametrize("first", ["rag", "onnxruntime, rag"])
def test_an_imported_library_is_quiet_whatever_was_imported_first(home: Path, first: str) -> None:
    code = f"import {first}; rag.Library.open('index').answer({QUESTION!r})"
    trace = run(home, [sys.executable, "-c", code])
    assert trace.strange_addresses() == []


def test_the_page_asks_nobody_while_it_answers_and_takes_files(home: Path) -> None:
    command = [str(RAG), "chat", "--port", "0", "--no-browser"]
    with traced(command, home) as (trace, process):
        url = address_of(process)
        with httpx.Client(base_url=url, timeout=60) as client:
            assert client.get("").status_code == 200
            event = client.post("gradio_api/call/answer", json={"data": [QUESTION]}).json()["event_id"]
            assert "go-between" in client.get(f"gradio_api/call/answer/{event}").text
            upload = client.post("gradio_api/upload", files={"files": ("boats.txt", b"Seven boats left on Monday.")})
            assert upload.status_code == 200
        interrupt(process)
        process.communicate(timeout=60)
    assert_quiet(trace)


def test_the_server_for_programs_asks_nobody_while_it_answers(home: Path) -> None:
    with traced([str(RAG), "serve", "--port", "0"], home) as (trace, process):
        with httpx.Client(base_url=address_of(process), timeout=60) as client:
            assert client.get("v1/status").status_code == 200
            assert "go-between" in client.post("v1/ask", json={"question": QUESTION}).text
        interrupt(process)
        process.communicate(timeout=60)
    assert_quiet(trace)


def test_the_server_for_an_agent_asks_nobody_while_it_answers(home: Path) -> None:
    with traced([str(RAG), "mcp"], home) as (trace, process):
        assert process.stdin is not None and process.stdout is not None
        process.stdin.writelines(f"{json.dumps(message)}\n" for message in AGENT)
        process.stdin.flush()
        assert any("go-between" in line for line in process.stdout)
        process.communicate(timeout=60)
    assert_quiet(trace)


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    end = time.monotonic() + 120
    for line in process.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            return found.group()
        assert time.monotonic() < end
    raise AssertionError("the page did not start")


def test_the_trace_sees_a_lookup_and_a_file(tmp_path: Path) -> None:
    code = (
        "import socket, pathlib; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM);"
        "s.sendto(b'x', ('127.0.0.1', 53)); s.connect(('192.0.2.1', 443)); pathlib.Path('left').write_text('x')"
    )
    trace = run(tmp_path / "home", [sys.executable, "-c", code])
    assert trace.strange_addresses() == ["127.0.0.1 port 53", "192.0.2.1 port 443"]
    assert "left" in trace.written() and not is_allowed("left")
