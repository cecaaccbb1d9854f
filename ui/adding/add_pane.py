"""The tab on which articles are added: files, an address, the switch that follows folders; and what a drop does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag_ui.adding import following
from rag_ui.adding.adding import Additions, is_problem, problem_card
from rag_ui.archive.masthead import Masthead
from rag_ui.html.escaping import escape
from rag_ui.html.html_parts import plain, scripted
from rag_ui.language.strings import Strings
from rag_ui.web import server
from rag_ui.web.audit import note
from rag_ui.web.sign_in import account_of, may_edit
from rag_ui.web.uploads import delete_uploads

if TYPE_CHECKING:
    from rag.ingest.watch import Follower

SCRIPT = Path(__file__).with_name("adding.js")

_TELL_DONE = "() => document.dispatchEvent(new Event('files-added'))"
_MOST = 2_000
"""Most characters of an address."""


class Address(BaseModel):
    """The data of the event that fetches an address, as the browser sends it. It is validated."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    address: str = Field(max_length=_MOST)


@dataclass(frozen=True, slots=True)
class Pane:
    """The components of the tab."""

    tab: gr.Tab
    files: gr.File
    outcome: gr.HTML
    switch: gr.Checkbox
    news: gr.HTML


def build(strings: Strings, addresses: str, follower: Follower | None) -> Pane:
    """Makes the tab.

    Args:
        strings: The language.
        addresses: Which addresses may be fetched, as in `PageSettings.addresses`.
        follower: Follows folders; None for no switch.
    """
    words = strings.words
    with gr.Tab(words.tab_add, render_children=True, elem_id="add-tab") as tab:
        plain(f'<p class="add-lead">{escape(words.add_lead)}</p>')
        files = gr.File(file_count="multiple", label=words.add_files, elem_id="files")
        plain(field(strings, addresses))
        outcome = plain("", elem_id="outcome")
        switch, news = following.follow_switch(follower, strings), plain("", elem_id="followed")
    return Pane(tab, files, outcome, switch, news)


def field(strings: Strings, addresses: str) -> str:
    """Renders the field for an address, if any may be fetched, and the line that tells what waits."""
    words = strings.words.additions
    form = f"""<form class="add-address">
    <label for="add-address">{words.address}</label>
    <div><input id="add-address" type="text" inputmode="url" maxlength="{_MOST}" placeholder="https://" required
      dir="ltr" autocomplete="off" aria-describedby="add-address-note"><button>{words.fetch}</button></div>
    <p id="add-address-note">{words.address_note}</p></form>"""
    waiting = escape(json.dumps(words.waiting_files))
    return f"""{"" if addresses == "none" else form}<p class="add-waiting" role="status" data-words="{waiting}"></p>"""


def make_cover(strings: Strings) -> gr.HTML:
    """Makes what covers the page while files are dragged over it. Its script sends the events of adding.

    It is no part of the tab, because Gradio makes the parts of a tab when it is opened first.
    """
    words = strings.words.additions
    cover = f'<div class="drop-anywhere" hidden><div><p>{words.drop}</p><p>{words.drop_where}</p></div></div>'
    return scripted(cover, SCRIPT, elem_id="additions")


def wire(
    pane: Pane, cover: gr.HTML, additions: Additions, masthead: Masthead, shown_in: tuple[gr.HTML, gr.HTML]
) -> None:
    """Connects the tab and the cover.

    Args:
        pane: The tab.
        cover: What covers the page, which sends the events.
        additions: Adds the articles.
        masthead: Renders the head of the page.
        shown_in: The head, and the hidden component of the generation, which updates the list of articles.
    """
    adds = _Adds(additions, masthead)
    shown = [pane.files, pane.outcome, *shown_in]
    together = {"concurrency_id": "index", "concurrency_limit": 1, **server.PRIVATE}
    for event in (
        pane.files.upload(adds.add, pane.files, shown, **together),
        cover.submit(adds.fetch, None, shown, **together),
        cover.undo(adds.undo, None, shown, **together),
    ):
        event.then(None, None, None, js=_TELL_DONE, **server.PRIVATE)
    pane.tab.select(adds.look, None, pane.outcome, queue=False, **server.PRIVATE)


@dataclass(frozen=True, slots=True)
class _Adds:
    """What the events of the tab do. Each yields updates of the files, the outcome, the head and the generation."""

    additions: Additions
    masthead: Masthead

    def add(self, uploaded: list[str] | None, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Adds files that were uploaded."""
        files = [Path(file) for file in uploaded or []]
        try:
            yield from self._show(request, "add", partial(self.additions.add, files, _name_of(request)))
        finally:
            delete_uploads(files)

    def fetch(self, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Fetches an address."""
        words = self.masthead.strings.words.additions
        try:
            address = Address.model_validate(event._data).address.strip()
        except ValidationError:
            yield from self._show(request, "add", lambda: [problem_card(words.no_address)])
            return
        yield from self._show(request, "add", partial(self.additions.fetch, address, _name_of(request)))

    def undo(self, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Undoes what was added last."""
        key = event._data.get("batch") if isinstance(event._data, dict) else None
        yield from self._show(request, "undo_add", lambda: [self.additions.undo(key)])

    def look(self, request: gr.Request) -> Any:
        """Shows what this person added last, if it can be undone."""
        shown = self.additions.last_of(_name_of(request)) if may_edit(request) else None
        return gr.skip() if shown is None else gr.update(value=shown)

    def _show(self, request: gr.Request, action: str, work: Callable[[], Iterable[str]]) -> Iterator[tuple[Any, ...]]:
        """Shows the steps of what only editors may do, and then the state of the archive."""
        allowed, shown, ended = may_edit(request), "", 499
        try:
            for shown in work() if allowed else [problem_card(self.masthead.strings.words.editors_only)]:
                yield None, shown, gr.skip(), gr.skip()
            ended = 403 if not allowed else 422 if is_problem(shown) else 200
        finally:
            note(request, action, status=ended)
        status = self.masthead.archive.library.status()
        yield None, gr.skip(), gr.update(value=self.masthead.render(status)), gr.update(value=status.state)


def _name_of(request: gr.Request) -> str | None:
    """The name of who sends a request; None without accounts."""
    account = account_of(request)
    return account.name if account else None
