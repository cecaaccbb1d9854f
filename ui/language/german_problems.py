"""What is wrong with a file or a question, and why there is no answer, in German, for each reason of the library."""

from __future__ import annotations

from collections.abc import Mapping

from rag.core.errors import Trouble

PROBLEMS: Mapping[Trouble, str] = {
    "no_word": "Darin ist kein Wort, nach dem gesucht werden kann: Fragen Sie in Worten.",
    "question_empty": "Die Frage ist leer: Fragen Sie in Worten.",
    "question_too_long": "Die Frage hat {characters} Zeichen: Fragen Sie mit höchstens {most}.",
    "no_date": "„{stated}“ ist kein Datum: als 2025-04-12, 2025-04 oder 2025 schreiben.",
    "no_source": "Kein Artikel ist von „{source}“: eine Quelle des Archivs angeben, am nächsten {nearest}.",
    "not_named": "Kein Artikel nennt „{name}“: den Namen so schreiben, wie ihn die Artikel schreiben.",
    "no_name": "Kein Artikel hat „{name}“: einen Namen oder Wert des Archivs angeben, am nächsten {nearest}.",
    "no_speaker": "In den Artikeln spricht niemand namens „{name}“: am nächsten kommen {nearest}.",
    "several_speakers": "In den Artikeln sprechen mehrere namens „{name}“: den vollen Namen angeben, {nearest}.",
    "dates_reversed": "{since} liegt nach {until}: das frühere Datum zuerst angeben.",
    "citation": "Die Stelle dieses Zitats wurde im Archiv nicht gefunden: Stellen Sie die Frage noch einmal.",
    "no_such_article": "Kein Artikel heißt so, oder mehrere: Geben Sie die Kennung des Artikels an.",
    "no_title": "Ein Artikel hat einen Titel: einen angeben.",
    "details_too_long": "Der Titel oder die Quelle hat {characters} Zeichen: höchstens {most} angeben.",
    "bad_correction": "In corrections.jsonl ist Zeile {line} keine Berichtigung: sie ändern oder löschen.",
    "withdrawn": "Der Artikel wurde schon entfernt: mit rag withdraw --undo zurückholen.",
    "model": "Dateien des Modells fehlen oder sind verändert: Auf der Kommandozeile sagt rag check, was hilft.",
    "index_missing": "In {path} ist kein Index: mit rag update ORDNER einen anlegen.",
    "index_damaged": "{path} ist beschädigt: Auf der Kommandozeile sagt rag check, was hilft.",
    "index_format": "Der Index in {path} ist von einer anderen Version des Programms: rag check sagt, was hilft.",
    "index_busy": (
        "Das Archiv wird gerade aktualisiert: Warten Sie, bis das fertig ist, und versuchen Sie es noch einmal."
    ),
    "index_not_writable": "{path} ist nicht beschreibbar: Rechte und freien Platz prüfen.",
    "index_unreachable": "Die Datenbank {path} ist nicht erreichbar: später noch einmal versuchen.",
    "embedder_mismatch": (
        "Der Index ist mit einem anderen Modell erstellt: dieses verwenden, oder rag update --embedder NAME."
    ),
    "changed_since": "Das Archiv hat sich seither geändert: Entfernen Sie die Artikel einzeln.",
    "bad_address": "„{address}“ ist keine Adresse: eine angeben, die mit http:// oder https:// beginnt.",
    "private_network": (
        "{host} liegt in einem privaten Netz ({address}): Wer das Archiv betreibt, kann das mit der Einstellung "
        "page.addresses erlauben."
    ),
    "not_fetched": "{address} ist nicht erreichbar ({why}): später noch einmal versuchen.",
    "late_reply": "{address} braucht länger als {seconds} Sekunden: später noch einmal versuchen.",
    "bad_status": "{address} antwortet mit {status}: die Adresse prüfen.",
    "insecure_redirect": (
        "{address} leitet von https auf http um: die Adresse angeben, auf die umgeleitet wird, wenn Sie ihr trauen."
    ),
    "many_redirects": "{address} leitet zu oft um: die Adresse prüfen.",
    "large_reply": "Das sind mehr als {most} MB: eine kleinere Seite oder einen kleineren Feed wählen.",
    "no_feed": "{address} hat keinen lesbaren Feed geschickt: die Adresse prüfen.",
    "no_page": "{address} ist weder eine Seite noch ein Feed ({kind}): herunterladen und als Datei hinzufügen.",
    "unreadable": "Die Datei ist nicht lesbar: Rechte und Datenträger prüfen.",
    "not_there": "Die Datei fehlt: den Pfad prüfen, oder es noch einmal versuchen, wenn sie wieder da ist.",
    "no_file": "Das ist keine Datei: eine Textdatei angeben.",
    "bad_name": "Der Name der Datei ist ungültig: sie umbenennen.",
    "link": "Die Verknüpfung führt aus dem Ordner hinaus: ihr Ziel angeben.",
    "wrong_kind": "Dateien dieser Art können nicht gelesen werden: als Text, HTML, PDF oder Word speichern.",
    "binary": "Die Datei ist kein Text: als reinen Text speichern, oder ihr die richtige Endung geben.",
    "bad_encoding": "Die Zeichen der Datei sind nicht lesbar: als UTF-8 speichern.",
    "damaged": "Die Datei ist beschädigt: noch einmal speichern, oder als reinen Text.",
    "encrypted": "Die Datei ist verschlüsselt oder hat ein altes Format: ohne Passwort im neuen Format speichern.",
    "too_large": "Das sind mehr als {most} MB: in die einzelnen Artikel teilen.",
    "too_many_pages": "Das PDF hat mehr als {most} Seiten: es in seine Artikel teilen.",
    "too_many_lines": "Die Datei hat mehr als {most} Zeilen: sie teilen.",
    "too_slow": "Das Lesen der Datei dauert zu lange: als reinen Text speichern.",
    "too_much_memory": "Das Lesen der Datei braucht zu viel Speicher: sie teilen, oder als reinen Text speichern.",
    "changed": "Die Datei hat sich geändert, während sie gelesen wurde: später noch einmal versuchen.",
    "no_text": "Die Datei enthält keinen Text: den Text des Artikels einfügen.",
    "only_images": "Die Datei enthält nur Bilder: tesseract installieren, oder eine Texterkennung (OCR) ausführen.",
    "scanned_pages": "{pages} Seiten sind wohl gescannt und nicht lesbar, der Rest wurde aufgenommen: tesseract "
    "installieren, dann die Datei entfernen und noch einmal hinzufügen.",
    "no_article": "In der Datei wurde kein Artikel gefunden: ihn als reinen Text speichern.",
    "cut_off": "Die Datei bricht hier ab (Zeile {line}, Spalte {column}): sie noch einmal vollständig speichern.",
    "bad_json": "Das ist kein gültiges JSON (Zeile {line}, Spalte {column}): es berichtigen.",
    "json_too_deep": "Dieses JSON ist zu tief verschachtelt, oder eine Zahl darin ist zu lang: es berichtigen.",
    "no_object": "Das ist kein JSON-Objekt: einen Artikel als {{...}} schreiben.",
    "no_text_field": "Kein Feld enthält den Text: das Feld mit rag update --field text=NAME angeben.",
    "unpublished": "Das ist nicht veröffentlicht ({status}): files.unpublished auf 1 setzen, um es aufzunehmen.",
    "same_id": "Die Kennung (id) kommt in der Datei schon vor: jedem Artikel eine eigene geben.",
    "side_file": "Die Datei daneben, {name}, ist kein JSON-Objekt, oder zu groß: sie berichtigen oder entfernen.",
    "more_alike": "{number} weitere haben dasselbe Problem.",
    "files_missing": (
        "{missing} von {known} Dateien fehlen hier, deshalb blieb von diesem Ordner alles, wie es war: sie"
        " zurückbringen, oder mit rag update --removed bestätigen, dass sie gelöscht sind."
    ),
    "program_fault": "Hier zeigt sich ein Fehler des Programms ({fault}): bitte diese Zeile melden.",
}

REASONS = {
    "nothing_about_it": "Kein Abschnitt im Archiv handelt von dieser Frage.",
    "not_said": "Kein Abschnitt im Archiv beantwortet diese Frage.",
    "below_threshold": "Einige Abschnitte kommen nahe, aber keiner beantwortet die Frage sicher.",
    "denied": "Der nächstliegende Satz bestreitet oder bezweifelt es.",
    "nothing_in_scope": "Im Archiv ist kein Artikel, der zu allem passt: Zeit, Quellen, Autoren, Ressorts und Namen.",
    "not_english": "Fragen und Antworten sind für Englisch gemacht. Bitte auf Englisch fragen.",
    "small_talk": (
        "Bitte nach den Artikeln fragen. Jede Antwort ist ein Zitat aus ihnen, mit seiner Stelle. „Artikel“ "
        "durchsucht und filtert sie, „Hinzufügen“ nimmt neue Dateien an, „Speichern“ sichert das Gespräch, „?“ "
        "zeigt die Tasten. Nichts geht an andere."
    ),
    "breaks_off": "Der Text bricht in dem Satz ab, der der Frage am nächsten kommt.",
}
"""Why there is no answer."""
