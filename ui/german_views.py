"""The page's own text in German: followed questions, and the page of a person."""

from __future__ import annotations

from .part_words import PersonWords, StandingWords

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
    found=("{number} Aussage, nach dem Datum des Artikels", "{number} Aussagen, nach dem Datum der Artikel"),
    newest=": die neuesten davon",
    nearest=": die dem Thema nächsten",
    nothing=("{name} sagt nichts in den Artikeln.", "{name} sagt in den Artikeln nichts zu: {subject}"),
    nothing_of_others=(
        "Niemand sagt in den Artikeln etwas über {name}.",
        "Niemand sagt in den Artikeln etwas über {name} und dazu: {subject}",
    ),
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
