"""The page and the doors for programs on one port: each answers for itself, and starts and ends with the other."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rag_ui.web.side_by_side import SideBySide
from tests.asynchronous import run_to_end
from tests.browser.serving import served
from tests.verification.archive import build

ASKED = {"question": "How long will the pier be closed?"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("beside")
    build(folder).close()
    with served(
        ["rag.cli", "serve", "--page", "--port", "0", "--index", str(folder / "index")], folder / "log"
    ) as address:
        yield address


@pytest.mark.slow
def test_one_port_has_the_page_rest_and_agents(url: str) -> None:
    with httpx.Client(base_url=url, timeout=60) as http:
        page = http.get("/")
        assert (page.status_code, page.headers["x-frame-options"]) == (200, "DENY")
        assert "gradio" in page.text
        answer = http.post("/v1/ask", json=ASKED).json()
        assert (answer["short_answer"], http.get("/health/ready").status_code) == ("12 weeks", 200)
        asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        tools = http.post("/mcp", json=asked, headers={"Accept": "application/json, text/event-stream"}).json()
        assert "ask" in {tool["name"] for tool in tools["result"]["tools"]}


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/", "/v1/status"])
def test_another_host_name_is_refused_by_both(url: str, path: str) -> None:
    assert httpx.get(f"{url}{path[1:]}", headers={"Host": "evil.example"}).status_code == 400


def test_all_start_before_a_request_and_one_that_fails_ends_the_start() -> None:
    told: list[str] = []

    def app(name: str, fault: str = "") -> Any:
        async def run(scope: Any, receive: Any, send: Any) -> None:
            for step in ("startup", "shutdown"):
                assert (await receive())["type"] == f"lifespan.{step}"
                if fault:
                    raise RuntimeError(fault)
                told.append(f"{name} {step}")
                await send({"type": f"lifespan.{step}.complete"})

        return run

    async def live(both: SideBySide) -> list[dict[str, Any]]:
        steps: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        sent: list[dict[str, Any]] = []
        for step in ("startup", "shutdown"):
            steps.put_nowait({"type": f"lifespan.{step}"})

        async def keep(message: Any) -> None:
            sent.append(message)

        await both({"type": "lifespan"}, steps.get, keep)
        return sent

    async def check() -> None:
        doors = app("doors")
        sent = await live(SideBySide({"/v1/": doors, "/mcp": doors}, app("page")))
        assert [message["type"] for message in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
        assert told == ["doors startup", "page startup", "page shutdown", "doors shutdown"]
        sent = await live(SideBySide({"/v1/": app("doors")}, app("page", fault="no disk")))
        assert sent == [{"type": "lifespan.startup.failed", "message": "no disk"}]

    run_to_end(check())
