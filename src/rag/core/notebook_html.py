"""An answer's card for notebooks: HTML in which every text is escaped.

The card holds no style, script or link. A link's address would come from an article's file, and a notebook runs what
it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from rag.core.plain_text import visible, visible_lines

# These classes tell a notebook that two dollar signs in a text are no formula.
_CLASSES = "tex2jax_ignore mathjax_ignore"


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """A quote as the card shows it.

    Attributes:
        number: The citation's number.
        quote: The quoted words.
        short: The part `[start, end)` of the quote that is marked, in characters; None marks nothing.
        notes: The lines below it: who says so, and the article and place that the quote is from.
    """

    number: int
    quote: str
    short: tuple[int, int] | None
    notes: tuple[str, ...]


def answer_card(headline: str, quotes: Iterable[QuoteCard], note: str) -> str:
    """Builds the HTML of a card.

    Args:
        headline: The short answer, or that there is none.
        quotes: The quotes below it, in this order.
        note: The line at the end: the confidence, or why there is no answer.

    Returns:
        One `<div>`. All texts are escaped, and control characters are visible.
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
