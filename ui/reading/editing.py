"""Connects what editors change in the reader: the head of the page and the list of articles follow at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from rag_ui.archive.masthead import Masthead
from rag_ui.language.strings import Strings
from rag_ui.web import server
from rag_ui.web.audit import note
from rag_ui.web.sign_in import may_edit

if TYPE_CHECKING:
    from rag.library import Library

Shown = dict[str, Any]
"""The values that the reader shows."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The components that a change by an editor sets.

    Attributes:
        library: The library.
        strings: The language.
        reader: The reader.
        head: The head of the page.
        generation: The hidden component of the generation, which updates the list.
        masthead: Renders the head.
    """

    library: Library
    strings: Strings
    reader: gr.HTML
    head: gr.HTML
    generation: gr.HTML
    masthead: Masthead

    def wire(
        self,
        event: Any,
        action: str,
        work: Callable[[object], Shown],
        refused: Callable[[str], Shown],
        is_done: Callable[[Shown], bool],
    ) -> None:
        """Lets editors make a change, one at a time.

        Args:
            event: The event of the reader.
            action: The name of the change, for the audit log.
            work: Makes the change from what the browser sent.
            refused: Makes the values that the reader shows to others, from why it is refused.
            is_done: Whether the values that `work` returned say that the change was made.
        """

        def run(event: gr.EventData, request: gr.Request) -> Any:
            named = event._data.get("article_id", "") if isinstance(event._data, dict) else ""
            if not may_edit(request):
                note(request, action, status=403, article=named)
                return refused(self.strings.words.editors_only), gr.skip(), gr.skip()
            # `event._data` is what was sent. Attributes of the event fail if a forged event has no data.
            shown = work(event._data)
            note(request, action, status=200 if is_done(shown) else 422, article=named)
            status = self.library.status()
            return shown, gr.update(value=self.masthead.render(status)), gr.update(value=status.state)

        shown_in = [self.reader, self.head, self.generation]
        event(run, None, shown_in, concurrency_id="index", concurrency_limit=1, **server.PRIVATE)
