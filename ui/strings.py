"""Every word that the page says by itself, in one place; the articles' words are never here."""

from __future__ import annotations

import datetime
from pathlib import PurePath

from rag.schema import Attribution, Scope

TITLE = "Ask the archive"
TAGLINE = "Answers in the articles’ own words, each with its place."

QUESTION_LABEL = "Your question"
QUESTION_PLACEHOLDER = "Ask what the articles say"
ASK = "Ask"
CONVERSATION = "Questions and answers"
WELCOME = "What do the articles say?"
EXAMPLES = "Questions that these articles answer"
LOOKING_FOR_EXAMPLES = "Looking for questions that these articles answer…"
NO_EXAMPLES = "Ask in your own words; the answer is a quote, or that the articles don’t say."
NO_ARTICLES = (
    "There are no articles in this archive yet. Add some beside this, or a folder of them with: rag update FOLDER"
)

ANSWER = "Answer"
NOT_SAID = "The articles don’t say"
NEAR_MISSES = "Closest passages"
NOT_AN_ANSWER = "not an answer"
OTHER_ANSWERS = "The articles also say"
ASK_INSTEAD = "What these articles do answer"
BREAKS_OFF = "The text breaks off here."
TIMELINE = "By the articles’ dates"
ASKED_OF = "Asked only of articles"
UNDERSTOOD_AS = "Understood as"
ASK_EXACTLY = "Ask exactly what I wrote"
FAILED = "A fault in the program kept this question from being answered: ask it again, and report it if it stays."

COPY = "Copy with references"
COPIED = "Copied"
COPY_LINK = "Copy link"
LINK_SAME = "The archive has changed since this link was made; its answer is the same."
LINK_DIFFERS = "This is not the answer that the link was made from: the archive has changed since."
RATINGS = {"up": "This is right", "down": "This is wrong"}
NOT_RATED = "The rating could not be written beside the index: {why}"
EDIT = "Edit and ask again"
NEW_CONVERSATION = "New conversation"
SAVE_MARKDOWN = "Save as Markdown"
SAVE_JSON = "Save as JSON"

READER = "Article"
READER_EMPTY_TITLE = "Every answer is a quote"
READER_EMPTY = "Choose the number of a quote to read it here, in its whole article."
CITED_AS = "cited as"
EDITION_STATES = {
    "current": None,
    "replaced": "the article has changed since",
    "removed": "the article was removed since",
}
CITATIONS = "Citations of this answer"
BACK = "Back to the answer"
BACK_TO_LIST = "Back to the list"
CLOSE = "Close"
POSITION = "{number} of {count}"
PREVIOUS = "Previous"
PREVIOUS_CITATION = "Previous citation"
NEXT = "Next"
NEXT_CITATION = "Next citation"
ORIGINAL = "Where it was published ↗"
ARTICLE_TEXT = "Text of the article"
BAD_CITATION = "This citation does not name a place in an article of this archive: ask the question again."

TAB_SOURCE = "Source"
TAB_ARTICLES = "Articles"
ARTICLES = "Articles in this archive"
SEARCH_ARTICLES = "Search"
SEARCH_PLACEHOLDER = "Words of the title, source or file"
SOURCE = "Source"
ALL_SOURCES = "All sources"
SORT = "Order"
SORTS = {"newest": "Newest first", "oldest": "Oldest first", "title": "By title"}
SINCE = "From"
UNTIL = "To"
OVER_TIME = "Articles over time: choose a bar to see, and ask, only these; Shift extends the choice"
MORE_ARTICLES = "Show more"

TAB_ADD = "Add articles"
ADD_LEAD = (
    "Text, Markdown, HTML, PDF, Word, JSON and feed files, also packed. They are copied beside the index and read on "
    "this machine; questions are answered meanwhile."
)
ADD_FILES = "Files to add"
ADDING = "Adding articles"
ADDING_FAILED = "A fault in the program kept these files from being added: try again, and report it if it stays."
NOT_READABLE = "is of a kind that can’t be read: give it as text, HTML, PDF or Word"
TOO_MANY_FILES = "was left out: add at most {most} files at once, or a folder with rag update"
NO_ROOM = "was left out: the files added on this page take all the room they may; use rag update"

