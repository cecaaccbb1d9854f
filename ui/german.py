"""Every word that the page says by itself, in German; the names are those of `english`."""

from __future__ import annotations

from rag.core.errors import Trouble

LANGUAGE = "de"
THOUSANDS = "."

TITLE = "Das Archiv befragen"
TAGLINE = "Antworten im Wortlaut der Artikel, jede mit ihrer Stelle."

QUESTION_LABEL = "Ihre Frage"
QUESTION_PLACEHOLDER = "Was möchten Sie wissen?"
ASK = "Fragen"
CONVERSATION = "Fragen und Antworten"
WELCOME = "Was steht in den Artikeln?"
EXAMPLES = "Fragen, die diese Artikel beantworten"
LOOKING_FOR_EXAMPLES = "Es werden Fragen gesucht, die diese Artikel beantworten …"
NO_EXAMPLES = "Fragen Sie in eigenen Worten; die Antwort ist ein Zitat, oder dass die Artikel es nicht sagen."
NO_ARTICLES = (
    "In diesem Archiv ist noch kein Artikel. Geben Sie Dateien unter „Hinzufügen“, oder einen Ordner mit: "
    "rag update ORDNER"
)
SEARCHING = "Gesucht wird in: {articles} …"

ANSWER = "Antwort"
NOT_SAID = "Die Artikel sagen es nicht"
NEAR_MISSES = "Am nächsten kommen"
NOT_AN_ANSWER = "keine Antwort"
OTHER_ANSWERS = "Die Artikel sagen auch"
DIFFERENT_ANSWERS = "Die Artikel geben {number} verschiedene Antworten"
ASK_INSTEAD = "Was diese Artikel beantworten"
BREAKS_OFF = "Hier bricht der Text ab."
TIMELINE = "Nach dem Datum der Artikel"
ASKED_OF = "Gefragt sind nur Artikel"
FROM_SOURCE = "von {source}"
SINCE_DATE = "ab {date}"
UNTIL_DATE = "bis {date}"
LIFT_FILTER = "Nicht nur Artikel {words} fragen"
UNDERSTOOD_AS = "Verstanden als"
READ_AS = "„{word}“ wurde als „{spelling}“ gelesen, wie es in den Artikeln steht."
ASK_EXACTLY = "Genau so fragen, wie ich es schrieb"
FAILED = "Ein Fehler im Programm hat die Antwort verhindert: Fragen Sie noch einmal, und melden Sie es, wenn er bleibt."

SAY = ("Eine Quelle sagt", "{number} unabhängige Quellen sagen")
SAID_BY = "Sagt {name}"
SAID_BY_PRONOUN = "Sagt {name}: eine Vermutung, im Text steht dort ein Fürwort"
PERHAPS_SAID_BY = "Sagt vielleicht {name}"
SPEAKER_UNKNOWN = "Der Text sagt nicht, wer spricht"
GUESSED_SPEAKER = "{who}: eine Vermutung, nach einem Satz, der abbricht, „{introduction}“"

REASONS = {
    "nothing_about_it": "Keine Stelle im Archiv handelt davon.",
    "not_said": "Im Archiv sind Stellen dazu, aber keine sagt, wonach gefragt ist.",
    "below_threshold": "Der Satz, der am nächsten kam, ist zu unwahrscheinlich die Antwort",
    "breaks_off": "Der Text bricht dort ab, wo er der Frage am nächsten kommt.",
}
CONFIDENCE = {
    0.9: "Sehr wahrscheinlich richtig",
    0.7: "Wahrscheinlich richtig",
    0.5: "Eher richtig als falsch",
    0.0: "Unsicher: Lesen Sie das Zitat im Artikel",
}
CONFIDENCE_MEANING = (
    "Von 100 Antworten mit dieser Zahl sind etwa {right} richtig. In sie geht ein, wie gut die Worte zur Frage passen, "
    "wie nah die Stelle ihr ist, und ob andere Artikel dasselbe sagen. Ob wahr ist, was ein Artikel sagt, weiß sie "
    "nicht: Lesen Sie das Zitat dort, wo es steht."
)
PERCENT = "{whole}\u00a0%"
UNDER_PERCENT = "unter 1\u00a0%"
OVER_PERCENT = "über 99\u00a0%"

