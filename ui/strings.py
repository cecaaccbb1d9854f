"""Every word that the page says by itself, in one place; the articles' words are never here."""

from __future__ import annotations

from pathlib import PurePath

TITLE = "Ask the archive"
TAGLINE = "Answers in the articles’ own words, each with its place."

QUESTION_LABEL = "Your question"
QUESTION_PLACEHOLDER = "Ask what the articles say"
ASK = "Ask"
CONVERSATION = "Questions and answers"
WELCOME = "What do the articles say?"
EXAMPLES = "Questions that these articles answer"
NO_ARTICLES = "There are no articles in this archive yet. Add a folder of them with: rag update FOLDER"

ANSWER = "Answer"
NOT_SAID = "The articles don’t say"
NEAR_MISSES = "Closest passages"
NOT_AN_ANSWER = "not an answer"
OTHER_ANSWERS = "The articles also say"
UNDERSTOOD_AS = "Understood as"
FAILED = "A fault in the program kept this question from being answered: ask it again, and report it if it stays."

READER = "Article"
READER_EMPTY_TITLE = "Every answer is a quote"
READER_EMPTY = "Choose the number of a quote to read it here, in its whole article."
CITED_AS = "cited as"
EDITION_STATES = {
    "current": None,
    "replaced": "the article has changed since",
    "removed": "the article was removed since",
}
CLOSE = "Close"
ARTICLE_TEXT = "Text of the article"
BAD_CITATION = "This citation does not name a place in an article of this archive: ask the question again."

LOCAL_ONLY = "The page has no password, so it serves this machine only: use --host 127.0.0.1 instead of {host}"
PORTS_IN_USE = "The ports {first} to {last} are all in use: choose another with --port"
SERVING = "The page is at {url} (Ctrl+C stops it)"

REASONS = {
    "nothing_retrieved": "No passage in the archive is about this question.",
    "nothing_readable": "The passages that came closest hold no sentence that could answer it.",
    "below_threshold": "The sentence that came closest is too unlikely to be the answer",
}

CONFIDENCE = (
    (0.9, "Very likely right"),
    (0.7, "Likely right"),
    (0.5, "More likely right than not"),
    (0.0, "Uncertain: read the quote in its article"),
)
"""The least confidence for which each wording is used, highest first."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def count(number: int, one: str, many: str) -> str:
    """A number with its noun: `1 article`, `12,000 passages`."""
    return f"{number:,} {one if number == 1 else many}"


def searching(articles: int) -> str:
    """What is said while a question is being answered."""
    return f"Searching {count(articles, 'article', 'articles')}…"


def standing(articles: int, passages: int, generation: int) -> tuple[str, ...]:
    """What the archive holds, for the head of the page."""
    return count(articles, "article", "articles"), count(passages, "passage", "passages"), f"generation {generation:,}"


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


def reason(name: str | None, probability: float) -> str:
    """Why there is no answer, in plain words."""
    words = REASONS[name or "nothing_readable"]
    return f"{words} ({percent(probability)})." if name == "below_threshold" else words


def date(published: str) -> str:
    """An ISO 8601 date that may be partial, as a person writes it: `April 2025`; other text is left as it is."""
    year, _, rest = published.partition("-")
    month, _, day = rest.partition("-")
    if not (month.isdecimal() and 1 <= int(month) <= 12):
        return published
    name = MONTHS[int(month) - 1]
    day = day[:2]
    return f"{int(day)} {name} {year}" if day.isdecimal() else f"{name} {year}"


def origin(source: str | None, path: str) -> str:
    """Where an article comes from: its source, or the name of its file where it names none."""
    return source or PurePath(path).name


def page(number: int) -> str:
    """The page that a quote begins on."""
    return f"page {number}"


def show_citation(number: int, title: str) -> str:
    """A citation chip's name for a screen reader."""
    return f"Citation {number}: {title}. Show the quote in its article"
