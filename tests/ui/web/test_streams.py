"""The streams of events: a page's stays open for what follows an event, a program's ends with its event."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Iterator

import gradio as gr
import httpx
import pytest

from rag_ui.web.server import Door, start

# Gradio leaves event loops of a page open. They are collected here, and not in a test that comes later.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

SESSION = "a-session"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with gr.Blocks() as page:
        gr.Button().click(lambda: "said", None, gr.Textbox(), api_visibility="private")
    running = start(page, Door(port=0))
    yield f"{running.url}gradio_api"
    running.close()
    del page, running
    gc.collect()


def join(url: str, **headers: str) -> str:
    body = {"data": [], "fn_index": 0, "session_hash": SESSION}
    answered = httpx.post(f"{url}/queue/join", json=body, headers=headers)
    assert answered.status_code == 200, answered.text
    return str(answered.json()["event_id"])


def ended(lines: Iterator[str], event: str) -> list[str]:
    """Reads a stream until an event ends, and returns the kinds of messages."""
    kinds = []
    for line in lines:
        if line.startswith("data:"):
            told = json.loads(line.removeprefix("data:"))
            kinds.append(told["msg"])
            if told["msg"] == "process_completed" and told.get("event_id") == event:
                break
    return kinds


def test_what_follows_an_event_comes_in_the_same_stream_of_the_page(url: str) -> None:
    first = join(url, **{"x-gradio-user": "app"})
    with httpx.stream("GET", f"{url}/queue/data", params={"session_hash": SESSION}, timeout=20) as stream:
        lines = stream.iter_lines()
        assert "process_completed" in ended(lines, first)
        time.sleep(0.2)  # the stream of a page that is held by nothing is closed by now
        second = join(url, **{"x-gradio-user": "app"})
        assert "close_stream" not in ended(lines, second)
        assert ended(lines, "none")[-1] == "close_stream"


def test_the_stream_of_a_program_ends_with_its_event(url: str) -> None:
    event = join(url)
    with httpx.stream("GET", f"{url}/queue/data", params={"session_hash": SESSION}, timeout=20) as stream:
        lines = stream.iter_lines()
        assert "process_completed" in ended(lines, event)
        assert ended(lines, "none") == ["close_stream"]
