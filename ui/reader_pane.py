"""The reader beside the chat: one article, whole and verbatim, with the cited quote marked in it.

The text is cut into segments here and not in the browser, because offsets are code points in Python and UTF-16 units
in JavaScript. The browser only ever sets a segment as the text of an element: no article passes through a template.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import count, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.article import Article, Sentence, SentenceKind
from rag.errors import CitationError
from rag.schema import Citation, EditionState

from . import strings

if TYPE_CHECKING:
    from rag.library import Library

SCRIPT = Path(__file__).with_name("reader.js")

TEMPLATE = f"""
<section class="reader" aria-label="{strings.READER}">
  <div class="reader-empty"><p class="reader-lead">{strings.READER_EMPTY_TITLE}</p><p>{strings.READER_EMPTY}</p></div>
  <header class="reader-head" hidden>
    <button type="button" class="reader-close">{strings.CLOSE}</button>
    <h2 class="reader-title" dir="auto"></h2>
    <p class="reader-facts"></p>
  </header>
  <div class="reader-text" tabindex="0" role="region" aria-label="{strings.ARTICLE_TEXT}" dir="auto" hidden></div>
</section>
"""
"""What the reader is built in; it holds no value, so that nothing from an article is ever part of a template."""

_views = count(1)


class Place(BaseModel):
    """Where a quote stands, as a chip carries it. It comes back from the browser, so it is checked, never trusted."""

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
        """The place of a citation."""
        return cls(**{name: getattr(citation, name) for name in cls.model_fields})


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of an article's text that is shown in one way.

    `glued`: a sentence begins here without any white space before it, where the file lost a paragraph's end.
    """

    text: str
    kind: SentenceKind | None = None
    quoted: bool = False
    short: bool = False
    glued: bool = False


def cut(text: str, sentences: Sequence[Sentence], quote: tuple[int, int], short: tuple[int, int]) -> list[Segment]:
    """The text in segments, in order; their texts joined are the text, those that are `quoted` joined are the quote.

    `quote` and `short` are half-open; an empty one marks nothing. Sentences are in order and do not overlap.
    """
    starts = {sentence.start: sentence for sentence in sentences}
    ends = {sentence.end for sentence in sentences}
    cuts = sorted({0, len(text), *quote, *short, *starts, *ends})
    segments, within = [], None
    for start, end in pairwise(cuts):
        within = starts.get(start, None if within is None or start >= within.end else within)
        segments.append(
            Segment(
                text=text[start:end],
                kind=within.kind if within else None,
                quoted=quote[0] <= start < quote[1],
                short=short[0] <= start < short[1],
                glued=start in starts and start in ends,
            )
        )
    return segments


def view(library: Library, place: object) -> dict[str, Any]:
    """What the reader shows for a place that the browser sent: the article cut and marked, or one line on why not.

    `view` differs at every call: Gradio tells the reader only of values that changed, and a second click on the same
    chip must scroll to the quote again.
    """
    shown = {"view": next(_views)}
    try:
        asked = Place.model_validate(place)
        article = library.article(asked.article_id, asked.content_hash)
        quote, short = _spans(asked, article)
    except ValidationError:
        return {**shown, "problem": strings.BAD_CITATION}
    except CitationError as error:
        return {**shown, "problem": str(error)}
    segments = cut(article.text, article.sentences, quote, short)
    return {
        **shown,
        "title": article.title,
        "facts": _facts(article, _state(library, article), asked.number),
        "segments": [asdict(segment) for segment in segments],
    }


def _spans(place: Place, article: Article) -> tuple[tuple[int, int], tuple[int, int]]:
    """The quote's and the short answer's offsets, known to lie inside the text and inside each other."""
    short = (place.start, place.start)
    if place.short_start is not None and place.short_end is not None:
        short = (place.short_start, place.short_end)
    if not place.start <= short[0] <= short[1] <= place.end or not place.start < place.end <= len(article.text):
        raise CitationError(strings.BAD_CITATION)
    return (place.start, place.end), short


def _state(library: Library, article: Article) -> EditionState:
    """What became of the text that is shown."""
    editions = library.editions(article.id)
    return next(edition.state for edition in reversed(editions) if edition.content_hash == article.content_hash)


def _facts(article: Article, state: EditionState, number: int) -> list[str]:
    date = strings.date(article.published) if article.published else None
    became = strings.EDITION_STATES[state]
    origin = strings.origin(article.source, article.path)
    facts = (article.byline, origin, date, became, f"{strings.CITED_AS} [{number}]")
    return [fact for fact in facts if fact]
