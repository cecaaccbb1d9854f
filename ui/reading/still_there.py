"""Tells what became of the article that the reader shows: at first, and again at each new generation of the archive."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import gradio as gr
from pydantic import ValidationError

from rag.core.errors import RagError
from rag_ui.language.strings import Strings
from rag_ui.reading.removal import OneArticle, Removal
from rag_ui.web import server
from rag_ui.web.sign_in import may_edit

if TYPE_CHECKING:
    from rag.library import Library

_views = count(1)


class Seen(OneArticle):
    """The article and the text that a browser shows. It is validated."""

    content_hash: str


@dataclass(frozen=True, slots=True)
class StillThere:
    """Tells what became of articles of a library, in the page's language."""

    library: Library
    strings: Strings

    def told(self, article_id: str, content_hash: str, may_edit: bool) -> dict[str, Any]:
        """Returns what became of an article's text, in words, and what an editor may do with the article.

        Args:
            article_id: The article's id.
            content_hash: The sha256 of the text that is shown.
            may_edit: Whether the person may remove the article.

        Raises:
            CitationError: If the library never had this article.
        """
        editions = reversed(self.library.editions(article_id))
        state = next(edition.state for edition in editions if edition.content_hash == content_hash)
        offer = Removal(self.library, self.strings).offer(article_id) if may_edit else None
        is_told = offer is not None and offer["state"] == "removed"  # the offer says so, and follows when it is undone
        return {"became": "" if is_told else self.strings.words.edition_states[state], "removal": offer}

    def check(self, sent: object, may_edit: bool) -> dict[str, Any] | None:
        """Returns the values that the reader shows of an article that it shows already; None if there is no such text.

        Args:
            sent: What the browser shows.
            may_edit: Whether the person may remove the article.
        """
        try:
            seen = Seen.model_validate(sent)
            told = self.told(seen.article_id, seen.content_hash, may_edit)
        except (ValidationError, RagError, StopIteration):
            return None
        return {"checked": next(_views), "article_id": seen.article_id, "content_hash": seen.content_hash, **told}


def wire(still_there: StillThere, reader: gr.HTML) -> None:
    """Checks the article that is shown when the browser asks for it."""

    def check(event: gr.EventData, request: gr.Request) -> Any:
        # `event._data` is what was sent. Attributes of the event fail if a forged event has no data.
        return still_there.check(event._data, may_edit(request)) or gr.skip()

    reader.tick(check, None, reader, queue=False, trigger_mode="multiple", **server.PRIVATE)
