"""Several collections on one port: each is whole, all are asked together, and nobody learns of what is not theirs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rag.client.asynchronous import AsyncClient
from rag.client.schemas import ArticleBody
from rag.client.sync import Client
from rag.collections.names import ALL, Limit
from rag.collections.results import CollectionsAnswer
from rag.core.errors import CollectionError, QuestionError
from rag.core.index_layout import store_path
from rag.doors.collections import make_shared_application
from rag.doors.tokens import make_token, write_tokens
from tests.asynchronous import run_to_end
from tests.collections.archive import build
from tests.doors.serving import ServedCollections, serving_collections
from tests.places import ROOT

CUP = "Who won the pier cup?"
LAMP = {"title": "A lamp", "text": "The quay of Osk got a lamp in June 2024. It cost 900 crowns."}
AGENT = {"Accept": "application/json, text/event-stream"}
TOOLS = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def open_server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedCollections]:
    """A server without tokens, whose articles no test changes."""
    with serving_collections(tmp_path_factory.mktemp("open") / "all", built) as served:
        yield served


@pytest.fixture(scope="module")
def limited(
    built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[ServedCollections, dict[str, Any]]]:
    """A server with tokens, and the headers of each."""
    folder, headers, tokens = tmp_path_factory.mktemp("limited") / "all", {}, []
    for name, rights, limit in (
        ("desk", "ask,edit", Limit.to(["politics"])),
        ("reader", "ask", Limit.to(["politics"])),
        ("chief", "ask,edit", ALL),
        ("former", "ask", Limit.to(["gone"])),
    ):
        token, secret = make_token(name, rights, limit)
        tokens.append(token)
        headers[name] = {"Authorization": f"Bearer {secret}"}
    folder.mkdir()
    write_tokens(folder / "tokens", tokens)
    with serving_collections(folder, built) as served:
        yield served, {**headers, "nobody": {}, "forged": {"Authorization": "Bearer rag_x"}}


def test_each_collection_has_its_whole_interface(open_server: ServedCollections) -> None:
    http = open_server.http
    for name in ("politics", "sports"):
        library = open_server.collections.library(name)
        assert http.post(f"/c/{name}/v1/ask", json={"question": CUP}).json() == library.answer(CUP).model_dump(
            mode="json"
        )
        assert http.get(f"/c/{name}/v1/articles").json()["total"] == 2
        assert http.get(f"/c/{name}/v1/status").json()["folder"] == str(open_server.folder / name / "index")
        assert http.get(f"/c/{name}/health/ready").status_code == 200
        described = http.get(f"/c/{name}/v1/openapi.json").json()
        assert described["servers"] == [{"url": f"/c/{name}"}] and "/v1/ask" in described["paths"]
        tools = http.post(f"/c/{name}/mcp", json=TOOLS, headers=AGENT).json()
        assert "ask" in {tool["name"] for tool in tools["result"]["tools"]}
        assert f"/c/{name}/v1/standing.atom" in http.get(f"/c/{name}/v1/standing.atom").text
    assert http.get("/c/politics/v1/nothing").status_code == http.get("/v1/articles").status_code == 404
    assert http.get("/c/politics").headers["location"] == "politics/"


def test_all_collections_are_listed_and_asked_together(open_server: ServedCollections) -> None:
    http, collections = open_server.http, open_server.collections
    listed = http.get("/v1/collections").json()["collections"]
    assert [(each["name"], each["articles"], each["rights"]) for each in listed] == [
        ("politics", 2, ["ask", "edit"]),
        ("sports", 2, ["ask", "edit"]),
    ]
    asked = http.post("/v1/collections/ask", json={"question": CUP, "max_words": 60})
    assert asked.json() == collections.ask(CUP, max_words=60).model_dump(mode="json")
    one = http.post("/v1/collections/ask", json={"question": CUP, "collections": ["politics"]}).json()
    assert [each["collection"] for each in one["collections"]] == ["politics"]
    assert http.post("/v1/collections/ask", json={"question": ""}).status_code == 422
    assert http.post("/v1/collections/ask", json={"question": CUP, "collections": []}).status_code == 422
    assert http.post("/v1/collections/ask", json={"question": CUP, "collections": ["ghost"]}).status_code == 404
    assert http.get("/health/live").json() == http.get("/health/ready").json() == {"status": "ok"}
    committed = json.loads((ROOT / "docs" / "reference" / "openapi-collections.json").read_text(encoding="utf-8"))
    assert make_shared_application(collections).openapi() == committed, "run: python -m tools.openapi"
    assert http.get("/v1/openapi.json").json() == committed


REQUESTS = (
    ("GET", "/v1/status", None),
    ("GET", "/v1/articles", None),
    ("GET", "/v1/nothing", None),
    ("POST", "/v1/ask", {"question": CUP}),
    ("POST", "/v1/articles", LAMP),
    ("POST", "/v1/articles", {"text": "x" * 2_000_000}),
    ("POST", "/v1/search", {"words": "x" * 2_000_000}),
    ("DELETE", "/v1/articles/0123456789ab", None),
    ("POST", "/v1/update", None),
    ("POST", "/mcp", TOOLS),
    ("GET", "/mcp", None),
    ("GET", "/health/live", None),
    ("GET", "/health/ready", None),
    ("GET", "/v1/openapi.json", None),
    ("GET", "/", None),
    ("PATCH", "/login", None),
)


@pytest.mark.parametrize(("method", "path", "body"), REQUESTS, ids=lambda value: str(value)[:20])
def test_a_hidden_collection_is_answered_as_one_that_does_not_exist(
    limited: tuple[ServedCollections, dict[str, Any]], method: str, path: str, body: Any
) -> None:
    served, headers = limited
    for who in ("desk", "reader", "former", "nobody", "forged"):
        told = [
            served.http.request(method, f"/c/{name}{path}", json=body, headers={**AGENT, **headers[who]})
            for name in ("sports", "ghosts")
        ]
        hidden, missing = ((each.status_code, each.content, sorted(each.headers.items())) for each in told)
        assert hidden == missing, who
        assert hidden[0] in (401, 404, 413), who
    if path.startswith("/v1/status"):
        assert served.http.get("/c/sports/v1/status", headers=headers["chief"]).status_code == 200


def test_a_token_sees_asks_and_edits_only_its_collections(limited: tuple[ServedCollections, dict[str, Any]]) -> None:
    served, headers = limited
    http = served.http

    def ask(who: str, **body: Any) -> httpx.Response:
        return http.post("/v1/collections/ask", json={"question": CUP, **body}, headers=headers[who])

    listed = {who: http.get("/v1/collections", headers=headers[who]).json() for who in ("desk", "reader", "former")}
    assert [each["name"] for each in listed["desk"]["collections"]] == ["politics"]
    assert listed["reader"]["collections"][0]["rights"] == ["ask"] and listed["former"]["collections"] == []
    assert {each.collection for each in CollectionsAnswer.model_validate(ask("desk").json()).collections} == {
        "politics"
    }
    assert {each["collection"] for each in ask("chief").json()["collections"]} == {"politics", "sports"}
    hidden, missing = ask("desk", collections=["politics", "sports"]), ask("desk", collections=["politics", "ghosts"])
    assert (
        (hidden.status_code, hidden.content) == (missing.status_code, missing.content) == (404, ask("former").content)
    )
    assert "sports" not in hidden.text and ask("nobody").status_code == 401
    assert http.post("/c/politics/v1/articles", json=LAMP, headers=headers["reader"]).status_code == 403
    assert http.post("/c/politics/v1/articles", json=LAMP, headers=headers["desk"]).status_code == 201
    assert http.get("/c/politics/v1/articles", headers=headers["reader"]).json()["total"] == 3
    another = {**LAMP, "title": "Another lamp"}
    assert http.post("/c/sports/v1/articles", json=another, headers=headers["chief"]).status_code == 201
    for name in ("politics", "sports"):  # an update of one takes in nothing that was added to the other
        assert "event: done" in http.post(f"/c/{name}/v1/update", headers=headers["chief"]).text
        assert http.get(f"/c/{name}/v1/articles", headers=headers["chief"]).json()["total"] == 3


def test_a_damaged_collection_costs_only_itself(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "all")
    store_path(tmp_path / "all" / "politics" / "index").write_bytes(b"no database" * 1000)
    with serving_collections(tmp_path / "own", tmp_path / "all") as served:
        http = served.http
        for path in ("v1/status", "v1/nothing", "health/ready"):
            told = http.get(f"/c/politics/{path}")
            assert (told.status_code, told.json()["type"]) == (503, "urn:rag:IndexDamagedError")
        assert http.get("/c/sports/v1/status").status_code == http.get("/health/ready").status_code == 200
        listed = {each["name"]: each for each in http.get("/v1/collections").json()["collections"]}
        assert listed["sports"]["articles"] == 2 and listed["politics"]["problem"]["reason"] == "index_damaged"
        (tmp_path / "damaged").write_bytes(b"no database" * 1000)
        (tmp_path / "damaged").rename(store_path(served.folder / "sports" / "index"))
        assert http.get("/health/ready").status_code == 503


def test_clients_ask_all_collections_and_speak_to_one(limited: tuple[ServedCollections, dict[str, Any]]) -> None:
    served, headers = limited
    secret = headers["chief"]["Authorization"].removeprefix("Bearer ")
    with Client(served.url, secret) as client:
        assert [each.name for each in client.collections()] == ["politics", "sports"]
        together = client.ask_collections(CUP)
        assert together.collections[0].collection == "sports" and together.answered
        with client.collection("sports") as sports:
            assert sports.answer(CUP) == together.collections[0].answer
            added = sports.add(ArticleBody(title="A new boat", text="The club of Osk bought a boat in June 2024."))
            assert added.article.id in {article.id for article in sports.articles()}
        with pytest.raises(CollectionError, match="There is no such collection"):
            client.ask_collections(CUP, ["ghost"])
        with pytest.raises(QuestionError):
            client.ask_collections("", ["sports"])
        with client.collection("ghost") as ghost, pytest.raises(CollectionError):
            ghost.answer(CUP)

    async def ask() -> None:
        async with AsyncClient(served.url, secret) as client:
            assert [each.name for each in await client.collections()] == ["politics", "sports"]
            assert (await client.ask_collections(CUP, ["sports"])).answered
            async with client.collection("sports") as sports:
                assert (await sports.answer(CUP)).answered

    run_to_end(ask())
