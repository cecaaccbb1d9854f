"""The start page of several collections: those that a person may see, and a question to all of them.

It is one document without Gradio. A link below each answer asks the question again in its collection, where its
articles can be read.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from rag.collections.folder import Collections
from rag.collections.results import CollectionAnswer
from rag.core.errors import RagError
from rag.core.schema import Answer
from rag_ui.archive.archive import Archive
from rag_ui.archive.masthead import span
from rag_ui.chat import link
from rag_ui.chat.card import account_line, problem_note
from rag_ui.chat.confidence_mark import confidence_mark
from rag_ui.chat.quote_cards import QuoteCards
from rag_ui.html.escaping import escape
from rag_ui.language.strings import Strings
from rag_ui.look import ICON, STYLE_SHEETS
from rag_ui.web.audit import note_in
from rag_ui.web.gate import ASK
from rag_ui.web.sign_in import ACCOUNT

if TYPE_CHECKING:
    from starlette.requests import Request

    from rag_ui.web.accounts import Account

_SCRIPT = Path(__file__).with_name("start.js")
_SHOWN = 2
"""Quotes of each answer that are shown."""
_PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="{icon}"><style>{style}</style>
<script>{script}</script></head><body class="start">
<div id="masthead"><header><h1>{title}</h1><p class="tagline">{tagline}</p></header></div>{who}
<main>{form}{answers}<section class="collections"><h2>{heading}</h2>{listed}</section></main></body></html>
"""
_FORM = """<form method="post" action="{path}"><label for="asked">{label}</label>
<div><input id="asked" name="question" value="{question}" autocomplete="off" required autofocus dir="auto"
placeholder="{placeholder}"><button>{ask}</button></div></form>
"""
_log = logging.getLogger(__name__)