PASSWORD_FIRST = "{host} is open to other machines, which takes a password: add --auth USER:PASSWORD or --auth @FILE"
BAD_AUTH = "--auth names no user and password: write it as USER:PASSWORD, or as @FILE with such a line for each person"
AUTH_FILE = "Can’t read the file of passwords {file}: name a text file with lines USER:PASSWORD after --auth @"
PASSWORD_NEEDED = "A user and a password are needed"
NO_SUCH_ADDRESS = "{host} is no address of this machine: use --host 127.0.0.1, or --host 0.0.0.0 for all it has"
TOO_OFTEN = "Too many requests: wait a few seconds, then ask again"
PORTS_IN_USE = "The ports {first} to {last} are all in use: choose another with --port"
SERVING = "The page is at {url} (Ctrl+C stops it)"

REASONS = {
    "nothing_about_it": "No passage in the archive is about this question.",
    "not_said": "The archive has passages about this, but none of them says what is asked.",
    "below_threshold": "The sentence that came closest is too unlikely to be the answer",
    "breaks_off": "The text breaks off where it comes closest to this question.",
}

CONFIDENCE = (
    (0.9, "Very likely right"),
    (0.7, "Likely right"),
    (0.5, "More likely right than not"),
    (0.0, "Uncertain: read the quote in its article"),
)
"""The least confidence for which each wording is used, highest first."""

MONTHS = tuple("January February March April May June July August September October November December".split())


def count(number: int, one: str, many: str) -> str:
    """A number with its noun: `1 article`, `12,000 passages`."""
    return f"{number:,} {one if number == 1 else many}"


def searching(articles: int) -> str:
    """What is said while a question is being answered."""
    return f"Searching {count(articles, 'article', 'articles')}…"


def standing(articles: int, passages: int, generation: int) -> tuple[str, ...]:
    """What the archive holds, for the head of the page."""
    return count(articles, "article", "articles"), count(passages, "passage", "passages"), f"generation {generation:,}"


def found_articles(found: int, every: int) -> str:
    """How many articles the filters leave."""
    return (
        count(every, "article", "articles") if found == every else f"{found:,} of {count(every, 'article', 'articles')}"
    )


def bar(period: str, articles: int) -> str:
    """What a bar of the histogram says."""
    return f"{period}: {count(articles, 'article', 'articles')}"


def reading_files(files: int) -> str:
    """What is said before anything of an upload is embedded."""
    return f"Reading {count(files, 'file', 'files')}…"


def embedding(done: int, total: int) -> str:
    """How far an upload is."""
    return f"Embedding passages: {done:,} of {total:,}"


def articles_added(added: int, every: int) -> str:
    """What came of an upload."""
    return f"{count(added, 'article', 'articles')} added; the archive holds {every:,} now."


def already_there(files: int) -> str:
    """What is said of files that the archive has."""
    return (
        "This file is in the archive already." if files == 1 else f"These {files:,} files are in the archive already."
    )


def files_skipped(files: int) -> str:
    """The head of the list of files that did not become articles."""
    return f"{count(files, 'file', 'files')} skipped"


def shortened(text: str, characters: int = 300) -> str:
    """The text, or its beginning with an ellipsis where it is longer than this."""
    return text if len(text) <= characters else f"{text[:characters]}…"


def percent(probability: float) -> str:
    """A probability in [0, 1] as whole percent; neither 0 nor 100 unless it is exactly that."""
    whole = round(probability * 100)
    if whole == 0 and probability > 0:
        return "under 1%"
    return "over 99%" if whole == 100 and probability < 1 else f"{whole}%"


def confidence(probability: float) -> str:
    """A calibrated confidence in words."""
    return next(words for least, words in CONFIDENCE if probability >= least)


