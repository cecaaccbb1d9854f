"""The reader beside the chat. It shows a whole article with the cited quote marked.

The text is cut into segments here and not in the browser, because offsets are code points in Python and UTF-16 units
in JavaScript. The browser sets each segment as the text of an element, so no article passes through a template.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, count, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import gradio as gr
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from rag.core.article import Article, Sentence, SentenceKind
from rag.core.errors import CitationError
from rag.core.schema import Citation
from rag_ui.archive.article_facts import facts_of
from rag_ui.language.strings import Strings
from rag_ui.reading import correcting, removal, still_there
from rag_ui.reading.removal import OneArticle
from rag_ui.web import server
from rag_ui.web.sign_in import may_edit

if TYPE_CHECKING:
    from rag.library import Library

SCRIPTS = tuple(
    Path(__file__).with_name(f"{name}.js")
    for name in ("reader", "removal", "correcting", "still_there", "find_in_article", "quotes_here")
)
"""The parts of the reader's script, which run in one function."""

_views = count(1)


class Place(BaseModel):
    """The place of a quote, as a citation's button sends it back from the browser. It is validated."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    number: int = Field(ge=1)
    article_id: str
    content_hash: str
    start: int = Field(ge=0)
    end: int
    short_start: int | None = None
    short_end: int | None = None

    @classmethod
    def of(cls, citation: Citation) -> Place:
        """Makes the place of a citation."""
        return cls(**{name: getattr(citation, name) for name in cls.model_fields})


class Asked(BaseModel):
    """The data of a click on a citation: the place to show, the places of other quotes from the same article, each with
    its number among them, and the number of the view, by which the browser knows it again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    place: Place
    others: list[Place] = Field(default=[], max_length=50)
    asked: int = 0


class Listed(OneArticle):
    """The data of a click in the list of articles: the article, and the places of the quotes from it."""

    others: list[Place] = Field(default=[], max_length=50)


_asked: TypeAdapter[Asked | Listed] = TypeAdapter(Asked | Listed)
"""Validates a click on a citation, or in the list of articles."""

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of an article's text with one style.

    `also` is the number of another quote that it belongs to, or 0. `glued` marks a sentence that starts without
    white space before it, where the file lost the end of a paragraph.
    """

    text: str
    kind: SentenceKind | None = None
    quoted: bool = False
    short: bool = False
    also: int = 0
    glued: bool = False


def template(strings: Strings) -> str:
    """Renders the empty reader. It has no words of articles."""
    words = strings.words
    return f"""
<section class="reader" aria-label="{words.reader}">
  <div class="reader-empty"><p class="reader-lead">{words.reader_empty_title}</p><p>{words.reader_empty}</p></div>
  <header class="reader-head" hidden>
    <nav class="reader-ways" aria-label="{words.citations}">
      <button type="button" class="reader-back" data-chat="{words.back}"
        data-list="{words.back_to_list}" data-followed="{words.standing.back}"
        data-person="{words.person.back}" data-draft="{words.draft.back}"></button>
      <span class="reader-position" role="status" data-words="{words.position}"></span>
      <button type="button" class="reader-previous" aria-label="{words.previous_citation}">
        ‹ <span>{words.previous}</span>
      </button>
      <button type="button" class="reader-next" aria-label="{words.next_citation}">
        <span>{words.next}</span> ›
      </button>
    </nav>
    <h2 class="reader-title" dir="auto"></h2>
    <p class="reader-facts"></p>
    <p class="reader-became" role="status"></p>
    <div class="reader-actions">
      <a class="reader-link" target="_blank" rel="noopener noreferrer" hidden>{words.original}</a>
      <button type="button" class="find-open" aria-expanded="false">{words.reading.find}</button>
      {correcting.template(strings)}
      {removal.template(strings)}
    </div>
    {quotes_here(strings)}
  </header>
  {find_box(strings)}
  <div class="reader-text" tabindex="0" role="region" aria-label="{words.article_text}" dir="auto" hidden></div>
