"""The page's own text in German."""

from __future__ import annotations

from rag_ui.language import german_articles, german_parts, german_views
from rag_ui.language.german_problems import PROBLEMS, REASONS
from rag_ui.language.words import Words

WORDS = Words(
    language="de",
    thousands=".",
    card=german_parts.CARD,
    opening=german_parts.OPENING,
    additions=german_parts.ADDING,
    asking=german_parts.ASKING,
    marks=german_parts.MARKS,
    standing=german_views.STANDING,
    person=german_views.PERSON,
    draft=german_views.DRAFT,
    references=german_parts.REFERENCES,
    conversations=german_parts.CONVERSATIONS,
    display=german_parts.DISPLAY,
    list=german_articles.LIST,
    reading=german_articles.READING,
    start=german_parts.START,
    title="Das Archiv befragen",
    tagline="Antworten im Wortlaut der Artikel, jede mit Fundstelle.",
    question_label="Ihre Frage",
    question_placeholder="Was möchten Sie wissen?",
    ask="Fragen",
    conversation="Fragen und Antworten",
    welcome="Was steht in den Artikeln?",
    examples=("Eine Frage, die diese Artikel beantworten", "Fragen, die diese Artikel beantworten"),
    looking_for_examples="Es werden Fragen gesucht, die diese Artikel beantworten …",
    no_examples="Fragen Sie in eigenen Worten. Die Antwort ist ein Zitat, oder dass die Artikel es nicht sagen.",
    no_articles=(
        "In diesem Archiv sind noch keine Artikel. Fügen Sie Dateien unter „Hinzufügen“ hinzu, oder einen Ordner mit:"
        " rag update ORDNER"
    ),
    answer="Antwort",
    not_said="Die Artikel sagen es nicht",
    near_misses="Am nächsten kommen",
    not_an_answer="keine Antwort",
    other_answers="Die Artikel sagen auch",
    different_answers="Die Artikel geben {number} verschiedene Antworten",
    items_named="In den Artikeln genannt, vielleicht nicht alle: {number}",
    also_named="Die Artikel nennen auch",
    ask_instead="Fragen, die diese Artikel beantworten",
    breaks_off="Hier bricht der Text ab.",
    timeline="Nach dem Datum der Artikel",
    asked_of="Nur Artikel",
    either="oder",
    both="und",
    from_source="von {source}",
    in_section="im Ressort {section}",
    naming="mit {name} im Text",
    since_date="ab {date}",
    until_date="bis {date}",
    by_author="von {author}",
    stated_fields={
        "byline": "Verfasst von: {value}. Das steht nicht im Text des Artikels, sondern in einem seiner Felder.",
        "published": "Erschienen: {value}. Das steht nicht im Text des Artikels, sondern in einem seiner Felder.",
        "source": "Quelle: {value}. Das steht nicht im Text des Artikels, sondern in einem seiner Felder.",
        "section": "Ressort: {value}. Das steht nicht im Text des Artikels, sondern in einem seiner Felder.",
    },
    count_mentions=("{number} Artikel nennt {words}", "{number} Artikel nennen {words}"),
    mentions_in_all=("{number}-mal", "{number}-mal"),
    lift_filter="Filter entfernen: {words}",
    understood_as="Verstanden als",
    read_as="„{word}“ wurde als „{spelling}“ gelesen, wie es in den Artikeln steht.",
    ask_exactly="Genau so fragen, wie ich es geschrieben habe",
    failed=(
        "Die Frage konnte wegen eines Programmfehlers nicht beantwortet werden: Fragen Sie noch einmal, und melden "
        "Sie den Fehler, wenn er bleibt."
    ),
    say=("Eine Quelle sagt", "{number} unabhängige Quellen sagen"),
    said_by="Sagt {name}",
    said_by_pronoun="Sagt {name}: eine Vermutung, denn im Text steht ein Pronomen",
    perhaps_said_by="Sagt vielleicht {name}",
    speaker_unknown="Der Text sagt nicht, wer spricht",
    guessed_speaker="{who}: eine Vermutung, nach einem Satz, der abbricht, „{introduction}“",
    reasons=REASONS,
    confidence={
        0.9: "Sehr wahrscheinlich richtig",
        0.7: "Wahrscheinlich richtig",
        0.0: "Vielleicht richtig",
    },
    confidence_meaning=(
        "Von 100 Antworten mit dieser Zahl sind etwa {right} richtig. Sie hängt davon ab, wie gut die Worte zur Frage "
        "passen, wie ähnlich ihr der Abschnitt ist und ob andere Artikel dasselbe sagen. Sie sagt nicht, ob der "
        "Artikel recht hat: Lesen Sie das Zitat im Artikel."
    ),
    percent="{whole}\u00a0%",
    under_percent="unter 1\u00a0%",
    over_percent="über 99\u00a0%",
    copy="Mit Belegen kopieren",
    copied="Kopiert",
    copy_link="Link kopieren",
    link_same="Das Archiv hat sich geändert, seit dieser Link entstand; die Antwort ist dieselbe.",
    link_differs="Diese Antwort ist anders als die, zu der der Link entstand. Das Archiv hat sich seither geändert.",
    ratings={"up": "Das stimmt", "down": "Das stimmt nicht"},
    not_kept="Nicht gespeichert",
    not_rated="Die Bewertung konnte nicht gespeichert werden ({why}): den Ordner prüfen, in dem der Index liegt",
    edit="Ändern",
    new_conversation="Neues Gespräch",
    new_short="Neu",
    reader="Artikel",
    reader_empty_title="Jede Antwort ist ein Zitat",
    reader_empty="Wählen Sie die Nummer eines Zitats, um es hier im ganzen Artikel zu lesen.",
    shown_as="gezeigt als",
    show_citation="Zitat {number}: {title}. Das Zitat im Artikel zeigen",
    edition_states={
        "current": "",
        "replaced": "Dieser Artikel hat sich seither geändert. Sie sehen den Text, wie er war.",
        "removed": "Dieser Artikel ist nicht mehr im Archiv. Sie sehen seinen letzten Text.",
    },
    citations="Zitate dieser Antwort",
    back="Zurück zur Antwort",
    back_to_list="Zurück zur Liste",
    close="Schließen",
    position="{number} von {count}",
    previous="Voriges",
    previous_citation="Voriges Zitat",
    next="Nächstes",
    next_citation="Nächstes Zitat",
    original="Zum Original ↗",
    article_text="Text des Artikels",
    bad_citation=PROBLEMS["citation"],
    remove="Aus dem Archiv entfernen",
    remove_question=(
        "Diesen Artikel entfernen? Antworten zitieren ihn dann nicht mehr. Die Datei bleibt, und es lässt sich "
        "rückgängig machen."
    ),
    remove_now="Entfernen",
    keep="Behalten",
    removing="Wird entfernt …",
    removed="Aus dem Archiv entfernt.",
    removed_copies=(
        "{number} Kopie derselben Datei ging mit.",
        "{number} Kopien derselben Datei gingen mit.",
    ),
    undo="Rückgängig",
    returning="Wird zurückgeholt …",
    returned="Der Artikel ist wieder im Archiv.",
    returns_later="Der Artikel ist wieder zugelassen. Er kommt zurück, sobald seine Datei da ist.",
    removal_failed=(
        "Das ging wegen eines Programmfehlers nicht: Versuchen Sie es noch einmal, und melden Sie den Fehler, wenn er "
        "bleibt."
    ),
    page="Seite {number}",
    place="Zeichen {start}–{end}",
    count_articles=("{number} Artikel", "{number} Artikel"),
    count_passages=("{number} Abschnitt wird durchsucht.", "Die Artikel werden in {number} Abschnitten durchsucht."),
    generation="Zuletzt geändert am {date}, {time} (Änderung {number}).",
    updating="Wird aktualisiert seit {time}",
    answered_by=(
        "Zwei Programme auf diesem Rechner finden die Abschnitte ({embedder}) und darin die Worte, die antworten "
        "({reader}). Sie schreiben nichts: Jede Antwort ist ein Zitat."
    ),
    tab_source="Quelle",
    tab_articles="Artikel",
    articles="Artikel in diesem Archiv",
    search_articles="Suchen",
    search_placeholder="Wörter, „eine Wendung“, NOT ein Wort",
    source="Quelle",
    all_sources="Alle Quellen",
    author="Autor",
    all_authors="Alle Autoren",
    section="Ressort",
    all_sections="Alle Ressorts",
    sort="Reihenfolge",
    sorts={"newest": "Neueste zuerst", "oldest": "Älteste zuerst", "title": "Nach Titel"},
    since="Von",
    until="Bis",
    over_time=(
        "Artikel im Lauf der Zeit: Wählen Sie einen Balken, oder ziehen Sie über mehrere, um nur diese Artikel zu sehen"
        " und zu fragen; mit der Umschalttaste kommen weitere dazu"
    ),
    bar="{period}: {articles}",
    found="{found} von {articles}",
    found_none="Kein Artikel passt zu diesen Wörtern und Filtern.",
    more_articles="Mehr zeigen",
    tab_add="Hinzufügen",
    add_lead=(
        "Text, Markdown, HTML, PDF, Word, JSON und Feeds, auch gepackt. Die Dateien werden in einen Ordner neben dem "
        "Index kopiert und auf dem Rechner des Archivs gelesen. Sie können währenddessen Fragen stellen."
    ),
    add_files="Dateien zum Hinzufügen",
    drop_files="Dateien oder Ordner irgendwo auf die Seite ziehen, oder zum Auswählen klicken",
    adding="Artikel werden hinzugefügt",
    files_done=("{done} von {number} Datei fertig", "{done} von {number} Dateien fertig"),
    file_stages={
        "embedding": "wird eingebettet",
        "reading": "wird gelesen",
        "fetching": "wird abgerufen",
        "copying": "wird kopiert",
        "read": "gelesen",
        "waiting": "wartet",
        "skipped": "übersprungen",
        "known": "schon im Archiv",
        "done": "fertig",
    },
    adding_failed=(
        "Die Dateien konnten wegen eines Programmfehlers nicht hinzugefügt werden: Versuchen Sie es noch einmal, "
        "und melden Sie den Fehler, wenn er bleibt."
    ),
    follow="{folders} beobachten: Neue, geänderte und entfernte Dateien sind Sekunden später im Archiv",
    followed={
        "added": ("{number} Artikel hinzugefügt", "{number} Artikel hinzugefügt"),
        "changed": ("{number} Artikel geändert", "{number} Artikel geändert"),
        "renamed": ("{number} Artikel verschoben", "{number} Artikel verschoben"),
        "removed": ("{number} Artikel entfernt", "{number} Artikel entfernt"),
    },
    embedding="Abschnitte werden eingebettet: {done} von {total}",
    articles_added=(
        "{number} Artikel hinzugefügt; das Archiv hat jetzt {every}.",
        "{number} Artikel hinzugefügt; das Archiv hat jetzt {every}.",
    ),
    already_there=(
        "Diese Datei ist schon im Archiv.",
        "Diese {number} Dateien sind schon im Archiv.",
    ),
    files_skipped=("{number} Datei übersprungen", "{number} Dateien übersprungen"),
    record="Eintrag {number}: {why}",
    problems=PROBLEMS,
    not_readable="Dateien dieser Art können nicht gelesen werden: als Text, HTML, PDF oder Word hinzufügen",
    too_many_files="Zu viele Dateien: höchstens {most} auf einmal hinzufügen, oder einen Ordner mit rag update",
    no_room="Der Platz für Dateien von dieser Seite ist belegt: die Datei mit rag update hinzufügen",
    not_added="Aus der Datei kam kein Artikel: den Entwurf veröffentlichen, oder sie noch einmal hinzufügen",
    was_removed="Dieser Artikel wurde von Hand aus dem Archiv entfernt: mit rag withdraw --undo zurückholen",
    not_stored=(
        "Die Datei kann nicht gespeichert werden ({why}): die Festplatte des Rechners prüfen, auf dem das Archiv ist, "
        "und die Datei noch einmal hinzufügen"
    ),
    password_first=(
        "Andere Rechner können {host} erreichen, also muss man sich anmelden: Konten mit rag user add NAME anlegen, "
        "oder eines mit --auth USER:PASSWORD angeben"
    ),
    bad_auth="--auth enthält keinen Namen mit Passwort: USER:PASSWORD schreiben, oder @DATEI mit solchen Zeilen",
    auth_file=(
        "Die Datei mit Passwörtern {file} ist nicht lesbar: nach --auth @ eine Textdatei mit USER:PASSWORD nennen"
    ),
    password_needed="Geben Sie einen Namen und ein Passwort an",
    user_name="Name",
    password="Passwort",
    sign_in="Anmelden",
    sign_out="Abmelden",
    signed_in="{name} ({role})",
    roles={"reader": "Leser", "editor": "Redaktion"},
    wrong_password=(
        "Name oder Passwort ist falsch: Versuchen Sie es noch einmal, oder fragen Sie, wer dieses Archiv betreibt"
    ),
    too_many_tries="Zu viele falsche Passwörter: Warten Sie eine Minute, und versuchen Sie es dann noch einmal",
    editors_only=(
        "Nur die Redaktion darf Artikel hinzufügen, ändern und entfernen: Fragen Sie, wer dieses Archiv betreibt"
    ),
    no_such_address="{host} ist keine Adresse dieses Rechners: --host 127.0.0.1 angeben, oder --host 0.0.0.0 für alle",
    no_proxy_address="--trusted-proxy braucht eine Adresse oder ein Netz, etwa 10.0.0.5 oder 10.0.0.0/24 ({why})",
    bad_root_path="--root-path kann nicht „{path}“ sein: nur den Pfad angeben, etwa /archiv",
    too_often="Zu viele Anfragen: Warten Sie einige Sekunden, und fragen Sie dann noch einmal",
    not_found="Nicht gefunden",
    nothing_here="Hier ist nichts.",
    other_site="Diese Anfrage darf nur die Seite selbst senden",
    other_name=(
        "Diese Seite ist nur für diesen Rechner, und nicht als „{name}“: für andere Konten mit rag user add anlegen, "
        "und für einen Proxy --trusted-proxy und --root-path angeben"
    ),
    bad_request="Die Seite kann diese Anfrage nicht beantworten: Sie ist nicht so, wie die Seite sie sendet",
    cut_off="Die Anfrage brach ab: noch einmal senden",
    too_large="Die Anfrage ist zu lang: auf höchstens {limit} Bytes kürzen",
    upload_too_large=(
        "Die Dateien sind zu groß: höchstens {limit} MB auf einmal hinzufügen, oder einen Ordner mit rag update"
    ),
    busy="Zu viele Fragen warten: Fragen Sie in einigen Sekunden noch einmal",
    offline="Das Archiv ist nicht erreichbar. Ihr Gespräch bleibt erhalten; sobald es geht, macht die Seite weiter.",
    not_started="Die Seite konnte nicht starten: den Befehl mit -v ausführen, und die Meldung berichten",
    port_in_use="Der Port {port} ist belegt: mit --port einen anderen wählen, oder --port weglassen",
    port_forbidden="Dieser Benutzer darf Port {port} nicht verwenden: mit --port einen ab 1024 wählen",
    ports_in_use="Die Ports {first} bis {last} sind alle belegt: mit --port einen anderen wählen",
    no_language="Die Seite gibt es nicht auf „{language}“: --language mit {known} angeben",
    serving="Die Seite ist auf {url} (Strg+C beendet sie)",
    months=tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
    day_of_month="{day}. {month} {year}",
    month_of_year="{month} {year}",
    today="heute",
    yesterday="gestern",
    this_month="diesen Monat",
    this_year="dieses Jahr",
    ago={
        "day": ("vor {number} Tag", "vor {number} Tagen"),
        "week": ("vor {number} Woche", "vor {number} Wochen"),
        "month": ("vor {number} Monat", "vor {number} Monaten"),
        "year": ("vor {number} Jahr", "vor {number} Jahren"),
    },
)
