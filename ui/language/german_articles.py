"""The page's own text in German: the list of articles and the article that is read."""

from __future__ import annotations

from rag_ui.language.part_words import ListWords, ReadingWords

LIST = ListWords(
    find_name="{list}: Namen suchen",
    named="Personen und Orte",
    people="Personen, die diese Artikel am häufigsten nennen",
    places="Orte, die diese Artikel am häufigsten nennen",
    only_naming="Nur Artikel, die {name} nennen",
    undated="und {number} ohne Datum",
)

READING = ReadingWords(
    find="In diesem Artikel suchen",
    find_words="Wörter in diesem Artikel",
    found="{number} von {count}",
    not_found="Nicht in diesem Artikel",
    next_place="Nächste Stelle",
    previous_place="Vorige Stelle",
    close_find="Die Suche in diesem Artikel schließen",
    quotes=("{number} Zitat daraus in diesem Gespräch", "{number} Zitate daraus in diesem Gespräch"),
    correct="Angaben ändern",
    correct_note=(
        "Suchen, neue Antworten und ihre Quellenangaben haben dann, was Sie hier schreiben; schon gezeigte Antworten "
        "behalten ihre Angaben. Die Datei des Artikels und sein Text bleiben, wie sie sind."
    ),
    title="Titel",
    date="Datum",
    date_note="2025-04-12, 2025-04 oder 2025; leer, wenn er keines hat",
    source="Quelle",
    save="Angaben speichern",
    cancel="Abbrechen",
    in_file="In der Datei steht: {details}",
    undated="kein Datum",
    no_source="keine Quelle",
    bring_back="Zurückholen, was in der Datei steht",
    saving="Wird gespeichert …",
    corrected="Die Angaben sind gespeichert.",
    brought_back="Der Artikel hat wieder, was in seiner Datei steht.",
    correcting_failed=(
        "Das ging wegen eines Programmfehlers nicht: Versuchen Sie es noch einmal, und melden Sie den Fehler, wenn er "
        "bleibt."
    ),
)