</section>
"""


def find_box(strings: Strings) -> str:
    """Renders the box that finds words in the article that is shown."""
    words = strings.words.reading
    return f"""<div class="reader-find" role="search" hidden>
    <input type="search" class="find-words" aria-label="{words.find_words}" placeholder="{words.find_words}"
      maxlength="200" autocomplete="off">
    <span class="find-count" role="status" data-words="{words.found}" data-none="{words.not_found}"></span>
    <button type="button" class="find-previous" aria-label="{words.previous_place}">‹</button>
    <button type="button" class="find-next" aria-label="{words.next_place}">›</button>
    <button type="button" class="find-close" aria-label="{words.close_find}">×</button>
  </div>"""


def quotes_here(strings: Strings) -> str:
    """Renders the place for the quotes of the conversation that are from the article that is shown."""
    one, many = strings.words.reading.quotes
    return f"""<details class="reader-quotes" hidden><summary data-one="{one}" data-many="{many}"></summary>
      <ol></ol></details>"""


def cut(
    text: str,
    sentences: Sequence[Sentence],
    quote: Interval,
    short: Interval,
    others: Mapping[Interval, int] = MappingProxyType({}),
) -> list[Segment]:
    """Cuts a text into segments.

    All segments joined are the text, and the `quoted` segments joined are the quote. Intervals are half-open, in
    characters; an empty one marks nothing. `others` maps the intervals of other quotes to their numbers. The quote
    has precedence over them, and earlier ones over later ones. Sentences are in order and do not overlap.
    """
    starts = {sentence.start: sentence for sentence in sentences}
    ends = {sentence.end for sentence in sentences}
    cuts = sorted({0, len(text), *quote, *short, *starts, *ends, *chain.from_iterable(others)})
    segments, within = [], None
    for start, end in pairwise(cuts):
        within = starts.get(start, None if within is None or start >= within.end else within)
        quoted = quote[0] <= start < quote[1]
        segments.append(
            Segment(
                text=text[start:end],
                kind=within.kind if within else None,
                quoted=quoted,
                short=short[0] <= start < short[1],
                also=0 if quoted else next((n for span, n in others.items() if span[0] <= start < span[1]), 0),
                glued=start in starts and start in ends,
            )
        )
    return segments


@dataclass(frozen=True, slots=True)
class Reader:
    """Shows the articles of a library, in the page's language."""

    library: Library
    strings: Strings

    def view(self, sent: object, today: datetime.date, may_edit: bool = False) -> dict[str, Any]:
        """Returns the values that the reader shows: the article in segments, or a line about the problem.

        `view` differs in every call, because Gradio sends only changed values, and a second click on the same citation
        must scroll to the quote again.

        Args:
            sent: The data of the click.
            today: The day from which ages are counted.
            may_edit: Whether the person may correct and remove the article.
        """
        shown = {"view": next(_views)}
        try:
            asked = _asked.validate_python(sent)
            values = self._whole(asked, today) if isinstance(asked, Listed) else self._marked(asked, today)
            if "problem" in values:
                return {**shown, **values, "asked": asked.asked}
            article_id, seen = values["article_id"], still_there.StillThere(self.library, self.strings)
            told = seen.told(article_id, values["content_hash"], may_edit)
            details = self._details(article_id) if told["removal"] and told["removal"]["state"] == "here" else None
            return {**shown, **values, **told, "correcting": details, "asked": asked.asked}
        except ValidationError:
            return {**shown, "problem": self.strings.words.bad_citation}
        except CitationError as error:
            return {**shown, "problem": self.strings.problem(error)}

    def _marked(self, asked: Asked, today: datetime.date) -> dict[str, Any]:
        """Shows an article with the quote and the answer's other quotes marked."""
        article = self.library.article(asked.place.article_id, asked.place.content_hash)
        spans = _spans(asked.place, article)
        if spans is None:
            return {"problem": self.strings.words.bad_citation}
        segments = cut(article.text, article.sentences, *spans, _others(asked.others, article))
        shown = self._shown(article, segments, today)
        shown_as = f"{self.strings.words.shown_as} [{asked.place.number}]"
        return {**shown, "facts": [*shown["facts"], shown_as], "cited": True}

    def _whole(self, asked: Listed, today: datetime.date) -> dict[str, Any]:
        """An article as it is now, with the quotes from it marked."""
        article = self.library.article(asked.article_id)
        segments = cut(article.text, article.sentences, (0, 0), (0, 0), _others(asked.others, article))
        return self._shown(article, segments, today)

    def _details(self, article_id: str) -> dict[str, Any]:
        """What an editor may correct about an article as it is now."""
        return correcting.Correcting(self.library, self.strings).offer(self.library.article(article_id))

    def _shown(self, article: Article, segments: list[Segment], today: datetime.date) -> dict[str, Any]:
        return {
            "article_id": article.id,
            "content_hash": article.content_hash,
            "title": article.title,
            "facts": facts_of(article, self.strings, today),
            "link": article.url if article.url and article.url.startswith(("https://", "http://")) else None,
            "segments": [asdict(segment) for segment in segments],
        }


def _others(others: Sequence[Place], article: Article) -> dict[Interval, int]:
    """Where other quotes stand in the same text, in order, and their numbers."""
    here = [other for other in others if other.content_hash == article.content_hash]
    return {
        (other.start, other.end): other.number
        for other in sorted(here, key=lambda other: other.start)
        if other.article_id == article.id and other.start < other.end <= len(article.text)
    }


def _spans(place: Place, article: Article) -> tuple[Interval, Interval] | None:
    """The quote's and the short answer's offsets; None where they don't lie inside the text and inside each other."""
    short = (place.start, place.start)
    if place.short_start is not None and place.short_end is not None:
        short = (place.short_start, place.short_end)
    if not place.start <= short[0] <= short[1] <= place.end or not place.start < place.end <= len(article.text):
        return None
    return (place.start, place.end), short


def wire(shown_by: Reader, reader: gr.HTML) -> None:
    """Shows the article of a citation that is clicked, or of the list, and what becomes of it."""

    def show(event: gr.EventData, request: gr.Request) -> dict[str, Any]:
        # `event._data` is what was sent. Attributes of the event fail if a forged event has no data.
        return shown_by.view(event._data, datetime.date.today(), may_edit(request))

    reader.click(show, None, reader, queue=False, trigger_mode="multiple", **server.PRIVATE)
    still_there.wire(still_there.StillThere(shown_by.library, shown_by.strings), reader)