COPY = "Mit Belegen kopieren"
COPIED = "Kopiert"
COPY_LINK = "Link kopieren"
LINK_SAME = "Das Archiv hat sich geändert, seit dieser Link entstand; die Antwort ist dieselbe."
LINK_DIFFERS = "Das ist nicht die Antwort, aus der der Link entstand: Das Archiv hat sich seither geändert."
RATINGS = {"up": "Das stimmt", "down": "Das stimmt nicht"}
NOT_KEPT = "Nicht behalten"
NOT_RATED = "Die Bewertung konnte nicht neben den Index geschrieben werden: {why}"
EDIT = "Ändern und noch einmal fragen"
NEW_CONVERSATION = "Neues Gespräch"
LAST_CONVERSATION = "Zurück zum letzten Gespräch"
SAVE_MARKDOWN = "Markdown sichern"
SAVE_JSON = "JSON sichern"

READER = "Artikel"
READER_EMPTY_TITLE = "Jede Antwort ist ein Zitat"
READER_EMPTY = "Wählen Sie die Nummer eines Zitats, um es hier im ganzen Artikel zu lesen."
CITED_AS = "zitiert als"
SHOW_CITATION = "Zitat {number}: {title}. Das Zitat im Artikel zeigen"
EDITION_STATES = {
    "current": "",
    "replaced": "der Artikel hat sich seither geändert",
    "removed": "der Artikel wurde seither entfernt",
}
CITATIONS = "Zitate dieser Antwort"
BACK = "Zurück zur Antwort"
BACK_TO_LIST = "Zurück zur Liste"
CLOSE = "Schließen"
POSITION = "{number} von {count}"
PREVIOUS = "Voriges"
PREVIOUS_CITATION = "Voriges Zitat"
NEXT = "Nächstes"
NEXT_CITATION = "Nächstes Zitat"
ORIGINAL = "Wo er veröffentlicht wurde ↗"
ARTICLE_TEXT = "Text des Artikels"
BAD_CITATION = "Dieses Zitat nennt keine Stelle in einem Artikel dieses Archivs: Fragen Sie noch einmal."
PAGE = "Seite {number}"
PLACE = "Zeichen {start}–{end}"

COUNT_ARTICLES = ("{number} Artikel", "{number} Artikel")
COUNT_PASSAGES = ("{number} Abschnitt", "{number} Abschnitte")
GENERATION = "Stand {number}, {date}, {time}"
UPDATING = "Wird geändert seit {time}"
MODELS = "Was hier antwortet"
ANSWERED_BY = "Passagen findet {embedder}, Antworten das Modell „{reader}“."

TAB_SOURCE = "Quelle"
TAB_ARTICLES = "Artikel"
ARTICLES = "Artikel in diesem Archiv"
SEARCH_ARTICLES = "Suchen"
SEARCH_PLACEHOLDER = "Wörter aus Titel, Quelle oder Datei"
SOURCE = "Quelle"
ALL_SOURCES = "Alle Quellen"
SORT = "Reihenfolge"
SORTS = {"newest": "Neueste zuerst", "oldest": "Älteste zuerst", "title": "Nach Titel"}
SINCE = "Von"
UNTIL = "Bis"
OVER_TIME = (
    "Artikel im Lauf der Zeit: Ein Balken, oder mehrere, über die man zieht, zeigen und fragen nur diese; mit Umschalt "
    "kommen weitere dazu"
)
BAR = "{period}: {articles}"
FOUND = "{found} von {articles}"
MORE_ARTICLES = "Mehr zeigen"

