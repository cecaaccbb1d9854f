"""The page's own text in German: the texts of its parts."""

from __future__ import annotations

from .words import CardWords, OpeningWords

CARD = CardWords(
    more_sources=("{number} weitere Quelle", "{number} weitere Quellen"),
    more_quotes=("{number} weiteres Zitat", "{number} weitere Zitate"),
    more_passages=("{number} weiterer Abschnitt", "{number} weitere Abschnitte"),
    more_authors="{names} und {number} weitere",
    told="Wie die Artikel es erzählen",
    denying="Zitate, die es bestreiten oder bezweifeln",
    not_denying="Andere Zitate",
    nothing_of_side="Kein Zitat handelt von dieser Seite allein.",
    undated="Ohne Datum",
)

OPENING = OpeningWords(
    behind="Details",
    glance="Das Archiv auf einen Blick",
    newest="Neueste Artikel",
    sources="Die meisten Artikel kommen von",
    most="Die meisten: {period}",
)
