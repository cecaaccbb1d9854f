"""The page's own text in German: the texts of its parts."""

from __future__ import annotations

from rag_ui.language.part_words import (
    AddingWords,
    AskingWords,
    CardWords,
    ConversationWords,
    DisplayWords,
    MarkWords,
    OpeningWords,
    ReferenceWords,
    StartWords,
)

CARD = CardWords(
    more_sources=("{number} weitere Quelle", "{number} weitere Quellen"),
    more_quotes=("{number} weiteres Zitat", "{number} weitere Zitate"),
    more_passages=("{number} weiterer Abschnitt", "{number} weitere Abschnitte"),
    more_authors="{names} und {number} weitere",
    day_meant="{date}, nach dem Datum des Artikels",
    told="Wie die Artikel es erzählen",
    denying="Zitate, die es bestreiten oder bezweifeln",
    other_quotes="Andere Zitate",
    nothing_of_side="Kein Zitat handelt von dieser Seite allein.",
    undated="Ohne Datum",
)

OPENING = OpeningWords(
    behind="Details",
    glance="Das Archiv auf einen Blick",
    nothing="Sobald es Artikel gibt, steht hier, wie viele und von wann, welche die neuesten sind und wen sie nennen.",
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
        "Ctrl F": "Wörter im offenen Artikel suchen, wenn er den Fokus hat",
        "?": "Diese Tasten zeigen",
    },
)

ADDING = AddingWords(
    drop="Loslassen, um es ins Archiv aufzunehmen",
    drop_where="Dateien und Ordner werden auf den Rechner des Archivs kopiert und dort gelesen.",
    waiting_files=(
        "{number} weitere Datei wartet, bis das fertig ist.",
        "{number} weitere Dateien warten, bis das fertig ist.",
    ),
    address="Adresse einer Seite oder eines Feeds",
    address_note=(
        "Der Rechner des Archivs ruft diese eine Adresse einmal aus dem Internet ab. Von einer Seite holt er nur die "
        "Seite selbst; aus dem Archiv wird nichts gesendet."
    ),
    fetch="Abrufen und hinzufügen",
    no_address="Das ist keine Adresse: eine angeben, die mit http:// oder https:// beginnt",
    no_fetching="Dieses Archiv ruft keine Adressen ab: die Seite herunterladen und als Datei hinzufügen",
    pages=("{number} Seite", "{number} Seiten"),
    more_articles=("{number} weiterer Artikel", "{number} weitere Artikel"),
    undo="Alles rückgängig machen",
    undo_until="Möglich, bis sich das Archiv wieder ändert.",
    undo_late="Das Archiv hat sich seither geändert: Entfernen Sie die Artikel einzeln.",
    undone="Rückgängig gemacht. Das Archiv antwortet wie zuvor.",
    out_again=("{number} Artikel ist nicht mehr darin.", "{number} Artikel sind nicht mehr darin."),
    older_back="Die ältere Fassung ist wieder darin.",
    not_deleted="Nicht gelöscht, deshalb nimmt die nächste Aktualisierung sie wieder auf: {files}",
)

MARKS = MarkWords(
    pin="Anheften",
    pinned="Angeheftete Antworten",
    note="Notiz",
    note_quote="Notiz neben Zitat {number}",
    your_note="Ihre Notiz",
    saved_note="Notiz beim Lesen, nicht aus dem Artikel",
    where=(
        "In Ihren eigenen Worten: Keine Antwort zitiert sie. Dieser Browser behält sie mit dem Gespräch, und sie wird "
        "mit ihm gespeichert."
    ),
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

CONVERSATIONS = ConversationWords(
    list="Gespräche",
    search="Wörter der Fragen",
    found="{found} von {every} Gesprächen",
    none_found="Kein Gespräch hat diese Wörter.",
    count_questions=("{number} Frage", "{number} Fragen"),
    rename="Umbenennen",
    rename_this="Umbenennen: {name}",
    name="Name des Gesprächs",
    delete="Löschen",
    delete_this="Löschen: {name}",
    deleted="Gelöscht: {name}",
    where=(
        "Die neuesten {most} bleiben, und nur in diesem Browser. Ist kein Platz mehr, wird das älteste ohne "
        "angeheftete Antwort entfernt, und die Seite sagt es."
    ),
    pushed_out="Nicht mehr da, weil kein Platz mehr war: {names}",
    save_it="Speichern",
    not_kept="Im Browser ist kein Platz für dieses Gespräch: als Datei speichern, oder ältere löschen.",
    lost=(
        "{number} Antwort wird nicht gezeigt: Das Archiv hat ihre Zitate nicht mehr. Sie bleibt in der Liste.",
        "{number} Antworten werden nicht gezeigt: Das Archiv hat ihre Zitate nicht mehr. Sie bleiben in der Liste.",
    ),
    all_lost="Dieses Gespräch kann nicht gezeigt werden, weil das Archiv seine Zitate nicht mehr hat.",
    save="Speichern",
    saves={"word": "Word, mit Fußnoten", "markdown": "Markdown", "json": "JSON, mit allem"},
)

DISPLAY = DisplayWords(
    display="Darstellung",
    theme="Farben",
    themes={"system": "Wie das System", "light": "Hell", "dark": "Dunkel"},
    size="Schriftgröße",
    sizes={"usual": "Normal", "large": "Groß", "largest": "Sehr groß"},
)

START = StartWords(
    collections="Sammlungen",
    ask="Alle Sammlungen befragen",
    open="In {name} fragen und die Artikel lesen",
    none="Hier gibt es keine Sammlung, die Sie sehen dürfen.",
)
