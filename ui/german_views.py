"""The page's own text in German: followed questions."""

from __future__ import annotations

from .part_words import StandingWords

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
