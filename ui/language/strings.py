"""Makes the page's own sentences in one language, with names and numbers filled in.

The texts are in one module per language. Each part of the page gets a `Strings`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from rag.core import index_layout
from rag.core.dates import elapsed
from rag.core.errors import Fact, RagError, Trouble
from rag.core.reports import LibraryStatus, Skipped, UpdateReport
from rag.core.schema import Answer, Attribution, Form
from rag_ui.language import english, german
from rag_ui.language.bylines import names_of
from rag_ui.language.part_words import Forms
from rag_ui.language.words import Words

_AUTHORS = 2
"""Most authors that are named beside a quote."""
_DIGEST = re.compile(r"-[0-9a-f]{12}(?=(?:\.\w+){0,2}$)")
"""What `rag_ui.adding.stored_files.safe_name` adds to the name of a file. Example: `diary-0123456789ab.txt`"""


@dataclass(frozen=True, slots=True)
class Strings:
    """The texts of one language, and the sentences made from them."""

    words: Words

    def number(self, value: int) -> str:
        """Formats a number: `12,000`."""
        return f"{value:,}".replace(",", self.words.thousands)

    def undated(self, articles: int) -> str:
        """How many articles of a list have no date, behind those that have one; empty if there are none."""
        return self.words.list.undated.format(number=self.number(articles)) if articles else ""

    def count(self, value: int, forms: Forms, **known: str) -> str:
        """Chooses the form for a number and fills the number in: `1 article`, `12,000 passages`."""
        return forms[value != 1].format(number=self.number(value), **known)

    def articles(self, value: int) -> str:
        """Formats a number of articles: `12 articles`."""
        return self.count(value, self.words.count_articles)

    def stage(self, name: str, every: int) -> str:
        """The line shown while a question is being answered: what is being done."""
        return self.words.asking.stages[name].format(articles=self.articles(every))

    def behind(self, status: LibraryStatus) -> tuple[str, ...]:
        """What is behind the archive: its passages, its generation, and the models that answer."""
        day, time = _here(status.updated)
        made = self.words.generation.format(number=self.number(status.generation), date=self.date(day), time=time)
        passages = self.count(status.passages, self.words.count_passages)
        return passages, made, self.words.answered_by.format(embedder=status.embedder, reader=status.reader)

    def updating(self, status: LibraryStatus) -> str:
        """The start of a running update; empty if there is none."""
        return self.words.updating.format(time=_here(status.updating_since)[1]) if status.updating_since else ""

    def found_articles(self, found: int, every: int) -> str:
        """The number of articles that the filters leave."""
        if found == every:
            return self.articles(every)
        if not found:
            return self.words.found_none
        return self.words.found.format(found=self.number(found), articles=self.articles(every))

    def bar(self, period: str, value: int) -> str:
        """The label of a bar of the histogram."""
        return self.words.bar.format(period=period, articles=self.articles(value))

    def files_done(self, done: int, skipped: int, total: int) -> str:
        """The number of files of an upload that are done, and that were skipped."""
        said = self.count(total, self.words.files_done, done=self.number(done))
        return f"{said}, {self.files_skipped(skipped)}" if skipped else said

    def embedding(self, done: int, total: int) -> str:
        """The number of passages embedded so far."""
        return self.words.embedding.format(done=self.number(done), total=self.number(total))

    def articles_added(self, added: int, every: int) -> str:
        """The number of articles that an upload added."""
        return self.count(added, self.words.articles_added, every=self.number(every))

    def already_there(self, files: int) -> str:
        """The line about files that are already in the archive."""
        return self.count(files, self.words.already_there)

    def followed(self, report: UpdateReport) -> str:
        """The articles that a change of a followed folder added, changed or removed; empty if none."""
        done = {"added": report.added, "changed": report.changed, "renamed": report.renamed, "removed": report.removed}
        return ", ".join(self.count(len(paths), self.words.followed[what]) for what, paths in done.items() if paths)

    def files_skipped(self, files: int) -> str:
        """The head of the list of files that did not become articles."""
        return self.count(files, self.words.files_skipped)

    def too_large(self, most: int, is_upload: bool) -> str:
        """What is said of what was sent with more bytes than this."""
        if is_upload:
            return self.words.upload_too_large.format(limit=self.number(most >> 20))
        return self.words.too_large.format(limit=self.number(most))

    def problem(self, error: RagError) -> str:
        """What is wrong, and what to do."""
        return self._own_words(error.reason, error.facts) or str(error)

    def why_skipped(self, skipped: Skipped) -> str:
        """Why a file, or a record in it, did not become an article."""
        why = self._own_words(skipped.reason, skipped.facts)
        if why is None or skipped.record is None:
            return why or skipped.why
        return self.words.record.format(number=self.number(skipped.record), why=why)

    def _own_words(self, reason: Trouble | None, facts: Mapping[str, Fact]) -> str | None:
        """This language's words for what is wrong, None where there are none, or not all facts that they tell."""
        words = self.words.problems.get(reason) if reason else None
        told = {name: self.number(fact) if isinstance(fact, int) else shortened(fact) for name, fact in facts.items()}
        try:
            return words and words.format(**told)
        except KeyError:
            return None

    def percent(self, probability: float) -> str:
        """A probability in [0, 1] as whole percent; neither 0 nor 100 unless it is exactly that."""
        whole = round(probability * 100)
        if whole == 0 and probability > 0:
            return self.words.under_percent
        return self.words.over_percent if whole == 100 and probability < 1 else self.words.percent.format(whole=whole)

    def confidence(self, probability: float) -> str:
        """A calibrated confidence in words."""
        return next(words for least, words in self.words.confidence.items() if probability >= least)

    def level(self, probability: float) -> int:
        """The number of the level of a confidence: 1 for the lowest, 3 for the highest."""
        return sum(probability >= least for least in self.words.confidence)

    def confidence_meaning(self, probability: float) -> str:
        """What the figure says and what it doesn't."""
        return self.words.confidence_meaning.format(right=max(1, min(99, round(probability * 100))))

    def reason(self, name: str | None) -> str:
        """Why there is no answer, in plain words."""
        return self.words.reasons[name or "not_said"]

    def sources(self, value: int) -> str:
        """How many independent sources say what follows."""
        return self.count(value, self.words.say)

    def side_by_side(self, value: int, form: Form) -> str:
        """What stands above answers that are shown side by side, or above the items of a list."""
        words = self.words.items_named if form == "list" else self.words.different_answers
        return words.format(number=self.number(value))

    def also(self, form: Form) -> str:
        """What stands before each further answer in a written answer."""
        return self.words.also_named if form == "list" else self.words.other_answers

    def read_as(self, word: str, spelling: str) -> str:
        """That a word of the question was read as the articles put it."""
        return self.words.read_as.format(word=shortened(word), spelling=shortened(spelling))

    def stated(self, answer: Answer) -> list[str]:
        """What fields of articles state that their texts don't, a line each."""
        return [
            self.words.stated_fields[one.field].format(
                value=self.date(one.value) if one.field == "published" else shortened(one.value)
            )
            for one in answer.stated
        ]

    def lift_filter(self, words: str) -> str:
        """The name, for a screen reader, of what lifts a filter."""
        return self.words.lift_filter.format(words=words)

    def said_by(self, attribution: Attribution) -> str:
        """Who says the quoted words, and what of that is a guess."""
        name = shortened(attribution.name, 120) if attribution.name else None
        if attribution.introduction:
            who = self.words.perhaps_said_by.format(name=name) if name else self.words.speaker_unknown
            return self.words.guessed_speaker.format(who=who, introduction=shortened(attribution.introduction))
        if name is None:
            return self.words.speaker_unknown
        return (self.words.said_by_pronoun if attribution.guessed else self.words.said_by).format(name=name)

    def authors(self, byline: str) -> str:
        """The authors of a byline: two at most, and the number of the others."""
        names = names_of(byline)
        if len(names) <= _AUTHORS:
            return byline
        more = self.number(len(names) - _AUTHORS)
        return self.words.card.more_authors.format(names=", ".join(names[:_AUTHORS]), number=more)

    def date(self, published: str) -> str:
        """An ISO 8601 date that may be partial, as a person writes it: `April 2025`; other text is left as it is."""
        year, _, rest = published.partition("-")
        month, _, day = rest.partition("-")
        if not (month.isdecimal() and 1 <= int(month) <= 12):
            return published
        name = self.words.months[int(month) - 1]
        day = day[:2]
        if not day.isdecimal():
            return self.words.month_of_year.format(month=name, year=year)
        return self.words.day_of_month.format(day=int(day), month=name, year=year)

    def day_meant(self, day: str) -> str:
        """The day, ISO 8601, that a relative short answer means."""
        return self.words.card.day_meant.format(date=self.date(day))

    def age(self, published: str, today: datetime.date) -> str | None:
        """How long ago an ISO 8601 date was, as exactly as it is known; None where it is no date, or not yet past."""
        found = elapsed(published, today)
        if found is None:
            return None
        now = {
            (0, "day"): self.words.today,
            (1, "day"): self.words.yesterday,
            (0, "month"): self.words.this_month,
            (0, "year"): self.words.this_year,
        }
        return now.get(found) or self.count(found[0], self.words.ago[found[1]])

    def moment(self, moment: str) -> str:
        """An ISO 8601 time with its zone, as day and time of day at this place."""
        day, time = _here(moment)
        return self.words.standing.when.format(date=self.date(day), time=time)

    def page(self, value: int) -> str:
        """The page that a quote begins on."""
        return self.words.page.format(number=value)

    def place(self, start: int, end: int) -> str:
        """Where a quote stands: its characters, in the article's text."""
        return self.words.place.format(start=start, end=end)

    def show_citation(self, value: int, title: str) -> str:
        """A citation chip's name for a screen reader."""
        return self.words.show_citation.format(number=value, title=title)


