"""What programs and agents do stands in the audit log, under their names."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.collections.names import Limit
from rag.doors.tokens import make_token, write_tokens
from tests.collections.archive import build
from tests.doors.serving import Served, ServedCollections, serving, serving_collections

CUP = "Who won the pier cup?"
LAMP = {"title": "A lamp", "text": "The quay of Osk got a lamp in June 2024. It cost 900 crowns."}
AGENT = {"Accept": "application/json, text/event-stream"}


def log_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "audit.jsonl").read_text().splitlines()]


def told(entry: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(entry.get(name) for name in ("who", "door", "collection", "action", "status"))


def call(tool: str, **arguments: str) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}


@pytest.fixture(scope="module")
def collections(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ServedCollections, dict[str, str]]]:
    """Collections with an audit log of questions, and the header of a token that edits politics only."""
    home = tmp_path_factory.mktemp("audited")
    folder = build(home / "built")
    token, secret = make_token("desk", "ask,edit", Limit.to(["politics"]))
    write_tokens(folder / "tokens", [token])
    (folder / "rag.toml").write_text('[audit]\nfile = "audit.jsonl"\nquestions = 1\n')
    with serving_collections(home / "all", folder) as served:
        yield served, {"Authorization": f"Bearer {secret}", **AGENT}


def test_requests_stand_in_the_log_with_who_and_where(collections: tuple[ServedCollections, dict[str, str]]) -> None:
    served, desk = collections
    http = served.http
    http.post("/c/politics/v1/ask", json={"question": CUP}, headers=desk)
    http.post("/v1/collections/ask", json={"question": CUP}, headers=desk)
    http.post("/c/politics/v1/search", json={"words": "pier"}, headers=desk)
    http.get("/c/politics/v1/said", params={"speaker": "Jo Berg"}, headers=desk)
    http.post("/c/politics/mcp", json=call("ask", question=CUP), headers=desk)
    http.post("/c/politics/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, headers=desk)
    http.post("/c/sports/v1/ask", json={"question": CUP}, headers=desk)
    http.post("/v1/collections/ask", json={"question": CUP, "collections": ["sports", "politics"]}, headers=desk)
    http.post("/c/politics/v1/ask", json={"question": ""}, headers=desk)
    http.post("/c/politics/v1/ask", json={"question": CUP}, headers={"Authorization": "Bearer rag_x"})
    for path in ("/health/live", "/v1/collections", "/c/politics/v1/status", "/c/politics/v1/articles"):
        assert http.get(path, headers=desk).status_code == 200
    entries = log_of(served.folder)
    assert [told(entry) for entry in entries] == [
        ("desk", "rest", "politics", "ask", 200),
        ("desk", "rest", "politics", "ask", 200),
        ("desk", "rest", "politics", "search", 200),
        ("desk", "rest", "politics", "said", 200),
        ("desk", "mcp", "politics", "ask", 200),
        ("desk", "rest", "sports", "ask", 404),
        ("desk", "rest", "sports,politics", "ask", 404),
        ("desk", "rest", "politics", "ask", 422),
    ]
    # What a token may not see is refused before its question is read.
    assert [entry.get("question") for entry in entries] == [CUP, CUP, "pier", "Jo Berg", CUP, None, CUP, None]


@pytest.mark.slow
def test_changes_stand_in_the_log_with_their_article_and_no_question(tmp_path: Path) -> None:
    with serving(tmp_path) as first:
        settings = first.folder / "index" / "rag.toml"
    settings.write_text('[audit]\nfile = "audit.jsonl"\n')
    with serving(tmp_path) as served:
        _change_and_read(served)
    entries = log_of(tmp_path / "index")
    assert [entry["action"] for entry in entries] == [
        *(
            "add",
            "replace",
            "read",
            "correct",
            "undo_corrections",
            "remove",
            "take_back",
            "update",
            "ask",
            "read",
            "follow",
        ),
    ]
    article = entries[1]["article"]
    assert [entry.get("article") for entry in entries] == [None, *[article] * 6, None, None, article, None]
    assert {entry["who"] for entry in entries} == {""} and entries[0]["status"] == 201
    assert (
        not any("question" in entry for entry in entries)
        and CUP not in (tmp_path / "index" / "audit.jsonl").read_text()
    )


def _change_and_read(served: Served) -> None:
    http = served.http
    one = f"/v1/articles/{http.post('/v1/articles', json=LAMP).json()['article']['id']}"
    http.put(one, json={**LAMP, "text": "The quay of Osk got two lamps in June 2024."})
    http.get(one)
    http.patch(one, json={"title": "Two lamps"})
    http.delete(f"{one}/corrections")
    http.delete(one)
    http.post(f"{one}/take-back")
    http.post("/v1/update")
    http.post("/v1/ask", json={"question": CUP})
    http.post("/mcp", json=call("read_article", article_id=one.rpartition("/")[2]), headers=AGENT)
    assert http.post("/v1/standing", json={"question": CUP}).status_code == 201


def test_a_log_that_cannot_be_written_fails_no_request(
    collections: tuple[ServedCollections, dict[str, str]], tmp_path: Path
) -> None:
    served, _ = collections
    shutil.copytree(served.folder, tmp_path / "all")
    (tmp_path / "all" / "tokens").unlink()
    (tmp_path / "all" / "audit.jsonl").unlink(missing_ok=True)
    (tmp_path / "all" / "audit.jsonl").mkdir()
    with serving_collections(tmp_path / "own", tmp_path / "all") as own:
        assert own.http.post("/c/sports/v1/ask", json={"question": CUP}).json()["status"] == "answered"
