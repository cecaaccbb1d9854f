"""The door for language-model agents: tools and resources of the Model Context Protocol (MCP)."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Annotated, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from rag import __version__
from rag.core.errors import CitationError, RagError
from rag.doors.agent_schemas import (
    AgentArticle,
    AgentDraft,
    AgentSaid,
    AgentSearch,
    AgentVerifications,
    AskResult,
    ask_result,
    draft_result,
    part_of,
    said_result,
    search_result,
    verification_of,
)
from rag.doors.posted import stored
from rag.doors.problems import ProblemError
from rag.doors.work import Work
from rag.drafts.results import LONGEST_DRAFT
from rag.library import Library
from rag.question.scope import Filters
from rag.verification.results import MOST_QUOTES

_Result = TypeVar("_Result")
INSTRUCTIONS = """This server holds an archive of news articles and answers with the articles' own words.

- Use `ask` for a question, `who_said` for all that a person says, `search` for words, `read_article` for the text
  around a quote.
- A quote is repeated to the letter, with its citation, or not at all. Don't shorten, translate or join quotes.
- Where `answered` is false, the archive is silent. Say so. Never fill the silence from memory as if it stood there, and
  never present `nearest` as an answer.
- Before you publish a text with quotes, pass each to `verify_quotes`. Use only those with `may_be_used`.
- To check a text of your own or of the user, pass it to `check_draft`. What is `not_found` there may still be true, but
  not from this archive.
- Tell the user of `other_answers`: the articles differ.
"""
_ASK = """Answers a question with verbatim quotes from the archive, or says that the archive is silent.

Ask one question that stands alone, with names instead of pronouns. Repeat the quotes to the letter and give the
citation of each. If `answered` is false, say that the archive does not answer this, and stop: `nearest` is no
answer."""
_SEARCH = """Finds the articles that hold words or phrases, with verbatim snippets.

`"red flag"` is a phrase; AND, OR, NOT, -word and parentheses join words. Snippets are quotes: repeat them to the
letter."""
_READ = """Reads the text of an article, verbatim, by the `article_id` of a quote.

Long texts come in parts: ask again with `start` = the `end` of the last part. Quote it only to the letter."""
_WHO_SAID = """Lists what a person says in the archive, quoted or reported, by date, the newest last.

Give the full name. Repeat the quotes to the letter, with their citations. Statements in `statements` are the person's,
except where `said_by` is null: there the article has only a pronoun, so name no speaker. Those in `unclear` are by
someone of this family name: never present them as the person's. If several people have the name, the error lists them:
ask the user which is meant. With `by_others` the statements are those of others who name the person: each is its
`said_by`'s."""
_VERIFY = """Checks whether quotes stand in the archive, letter for letter. Call it for every quote before you use it.

Pass the words alone, without quotation marks around them. A quote with `may_be_used` = false must not be used as a
quote, also if only one letter differs: use the article's own words in `places` instead, or none. `changed` means that
the article said so before and was changed or removed."""
_CHECK_DRAFT = """Checks a text against the archive, sentence by sentence: figures, dates, names, quotations, denials.

`stated`: the quotes say all of it. `stated_otherwise`: they say the same with one difference, which `parts` names; tell
the user of each. `partly`: read the quotes; the sentence says more than they do, or gives someone's words as a fact.
`not_found`: the archive is silent. Repeat the quotes to the letter, with their citations."""
_READ_ONLY = ToolAnnotations(read_only_hint=True, open_world_hint=False, idempotent_hint=True)
_MOST_CHARACTERS = 20_000
"""Most characters of an article that are read at once."""
_LISTED = 1000
"""Most articles that the list has."""


def make_agent_server(library: Library, work: Work | None = None) -> MCPServer[None]:
    """Makes the server of tools and resources.

    Args:
        library: The library.
        work: Runs the library's work; None for a queue of its own.
    """
    if not logging.getLogger().handlers:  # otherwise the SDK would print all that any library logs
        logging.getLogger().addHandler(logging.NullHandler())
    server: MCPServer[None] = MCPServer(
        "newsroom-rag", title="News archive", instructions=INSTRUCTIONS, version=__version__
    )
    tools = AgentTools(library, work or Work.of(library.settings.page))
    for name, tool, about in (
        ("ask", tools.ask, _ASK),
        ("search", tools.search, _SEARCH),
        ("read_article", tools.read_article, _READ),
        ("who_said", tools.who_said, _WHO_SAID),
        ("verify_quotes", tools.verify_quotes, _VERIFY),
        ("check_draft", tools.check_draft, _CHECK_DRAFT),
    ):
        server.add_tool(tool, name=name, description=about, annotations=_READ_ONLY)
    server.resource(
        "articles://list", name="articles", mime_type="application/json", description="The articles, by title."
    )(tools.list_articles)
    server.resource(
        "articles://{article_id}", name="article", mime_type="text/plain", description="The text of an article."
    )(tools.text_of)
    return server


