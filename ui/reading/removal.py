"""Removes an article from the archive on the page, and brings it back. Its file stays where it is.

Only editors may, where people sign in. Readers don't see it, and a request of theirs is refused here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from rag.core.errors import CitationError, RagError
from rag_ui.language.strings import Strings
from rag_ui.reading.editing import Desk

if TYPE_CHECKING:
    from rag.library import Library

State = Literal["here", "removed", "gone"]
"""Whether the article can be removed, can be brought back, or neither."""

_views = count(1)
_log = logging.getLogger(__name__)


class OneArticle(BaseModel):
    """The data of an event about an article, as the browser sends it. It is validated."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    article_id: str
    asked: int = 0


def template(strings: Strings) -> str:
    """Renders the part of the reader that removes its article. It is hidden until an article is shown."""
    words = strings.words
    return f"""<div class="reader-removal" data-removing="{words.removing}" data-returning="{words.returning}" hidden>
      <button type="button" class="removal-ask">{words.remove}</button>
      <div class="removal-question" role="group" aria-label="{words.remove}" hidden>
        <p>{words.remove_question}</p>
        <button type="button" class="removal-no">{words.keep}</button>
        <button type="button" class="removal-yes">{words.remove_now}</button>
      </div>
      <p class="removal-said" role="status" tabindex="-1"></p>
      <button type="button" class="removal-undo" hidden>{words.undo}</button>
    </div>"""


@dataclass(frozen=True, slots=True)
class Removal:
    """Removes articles of a library, in the page's language."""

    library: Library
    strings: Strings

    def offer(self, article_id: str) -> dict[str, Any] | None:
        """Returns what an editor may do with an article that is shown; None if it left the archive in another way."""
        if self._is_withdrawn(article_id):
            return self._shown(article_id, "removed", self.strings.words.removed)
        return self._shown(article_id, "here") if self._is_here(article_id) else None

    def remove(self, sent: object) -> dict[str, Any]:
        """Removes the article that the browser names. Returns the values that the reader shows."""
        return self._try(sent, self._remove, "here")

    def undo(self, sent: object) -> dict[str, Any]:
        """Brings the article back that the browser names. Returns the values that the reader shows."""
        return self._try(sent, self._undo, "removed")

    def _remove(self, article_id: str) -> dict[str, Any]:
        words = self.strings.words
        if self._is_withdrawn(article_id):  # another editor was quicker
            return self._shown(article_id, "removed", words.removed)
        article = self.library.article(article_id)
        (withdrawn,) = self.library.withdraw(article.id)
        copies = len(withdrawn.copies)
        said = f"{words.removed} {self.strings.count(copies, words.removed_copies)}" if copies else words.removed
        return self._shown(article_id, "removed", said)

    def _undo(self, article_id: str) -> dict[str, Any]:
        if self._is_withdrawn(article_id):
            self.library.take_back(article_id)
        if self._is_here(article_id):
            return self._shown(article_id, "here", self.strings.words.returned)
        return self._shown(article_id, "gone", self.strings.words.returns_later)

    def _try(self, sent: object, do: Callable[[str], dict[str, Any]], before: State) -> dict[str, Any]:
        """Does the work for the article that the browser names. If it fails, the state `before` still holds."""
        try:
            article_id = OneArticle.model_validate(sent).article_id
        except ValidationError:
            return self.refused(self.strings.words.bad_citation)
        try:
            shown = do(article_id)
        except RagError as error:
            state = "gone" if isinstance(error, CitationError) else before
            shown = self._shown(article_id, state, self.strings.problem(error))
        except Exception:  # a fault must not leave the reader waiting forever
            _log.exception("an article was not removed, or not brought back")
            shown = self._shown(article_id, before, self.strings.words.removal_failed)
        return {"changed": next(_views), "removal": shown}

    def refused(self, why: str) -> dict[str, Any]:
        """Returns the values that the reader shows if nothing may be done."""
        return {"changed": next(_views), "removal": self._shown("", "gone", why)}

    def _shown(self, article_id: str, state: State, said: str = "") -> dict[str, Any]:
        return {"id": article_id, "state": state, "said": said}

    def _is_withdrawn(self, article_id: str) -> bool:
        return any(article.id == article_id for article in self.library.withdrawn())

    def _is_here(self, article_id: str) -> bool:
        try:
            self.library.article(article_id)
        except CitationError:
            return False
        return True


def wire(removal: Removal, desk: Desk) -> None:
    """Connects the reader's events."""

    def is_removed(shown: dict[str, Any]) -> bool:
        return bool(shown["removal"]["state"] == "removed")

    def is_back(shown: dict[str, Any]) -> bool:
        return bool(shown["removal"]["id"]) and not is_removed(shown)

    desk.wire(desk.reader.delete, "remove", removal.remove, removal.refused, is_removed)
    desk.wire(desk.reader.undo, "take_back", removal.undo, removal.refused, is_back)
