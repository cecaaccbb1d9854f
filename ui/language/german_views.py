"""The page's own text in German: followed questions, the page of a person, checking a draft."""

from __future__ import annotations

from rag_ui.language.part_words import DraftWords, PersonWords, StandingWords

STANDING = StandingWords(
    tab="Verfolgt",
    lead=(
        "Sie werden neu gestellt, wenn Artikel dazukommen, sich ändern oder wegfallen. Alle, die dieses Archiv "
        "benutzen, sehen diese Liste."
    ),
    none=(
        "Keine Frage wird verfolgt. Drücken Sie „Verfolgen“ unter einer Antwort: Dann steht hier, wenn die Artikel "
        "anders antworten, oder wenn eine weitere Quelle dasselbe sagt."
    ),
    follow="Verfolgen",
    follow_note="Die Frage wird neu gestellt, sobald Artikel dazukommen; was sich ändert, steht unter „Verfolgt“.",
    unfollow="Nicht mehr verfolgen",
    unfollow_this="Nicht mehr verfolgen: {question}",
    editors_only="Nur die Redaktion darf Fragen verfolgen: Fragen Sie, wer dieses Archiv betreibt",
    not_followed="Die Frage wird nicht verfolgt",
    since="Verfolgt seit {date}",
    nothing_reported="Bisher gibt es nichts zu melden.",
    kinds={
        "answered": "Die Artikel beantworten sie jetzt.",
        "unanswered": "Die Artikel beantworten sie nicht mehr.",
        "changed": "Die Antwort ist eine andere.",
        "source": "Eine weitere Quelle sagt es.",
        "contradiction": "Eine Quelle sagt etwas anderes.",
    },
    when="{date}, {time}",
    before="Vorher",
    now="Jetzt",
    also="Auch gesagt",
    unanswered="die Artikel sagen es nicht",
    sources=("{number} Quelle", "{number} Quellen"),
    gone=(
        "{number} Zitat dieser Meldung ist nicht mehr im Archiv.",
        "{number} Zitate dieser Meldung sind nicht mehr im Archiv.",
    ),
    earlier=("{number} frühere Meldung", "{number} frühere Meldungen"),
    new="Neu",
    unread=("{number} neue Meldung", "{number} neue Meldungen"),
    back="Zurück zu den verfolgten Fragen",
)

PERSON = PersonWords(
    open="Alles, was {name} in den Artikeln sagt",
    sides="Wessen Worte",
    own="Eigene Worte",
    others="Was andere darüber sagen",
    about="Worüber",
    any_subject="beliebiges Thema",
    show="Anzeigen",
    searching="Es wird gesucht, was gesagt wird …",
    quoted="Wörtlich",
    reported="Sinngemäß wiedergegeben",
    found=("{number} Aussage, nach dem Datum des Artikels", "{number} Aussagen, nach dem Datum der Artikel"),
    newest=": die neuesten davon",
    nearest=": die dem Thema nächsten",
    nothing=(
        "Die Artikel schreiben {name} keine Worte zu.",
        "Die Artikel schreiben {name} keine Worte zu diesem Thema zu: {subject}",
    ),
    nothing_of_others=(
        "Niemand sagt in den Artikeln etwas über {name}.",
        "Niemand sagt in den Artikeln etwas über {name} und dazu: {subject}",
    ),
    changed="Anders als am {date}: „{words}“, dort „{before}“",
    same=(
        "Dieselben Worte stehen in {number} weiteren Artikel: {names}",
        "Dieselben Worte stehen in {number} weiteren Artikeln: {names}",
    ),
    unclear="In diesen Artikeln ist nicht klar, welche Person namens {name} spricht",
    unclear_of_others="In diesen Artikeln ist nicht klar, welche Person namens {name} gemeint ist",
    same_name="Andere dieses Namens",
    meant="Wer ist gemeint?",
    more="Weitere Aussagen",
    back="Zurück zur Person",
)

DRAFT = DraftWords(
    title="Entwurf prüfen",
    close="Zurück zu den Fragen",
    text="Ihr Text",
    where=(
        "Jeder Satz wird mit den Artikeln verglichen, höchstens {most} Zeichen. Von Ihrem Text wird nichts gespeichert."
    ),
    file="Datei öffnen",
    reading="Die Datei wird gelesen …",
    not_read="Diese Datei kann nicht als Text gelesen werden: Kopieren Sie den Text in das Feld.",
    too_large="Die Datei ist zu groß: Kopieren Sie den Text in das Feld.",
    check="Prüfen",
    checking="{done} von {every} Sätzen geprüft …",
    change="Den Text ändern",
    save="Als Word speichern, mit Fußnoten",
    meaning=(
        "„Belegt“ heißt, dass ein Artikel es sagt, und nicht, dass es wahr ist. „Nicht gefunden“ heißt nicht, dass es "
        "falsch ist."
    ),
    nothing="Der Text hat keinen Satz, der etwas behauptet.",
    sentences=("{number} Satz", "{number} Sätze"),
    verdicts={
        "stated": "Belegt",
        "stated_otherwise": "Anders belegt",
        "partly": "Teilweise belegt",
        "not_found": "Nicht gefunden",
    },
    instead="Statt „{words}“ steht im Artikel „{stated}“.",
    missing="Nicht da: {words}",
    remarks={
        "as_words_of": "Im Artikel sind es die Worte von jemandem.",
        "hedged": "Im Artikel ist es nur ein Plan, eine Möglichkeit, ein Teil oder dergleichen.",
        "unclear": "Der Artikel hat diese Wörter, sagt damit aber vielleicht etwas anderes.",
        "denied_later": "Der Artikel nimmt es zurück.",
    },
    back="Zurück zum Entwurf",
)
