"""An agent asks, is given quotes, checks what it will print, and is refused what is not to the letter."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import TextContent, TextResourceContents

from rag.doors.tokens import make_token, write_tokens
from rag.verification.results import MOST_QUOTES
from tests.asynchronous import run_to_end
from tests.doors.serving import Served, serving
from tests.verification.archive import fuzzed, real_quotes

ASKED = "When will the pier at Osk close?"
Script = Callable[[Client], Awaitable[None]]


@asynccontextmanager
async def agent_of(served: Served, transport: str) -> AsyncIterator[Client]:
    """An agent that is connected over a transport."""
    if transport == "stdio":
        arguments = ["-m", "rag.cli", "mcp", "--index", str(served.folder / "index")]
        target: Any = stdio_client(StdioServerParameters(command=sys.executable, args=arguments))
    else:
        target = f"{served.url}mcp"
    async with Client(target, mode="legacy" if transport == "http, older agents" else "auto") as client:
        yield client


def text_of(contents: Sequence[object]) -> str:
    """The text of the only content."""
    (content,) = contents
    assert isinstance(content, TextContent | TextResourceContents)
    return content.text


async def call(agent: Client, tool: str, **arguments: Any) -> Any:
    """Calls a tool that succeeds. What it returns is the same as text and as data."""
    result = await agent.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert json.loads(text_of(result.content)) == result.structured_content
    return result.structured_content


@pytest.mark.slow
@pytest.mark.parametrize("transport", ["stdio", "http", "http, older agents"])
def test_a_scripted_agent_prints_only_what_the_articles_say(served: Served, transport: str) -> None:
    async def work() -> None:
        async with agent_of(served, transport) as agent:
            asked = await call(agent, "ask", question=ASKED)
            assert asked["answered"] and asked["short_answer"] == "May"
            (quote,) = asked["quotes"]
            article = served.library.article(quote["article_id"], quote["content_hash"])
            assert article.text[quote["start"] : quote["end"]] == quote["quote"]
            assert quote["citation"].startswith(f"“{quote['quote']}”, Jo Berg (Ann Lind: The pier at Osk")
            printed = [quote["quote"], quote["quote"].replace("May", "June")]
            checked = await call(agent, "verify_quotes", quotes=printed)
            assert [result["may_be_used"] for result in checked["results"]] == [True, False]
            assert not checked["all_may_be_used"]
            (place,) = checked["results"][1]["places"]
            assert place["quote"] == quote["quote"]
            (difference,) = checked["results"][1]["differences"]
            assert (difference["given"], difference["stated"]) == ("June", "May")
            around = await call(agent, "read_article", article_id=quote["article_id"])
            assert around["article"]["text"] == article.text and around["length"] == len(article.text)
            assert around["citation"] and quote["quote"] in around["article"]["text"]

    run_to_end(work())


def with_agent(served: Served, script: Script) -> None:
    async def work() -> None:
        async with agent_of(served, "http") as agent:
            await script(agent)

    run_to_end(work())


def test_silence_is_told_as_silence(served: Served) -> None:
    async def script(agent: Client) -> None:
        asked = await call(agent, "ask", question="Who won the chess tournament in Lima?")
        assert (asked["answered"], asked["quotes"], asked["short_answer"]) == (False, [], None)
        assert asked["note"].startswith("The articles don't say.")

    with_agent(served, script)


@pytest.mark.slow
def test_five_hundred_small_changes_are_refused_to_an_agent(served: Served) -> None:
    changed = [quote for _, quote in fuzzed(real_quotes(served.library), 600, seed=5)]
    assert len(changed) > 500

    async def script(agent: Client) -> None:
        for first in range(0, len(changed), MOST_QUOTES):
            checked = await call(agent, "verify_quotes", quotes=changed[first : first + MOST_QUOTES])
            assert [result["quote"] for result in checked["results"] if result["may_be_used"]] == []

    with_agent(served, script)


def test_a_persons_statements_are_the_librarys(served: Served) -> None:
    async def script(agent: Client) -> None:
        said = await call(agent, "who_said", speaker="Jo Berg", about="the pier", since="2000", until=None)
        assert (said["name"], said["more"], said["unclear"]) == ("Jo Berg", False, [])
        assert said["statements"] == []  # the article has no date
        assert said["note"].startswith("The articles have no statement of Jo Berg")
        said = await call(agent, "who_said", speaker="Jo Berg", about="the pier")
        (statement,) = said["statements"]
        expected = served.library.said("Jo Berg", "the pier").statements[0]
        assert (statement["quote"], statement["start"]) == (expected.quote, expected.start)
        assert statement["said_by"] == "Jo Berg" and "Jo Berg (" in statement["citation"]
        failed = await agent.call_tool("who_said", {"speaker": "Jo Bergg"})
        assert failed.is_error and "'Jo Berg'" in text_of(failed.content)

    with_agent(served, script)


def test_searches_give_quotes_with_places(served: Served) -> None:
    async def script(agent: Client) -> None:
        found = await call(agent, "search", words='"rye there" OR ferry', count=5)
        assert found["articles"] == 2 and len(found["quotes"]) >= 2
        for quote in found["quotes"]:
            article = served.library.article(quote["article_id"], quote["content_hash"])
            assert article.text[quote["start"] : quote["end"]] == quote["quote"]
            assert article.title in quote["citation"]

    with_agent(served, script)


def test_a_long_article_is_read_in_parts(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.doors.agents._MOST_CHARACTERS", 200)
    summary = served.library.articles()[0]

    async def script(agent: Client) -> None:
        text, start, length = "", 0, 1
        while start < length:
            part = await call(agent, "read_article", article_id=summary.id, start=start)
            text, start, length = text + part["article"]["text"], part["end"], part["length"]
        assert text == served.library.article(summary.id).text

    with_agent(served, script)


def test_articles_are_resources(served: Served) -> None:
    async def script(agent: Client) -> None:
        listed = json.loads(text_of((await agent.read_resource("articles://list")).contents))
        assert listed["articles"] == 3
        for entry in listed["listed"]:
            read = await agent.read_resource(entry["uri"])
            article = served.library.article(entry["uri"].removeprefix("articles://"))
            assert text_of(read.contents) == article.text
        (template,) = (await agent.list_resource_templates()).resource_templates
        assert template.uri_template == "articles://{article_id}"

    with_agent(served, script)


def test_agents_are_told_to_repeat_to_the_letter_and_to_respect_silence(served: Served) -> None:
    async def script(agent: Client) -> None:
        tools = {tool.name: tool for tool in (await agent.list_tools()).tools}
        assert sorted(tools) == ["ask", "check_draft", "read_article", "search", "verify_quotes", "who_said"]
        for tool in tools.values():
            assert tool.annotations is not None and tool.annotations.read_only_hint
            assert "letter" in str(tool.description) and tool.output_schema
            for argument in tool.input_schema["properties"].values():
                assert argument["description"]
        assert agent.instructions and "to the letter" in agent.instructions and "silence" in agent.instructions

    with_agent(served, script)


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {"question": " "}, "The question is empty"),
        ("ask", {"question": ASKED, "sources": ["Nobody's Gazette"]}, "Nobody's Gazette"),
        ("search", {"words": "NOT"}, "NOT"),
        ("read_article", {"article_id": "nothing"}, "no article nothing"),
        ("verify_quotes", {"quotes": [" "]}, "Quote 1 is empty"),
        ("verify_quotes", {"quotes": []}, "quotes"),
    ],
)
def test_an_error_is_told_to_the_agent(served: Served, tool: str, arguments: dict[str, Any], said: str) -> None:
    async def script(agent: Client) -> None:
        result = await agent.call_tool(tool, arguments)
        assert result.is_error
        assert said in text_of(result.content)

    with_agent(served, script)


@pytest.mark.slow
def test_over_http_an_agent_needs_a_token_where_there_are_tokens(tmp_path: Path) -> None:
    token, secret = make_token("agent", "ask")
    with serving(tmp_path) as served:
        write_tokens(tmp_path / "index" / "tokens", [token])
        assert served.http.post("/mcp", json={}).status_code == 401

        async def work() -> None:
            headers = {"Authorization": f"Bearer {secret}"}
            async with (
                httpx2.AsyncClient(headers=headers) as http,
                Client(streamable_http_client(f"{served.url}mcp", http_client=http)) as agent,
            ):
                assert (await call(agent, "ask", question=ASKED))["answered"]

        run_to_end(work())