TAB_ADD = "Hinzufügen"
ADD_LEAD = (
    "Text, Markdown, HTML, PDF, Word, JSON und Feeds, auch gepackt. Die Dateien werden neben den Index kopiert und auf "
    "diesem Rechner gelesen; Fragen werden derweil beantwortet."
)
ADD_FILES = "Dateien zum Hinzufügen"
DROP_FILES = "Dateien hierher ziehen, oder zum Auswählen klicken"
ADDING = "Artikel werden hinzugefügt"
FILES_DONE = ("{done} von {number} Datei fertig", "{done} von {number} Dateien fertig")
FILE_STAGES = {
    "embedding": "wird eingebettet",
    "reading": "wird gelesen",
    "copying": "wird kopiert",
    "read": "gelesen",
    "waiting": "wartet",
    "skipped": "ausgelassen",
    "known": "schon im Archiv",
    "done": "fertig",
}
ADDING_FAILED = (
    "Ein Fehler im Programm hat verhindert, dass diese Dateien hinzukamen: Versuchen Sie es noch einmal, und melden "
    "Sie es, wenn er bleibt."
)
FOLLOW = "{folders} verfolgen: Was dort kommt, sich ändert oder geht, ist Sekunden später im Archiv"
FOLLOWED = {
    "added": ("{number} Artikel hinzugefügt", "{number} Artikel hinzugefügt"),
    "changed": ("{number} Artikel geändert", "{number} Artikel geändert"),
    "renamed": ("{number} Artikel verschoben", "{number} Artikel verschoben"),
    "removed": ("{number} Artikel entfernt", "{number} Artikel entfernt"),
}
EMBEDDING = "Abschnitte werden eingebettet: {done} von {total}"
ARTICLES_ADDED = (
    "{number} Artikel hinzugefügt; das Archiv hat jetzt {every}.",
    "{number} Artikel hinzugefügt; das Archiv hat jetzt {every}.",
)
ALREADY_THERE = (
    "Diese Datei ist schon im Archiv.",
    "Diese {number} Dateien sind schon im Archiv.",
)
FILES_SKIPPED = ("{number} Datei ausgelassen", "{number} Dateien ausgelassen")
RECORD = "Eintrag {number}: {why}"
PROBLEMS: dict[Trouble, str] = {
    "question_empty": "Die Frage ist leer: Fragen Sie in Worten.",
    "question_too_long": "Die Frage hat {characters} Zeichen: Fragen Sie mit höchstens {most}.",
    "no_date": "„{stated}“ ist kein Datum: als 2025-04-12, 2025-04 oder 2025 schreiben.",
    "dates_reversed": "{since} kommt nach {until}: Aus solcher Zeit ist kein Artikel.",
    "citation": BAD_CITATION,
    "model": "Dateien des Modells fehlen oder sind verändert: Auf der Kommandozeile sagt rag check, was hilft.",
    "index_missing": "In {path} ist kein Index: mit rag update ORDNER einen anlegen.",
    "index_damaged": "{path} ist beschädigt: Auf der Kommandozeile sagt rag check, was hilft.",
    "index_format": "Der Index in {path} ist von einer anderen Version des Programms: rag check sagt, was hilft.",
    "index_busy": "Das Archiv wird gerade geändert: Warten Sie, bis das fertig ist, und versuchen Sie es noch einmal.",
    "index_not_writable": "{path} ist nicht beschreibbar: Rechte und freien Platz prüfen.",
    "embedder_mismatch": "Der Index ist mit einem anderen Modell gemacht: es nehmen, oder rag update --embedder NAME.",
    "unreadable": "Die Datei ist nicht lesbar: Rechte und Datenträger prüfen.",
    "not_there": "Die Datei ist nicht da: noch einmal versuchen, wenn sie es ist.",
    "no_file": "Das ist keine Datei: eine Textdatei geben.",
    "bad_name": "Der Name der Datei ist keiner, der gelesen werden kann: sie umbenennen.",
    "link": "Die Verknüpfung führt aus dem Ordner hinaus: ihr Ziel selbst nennen.",
    "wrong_kind": "Dateien dieser Art können nicht gelesen werden: als Text, HTML, PDF oder Word sichern.",
    "binary": "Die Datei ist kein Text: als reinen Text sichern, oder ihr die Endung geben, die zu ihr gehört.",
    "bad_encoding": "Die Zeichen der Datei sind nicht lesbar: als UTF-8 sichern.",
    "damaged": "Die Datei ist beschädigt: noch einmal sichern, oder als reinen Text.",
    "encrypted": "Die Datei ist verschlüsselt, oder von alter Art: ohne Passwort und in heutiger Form sichern.",
    "too_large": "Das sind mehr als {most} MB: in die einzelnen Artikel teilen.",
    "too_many_pages": "Das PDF hat mehr als {most} Seiten: es in seine Artikel teilen.",
    "too_slow": "Die Datei zu lesen dauert zu lange: als reinen Text sichern.",
    "too_much_memory": "Die Datei zu lesen braucht zu viel Speicher: sie teilen, oder als reinen Text sichern.",
    "changed": "Die Datei hat sich geändert, während sie gelesen wurde: noch einmal, wenn sie ganz ist.",
    "no_text": "Es steht kein Text darin: den Text des Artikels hineinschreiben.",
    "only_images": "Es stehen nur Bilder darin, kein Text: erst eine Texterkennung (OCR) darüber laufen lassen.",
    "no_article": "Es wurde kein Artikel darin gefunden: ihn als reinen Text sichern.",
    "bad_json": "Das ist kein JSON (Zeile {line}, Spalte {column}): es richtig stellen.",
    "json_too_deep": "Dieses JSON ist zu tief verschachtelt, oder eine Zahl darin zu lang: es richtig stellen.",
    "no_object": "Das ist kein Objekt in JSON: einen Artikel als {{...}} schreiben.",
    "no_text_field": "Kein Feld hat den Text: mit rag update --field text=NAME sagen, welches.",
    "same_id": "Die Kennung (id) steht schon einmal in der Datei: jedem Artikel eine eigene geben.",
    "side_file": "Die Datei daneben, {name}, ist kein Objekt in JSON: sie richtig stellen oder wegnehmen.",
    "more_alike": "Dazu kommen {number} weitere wie diese.",
}
NOT_READABLE = "ist von einer Art, die nicht gelesen werden kann: als Text, HTML, PDF oder Word geben"
TOO_MANY_FILES = "blieb weg: höchstens {most} Dateien auf einmal, oder einen Ordner mit rag update"
NO_ROOM = "blieb weg: Was auf dieser Seite hinzukam, hat allen Platz, den es haben darf; mit rag update geht es"