def _here(moment: str) -> tuple[str, str]:
    """The day, as an ISO 8601 date, and the time of day at this place, of an ISO 8601 time with its zone."""
    here = datetime.datetime.fromisoformat(moment).astimezone()
    return here.date().isoformat(), clock(here)


def clock(moment: datetime.datetime) -> str:
    """The time of day, to the minute."""
    return f"{moment:%H:%M}"


def shortened(text: str, characters: int = 300) -> str:
    """The text, or its beginning with an ellipsis where it is longer than this."""
    return text if len(text) <= characters else f"{text[:characters]}…"


def origin(source: str | None, path: str, url: str | None = None) -> str:
    """Where an article comes from: its source, or its address's domain, or the name of its file as it was given.

    Empty if only this program gave the file a name.
    """
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:  # an address as a file states it need not be one
        host = ""
    return source or host.removeprefix("www.") or _given_name(PurePath(path.partition("#")[0]))


def _given_name(file: PurePath) -> str:
    """The name that a person gave a file; empty for one that came from a program or a feed."""
    match file.parent.name:
        case index_layout.POSTED | index_layout.FEEDS:
            return ""
        case index_layout.ADDED:
            return _DIGEST.sub("", file.name)
    return file.name


ENGLISH, GERMAN = Strings(english.WORDS), Strings(german.WORDS)
LANGUAGES = {strings.words.language: strings for strings in (ENGLISH, GERMAN)}


def in_language(language: str) -> Strings:
    """The strings of a language: en or de. Raises RagError for any other."""
    if language not in LANGUAGES:
        raise RagError(ENGLISH.words.no_language.format(language=language, known=", ".join(LANGUAGES)))
    return LANGUAGES[language]
