"""Derives title, date, byline, source and address of an article from its first lines.

These are used only for what no field of the file states. Dates and bylines are searched only before the body: a date in
a sentence is part of the news and not the date of publication.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from rag.core.article import Sentence, SentenceKind
from rag.text.dates import find_dates, parse_date
from rag.text.english.calendar import ANY_MONTH, ANY_WEEKDAY
from rag.text.english.datelines import NEWSPAPER_WORDS, PICTURED, PUBLISHED, SOURCE_LABELS, SURNAMES_TOO, UPDATED
from rag.text.english.numbers import ORDINAL_ENDING
from rag.text.english.places import AGENCIES
from rag.text.grammar.corrections import find_corrected
from rag.text.short_titles import LONGEST_TITLE, shorten

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
_DATE = (
    rf"(?:{ANY_WEEKDAY}\.?,? )?(?:\d{{1,2}}(?:{ORDINAL_ENDING}|\.|er|º)? (?:de )?{ANY_MONTH}\.?,? (?:del? )?\d{{4}}"
    rf"|{ANY_MONTH}\.? \d{{1,2}}{ORDINAL_ENDING}?,? \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    r"|\d{1,2}(?P<mark>[./-]) ?\d{1,2}(?P=mark) ?\d{4})"
)
_DATE_ALONE = re.compile(_DATE, re.IGNORECASE)
_NAME_AND_DATE = re.compile(
    rf"(?P<name>[^\W\d_][^\d|()•–—,]{{1,60}}?)(?:\s*[,|·•–—:]\s*|\s-\s+|\s*\(|\s+){_DATE}\)?"
    r"(?:,? (?:p|pp|page|seite|s)\.? ?\d+)?\.?",
    re.IGNORECASE,
)
"""A newspaper's name and a date: `Harbour Gazette, 12 December 2024`."""
_LABELLED_SOURCE = re.compile(rf"(?:{'|'.join(SOURCE_LABELS)}):\s*(?P<name>[^\W\d_].{{0,60}})", re.IGNORECASE)
"""A line that states the source: `Source: Harbour Gazette`."""
_SLASHED = re.compile(r"\b\d{1,2}[/-]\d{1,2}[/-]\d{4}\b")
_NAME_WORDS = 6
"""Most words of a newspaper's name."""
_BARE_NAME_WORDS = 3
"""Most words of a name below a title that nothing else tells to be one."""
_ADDRESS = re.compile(r"https?://\S+")
_FIRST_LINE = re.compile(r"\S.*")
_FIRST_SENTENCES = 40
"""Number of sentences that count as the first lines."""
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


@dataclass(frozen=True, slots=True)
class _Masthead:
    """The line that names the newspaper.

    Attributes:
        name: The newspaper's name, if the line surely states it.
        at: The line's number; None if there is no such line.
    """

    name: str | None = None
    at: int | None = None


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
    every = [(text[sentence.start : sentence.end], sentence.kind) for sentence in first[:body]]
    labelled = [match["name"] for line, _ in every if (match := _LABELLED_SOURCE.fullmatch(line))]
    front = [(line, kind) for line, kind in every if not _LABELLED_SOURCE.fullmatch(line)]
    masthead = _read_masthead(front)
    lines = [line for number, (line, kind) in enumerate(front) if kind == "boilerplate" or number == masthead.at]
    lead = " ".join(text[sentence.start : sentence.end] for sentence in first[body : body + 1])
    byline, newspaper = _find_byline(lines)
    found = {
        "published": _find_date(lines),
        "source": next(iter(labelled), None) or masthead.name or newspaper or _find_source(lead),
        "url": next((line for line in lines if _ADDRESS.fullmatch(line)), None),
        "byline": byline,
    }
    known = {name: value for name, value in found.items() if value is not None}
    others = [line for number, line in enumerate(front) if number != masthead.at]
    title = _find_heading(others, lead) or _title_of_body(text, sentences)
    return Metadata(mend(title), **known, derived=frozenset({"title", *known}))


def _is_body(sentence: Sentence) -> bool:
    return sentence.kind in ("sentence", "fragment")


def _read_masthead(front: Sequence[tuple[str, SentenceKind]]) -> _Masthead:
    """Finds the line of the newspaper: the first one, or the one below the title.

    It has a date or stands before one, or the title stands between them.
    """
    headings = [" ".join(line.split()) for line, _ in takewhile(lambda each: each[1] == "heading", front)][:2]
    for at, line in enumerate(headings):
        named, name = _NAME_AND_DATE.fullmatch(line), line
        is_alone = sum(kind == "heading" for _, kind in front) == 1
        if named is not None:
            name = named["name"].strip()
            if _is_newspaper(name) or (not is_alone and _is_name(name)):
                is_told = _is_newspaper(name) or (at == 0 and len(name.split()) > 1)
                return _Masthead(name if is_told else None, at)
        elif not is_alone and _is_dated(front, at):
            if _is_newspaper(line):
                return _Masthead(line, at)
            if at and _is_below_title(line, headings[0]):
                return _Masthead(None, at)
    if len(headings) > 1 and _is_newspaper(headings[0]) and _is_dated(front, 1):
        return _Masthead(headings[0], 0)
    return _Masthead()


