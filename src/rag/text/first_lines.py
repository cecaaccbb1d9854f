"""Derives title, date, byline, source and address of an article from its first lines.

These are used only for what no field of the file states. Dates and bylines are searched only before the body: a date in
a sentence is part of the news and not the date of publication.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.core.article import Sentence
from rag.text.dates import find_dates
from rag.text.english.datelines import PICTURED, PUBLISHED, UPDATED
from rag.text.english.function_words import CUTTING_WORDS
from rag.text.english.patterns import any_of
from rag.text.english.places import AGENCIES

_PUBLISHED = re.compile(PUBLISHED, re.IGNORECASE)
_UPDATED = re.compile(UPDATED, re.IGNORECASE)
_CREDIT = re.compile(PICTURED, re.IGNORECASE)
_BYLINE = re.compile(
    r"by (?P<names>[^\W\d_].*?)\s*(?:[|•–—]|\s-\s|,?\s(?:published|updated|\d)|,\s\w+\.?\s\d|\Z)", re.IGNORECASE
)
_AGENCY = "|".join(AGENCIES)
_DATELINE = re.compile(
    rf"(?:[A-ZÀ-Þ][\w ,.'’/-]{{0,60}} )?\((?P<in_brackets>{_AGENCY})\)\s*(?:[-−–—]+\s)?"
    rf"|(?:[A-ZÀ-Þ][\w ,.]{{0,40}} )?(?P<bare>{_AGENCY})\s*[-−–—]+\s"
    r"|[A-ZÀ-Þ]{3,}[A-ZÀ-Þ .'’-]{0,30}(?:, [\w.]+)?\s[-−–—]+\s"
)
"""Datelines: `LONDON, April 4 (Reuters) - `, `New York CNN — `, `WASHINGTON — `."""
_ADDRESS = re.compile(r"https?://\S+")
_CLAUSE_END = re.compile(r"[,;:](?=\s)|\s[-–—]+(?=\s)")
_PREPOSITION = re.compile(rf"\s(?={any_of(CUTTING_WORDS)}\s)")
_FIRST_SENTENCES = 40
"""Number of sentences that count as the first lines."""
_LONGEST_TITLE = 90
"""Longest title made from a sentence, in characters."""
_SHORTEST_CUT = 40
"""Least number of characters before the place where a sentence is cut."""
_TITLE_WORDS = 5
"""Least number of words of a title, if several headings come before the body. Shorter ones are displaced subheads."""
_LONE_TITLE_WORDS = 3
"""Least number of words of a title, if it is the only heading. Shorter ones are names or places."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of an article.

    Attributes:
        title: The title.
        published: An ISO 8601 date, which may be partial.
        source: The publisher.
        url: The web address.
        byline: The names of the authors.
        derived: The names of the fields that were derived from the first lines.
    """

    title: str
    published: str | None = None
    source: str | None = None
    url: str | None = None
    byline: str | None = None
    derived: frozenset[str] = frozenset()


def derive_metadata(text: str, sentences: Sequence[Sentence]) -> Metadata:
    """Derives an article's fields from its first lines.

    Args:
        text: The article's text.
        sentences: Its sentences, in order.

    Returns:
        The fields. The title is always set; the others are None if no line states them.
    """
    first = sentences[:_FIRST_SENTENCES]
    body = next((number for number, sentence in enumerate(first) if _is_body(sentence)), len(first))
    lines = [text[sentence.start : sentence.end] for sentence in first[:body] if sentence.kind == "boilerplate"]
    lead = " ".join(text[sentence.start : sentence.end] for sentence in first[body : body + 1])
    found = {
        "published": _find_date(lines),
        "source": _find_source(lead),
        "url": next((line for line in lines if _ADDRESS.fullmatch(line)), None),
        "byline": _find_byline(lines),
    }
    known = {name: value for name, value in found.items() if value is not None}
    return Metadata(_find_title(text, sentences, body), **known, derived=frozenset({"title", *known}))


def shorten(sentence: str, limit: int = _LONGEST_TITLE) -> str:
    """Shortens a sentence to a title.

    A sentence that is too long is cut at the end of a clause, else before a preposition or conjunction, else between
    words, and ends in an ellipsis.

    Args:
        sentence: The sentence.
        limit: Most characters of the title.

    Returns:
        The title, on one line.
    """
    title = " ".join(sentence.split())
    if len(title) <= limit:
        return title.rstrip(".")
    for pattern in (_CLAUSE_END, _PREPOSITION, re.compile(r"\s")):
        ends = [match.start() for match in pattern.finditer(title, 0, limit) if match.start() >= _SHORTEST_CUT]
        if ends:
            return title[: ends[-1]] + "…"
    return title[: limit - 1] + "…"


def _is_body(sentence: Sentence) -> bool:
    return sentence.kind in ("sentence", "fragment")


def _find_title(text: str, sentences: Sequence[Sentence], body: int) -> str:
    """The first heading before the body that is long enough; else the first whole sentence; else the first words."""
    front = sentences[:body]
    headings = [text[sentence.start : sentence.end] for sentence in front if sentence.kind == "heading"]
    least = _LONE_TITLE_WORDS if len(headings) == 1 else _TITLE_WORDS
    title = next((line for line in headings if len(line.split()) >= least), None)
    if title:
        return mend(" ".join(title.split()))
    whole = (text[sentence.start : sentence.end] for sentence in sentences if sentence.kind == "sentence")
    lead = next((line for line in whole if len(line.split()) >= _TITLE_WORDS and not line[0].islower()), "")
    lead = lead[_end_of_dateline(lead) :] or next(iter(headings), "") or text.strip()[: 4 * _LONGEST_TITLE]
    return mend(shorten(lead) or lead)


def _end_of_dateline(lead: str) -> int:
    dateline = _DATELINE.match(lead)
    return dateline.end() if dateline else 0


def _find_source(lead: str) -> str | None:
    """The agency or network in the dateline."""
    dateline = _DATELINE.match(lead)
    return (dateline["in_brackets"] or dateline["bare"]) if dateline else None


def _find_byline(lines: Sequence[str]) -> str | None:
    for line in lines:
        byline = _BYLINE.match(line)
        if byline:
            return byline["names"].rstrip(" ,.")
    return None


def _find_date(lines: Sequence[str]) -> str | None:
    """The date labelled as publication; else an unlabelled date, else an update's, else a photo's."""
    candidates = []
    for number, line in enumerate(lines):
        for start, published in find_dates(line):
            candidates.append((_rank(line, start), number, start, published))
    return min(candidates)[-1] if candidates else None


def _rank(line: str, start: int) -> int:
    labels = [
        (match.start(), rank)
        for rank, label in ((0, _PUBLISHED), (2, _UPDATED))
        for match in label.finditer(line, 0, start)
    ]
    rank = max(labels)[1] if labels else 1
    return rank + 3 if _CREDIT.search(line) else rank


def mend(title: str) -> str:
    """Repairs the mojibake in a title: `TÃ¼rkiye` becomes `Türkiye`.

    The article's text is never repaired, because quotes must match it.
    """
    if title.isascii():
        return title
    import ftfy

    mended: str = ftfy.fix_encoding(title)
    return mended
