"""The page's own text in German: the texts of its parts."""

from __future__ import annotations

from .words import AskingWords, CardWords, OpeningWords, ReferenceWords

CARD = CardWords(
    more_sources=("{number} weitere Quelle", "{number} weitere Quellen"),
    more_quotes=("{number} weiteres Zitat", "{number} weitere Zitate"),
    more_passages=("{number} weiterer Abschnitt", "{number} weitere Abschnitte"),
    more_authors="{names} und {number} weitere",
    told="Wie die Artikel es erzählen",
    denying="Zitate, die es bestreiten oder bezweifeln",
    other_quotes="Andere Zitate",
    nothing_of_side="Kein Zitat handelt von dieser Seite allein.",
    undated="Ohne Datum",
)

OPENING = OpeningWords(
    behind="Details",
    glance="Das Archiv auf einen Blick",
    newest="Neueste Artikel",
    sources="Die meisten Artikel kommen von",
    only_source="Nur Artikel von {source} fragen",
    most="Die meisten: {period}",
    people="Am häufigsten genannte Personen",
    places="Am häufigsten genannte Orte",
)

ASKING = AskingWords(
    stages={
        "searching": "Durchsucht und gelesen werden: {articles} …",
        "checking": "Jedes Zitat wird in seinem Artikel geprüft …",
        "suggesting": "Keine Antwort gefunden. Gesucht werden Fragen, die die Artikel beantworten …",
    },
    stop="Anhalten",
    stopped="Angehalten. Ändern Sie die Frage, um sie noch einmal zu stellen.",
    editing="Sie ändern eine frühere Frage. Ihre Antwort wird ersetzt.",
    cancel="Abbrechen",
    undo_edit="Änderung zurücknehmen",
    next="Danach gefragt",
    take_out="Nicht fragen: {question}",
    keys="Tasten",
    key_names={
        "/": "Zum Feld für die Frage (auch Strg K)",
        "↑": "Die letzte Frage zurückholen, im leeren Feld",
        "Enter": "Fragen",
        "Shift Enter": "Neue Zeile",
        "Esc": "Schließen, was offen ist",
        "?": "Diese Tasten zeigen",
    },
)

REFERENCES = ReferenceWords(
    cite="Zitieren",
    cite_quote="Zitieren: Zitat {number}",
    styles={
        "footnote": "Zitat mit Fußnote",
        "chicago": "Nachweis: Chicago",
        "apa": "Nachweis: APA",
        "bibtex": "Nachweis: BibTeX",
        "csl": "Nachweis: CSL-JSON",
    },
)