def _is_dated(front: Sequence[tuple[str, SentenceKind]], at: int) -> bool:
    return len(front) > at + 1 and _DATE_ALONE.fullmatch(front[at + 1][0]) is not None


def _is_below_title(line: str, title: str) -> bool:
    """Whether a line between a title and a date is the name of a newspaper or an author; which one is not told."""
    is_short = len(line.split()) <= min(_BARE_NAME_WORDS, len(title.split()))
    return is_short and _is_name(line) and not _is_newspaper(title)


def _is_newspaper(name: str) -> bool:
    return _is_name(name) and not NEWSPAPER_WORDS.isdisjoint(name.lower().split())


def _is_name(words: str) -> bool:
    """Whether all words but the short ones are capitalised."""
    long_ones = [word for word in words.split() if len(word) > 3 or word[0].isupper()]
    return len(words.split()) <= _NAME_WORDS and bool(long_ones) and all(word[0].isupper() for word in long_ones)


def _find_heading(front: Sequence[tuple[str, SentenceKind]], lead: str) -> str | None:
    """The title among the lines before the body: the first heading that is long enough, else one that stands out.

    A heading of two words stands out right before the date or the authors, or if it is the only one and the body takes
    up its words. Others of two words are names and places.
    """
    headings = [number for number, (_, kind) in enumerate(front) if kind == "heading"]
    lines = [" ".join(line.split()) for line, _ in front]
    least = _LONE_TITLE_WORDS if len(headings) == 1 else _TITLE_WORDS
    long_enough = (lines[number] for number in headings if len(lines[number].split()) >= least)
    before_about = (
        lines[number]
        for number in headings
        if len(lines[number].split()) > 1 and front[number + 1 : number + 2] and front[number + 1][1] == "boilerplate"
        if _BYLINE.match(lines[number + 1])
        or next(find_dates(lines[number + 1]), None)
        or _SLASHED.match(lines[number + 1])
    )
    taken_up = (lines[number] for number in headings[:1] if len(headings) == 1 and _is_taken_up(lines[number], lead))
    return next((line for some in (long_enough, before_about, taken_up) for line in some), None)


def _is_taken_up(heading: str, lead: str) -> bool:
    """Whether a heading of two words is no name, or the body's first sentence has a word of it."""
    words = heading.split()
    if len(words) != 2:
        return False
    said = {word.strip(".,;:").lower() for word in lead[_end_of_dateline(lead) :].split()}
    return words[1][0].islower() or not said.isdisjoint(word.lower() for word in words)


def _title_of_body(text: str, sentences: Sequence[Sentence]) -> str:
    """The first whole sentence that no correction quotes as wrong, shortened; else the first words."""
    whole = (text[sentence.start : sentence.end] for sentence in sentences if sentence.kind == "sentence")
    long_enough = (line for line in whole if len(line.split()) >= _TITLE_WORDS and not line[0].islower())
    lead = next((line for line in long_enough if not any(find_corrected(line))), "")
    headings = (text[sentence.start : sentence.end] for sentence in sentences if sentence.kind == "heading")
    first_line = _FIRST_LINE.search(text)
    lead = lead[_end_of_dateline(lead) :] or next(headings, "") or (first_line.group() if first_line else "")
    return shorten(lead[: 4 * LONGEST_TITLE]) or lead[:LONGEST_TITLE]


def _end_of_dateline(lead: str) -> int:
    dateline = _DATELINE.match(lead)
    return dateline.end() if dateline else 0


def _find_source(lead: str) -> str | None:
    """The agency or network in the dateline."""
    dateline = _DATELINE.match(lead)
    return (dateline["in_brackets"] or dateline["bare"]) if dateline else None


def _find_byline(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """The authors' names, and the newspaper behind them: `By Ada Lind, Harbour Gazette`."""
    for line in lines:
        if byline := _BYLINE.match(line):
            names = byline["names"].rstrip(" ,.")
            authors, comma, last = names.rpartition(", ")
            return (authors, last) if comma and _is_behind_authors(last) else (names, None)
    return None, None


def _is_behind_authors(words: str) -> bool:
    """Whether words behind the authors are a newspaper's name, and neither another author's nor a reporter's desk."""
    *before, last = words.lower().split()
    return _is_newspaper(words) and last != "reporter" and (last not in SURNAMES_TOO or len(before) != 1)


def _find_date(lines: Sequence[str]) -> str | None:
    """The date labelled as publication; else an unlabelled date, else an update's, else a photo's."""
    candidates = []
    for number, line in enumerate(lines):
        dates = list(find_dates(line)) or [(0, found) for found in [_read_slashed(line)] if found]
        for start, published in dates:
            candidates.append((_rank(line, start), number, start, published))
    return min(candidates)[-1] if candidates else None


def _read_slashed(line: str) -> str | None:
    """The date of a line such as `13/4/2025`; of `3/4/2025`, which is ambiguous, the year."""
    slashed = _SLASHED.search(line)
    return parse_date(slashed.group()) if slashed else None


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
