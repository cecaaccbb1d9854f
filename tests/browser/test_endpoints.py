"""What the running server answers to programs, and which requests it refuses."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from rag.core.schema import Answer
from rag.core.settings import DEFAULTS
from rag.library import Library
from tests.browser.conftest import PATIENCE
from tests.browser.endpoint import call
from tests.browser.serving import served, served_library

BURST = DEFAULTS.page.request_burst
QUESTION = "How much of the world's liquefied natural gas passes the choke point?"


def test_the_endpoint_answers_in_the_schema_of_the_library(seed_page: str, seed_library: Library) -> None:
    name, data = call(seed_page, QUESTION)
    assert name == "complete"
    assert isinstance(data, list)
    assert Answer.model_validate(data[0]) == seed_library.answer(QUESTION).model_copy(update={"timings": {}})


@pytest.mark.parametrize("question", ["", " ", "x" * 100_000, None, 3])
def test_a_question_that_cannot_be_asked_is_an_error_in_one_line(seed_page: str, question: object) -> None:
    name, data = call(seed_page, question)
    assert name == "error"
    assert isinstance(data, dict)
    assert "\n" not in data["error"]


def test_the_endpoint_is_the_only_public_one(seed_page: str) -> None:
    info = httpx.get(f"{seed_page}gradio_api/info").json()
    assert list(info["named_endpoints"]) == ["/answer"]
    assert info["unnamed_endpoints"] == {}


def test_what_open_pages_send_by_themselves_leaves_room_for_questions(seed_page: str) -> None:
    transport = httpx.HTTPTransport(local_address="127.0.7.1")
    with httpx.Client(base_url=f"{seed_page}gradio_api/", transport=transport) as client:
        assert {client.post("run/predict", json={}).status_code for _ in range(2 * BURST)} == {422}
        assert client.post("queue/join", json={}).status_code == 422
        assert {client.post("queue/join", json={}).status_code for _ in range(2 * BURST)} == {422, 429}


@pytest.mark.parametrize("path", ["gradio_api/file=/etc/hosts", "monitoring/summary", "gradio_api/deep_link", "docs"])
def test_what_the_page_does_not_need_is_not_there(seed_page: str, path: str) -> None:
    assert httpx.get(f"{seed_page}{path}").status_code == 404
    assert httpx.post(f"{seed_page}{path}").status_code == 404


def test_another_host_and_another_site_are_refused(seed_page: str) -> None:
    join = f"{seed_page}gradio_api/queue/join"
    assert httpx.get(seed_page, headers={"Host": "elsewhere.example"}).status_code == 400
    assert httpx.post(join, json={}, headers={"Origin": "http://elsewhere.example"}).status_code == 403
    assert httpx.post(join, json={}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_a_large_body_is_refused_whether_it_says_its_length_or_not(seed_page: str) -> None:
    join = f"{seed_page}gradio_api/queue/join"
    assert httpx.post(join, content=b"x" * 2_000_000).status_code == 413
    assert httpx.post(join, content=(b"x" * 100_000 for _ in range(20))).status_code == 400


def test_the_browser_is_told_to_fetch_nothing_from_elsewhere(seed_page: str) -> None:
    policy = httpx.get(seed_page).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy


def test_a_forged_event_is_answered_with_one_line_or_the_whole_list(seed_page: str) -> None:
    config = httpx.get(f"{seed_page}config").json()
    events = {name: event for event in config["dependencies"] for _, name in event["targets"]}
    for name, shown in (("click", "problem"), ("input", "articles")):
        for data in (None, {}, {"place": {"article_id": "../etc", "start": 0}}, {"article_id": "../etc"}):
            forged = {"data": [], "event_data": data, "fn_index": events[name]["id"], "session_hash": "forged"}
            reply = httpx.post(f"{seed_page}gradio_api/run/predict", json=forged)
            assert reply.status_code == 200
            assert shown in reply.json()["data"][0]


def test_when_more_ask_at_once_than_can_wait_the_rest_is_told_so_and_all_others_are_answered(tmp_path: Path) -> None:
    hold = tmp_path / "hold"
    hold.touch()
    with (
        served(["tests.browser.scripted", str(hold)], tmp_path / "log") as url,
        httpx.Client(base_url=f"{url}gradio_api/call/", timeout=PATIENCE / 1000) as client,
    ):
        asked = [client.post("answer", json={"data": [QUESTION]}) for _ in range(160)]
        hold.unlink()
        assert {reply.status_code for reply in asked} == {200, 503}
        taken = [reply.json()["event_id"] for reply in asked if reply.status_code == 200]
        assert len(taken) >= 128
        assert all("event: complete" in client.get(f"answer/{event}").text for event in taken)


ODD = (None, "x", 5, [1], {"a": 1}, [{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}], True)


def test_requests_that_do_not_fit_the_page_leave_no_traceback_and_no_harm(
    seed_library: Library, tmp_path: Path
) -> None:
    # `served_library` asserts that no traceback was written.
    with (
        served_library(seed_library, tmp_path / "log", RAG_PAGE_REQUEST_BURST="100000") as url,
        httpx.Client(base_url=url, timeout=PATIENCE / 1000) as client,
    ):
        for event in client.get("config").json()["dependencies"]:
            for number, odd in enumerate(ODD):
                sent = {"data": [odd] * len(event["inputs"]), "fn_index": event["id"], "session_hash": f"s{number}"}
                for place in (f"run/{event['api_name']}", "queue/join"):
                    client.post(f"gradio_api/{place}", json={**sent, "event_data": odd})
        for place in ("queue/join", "call/answer", "run/predict", "run/nothing", "upload", "upload_progress"):
            for body in (b"", b"{", b"[]", b'{"data": ["\\ud800"]}', b'{"data": 1}', b"\xff", b"[" * 10_000):
                for kind in ("application/json", "multipart/form-data", "multipart/form-data; boundary=x"):
                    client.post(f"gradio_api/{place}", content=body, headers={"content-type": kind})
        for place in ("queue/data?session_hash=none", "call/answer/none", "queue/data", "info?x=%ff"):
            with suppress(httpx.RemoteProtocolError):  # Gradio ends the stream of an unknown session at once
                client.get(f"gradio_api/{place}")
        cut_off(url)
        assert call(url, QUESTION)[0] == "complete"


def cut_off(url: str) -> None:
    """Sends requests that end before their body does, and what is no HTTP."""
    host, port = url.removeprefix("http://").strip("/").split(":")
    head = "POST /gradio_api/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {}\r\nContent-Length: 5000\r\n\r\n{}"
    part = '--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nabc'
    for sent in (
        head.format("upload", "multipart/form-data; boundary=b", part),
        head.format("queue/join", "application/json", '{"da'),
        "GET / HTTP/1.1\r\nbad header\r\n\r\n",
        "\x16\x03\x01",
    ):
        with socket.create_connection((host, int(port)), timeout=PATIENCE / 1000) as client:
            client.sendall(sent.encode())
