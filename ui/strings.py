"""What the page says by itself, in the language that was chosen; the articles' words are never here.

The words stand in one module for each language, and are had from here by their names: `strings.ASK`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import PurePath

from rag.core.dates import elapsed
from rag.core.errors import Fact, RagError, Trouble
from rag.core.reports import LibraryStatus, Skipped, UpdateReport
from rag.core.schema import Attribution, Scope

from . import english, german
from .english import *

LANGUAGES = {words.LANGUAGE: words for words in (english, german)}


def choose(language: str) -> None:
    """Has this process speak a language from here on; a page that was built before keeps its own. Raises RagError."""
    if language not in LANGUAGES:
        raise RagError(NO_LANGUAGE.format(language=language, known=", ".join(LANGUAGES)))
    # One language's names take the place of the other's, so that all uses are plain, and checked as names.
    globals().update({name: words for name, words in vars(LANGUAGES[language]).items() if name.isupper()})


def number(value: int) -> str:
    """A number as it is written: `12,000`."""
    return f"{value:,}".replace(",", THOUSANDS)


def count(value: int, forms: tuple[str, str], **known: str) -> str:
    """The form for one or for many, with its number: `1 article`, `12,000 passages`."""
    return forms[value != 1].format(number=number(value), **known)


def articles(value: int) -> str:
    """How many articles: `12 articles`."""
    return count(value, COUNT_ARTICLES)


def searching(every: int) -> str:
    """What is said while a question is being answered."""
    return SEARCHING.format(articles=articles(every))


def standing(status: LibraryStatus) -> tuple[str, ...]:
    """What the archive holds and since when, for the head of the page."""
    day, time = _here(status.updated)
    made = GENERATION.format(number=number(status.generation), date=date(day), time=time)
    return articles(status.articles), count(status.passages, COUNT_PASSAGES), made


def updating(status: LibraryStatus) -> str:
    """That the archive is being changed, and since when; empty where it isn't."""
    return UPDATING.format(time=_here(status.updating_since)[1]) if status.updating_since else ""


def _here(moment: str) -> tuple[str, str]:
    """The day, as an ISO 8601 date, and the time of day at this place, of an ISO 8601 time with its zone."""
    here = datetime.datetime.fromisoformat(moment).astimezone()
    return here.date().isoformat(), clock(here)


def clock(moment: datetime.datetime) -> str:
    """The time of day, to the minute."""
    return f"{moment:%H:%M}"


def answered_by(status: LibraryStatus) -> str:
    """The models at work."""
    return ANSWERED_BY.format(embedder=status.embedder, reader=status.reader)


def found_articles(found: int, every: int) -> str:
    """How many articles the filters leave."""
    return articles(every) if found == every else FOUND.format(found=number(found), articles=articles(every))


def bar(period: str, value: int) -> str:
    """What a bar of the histogram says."""
    return BAR.format(period=period, articles=articles(value))


def files_done(done: int, skipped: int, total: int) -> str:
    """How many files of an upload are in the archive, and how many will not be."""
    said = count(total, FILES_DONE, done=number(done))
    return f"{said}, {files_skipped(skipped)}" if skipped else said


def embedding(done: int, total: int) -> str:
    """How far an upload is."""
    return EMBEDDING.format(done=number(done), total=number(total))


def articles_added(added: int, every: int) -> str:
    """What came of an upload."""
    return count(added, ARTICLES_ADDED, every=number(every))


def already_there(files: int) -> str:
    """What is said of files that the archive has."""
    return count(files, ALREADY_THERE)


def followed(report: UpdateReport) -> str:
    """What came of a change in a folder that is followed; empty where nothing came of it."""
    done = {"added": report.added, "changed": report.changed, "renamed": report.renamed, "removed": report.removed}
    return ", ".join(count(len(paths), FOLLOWED[what]) for what, paths in done.items() if paths)


def files_skipped(files: int) -> str:
    """The head of the list of files that did not become articles."""
    return count(files, FILES_SKIPPED)


def too_large(most: int, is_upload: bool) -> str:
    """What is said of what was sent with more bytes than this."""
    return UPLOAD_TOO_LARGE.format(limit=number(most >> 20)) if is_upload else TOO_LARGE.format(limit=number(most))


def problem(error: RagError) -> str:
    """What is wrong, and what to do."""
    return _own_words(error.reason, error.facts) or str(error)


def why_skipped(skipped: Skipped) -> str:
    """Why a file, or a record in it, did not become an article."""
    why = _own_words(skipped.reason, skipped.facts)
    if why is None or skipped.record is None:
        return why or skipped.why
    return RECORD.format(number=number(skipped.record), why=why)


