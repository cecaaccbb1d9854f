"""The limits of connections: their time, their number, and who is closed first."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
import uvicorn

from rag_ui.web.connections import LimitedProtocol

pytestmark = pytest.mark.slow


class Hasty(LimitedProtocol):
    """The limits, at a size that a test can wait for."""

    most = 5
    head_seconds = 0.4
    body_seconds = 0.4
    unread_seconds = 1.0
    look_seconds = 0.05


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answers `/` with the size of the body, a heartbeat without end, and `/large` with 50 MB."""
    size = 0
    more = True
    while more and (message := await receive())["type"] == "http.request":
        size += len(message["body"])
        more = message["more_body"]
    if more:
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    if scope["path"].startswith("/gradio_api/heartbeat/") or scope["path"] == "/stream":
        await send({"type": "http.response.body", "body": b"ALIVE", "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            await asyncio.sleep(0.01)
        return
    if scope["path"] == "/large":
        for _ in range(50):
            await send({"type": "http.response.body", "body": b"x" * 1_000_000, "more_body": True})
    await send({"type": "http.response.body", "body": str(size).encode()})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, http=Hasty, ws="none", lifespan="off", log_config=None))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    yield int(listening.getsockname()[1])
    server.should_exit = server.force_exit = True
    thread.join(10)


@contextmanager
def connected(port: int, sent: bytes = b"") -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(sent)
        yield client


def said(client: socket.socket, seconds: float = 5.0) -> bytes:
    """All that comes until the connection ends."""
    client.settimeout(seconds)
    heard = []
    with suppress(ConnectionResetError, TimeoutError):
        while part := client.recv(1 << 20):
            heard.append(part)
    return b"".join(heard)


def ask(port: int, path: str = "/") -> bytes:
    with connected(port, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()) as client:
        return said(client)


@pytest.mark.parametrize("sent", [b"", b"GET", b"GET / HTTP/1.1\r\nHost: x\r\nX: "])
def test_a_head_that_does_not_come_in_time_ends_the_connection(port: int, sent: bytes) -> None:
    with connected(port, sent) as client:
        heard = said(client)
    assert heard == b"" or heard.startswith(b"HTTP/1.1 408")


def test_a_head_that_drips_does_not_last_longer(port: int) -> None:
    began = time.monotonic()
    with connected(port, b"GET / HTTP/1.1\r\n") as client, pytest.raises(OSError):
        while time.monotonic() - began < 30:
            client.sendall(b"X: y\r\n")
            time.sleep(0.05)


def test_the_second_head_of_a_connection_has_to_come_in_time_too(port: int) -> None:
    with connected(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n") as client:
        time.sleep(0.2)
        client.sendall(b"GET / HT")
        heard = said(client)
    assert heard.startswith(b"HTTP/1.1 200") and heard.count(b"HTTP/1.1 200") == 1


@pytest.mark.parametrize("pause", [0.05, 3.0])
def test_a_body_that_comes_too_slowly_ends_the_connection(port: int, pause: float) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n"
    began = time.monotonic()
    with connected(port, head) as client, pytest.raises(OSError):
        while time.monotonic() - began < 30:
            client.sendall(b"x")
            time.sleep(pause)


def test_a_body_that_comes_at_some_speed_may_take_longer(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 40000\r\n\r\n"
    with connected(port, head) as client:
        for _ in range(20):
            client.sendall(b"x" * 2000)
            time.sleep(0.05)
        assert b"\r\n40000\r\n" in said(client)


def test_an_answer_that_is_not_read_ends_the_connection(port: int) -> None:
    with connected(port, b"GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") as client:
        time.sleep(2.5)
        assert len(said(client)) < 50_000_000
    assert len(ask(port, "/large")) > 50_000_000


def test_a_question_is_answered_while_others_hold_all_connections(port: int) -> None:
    kinds = [
        b"",
        b"GET /gradio_api/heartbeat/x HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /stream HTTP/1.1\r\nHost: x\r\n\r\n",
    ]
    for sent in kinds:
        held = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(Hasty.most + 3)]
        try:
            for client in held:
                client.sendall(sent)
            time.sleep(0.1)
            assert ask(port).startswith(b"HTTP/1.1 200"), sent
        finally:
            for client in held:
                client.close()


def test_who_waits_for_nothing_is_closed_before_who_waits_for_an_answer(port: int) -> None:
    with connected(port, b"GET /stream HTTP/1.1\r\nHost: x\r\n\r\n") as stream:
        stream.settimeout(5)
        heard = b""
        while b"ALIVE" not in heard:
            heard += stream.recv(1000)
        for _ in range(3 * Hasty.most):
            with connected(port):
                pass
        idle = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(2 * Hasty.most)]
        stream.settimeout(0.3)
        with pytest.raises(TimeoutError):  # a closed stream would end the loop
            while stream.recv(1000):
                pass
        for client in idle:
            client.close()