PASSWORD_FIRST = (
    "{host} steht anderen Rechnern offen, das braucht ein Passwort: --auth USER:PASSWORD oder --auth @DATEI angeben"
)
BAD_AUTH = "--auth nennt keinen Namen mit Passwort: als USER:PASSWORD schreiben, oder als @DATEI mit solchen Zeilen"
AUTH_FILE = "Die Datei mit Passwörtern {file} ist nicht lesbar: nach --auth @ eine Textdatei mit USER:PASSWORD nennen"
PASSWORD_NEEDED = "Ein Name und ein Passwort sind nötig"
NO_SUCH_ADDRESS = "{host} ist keine Adresse dieses Rechners: --host 127.0.0.1 nehmen, oder --host 0.0.0.0 für alle"
TOO_OFTEN = "Zu viele Anfragen: Warten Sie einige Sekunden, und fragen Sie dann noch einmal"
NOT_FOUND = "Nicht gefunden"
OTHER_SITE = "Das darf nur die Seite selbst schicken"
TOO_LARGE = "Das ist zu lang: auf höchstens {limit} Bytes kürzen"
UPLOAD_TOO_LARGE = (
    "Diese Dateien sind zusammen zu groß: höchstens {limit} MB auf einmal hinzufügen, oder einen Ordner mit rag update"
)
BUSY = "Zu viele Fragen warten: Fragen Sie in einigen Sekunden noch einmal"
OFFLINE = "Das Archiv ist nicht erreichbar: Was hier steht, bleibt, und es geht weiter, sobald es wieder da ist"
PORTS_IN_USE = "Die Ports {first} bis {last} sind alle belegt: mit --port einen anderen wählen"
NO_LANGUAGE = "Auf „{language}“ gibt es die Seite nicht: --language mit einer von {known} angeben"
SERVING = "Die Seite ist auf {url} (Strg+C beendet sie)"

MONTHS = tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split())
DAY_OF_MONTH = "{day}. {month} {year}"
MONTH_OF_YEAR = "{month} {year}"
TODAY = "heute"
YESTERDAY = "gestern"
THIS_MONTH = "diesen Monat"
THIS_YEAR = "dieses Jahr"
AGO = {
    "day": ("vor {number} Tag", "vor {number} Tagen"),
    "week": ("vor {number} Woche", "vor {number} Wochen"),
    "month": ("vor {number} Monat", "vor {number} Monaten"),
    "year": ("vor {number} Jahr", "vor {number} Jahren"),
}
