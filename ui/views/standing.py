"""Follows questions from their answers, and shows what was reported of them. All open pages share one list."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.core.errors import CitationError, QuestionError, RagError
from rag.core.schema import Answer, Citation
from rag_ui.chat import link
from rag_ui.chat.answer_actions import id_to_follow
from rag_ui.chat.conversation import Turns, filters_of
from rag_ui.html.escaping import escape
from rag_ui.html.html_parts import plain, scripted
from rag_ui.language.strings import Strings
from rag_ui.views.standing_list import StandingList
from rag_ui.web import server
from rag_ui.web.sign_in import may_edit

if TYPE_CHECKING:
    from rag.library import Library

SCRIPT = Path(__file__).with_name("standing.js")
_REPORTS = 50
"""Most reports that are shown, the newest. `rag follow --list` has all."""
_told = count(1)


class Followed(BaseModel):
    """Whether the question of an answer is followed, as the browser sends it. It is validated."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    answer: str = Field(max_length=64)
    followed: bool


class Removed(BaseModel):
    """A question that is followed no longer, as the browser sends it. It is validated."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str = Field(max_length=64)


class FollowedQuestions:
    """Follows questions of a library. Each method returns updates of what the script is told, and of the list."""

    def __init__(self, library: Library, strings: Strings) -> None:
        self._library = library
        self._strings = strings

    def template(self) -> str:
        """Renders the element of the script. Which reports were seen, the browser keeps for each archive."""
        place = f"standing-{hashlib.sha256(self._library.status().place.encode()).hexdigest()[:16]}"
        unread = escape(json.dumps(self._strings.words.standing.unread))
        return f'<div class="standing" data-place="{place}" data-unread="{unread}"></div>'

    def show(self) -> tuple[Any, ...]:
        """Shows the list as it is now."""
        try:
            standing = self._library.standing(most=_REPORTS)
        except RagError as error:
            gr.Warning(self._strings.problem(error), title=self._strings.words.standing.tab)
            return gr.skip(), gr.skip()
        shown = StandingList(self._strings, date.today(), self._is_there).render(standing)
        # Numbered, because the same value tells the browser nothing: a button that was pressed in vain must go back.
        told = {
            "ids": [one.id for one in standing.questions],
            "reports": [change.number for change in standing.changes],
            "number": next(_told),
        }
        return gr.update(value=told), gr.update(value=shown)

    def look(self, before: tuple[int, ...] | None) -> tuple[Any, ...]:
        """Shows the list if its file changed: any process may follow a question, and every update may report."""
        now = self._library.standing_state()
        return (gr.skip(),) * 3 if now == before else (now, *self.show())

    def follow(self, turns: Turns, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """Follows the question of an answer of this conversation, or does so no longer."""
        with suppress(ValidationError):
            sent = Followed.model_validate(event._data)
            found = (turn.answer for turn in turns if turn.answer and link.fingerprint(turn.answer) == sent.answer)
            answer = next(found, None)
            if answer is not None and self._may(request):
                self._set(answer, sent.followed)
        return self.show()

    def remove(self, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """Follows a question of the list no longer."""
        with suppress(ValidationError):
            sent = Removed.model_validate(event._data)
            if self._may(request):
                self._unfollow(sent.id)
        return self.show()

    def _may(self, request: gr.Request) -> bool:
        may, words = may_edit(request), self._strings.words.standing
        if not may:
            gr.Warning(words.editors_only, title=words.tab)
        return may

    def _set(self, answer: Answer, followed: bool) -> None:
        known = id_to_follow(answer)
        if known is None:
            return
        if not followed:
            self._unfollow(known)
            return
        try:
            self._library.follow(answer.standalone_question or answer.question, **filters_of(answer.scope))
        except RagError as error:
            gr.Warning(self._strings.problem(error), title=self._strings.words.standing.not_followed)

    def _unfollow(self, each: str) -> None:
        try:
            with suppress(QuestionError):  # somebody else was faster
                self._library.unfollow(each)
        except RagError as error:
            gr.Warning(self._strings.problem(error), title=self._strings.words.standing.tab)

    def _is_there(self, citation: Citation) -> bool:
        """Whether the archive still has a quote: an article may have been withdrawn since it was reported."""
        try:
            text = self._library.article(citation.article_id, citation.content_hash).text
        except CitationError:
            return False
        return text[citation.start : citation.end] == citation.quote


def build() -> gr.HTML:
    """Makes the tab with the list, which is empty until it is known."""
    return plain("", elem_id="followed")


def wire(questions: FollowedQuestions, shown: gr.HTML, turns: gr.State, page: gr.Blocks, timer: gr.Timer) -> None:
    """Connects the buttons, and keeps the list up to date.

    Args:
        questions: Follows the questions.
        shown: The list.
        turns: The conversation, whose answers can be followed.
        page: The page.
        timer: Looks whether something was reported.
    """
    script = scripted(questions.template(), SCRIPT, elem_id="standing")
    stamp, told = gr.State(None), [script, shown]
    page.load(questions.look, stamp, [stamp, *told], **server.PRIVATE)
    timer.tick(questions.look, stamp, [stamp, *told], queue=False, **server.PRIVATE)
    script.select(questions.follow, turns, told, trigger_mode="multiple", **server.PRIVATE)
    script.delete(questions.remove, None, told, trigger_mode="multiple", **server.PRIVATE)