class AgentTools:
    """The tools.

    Args:
        library: The library.
        work: Runs the library's work.
    """

    def __init__(self, library: Library, work: Work) -> None:
        self._library = library
        self._work = work

    async def ask(
        self,
        question: Annotated[str, Field(description="A question that stands alone, at most 2,000 characters.")],
        since: Annotated[str | None, Field(description="Only articles from this day on: 2025-04-12 or 2025.")] = None,
        until: Annotated[str | None, Field(description="Only articles up to this day, month or year.")] = None,
        sources: Annotated[list[str] | None, Field(description="Only these sources or web sites.")] = None,
        max_words: Annotated[int | None, Field(description="Most words of quotes, from 20 to 2,000.")] = None,
    ) -> AskResult:
        """See `_ASK`."""
        return await self._run(
            lambda: ask_result(
                self._library.answer(question, max_words=max_words, since=since, until=until, sources=sources or ())
            )
        )

    async def search(
        self,
        words: Annotated[str, Field(description="The words and phrases.")],
        count: Annotated[int, Field(description="Most articles, from 1 to 50.", ge=1, le=50)] = 10,
        offset: Annotated[int, Field(description="Number of better articles to leave out.", ge=0)] = 0,
        since: Annotated[str | None, Field(description="Only articles from this day on: 2025-04-12 or 2025.")] = None,
        until: Annotated[str | None, Field(description="Only articles up to this day, month or year.")] = None,
    ) -> AgentSearch:
        """See `_SEARCH`."""
        return await self._run(
            lambda: search_result(self._library.search(words, count=count, offset=offset, since=since, until=until))
        )

    async def read_article(
        self,
        article_id: Annotated[str, Field(description="The `article_id` of a quote.")],
        start: Annotated[int, Field(description="The character at which to begin.", ge=0)] = 0,
    ) -> AgentArticle:
        """See `_READ`."""
        return await self._run(lambda: part_of(stored(self._library.article(article_id)), start, _MOST_CHARACTERS))

    async def who_said(
        self,
        speaker: Annotated[str, Field(description="The person's full name.")],
        about: Annotated[str | None, Field(description="A topic: only statements about it.")] = None,
        by_others: Annotated[bool, Field(description="What others say who name the person, instead.")] = False,
        limit: Annotated[int, Field(description="Most statements, from 1 to 100.", ge=1, le=100)] = 20,
        since: Annotated[str | None, Field(description="Only articles from this day on: 2025-04-12 or 2025.")] = None,
        until: Annotated[str | None, Field(description="Only articles up to this day, month or year.")] = None,
        sources: Annotated[list[str] | None, Field(description="Only these sources or web sites.")] = None,
    ) -> AgentSaid:
        """See `_WHO_SAID`."""
        filters: Filters = {"since": since, "until": until, "sources": sources or ()}
        return await self._run(
            lambda: said_result(self._library.said(speaker, about, by_others=by_others, limit=limit, **filters))
        )

    async def verify_quotes(
        self,
        quotes: Annotated[
            list[str], Field(description="The quotes, without quotation marks.", min_length=1, max_length=MOST_QUOTES)
        ],
    ) -> AgentVerifications:
        """See `_VERIFY`."""
        checked = await self._run(lambda: self._library.verify_quotes(quotes))
        return AgentVerifications(
            all_may_be_used=all(each.stands for each in checked), results=tuple(map(verification_of, checked))
        )

    async def check_draft(
        self,
        draft: Annotated[
            str, Field(description="The text, in whole sentences.", min_length=1, max_length=LONGEST_DRAFT)
        ],
        since: Annotated[str | None, Field(description="Only articles from this day on: 2025-04-12 or 2025.")] = None,
        until: Annotated[str | None, Field(description="Only articles up to this day, month or year.")] = None,
        sources: Annotated[list[str] | None, Field(description="Only these sources or web sites.")] = None,
    ) -> AgentDraft:
        """See `_CHECK_DRAFT`."""
        filters: Filters = {"since": since, "until": until, "sources": sources or ()}
        return await self._run(lambda: draft_result(self._library.check_draft(draft, **filters)))

    async def list_articles(self) -> str:
        """Lists the articles as JSON."""
        found = await self._work.run(self._library.articles)
        shown = [{"uri": f"articles://{a.id}", "title": a.title, "published": a.published} for a in found[:_LISTED]]
        return json.dumps({"articles": len(found), "listed": shown}, ensure_ascii=False)

    async def text_of(self, article_id: str) -> str:
        """Returns the text of an article."""
        try:
            return (await self._work.run(lambda: self._library.article(article_id))).text
        except CitationError as error:
            raise ResourceNotFoundError(str(error)) from error

    async def _run(self, work: Callable[[], _Result]) -> _Result:
        """Does work in a thread. Errors of the library are told to the agent."""
        try:
            return await self._work.run(work)
        except (RagError, ProblemError) as error:
            raise ToolError(str(error)) from error