def _own_words(reason: Trouble | None, facts: Mapping[str, Fact]) -> str | None:
    """This language's words for what is wrong, None where there are none, or not all facts that they tell."""
    words = PROBLEMS.get(reason) if reason else None
    told = {name: number(fact) if isinstance(fact, int) else shortened(fact) for name, fact in facts.items()}
    try:
        return words and words.format(**told)
    except KeyError:
        return None


def shortened(text: str, characters: int = 300) -> str:
    """The text, or its beginning with an ellipsis where it is longer than this."""
    return text if len(text) <= characters else f"{text[:characters]}…"


def percent(probability: float) -> str:
    """A probability in [0, 1] as whole percent; neither 0 nor 100 unless it is exactly that."""
    whole = round(probability * 100)
    if whole == 0 and probability > 0:
        return UNDER_PERCENT
    return OVER_PERCENT if whole == 100 and probability < 1 else PERCENT.format(whole=whole)


def confidence(probability: float) -> str:
    """A calibrated confidence in words."""
    return next(words for least, words in CONFIDENCE.items() if probability >= least)


def confidence_meaning(probability: float) -> str:
    """What the figure says and what it doesn't."""
    return CONFIDENCE_MEANING.format(right=max(1, min(99, round(probability * 100))))


def reason(name: str | None, probability: float) -> str:
    """Why there is no answer, in plain words."""
    words = REASONS[name or "not_said"]
    return f"{words} ({percent(probability)})." if name == "below_threshold" else words


def sources(value: int) -> str:
    """How many independent sources say what follows."""
    return count(value, SAY)


def different_answers(value: int) -> str:
    """What stands above answers that are shown side by side."""
    return DIFFERENT_ANSWERS.format(number=number(value))


def read_as(word: str, spelling: str) -> str:
    """That a word of the question was read as the articles put it."""
    return READ_AS.format(word=shortened(word), spelling=shortened(spelling))


def scope_parts(scope: Scope | None) -> list[tuple[str, str]]:
    """What narrows the articles that are asked, in words, each with the name of its filter."""
    if scope is None:
        return []
    parts = [("source", FROM_SOURCE.format(source=source)) for source in scope.sources]
    parts += [("since", SINCE_DATE.format(date=date(scope.since)))] if scope.since else []
    return parts + ([("until", UNTIL_DATE.format(date=date(scope.until)))] if scope.until else [])


def lift_filter(words: str) -> str:
    """The name, for a screen reader, of what lifts a filter."""
    return LIFT_FILTER.format(words=words)


def said_by(attribution: Attribution) -> str:
    """Who says the quoted words, and what of that is a guess."""
    name = shortened(attribution.name, 120) if attribution.name else None
    if attribution.introduction:
        who = PERHAPS_SAID_BY.format(name=name) if name else SPEAKER_UNKNOWN
        return GUESSED_SPEAKER.format(who=who, introduction=shortened(attribution.introduction))
    if name is None:
        return SPEAKER_UNKNOWN
    return (SAID_BY_PRONOUN if attribution.guessed else SAID_BY).format(name=name)


def date(published: str) -> str:
    """An ISO 8601 date that may be partial, as a person writes it: `April 2025`; other text is left as it is."""
    year, _, rest = published.partition("-")
    month, _, day = rest.partition("-")
    if not (month.isdecimal() and 1 <= int(month) <= 12):
        return published
    name = MONTHS[int(month) - 1]
    day = day[:2]
    if not day.isdecimal():
        return MONTH_OF_YEAR.format(month=name, year=year)
    return DAY_OF_MONTH.format(day=int(day), month=name, year=year)


def age(published: str, today: datetime.date) -> str | None:
    """How long ago an ISO 8601 date was, as exactly as it is known; None where it is no date, or not yet past."""
    found = elapsed(published, today)
    if found is None:
        return None
    now = {(0, "day"): TODAY, (1, "day"): YESTERDAY, (0, "month"): THIS_MONTH, (0, "year"): THIS_YEAR}
    return now.get(found) or count(found[0], AGO[found[1]])


def dated(published: str | None, today: datetime.date) -> str | None:
    """An ISO 8601 date as it is, with its age: `2025-04 (3 months ago)`."""
    old = age(published, today) if published else None
    return f"{published} ({old})" if old else published


def origin(source: str | None, path: str) -> str:
    """Where an article comes from: its source, or the name of its file where it names none."""
    return source or PurePath(path).name


def page(value: int) -> str:
    """The page that a quote begins on."""
    return PAGE.format(number=value)


def place(start: int, end: int) -> str:
    """Where a quote stands: its characters, in the article's text."""
    return PLACE.format(start=start, end=end)


def show_citation(value: int, title: str) -> str:
    """A citation chip's name for a screen reader."""
    return SHOW_CITATION.format(number=value, title=title)
