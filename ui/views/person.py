"""The page of a person: all that the archive has the person say, by date, or what others say about the person."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.core.errors import RagError
from rag.said.results import MOST_STATEMENTS
from rag_ui.html.html_parts import plain, scripted
from rag_ui.language.strings import Strings
from rag_ui.views.person_page import PersonPage
from rag_ui.web import server

if TYPE_CHECKING:
    from rag.library import Library

SCRIPT = Path(__file__).with_name("person.js")
_MOST = 200
"""Most characters of a name and of a subject."""


class Asked(BaseModel):
    """What the browser asks for. It is validated.

    `asked` is the number of the request, by which the browser knows what comes back.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    speaker: str = Field(max_length=_MOST)
    about: str = Field(max_length=_MOST)
    by_others: bool
    limit: int = Field(ge=1, le=MOST_STATEMENTS)
    asked: int


def template(strings: Strings) -> str:
    """Renders the head of the page, which is empty until a person is opened."""
    words = strings.words.person
    return f"""
<header class="person-head" data-searching="{words.searching}">
  <div class="person-title"><h2 class="person-name" dir="auto" tabindex="-1"></h2>
    <button type="button" class="person-close">{strings.words.close}</button></div>
  <div class="person-sides" role="group" aria-label="{words.sides}">
    <button type="button" data-others="false">{words.own}</button>
    <button type="button" data-others="true">{words.others}</button></div>
  <form class="person-form" role="search"><label for="person-about">{words.about}</label>
    <input id="person-about" type="search" maxlength="{_MOST}" placeholder="{words.any_subject}" autocomplete="off">
    <button>{words.show}</button></form>
  <p class="person-found" role="status"></p>
</header>
"""


class People:
    """Finds what people of a library say."""

    def __init__(self, library: Library, strings: Strings) -> None:
        self._library = library
        self._strings = strings

    def find(self, sent: object) -> tuple[Any, ...]:
        """Finds what the browser asks for. Returns updates of the head and of the quotes."""
        page = PersonPage(self._strings, date.today())
        try:
            asked = Asked.model_validate(sent)
        except ValidationError:
            return gr.skip(), gr.skip()
        try:
            said = self._library.said(
                asked.speaker, asked.about.strip() or None, by_others=asked.by_others, limit=asked.limit
            )
        except RagError as error:
            told = {"asked": asked.asked, "name": asked.speaker, "found": self._strings.problem(error)}
            return gr.update(value=told), gr.update(value=page.problem(error))
        told = {"asked": asked.asked, "name": said.name, "found": page.found(said)}
        return gr.update(value=told), gr.update(value=page.render(said))


def build(people: People, strings: Strings) -> None:
    """Makes the page. It stands beside the reader, and is shown in its place when a name is clicked."""
    with gr.Column(elem_id="person"):
        head, quotes = scripted(template(strings), SCRIPT), plain("", elem_id="person-quotes")

    def find(event: gr.EventData) -> tuple[Any, ...]:
        return people.find(event._data)

    head.select(find, None, [head, quotes], trigger_mode="multiple", **server.PRIVATE)