class StartPage:
    """Renders the start page, and answers its question.

    Args:
        collections: The collections.
        strings: The language.
    """

    def __init__(self, collections: Collections, strings: Strings) -> None:
        self._collections = collections
        self._strings = strings
        self._archives: dict[str, Archive] = {}
        limits = collections.settings.page
        self._at_once, self._most_waiting = anyio.CapacityLimiter(limits.answered_at_once), limits.queue_length

    def application(self) -> Starlette:
        """Makes the application that serves the page."""
        return Starlette(
            routes=[
                Route("/", self.show, methods=["GET"]),
                Route(ASK, self.ask, methods=["POST"]),
                Route(ASK, lambda _: RedirectResponse("./", 303), methods=["GET"]),
            ]
        )

    async def show(self, request: Request) -> Response:
        """Shows the collections that the person may see."""
        return await self._page(request)

    async def ask(self, request: Request) -> Response:
        """Asks all collections that the person may see."""
        question = str((await request.form()).get("question", ""))
        if self._at_once.statistics().tasks_waiting >= self._most_waiting:
            return await self._page(request, question, problem_note(self._strings.words.busy), 503)
        visible = self._visible(request.scope.get(ACCOUNT))
        status, answers = await anyio.to_thread.run_sync(self._answers, question, visible, limiter=self._at_once)
        named = ",".join(visible)
        noting = partial(note_in, request.scope, "ask", status=status, question=question, collection=named)
        await anyio.to_thread.run_sync(noting)
        return await self._page(request, question, answers, status)

    def _visible(self, account: Account | None) -> tuple[str, ...]:
        return tuple(name for name in self._collections.names if account is None or account.in_collection(name))

    async def _page(self, request: Request, question: str = "", answers: str = "", status: int = 200) -> Response:
        account: Account | None = request.scope.get(ACCOUNT)
        visible = self._visible(account)
        listed = await anyio.to_thread.run_sync(lambda: "".join(map(self._listed, visible)))
        words = self._strings.words
        content = _PAGE.format(
            language=words.language,
            title=escape(words.title),
            tagline=escape(words.tagline),
            icon=ICON,
            style="".join(sheet.read_text("utf-8") for sheet in STYLE_SHEETS),
            script=_SCRIPT.read_text("utf-8"),
            who=f'<div id="account">{account_line(account, self._strings)}</div>' if account else "",
            form=self._form(question, several=len(visible) > 1) if listed else "",
            answers=answers,
            heading=escape(words.start.collections),
            listed=f"<ul>{listed}</ul>" if listed else f"<p>{escape(words.start.none)}</p>",
        )
        return HTMLResponse(content, status, {"Cache-Control": "no-store"})

    def _form(self, question: str, several: bool) -> str:
        words = self._strings.words
        return _FORM.format(
            path=ASK.removeprefix("/"),
            label=escape(words.start.ask if several else words.welcome),
            question=escape(question),
            placeholder=escape(words.question_placeholder),
            ask=escape(words.ask),
        )

    def _listed(self, name: str) -> str:
        """A collection with its articles and dates, or why it can't be read."""
        try:
            library = self._collections.library(name)
            archive, status = self._archives.setdefault(name, Archive(library, self._strings)), library.status()
            dates = span(archive.read(status.state))
        except RagError as error:
            facts = [self._strings.problem(self._collections.problem_of(name, error).error)]
        else:
            facts = [self._strings.articles(status.articles), dates]
        told = "".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)
        return f'<li><a href="{address_of(name)}">{escape(name)}</a><p class="facts">{told}</p></li>'

    def _answers(self, question: str, visible: Sequence[str]) -> tuple[int, str]:
        """Asks the collections. Returns the HTTP status, and the answers as HTML."""
        try:
            found = self._collections.ask(question, visible).collections
        except RagError as error:
            return 422, problem_note(self._strings.problem(error))
        except Exception:  # a fault must not leave the person with an empty page
            _log.exception("a question to several collections was not answered")
            return 500, problem_note(self._strings.words.failed)
        return 200, f'<div class="answers">{"".join(map(self._answer, found))}</div>'

    def _answer(self, found: CollectionAnswer) -> str:
        name, strings = found.collection, self._strings
        if found.answer is None:
            why = strings.problem(found.problem.error) if found.problem else strings.words.failed
            said, target = problem_note(why), address_of(name)
        else:
            said, target = self._brief(found.answer), address_of(name) + link.write(found.answer)
        leads = escape(strings.words.start.open.format(name=name))
        return (
            f'<article class="answer" aria-label="{escape(name)}"><h2 dir="auto">{escape(name)}</h2>{said}'
            f'<p class="open"><a href="{escape(target)}">{leads}</a></p></article>'
        )

    def _brief(self, answer: Answer) -> str:
        """The short answer and the first quotes with their confidence; of several questions each with its answer."""
        if answer.parts:
            return "".join(f'<h3 dir="auto">{escape(part.question)}</h3>{self._brief(part)}' for part in answer.parts)
        strings = self._strings
        if not answer.answered:
            said = "" if answer.reason == "small_talk" else f'<p class="not-said">{escape(strings.words.not_said)}</p>'
            return f'{said}<p class="reason">{escape(strings.reason(answer.reason))}</p>'
        lines = [*strings.stated(answer), *([answer.short_answer] if answer.short_answer else [])]
        short = "".join(f'<p class="short" dir="auto">{escape(line)}</p>' for line in lines)
        cards = QuoteCards(strings, datetime.date.today(), ways=())
        quotes = "".join(map(cards.still, answer.citations[:_SHOWN]))
        return f"{short}{quotes}{confidence_mark(answer.confidence, strings)}"


def address_of(name: str) -> str:
    """The address of a collection's page, as the start page has it."""
    return f"c/{quote(name)}/"


def start_line(collection: str, strings: Strings) -> str:
    """Renders the name of a collection on its page, with the way to the start page."""
    words = escape(strings.words.start.collections)
    return f'<nav class="collection"><a href="../../">{words}</a> <span>{escape(collection)}</span></nav>'
