"""Builds the card that a notebook shows for an answer: HTML in which every text is escaped.

The card has no style, script or link. The address of a link would come from an article's file, and a notebook runs the
HTML that it shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from rag.core.plain_text import visible, visible_lines

# Without these classes a notebook would typeset text between two dollar signs as a formula.
_CLASSES = "tex2jax_ignore mathjax_ignore"


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """A quote on the card.

    Attributes:
        number: The citation's number.
        quote: The quoted words.
        short: The part `[start, end)` of the quote to mark, in characters of the quote; None marks nothing.
        notes: The lines below the quote: the speaker, the article and the place.
    """

    number: int
    quote: str
    short: tuple[int, int] | None
    notes: tuple[str, ...]


def answer_card(headline: str, quotes: Iterable[QuoteCard], note: str) -> str:
    """Builds the HTML of a card.

    Args:
        headline: The short answer, or a sentence that there is none.
        quotes: The quotes, in the order shown.
        note: The last line: the confidence, or why there is no answer.

    Returns:
        One `<div>`. Control characters are shown as codes.
    """
    head = [f"<p><strong>{escape(visible(headline))}</strong></p>"] if headline else []
    foot = f"<p><small>{escape(visible(note))}</small></p>"
    return "\n".join([f'<div class="{_CLASSES}">', *head, *(_quote(card) for card in quotes), foot, "</div>"])


def _quote(card: QuoteCard) -> str:
    start, end = card.short or (0, 0)
    parts = (card.quote[:start], card.quote[start:end], card.quote[end:])
    before, short, after = (escape(visible_lines(part)) for part in parts)
    marked = f"{before}<mark>{short}</mark>{after}" if card.short else after
    notes = "".join(f"<br><small>{escape(visible(note))}</small>" for note in card.notes)
    return f"<blockquote>[{card.number}] {marked}{notes}</blockquote>"
