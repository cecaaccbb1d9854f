"""Renders quotes as cards: the words, who says them, and the article with its source, authors, date and age."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from rag.core.schema import Attribution, Citation
from rag.said.names import read_name
from rag_ui.chat.notes import Notes, place_of
from rag_ui.chat.references import references
from rag_ui.html.escaping import close_gaps, escape, highlight, mark_words
from rag_ui.language.part_words import CardWords, Forms
from rag_ui.language.strings import Strings, origin, shortened
from rag_ui.reading.reader_pane import Place

_NAME = "\0"
"""Stands for the name in a sentence that tells who speaks."""
Way = Literal["cite", "note", "person"]
"""What can be done with a quote: copy its reference, write a note beside it, open the page of who says it."""


def person_button(name: str, strings: Strings) -> str:
    """Renders a name as a button that opens the page of the person; other words, such as "the mayor", as they are."""
    if read_name(name) is None:
        return escape(shortened(name, 120))
    label = escape(strings.words.person.open.format(name=shortened(name, 120)))
    return (
        f'<button type="button" class="person-open" data-speaker="{escape(name)}" title="{label}">'
        f"{escape(shortened(name, 120))}</button>"
    )


def person_icon(name: str, strings: Strings) -> str:
    """Renders the small button beside a name that does something else. It opens the page of the person."""
    label = escape(strings.words.person.open.format(name=shortened(name, 120)))
    attributes = f'class="person-open person-icon" data-speaker="{escape(name)}" aria-label="{label}" title="{label}"'
    return f'<button type="button" {attributes}></button>'


@dataclass(frozen=True, slots=True)
class QuoteCards:
    """Renders quotes in one language. Ages are counted from `today`."""

    strings: Strings
    today: date
    asked: frozenset[str] = frozenset()
    """The terms of the question, whose words are marked in passages that come near."""
    notes: Notes = ()
    """What the person wrote beside quotes."""
    ways: tuple[Way, ...] = ("cite", "note", "person")
    """What can be done with each quote. Only those of a conversation can have notes."""

    @property
    def words(self) -> CardWords:
        """The texts of the language."""
        return self.strings.words.card

    def cards(self, citations: Sequence[Citation], under: str | None = None) -> str:
        """Renders quotes one below the other.

        Args:
            citations: The quotes.
            under: The name of the speaker in the heading above, which is not said again.
        """
        return "".join(self._card(citation, self._spoken(citation), under) for citation in citations)

    def near(self, citations: Sequence[Citation]) -> str:
        """Renders passages that come near, with the words of the question marked. They answer nothing to be cited."""
        ways = tuple(way for way in self.ways if way != "cite")
        return "".join(
            replace(self, ways=ways)._card(citation, mark_words(citation.quote, self.asked)) for citation in citations
        )

    def still(self, citation: Citation) -> str:
        """Renders a quote without its buttons, for a page without scripts."""
        title = f'<p class="title" dir="auto">{escape(citation.title)}</p>'
        return (
            f'<figure><blockquote dir="auto">{close_gaps(self._spoken(citation))}</blockquote>{self._cut(citation)}'
            f"{self._said_by(citation.said_by, None)}<figcaption>{title}{self._about(citation)}</figcaption></figure>"
        )

    def first(self, citations: Sequence[Citation], folded: Collection[Citation]) -> str:
        """Renders quotes of which some say the same again: these are folded."""
        shown = [citation for citation in citations if citation not in folded]
        return self.cards(shown) + self.fold(self.cards(tuple(folded)), len(folded), self.words.more_sources)

    def fold(self, cards: str, number: int, forms: Forms) -> str:
        """Folds cards under a line with their number; nothing if there are none."""
        line = escape(self.strings.count(number, forms))
        return f'<details class="more"><summary>{line}</summary>{cards}</details>' if cards else ""

    def when(self, day: str) -> str:
        """Renders the date above quotes, with its age; `day` is empty for articles without one."""
        if not day:
            return escape(self.words.undated)
        old = self.strings.age(day, self.today)
        said = f'<time datetime="{escape(day)}">{escape(self.strings.date(day))}</time>'
        return said + (f' <span class="age">{escape(old)}</span>' if old else "")

    def references(self, citations: Sequence[Citation]) -> str:
        """Renders the numbers of the quotes that say something, as buttons."""
        numbers = "".join(map(self.reference, citations))
        return f'<span class="refs">{numbers}</span>' if len(citations) > 1 else ""

    def reference(self, citation: Citation) -> str:
        """Renders the number of a quote as a button that leads to it."""
        label = escape(self.strings.show_citation(citation.number, citation.title))
        return (
            f'<button type="button" class="ref" data-number="{citation.number}" aria-label="{label}">'
            f"{citation.number}</button>"
        )

    def _spoken(self, citation: Citation) -> str:
        if citation.short_start is None or citation.short_end is None:
            return escape(citation.quote)
        start, end = citation.short_start - citation.start, citation.short_end - citation.start
        return highlight(citation.quote, start, end)

    def _card(self, citation: Citation, quote: str, under: str | None = None) -> str:
        said = f"{self._cut(citation)}{self._said_by(citation.said_by, under)}"
        return (
            f'<figure><blockquote dir="auto">{close_gaps(quote)}</blockquote>{said}'
            f"<figcaption>{self._chip(citation)}{self._about(citation)}"
            f"{self._cite(citation) if 'cite' in self.ways else ''}"
            f"{self._annotate(citation) if 'note' in self.ways else ''}</figcaption>"
            f"{self._note(citation) if 'note' in self.ways else ''}</figure>"
        )

    def _cut(self, citation: Citation) -> str:
        return f'<p class="said-by">{escape(self.strings.words.breaks_off)}</p>' if citation.breaks_off else ""

    def _said_by(self, attribution: Attribution | None, under: str | None) -> str:
        if attribution is None or (attribution.name or "", attribution.guessed) == (under, False):
            return ""
        if not attribution.name or "person" not in self.ways:
            return f'<p class="said-by" dir="auto">{escape(self.strings.said_by(attribution))}</p>'
        told = self.strings.said_by(attribution.model_copy(update={"name": _NAME}))
        before, _, after = escape(told).partition(_NAME)
        button = person_button(attribution.name, self.strings)
        return f'<p class="said-by" dir="auto">{before}{button}{after}</p>'

    def _chip(self, citation: Citation) -> str:
        place = escape(Place.of(citation).model_dump_json())
        label = escape(self.strings.show_citation(citation.number, citation.title))
        return (
            f'<button type="button" class="chip" data-place="{place}" aria-label="{label}">'
            f'<span class="number">{citation.number}</span>'
            f'<span class="title" dir="auto">{escape(citation.title)}</span>'
            "</button>"
        )

    def _cite(self, citation: Citation) -> str:
        """A menu that copies the quote with its reference, or the reference in another style."""
        words, written = self.strings.words.references, references(citation, self.strings)
        items = "".join(
            f'<button type="button" class="copy-reference" data-text="{escape(written[style])}" aria-live="polite" '
            f'data-done="{escape(self.strings.words.copied)}">{escape(name)}</button>'
            for style, name in words.styles.items()
        )
        label = f'aria-label="{escape(words.cite_quote.format(number=citation.number))}"'
        return f'<details class="menu cite"><summary {label}>{escape(words.cite)}</summary><div>{items}</div></details>'

    def _annotate(self, citation: Citation) -> str:
        """The button with which the person writes a note beside the quote."""
        words = self.strings.words.marks
        label = escape(words.note_quote.format(number=citation.number))
        return f'<button type="button" class="annotate" aria-label="{label}">{escape(words.note)}</button>'

    def _note(self, citation: Citation) -> str:
        """The note beside the quote; hidden if there is none."""
        text = next((note.text for note in self.notes if note.place == place_of(citation)), "")
        words = escape(self.strings.words.marks.your_note)
        hidden = "" if text else " hidden"
        return (
            f'<div class="note" role="note" aria-label="{words}"{hidden}><p class="note-whose">{words}</p>'
            f'<p class="note-text" dir="auto">{escape(text)}</p></div>'
        )

    def _about(self, citation: Citation) -> str:
        """The source, the authors, the date with its age, and the page, if known, in one line."""
        place = origin(citation.source, citation.path, citation.url)
        parts = [f'<span class="source">{escape(place)}</span>'] if place else []
        if citation.byline:
            parts.append(f'<span class="byline" dir="auto">{escape(self.strings.authors(citation.byline))}</span>')
        if citation.published:
            said = escape(self.strings.date(citation.published))
            old = self.strings.age(citation.published, self.today)
            aged = f'<span class="age">{escape(old)}</span>' if old else ""
            parts.append(
                f'<span class="dated"><time datetime="{escape(citation.published)}">{said}</time>{aged}</span>'
            )
        if citation.page:
            parts.append(f'<span class="page">{escape(self.strings.page(citation.page))}</span>')
        return f'<p class="about">{"".join(parts)}</p>'
