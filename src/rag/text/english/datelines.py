"""Patterns of lines at the start of an article that state its date, or the place and agency of the report."""

from __future__ import annotations

from rag.text.english.calendar import ANY_MONTH, ANY_WEEKDAY
from rag.text.english.numbers import ORDINAL_ENDING
from rag.text.english.patterns import Row
from rag.text.english.places import AGENCIES

_LABEL = (
    "(?:published|updated|posted|modified|date|veröffentlicht|erschienen|aktualisiert|stand|publié|mis à jour|publicado"
    "|actualizado)"
)
DATE_LINES = (
    Row(
        rf"(?:first |last )?{_LABEL}\b.{{0,80}}\d{{4}}.{{0,40}}",
        "last updated on 3 may 2024",
        "the law was updated in 2024",
    ),
    Row(
        rf"(?:{ANY_WEEKDAY}\.?,? )?(?:(?:den|am|le|el) )?(?:\d{{1,2}}(?:{ORDINAL_ENDING}|\.|er|º)? (?:de )?)?"
        rf"{ANY_MONTH}\.?,? (?:\d{{1,2}}{ORDINAL_ENDING}?,? )?(?:del? )?\d{{4}}.{{0,30}}",
        "friday, 3 may 2024",
        "budget 2024",
    ),
    Row(
        rf"(?:{ANY_WEEKDAY}\.?,? )?\d{{1,2}}([./-]) ?\d{{1,2}}\1 ?\d{{4}}\b.{{0,30}}",
        "12.12.2024, 10:00",
        "12.5 million",
    ),
    Row(r"\d{4}-\d{2}(?:-\d{2})?.{0,20}", "2024-05-03 10:00", "2024-5"),
)
"""Patterns of lines that state when an article was published. Example: "Friday, 3 May 2024" """
_AGENCY = rf"\((?:{'|'.join(AGENCIES)})\)"
_DAY = rf"(?i:{ANY_MONTH})\.? \d{{1,2}}|\d{{1,2}} (?i:{ANY_MONTH})"
_IN_CAPITALS = r"[A-ZÀ-Þ]{2}[A-ZÀ-Þ .'’/-]{1,30}"
DATELINE = (
    rf"(?:{_IN_CAPITALS}(?:, [\w ,.]{{1,40}}?)? ?|(?:[A-ZÀ-Þ][\w.'’-]*,? ){{1,2}}){_AGENCY}(?:\s*[-–—]+)?"
    rf"|{_IN_CAPITALS}, (?:{_DAY})(?:,? \d{{4}})?(?:\s*[-–—]+)?"
)
"""A pattern of the place, day and agency of a report, on a line of their own. Example: "LONDON, 3 May (Reuters) -" """
DATE_LABELS = ("date", "published", "updated", "posted")
"""Labels before a date. Example: "date 2024-10-09" """
SOURCE_LABELS = ("source", "publication", "newspaper", "publisher")
"""Labels before the name of a publisher. Example: "Source: Harbour Gazette" """
PUBLISHED = r"\b(?:publish|post|print)ed\b|\bdate\b|\bveröffentlicht\b|\berschienen\b|\bpubli(?:é|cado)"
"""A pattern of words before a date of publication. Example: "Published 3 May" """
UPDATED = r"\b(?:updat|modifi|revis)ed\b|\baktualisiert\b|\bstand\b|\bmis à jour\b|\bmodifié|\bactualizado\b"
"""A pattern of words before the date of an update. Example: "Updated 3 May" """
PICTURED = r"©|\bphoto|\bimage|\bgetty\b"
"""A pattern of words in a line with a photo's date. Example: "Photo of 3 May" """
NEWSPAPER_WORDS = frozenset(
    "times post gazette bulletin courier herald news daily journal tribune chronicle mail guardian observer standard"
    " star sun mirror telegraph express press echo record register argus advertiser examiner independent dispatch globe"
    " monitor reporter review weekly sentinel mercury ledger inquirer wire today zeitung tagblatt tageblatt anzeiger"
    " allgemeine rundschau kurier nachrichten bote monde figaro diario país mundo gazette dépêche voix".split()
)
"""Words of newspapers' names. Example: "The Daily Courier" """
SURNAMES_TOO = frozenset("express ledger mail mercury mirror post press star".split())
"""Words of newspapers' names that are family names too. Example: "Emily Post" """
