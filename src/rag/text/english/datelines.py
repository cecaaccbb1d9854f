"""Patterns of lines at the start of an article that state its date."""

from __future__ import annotations

from rag.text.english.calendar import WEEKDAY_BEGUN
from rag.text.english.patterns import Row

DATE_LINES = (
    Row(
        r"(?:first |last )?(?:published|updated|posted|modified|date)\b.{0,80}\d{4}.{0,40}",
        "last updated on 3 may 2024",
        "the law was updated in 2024",
    ),
    Row(
        rf"(?:{WEEKDAY_BEGUN}[a-z]*\.?,? )?(?:\d{{1,2}} )?[a-z]{{3,9}}\.? (?:\d{{1,2}},? )?\d{{4}}.{{0,30}}",
        "friday, 3 may 2024",
        "3/5/24",
    ),
    Row(r"\d{4}-\d{2}(?:-\d{2})?.{0,20}", "2024-05-03 10:00", "2024-5"),
)
"""Patterns of lines that state when an article was published. Example: "Friday, 3 May 2024" """
DATE_LABELS = ("date", "published", "updated", "posted")
"""Labels before a date. Example: "date 2024-10-09" """
PUBLISHED = r"\b(?:publish|post|print)ed\b|\bdate\b"
"""A pattern of words before a date of publication. Example: "Published 3 May" """
UPDATED = r"\b(?:updat|modifi|revis)ed\b"
"""A pattern of words before the date of an update. Example: "Updated 3 May" """
PICTURED = r"©|\bphoto|\bimage|\bgetty\b"
"""A pattern of words in a line with a photo's date. Example: "Photo of 3 May" """
