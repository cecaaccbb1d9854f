"""Checks a draft on the page, in the place of the conversation. Nothing of it is stored: it is gone with the page."""

from __future__ import annotations

import base64
import logging
import queue
import tempfile
import threading
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import gradio as gr
from pydantic import BaseModel, ConfigDict, ValidationError

from rag.core.errors import RagError
from rag.drafts.files import make_document, read_draft
from rag.drafts.results import LONGEST_DRAFT, DraftCheck
from rag_ui.chat import saving
from rag_ui.html.html_parts import plain, scripted
from rag_ui.language.strings import Strings
from rag_ui.views.checked_draft import CheckedDraft
from rag_ui.web import server
from rag_ui.web.sweep import STATE_SECONDS

if TYPE_CHECKING:
    from rag.library import Library

SCRIPT = Path(__file__).with_name("draft.js")
SHOW = "() => document.dispatchEvent(new Event('show-draft'))"
_NAME = "checked-draft.docx"
_AT_ONCE = 2
"""Drafts that are checked at the same time. The longest keeps a processor busy for some 20 seconds."""
_log = logging.getLogger(__name__)
_told = count(1)

Step = tuple[int, int] | DraftCheck | RagError | None
"""What a check tells: sentences done and all of them, the result, what is wrong, or None for a fault."""


class Opened(BaseModel):
    """A file with a draft as the browser sends it, in base64. It is validated."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    suffix: Literal[".docx", ".odt", ".md", ".txt"]
    content: str


class Written(BaseModel):
    """A draft as the browser sends it. It is validated; the library says whether it is too long."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    text: str


def template(strings: Strings) -> str:
    """Renders the form for the draft."""
    words = strings.words.draft
    return f"""
<section class="draft-head" aria-label="{words.title}" data-reading="{words.reading}" data-large="{words.too_large}">
  <div class="draft-title"><h2>{words.title}</h2><button type="button" class="draft-close">{words.close}</button></div>
  <form class="draft-form"><label for="draft-text">{words.text}</label>
    <textarea id="draft-text" rows="12" aria-describedby="draft-where" dir="auto" required></textarea>
    <p id="draft-where">{words.where.format(most=strings.number(LONGEST_DRAFT))}</p>
    <div class="draft-ways"><button type="button" class="draft-open">{words.file}</button>
      <input type="file" class="draft-file" accept=".docx,.odt,.md,.txt" aria-label="{words.file}" hidden>
      <button class="draft-check">{words.check}</button></div></form>
  <p class="draft-state" role="status"></p>
  <div class="draft-done" hidden><button type="button" class="draft-change">{words.change}</button>
    <button type="button" class="draft-save">{words.save}</button><p>{words.meaning}</p></div>
</section>
"""


class Drafts:
    """Checks drafts against a library."""

    def __init__(self, library: Library, strings: Strings) -> None:
        self._library = library
        self._strings = strings

    def check(self, sent: object) -> Iterator[tuple[Any, ...]]:
        """Checks the draft that the browser sent. Yields updates of the form, of the checked draft and of its state."""
        words = self._strings.words
        try:
            text = Written.model_validate(sent).text
        except ValidationError:
            yield _updates(words.failed, is_over=True)
            return
        for step in self._steps(text):
            if isinstance(step, DraftCheck):
                page = CheckedDraft(self._strings, date.today())
                yield _updates(page.summary(step), step, page.render(step))
            elif isinstance(step, tuple):
                done, every = map(self._strings.number, step)
                yield _updates(words.draft.checking.format(done=done, every=every))
            else:
                yield _updates(self._strings.problem(step) if step else words.failed, is_over=True)

    def read(self, sent: object) -> Any:
        """Reads the text of a file that the browser sent. Returns the update of the form."""
        words = self._strings.words.draft
        try:
            opened = Opened.model_validate(sent)
            with tempfile.TemporaryDirectory() as folder:  # for the process that reads files, which has no other way
                file = Path(folder, f"draft{opened.suffix}")
                file.write_bytes(base64.b64decode(opened.content))
                text = read_draft(file)
        except (ValidationError, ValueError, RagError, OSError):
            return _updates(words.not_read, is_over=True)[0]
        return gr.update(value={"state": "", "text": text, "is_over": True, "number": next(_told)})

    def save(self, checked: DraftCheck | None) -> tuple[Any, ...]:
        """Writes the draft that was checked last as a Word file. Returns its bytes in base64, its name and its type."""
        if checked is None:
            return (gr.skip(),) * 3
        document = make_document(checked, CheckedDraft(self._strings, date.today()).footnote)
        return base64.b64encode(document).decode(), _NAME, saving.WORD_TYPE

    def _steps(self, text: str) -> Iterator[Step]:
        """Checks in a thread, and yields the steps; of those that came meanwhile the last."""
        steps: queue.SimpleQueue[Step] = queue.SimpleQueue()
        threading.Thread(target=self._work, args=(text, steps), name="check-draft", daemon=True).start()
        step: Step = (0, 0)
        while isinstance(step, tuple):
            step = steps.get()
            while isinstance(step, tuple) and not steps.empty():
                step = steps.get()
            yield step

    def _work(self, text: str, steps: queue.SimpleQueue[Step]) -> None:
        try:
            steps.put(self._library.check_draft(text, progress=lambda done, every: steps.put((done, every))))
        except RagError as error:
            steps.put(error)
        except Exception:  # a fault must not leave the page checking forever
            _log.exception("a draft was not checked")
            steps.put(None)


def _updates(state: str, checked: DraftCheck | None = None, shown: str = "", is_over: bool = False) -> tuple[Any, ...]:
    """Updates of the form and of the checked draft. Numbered, because the same value tells the browser nothing."""
    told = {"state": state, "is_checked": checked is not None, "is_over": is_over, "number": next(_told)}
    result = gr.skip() if checked is None else gr.update(value=shown)
    return gr.update(value=told), result, gr.skip() if checked is None else checked


def build(drafts: Drafts, strings: Strings) -> None:
    """Makes the page of a draft, which is shown in the place of the conversation."""
    with gr.Column(elem_id="draft"):
        form, shown = scripted(template(strings), SCRIPT), plain("", elem_id="draft-shown")
        checked = gr.State(None, time_to_live=STATE_SECONDS)

    def check(event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        yield from drafts.check(event._data)

    def read(event: gr.EventData) -> Any:
        return drafts.read(event._data)

    form.upload(read, None, form, concurrency_limit=_AT_ONCE, **server.PRIVATE)
    form.submit(check, None, [form, shown, checked], concurrency_limit=_AT_ONCE, **server.PRIVATE)
    file = [gr.Textbox(visible=False) for _ in range(3)]
    saved = form.download(drafts.save, checked, file, **server.PRIVATE)
    saved.success(None, file, None, js=saving.SAVE, **server.PRIVATE)
