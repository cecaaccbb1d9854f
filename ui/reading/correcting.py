"""Corrects the title, date and source of an article on the page. Its file and its text stay as they are.

Only editors may, where people sign in. Readers don't see it, and a request of theirs is refused here.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.core.article import Article, Details
from rag.core.errors import RagError, Trouble
from rag_ui.archive.article_facts import facts_of
from rag_ui.language.strings import Strings
from rag_ui.reading.editing import Desk
from rag_ui.reading.removal import OneArticle

if TYPE_CHECKING:
    from rag.library import Library

_FIELDS: Mapping[Trouble, str] = {"no_title": "title", "no_date": "published"}
"""The field that an error is about."""
_views = count(1)
_log = logging.getLogger(__name__)


class Corrected(BaseModel):
    """The details of an article as the browser sends them. It is validated."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    article_id: str
    title: str = Field(max_length=1000)
    published: str = Field(max_length=100)
    source: str = Field(max_length=1000)


def template(strings: Strings) -> str:
    """Renders the part of the reader that corrects its article. It is hidden until an article is shown."""
    words = strings.words.reading
    return f"""<div class="reader-correcting" data-saving="{words.saving}" hidden>
      <button type="button" class="correcting-open" aria-expanded="false">{words.correct}</button>
      <form class="correcting-form" novalidate hidden>
        <p class="correcting-note">{words.correct_note}</p>
        <label class="wide">{words.title}<input name="title" maxlength="500" autocomplete="off" dir="auto"></label>
        <label>{words.date}<input name="published" maxlength="40" autocomplete="off"
          aria-describedby="correcting-date-note"><small id="correcting-date-note">{words.date_note}</small></label>
        <label>{words.source}<input name="source" maxlength="500" autocomplete="off" dir="auto"></label>
        <p class="correcting-problem" role="alert"></p>
        <p class="correcting-original wide" dir="auto"></p>
        <p class="correcting-ways wide">
          <button type="submit" class="correcting-save">{words.save}</button>
          <button type="button" class="correcting-cancel">{words.cancel}</button>
          <button type="button" class="correcting-undo" hidden>{words.bring_back}</button>
        </p>
      </form>
      <p class="correcting-said" role="status" tabindex="-1"></p>
    </div>"""


@dataclass(frozen=True, slots=True)
class Correcting:
    """Corrects articles of a library, in the page's language."""

    library: Library
    strings: Strings

    def offer(self, article: Article) -> dict[str, Any]:
        """Returns what an editor may correct: the details as they are, and what the file has if they were corrected."""
        title, published, source, _ = article.details
        original = None if article.original is None else self._told(article.original)
        return {
            "id": article.id,
            "fields": {"title": title, "published": published or "", "source": source or ""},
            "original": original,
        }

    def save(self, sent: object) -> dict[str, Any]:
        """Corrects the article that the browser names. Returns the values that the reader shows."""
        try:
            wanted = Corrected.model_validate(sent)
        except ValidationError:
            return self.refused(self.strings.words.bad_citation)
        fields = wanted.model_dump(exclude={"article_id"})
        said = self.strings.words.reading.corrected
        return self._try(wanted.article_id, lambda: self.library.correct(wanted.article_id, **fields), said)

    def undo(self, sent: object) -> dict[str, Any]:
        """Takes the corrections of the article back. Returns the values that the reader shows."""
        try:
            article_id = OneArticle.model_validate(sent).article_id
        except ValidationError:
            return self.refused(self.strings.words.bad_citation)
        said = self.strings.words.reading.brought_back
        return self._try(article_id, lambda: self.library.undo_corrections(article_id), said)

    def refused(self, why: str, field: str = "", article_id: str = "") -> dict[str, Any]:
        """Returns the values that the reader shows if nothing was done, and which field is the reason."""
        return {"changed": next(_views), "correcting": {"id": article_id, "problem": why, "field": field}}

    def _try(self, article_id: str, do: Callable[[], object], said: str) -> dict[str, Any]:
        try:
            self.library.article(article_id)  # a name would do for the library, but only an id is certain
            do()
            article = self.library.article(article_id)
        except RagError as error:
            return self.refused(self.strings.problem(error), _FIELDS.get(error.reason, ""), article_id)
        except Exception:  # a fault must not leave the reader waiting forever
            _log.exception("the details of an article were not corrected")
            return self.refused(self.strings.words.reading.correcting_failed, article_id=article_id)
        shown = {"title": article.title, "facts": facts_of(article, self.strings, datetime.date.today())}
        return {"changed": next(_views), "correcting": {**self.offer(article), **shown, "said": said}}

    def _told(self, details: Details) -> str:
        words = self.strings.words.reading
        dated = self.strings.date(details.published) if details.published else words.undated
        return words.in_file.format(details=" · ".join((details.title, dated, details.source or words.no_source)))


def wire(correcting: Correcting, desk: Desk) -> None:
    """Connects the reader's events."""

    def is_done(shown: dict[str, Any]) -> bool:
        return "problem" not in shown["correcting"]

    desk.wire(desk.reader.edit, "correct", correcting.save, correcting.refused, is_done)
    desk.wire(desk.reader.clear, "undo_corrections", correcting.undo, correcting.refused, is_done)
