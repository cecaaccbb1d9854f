"""The page's own text in English: the texts of its parts. `german_parts` has the same in German."""

from __future__ import annotations

from .words import CardWords, OpeningWords

CARD = CardWords(
    more_sources=("{number} more source", "{number} more sources"),
    more_quotes=("{number} more quote", "{number} more quotes"),
    more_passages=("{number} more passage", "{number} more passages"),
    more_authors="{names} and {number} more",
    told="As the articles tell it",
    denying="Quotes that deny or doubt it",
    not_denying="Other quotes",
    nothing_of_side="No quote is about this side alone.",
    undated="Without a date",
)

OPENING = OpeningWords(
    behind="About",
    glance="The archive at a glance",
    newest="Newest articles",
    sources="Most articles come from",
    most="Most in {period}",
)