def confidence_meaning(probability: float) -> str:
    """What the figure says and what it doesn't."""
    right = max(1, min(99, round(probability * 100)))
    return (
        f"Of 100 answers that are given with this figure, about {right} are right. It "
        "weighs how well the words fit the question, how near the passage is, and whether other articles say the same. "
        "It can’t tell whether what an article says is true: read the quote where it stands."
    )


def reason(name: str | None, probability: float) -> str:
    """Why there is no answer, in plain words."""
    words = REASONS[name or "not_said"]
    return f"{words} ({percent(probability)})." if name == "below_threshold" else words


def sources(number: int) -> str:
    """How many independent sources say what follows."""
    return f"{count(number, 'independent source', 'independent sources')} {'says' if number == 1 else 'say'}"


def read_as(word: str, spelling: str) -> str:
    """That a word of the question was read as the articles put it."""
    return f"Read “{shortened(word)}” as “{shortened(spelling)}”, as the articles put it."


def scope_parts(scope: Scope | None) -> list[tuple[str, str]]:
    """What narrows the articles that are asked, in words, each with the name of its filter."""
    if scope is None:
        return []
    parts = [("source", f"from {source}") for source in scope.sources]
    parts += [("since", f"since {date(scope.since)}")] if scope.since else []
    return parts + ([("until", f"until {date(scope.until)}")] if scope.until else [])


def lift_filter(words: str) -> str:
    """The name, for a screen reader, of what lifts a filter."""
    return f"Ask other articles too than those {words}"


def said_by(attribution: Attribution) -> str:
    """Who says the quoted words, and what of that is a guess."""
    name = shortened(attribution.name, 120) if attribution.name else None
    if attribution.introduction:
        who = f"Perhaps said by {name}" if name else "The text doesn’t say who speaks"
        return f"{who}: a guess, from a sentence that breaks off, “{shortened(attribution.introduction)}”"
    if name is None:
        return "The text doesn’t say who speaks"
    return f"Said by {name}" + (": a guess, the text has a pronoun there" if attribution.guessed else "")


def date(published: str) -> str:
    """An ISO 8601 date that may be partial, as a person writes it: `April 2025`; other text is left as it is."""
    year, _, rest = published.partition("-")
    month, _, day = rest.partition("-")
    if not (month.isdecimal() and 1 <= int(month) <= 12):
        return published
    name = MONTHS[int(month) - 1]
    day = day[:2]
    return f"{int(day)} {name} {year}" if day.isdecimal() else f"{name} {year}"


def age(published: str, today: datetime.date) -> str | None:
    """How long ago an ISO 8601 date was, as exactly as it is known; None where it is no date, or not yet past."""
    known = [int(part) for part in published[:10].split("-") if part.isdecimal()]
    if not known or not all(1 <= month <= 12 for month in known[1:2]):
        return None
    months = (today.year - known[0]) * 12 + (today.month - known[1] if len(known) > 1 else 0)
    if len(known) == 3 and months < 3:
        return _days_ago(known, today)
    if months < 0:
        return None
    if len(known) > 1 and months < 24:
        return f"{count(months, 'month', 'months')} ago" if months else "this month"
    return f"{count(months // 12, 'year', 'years')} ago" if months else "this year"


def _days_ago(known: list[int], today: datetime.date) -> str | None:
    try:
        days = (today - datetime.date(*known)).days
    except ValueError:
        return None
    if days < 0:
        return None
    if days < 2:
        return "yesterday" if days else "today"
    return f"{days} days ago" if days < 15 else f"{days // 7} weeks ago"


def origin(source: str | None, path: str) -> str:
    """Where an article comes from: its source, or the name of its file where it names none."""
    return source or PurePath(path).name


def page(number: int) -> str:
    """The page that a quote begins on."""
    return f"page {number}"


def place(start: int, end: int, content_hash: str) -> str:
    """Where a quote stands: its characters, in the text with this hash."""
    return f"characters {start}–{end}, sha256 {content_hash}"


def show_citation(number: int, title: str) -> str:
    """A citation chip's name for a screen reader."""
    return f"Citation {number}: {title}. Show the quote in its article"
