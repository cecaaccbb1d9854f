"""Every word that the page says by itself, in English; `german` has the same names, and `strings` chooses."""

from __future__ import annotations

from rag.core.errors import Trouble
from rag.text.english import calendar

LANGUAGE = "en"
THOUSANDS = ","

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
    "There are no articles in this archive yet. Add files under “Add articles”, or a folder with: rag update FOLDER"
)
SEARCHING = "Searching {articles}…"

ANSWER = "Answer"
NOT_SAID = "The articles don’t say"
NEAR_MISSES = "Closest passages"
NOT_AN_ANSWER = "not an answer"
OTHER_ANSWERS = "The articles also say"
DIFFERENT_ANSWERS = "The articles give {number} different answers"
ASK_INSTEAD = "What these articles do answer"
BREAKS_OFF = "The text breaks off here."
TIMELINE = "By the articles’ dates"
ASKED_OF = "Asked only of articles"
FROM_SOURCE = "from {source}"
SINCE_DATE = "since {date}"
UNTIL_DATE = "until {date}"
LIFT_FILTER = "Ask other articles too than those {words}"
UNDERSTOOD_AS = "Understood as"
READ_AS = "Read “{word}” as “{spelling}”, as the articles put it."
ASK_EXACTLY = "Ask exactly what I wrote"
FAILED = "A fault in the program kept this question from being answered: ask it again, and report it if it stays."

SAY = ("One source says", "{number} independent sources say")
SAID_BY = "Said by {name}"
SAID_BY_PRONOUN = "Said by {name}: a guess, the text has a pronoun there"
PERHAPS_SAID_BY = "Perhaps said by {name}"
SPEAKER_UNKNOWN = "The text doesn’t say who speaks"
GUESSED_SPEAKER = "{who}: a guess, from a sentence that breaks off, “{introduction}”"

REASONS = {
    "nothing_about_it": "No passage in the archive is about this question.",
    "not_said": "The archive has passages about this, but none of them says what is asked.",
    "below_threshold": "The sentence that came closest is too unlikely to be the answer",
    "breaks_off": "The text breaks off where it comes closest to this question.",
}
CONFIDENCE = {
    0.9: "Very likely right",
    0.7: "Likely right",
    0.5: "More likely right than not",
    0.0: "Uncertain: read the quote in its article",
}
"""The least confidence for which each wording is used, highest first."""
CONFIDENCE_MEANING = (
    "Of 100 answers that are given with this figure, about {right} are right. It weighs how well the words fit the "
    "question, how near the passage is, and whether other articles say the same. It can’t tell whether what an article "
    "says is true: read the quote where it stands."
)
PERCENT = "{whole}%"
UNDER_PERCENT = "under 1%"
OVER_PERCENT = "over 99%"

COPY = "Copy with references"
COPIED = "Copied"
COPY_LINK = "Copy link"
LINK_SAME = "The archive has changed since this link was made; its answer is the same."
LINK_DIFFERS = "This is not the answer that the link was made from: the archive has changed since."
RATINGS = {"up": "This is right", "down": "This is wrong"}
NOT_KEPT = "Not kept"
NOT_RATED = "The rating could not be written beside the index: {why}"
EDIT = "Edit and ask again"
NEW_CONVERSATION = "New conversation"
LAST_CONVERSATION = "Back to the last conversation"
SAVE_MARKDOWN = "Save as Markdown"
SAVE_JSON = "Save as JSON"

READER = "Article"
READER_EMPTY_TITLE = "Every answer is a quote"
READER_EMPTY = "Choose the number of a quote to read it here, in its whole article."
CITED_AS = "cited as"
SHOW_CITATION = "Citation {number}: {title}. Show the quote in its article"
EDITION_STATES = {
    "current": "",
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
PAGE = "page {number}"
PLACE = "characters {start}–{end}"

COUNT_ARTICLES = ("{number} article", "{number} articles")
COUNT_PASSAGES = ("{number} passage", "{number} passages")
GENERATION = "generation {number}, {date}, {time}"
UPDATING = "Updating since {time}"
MODELS = "What answers here"
ANSWERED_BY = "Passages are found by {embedder}, answers by the model “{reader}”."

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
OVER_TIME = (
    "Articles over time: choose a bar, or draw over several, to see, and ask, only these; Shift extends the choice"
)
BAR = "{period}: {articles}"
FOUND = "{found} of {articles}"
MORE_ARTICLES = "Show more"

TAB_ADD = "Add articles"
ADD_LEAD = (
    "Text, Markdown, HTML, PDF, Word, JSON and feed files, also packed. They are copied beside the index and read on "
    "this machine; questions are answered meanwhile."
)
ADD_FILES = "Files to add"
DROP_FILES = "Drop files here, or click to choose them"
ADDING = "Adding articles"
FILES_DONE = ("{done} of {number} file done", "{done} of {number} files done")
FILE_STAGES = {
    "embedding": "being embedded",
    "reading": "being read",
    "copying": "being copied",
    "read": "read",
    "waiting": "waiting",
    "skipped": "skipped",
    "known": "in the archive already",
    "done": "done",
}
ADDING_FAILED = "A fault in the program kept these files from being added: try again, and report it if it stays."
FOLLOW = "Follow {folders} live: what comes, changes or goes there is in the archive seconds later"
FOLLOWED = {
    "added": ("{number} article added", "{number} articles added"),
    "changed": ("{number} article changed", "{number} articles changed"),
    "renamed": ("{number} article moved", "{number} articles moved"),
    "removed": ("{number} article removed", "{number} articles removed"),
}
EMBEDDING = "Embedding passages: {done} of {total}"
ARTICLES_ADDED = (
    "{number} article added; the archive holds {every} now.",
    "{number} articles added; the archive holds {every} now.",
)
ALREADY_THERE = (
    "This file is in the archive already.",
    "These {number} files are in the archive already.",
)
FILES_SKIPPED = ("{number} file skipped", "{number} files skipped")
RECORD = "record {number}: {why}"
PROBLEMS: dict[Trouble, str] = {}
"""Empty, as the library says by itself in English what is wrong; another language has words for each reason."""
NOT_READABLE = "is of a kind that can’t be read: give it as text, HTML, PDF or Word"
TOO_MANY_FILES = "was left out: add at most {most} files at once, or a folder with rag update"
NO_ROOM = "was left out: the files added on this page take all the room they may; use rag update"

PASSWORD_FIRST = "{host} is open to other machines, which takes a password: add --auth USER:PASSWORD or --auth @FILE"
BAD_AUTH = "--auth names no user and password: write it as USER:PASSWORD, or as @FILE with such a line for each person"
AUTH_FILE = "Can’t read the file of passwords {file}: name a text file with lines USER:PASSWORD after --auth @"
PASSWORD_NEEDED = "A user and a password are needed"
NO_SUCH_ADDRESS = "{host} is no address of this machine: use --host 127.0.0.1, or --host 0.0.0.0 for all it has"
TOO_OFTEN = "Too many requests: wait a few seconds, then ask again"
NOT_FOUND = "Not found"
OTHER_SITE = "Only the page itself may send this"
TOO_LARGE = "This is too long: shorten it to at most {limit} bytes"
UPLOAD_TOO_LARGE = "These files are too large together: add at most {limit} MB at once, or a folder with rag update"
BUSY = "Too many questions are waiting: ask again in a few seconds"
OFFLINE = "The archive can’t be reached: what stands here stays, and the page goes on as soon as it is there again"
PORTS_IN_USE = "The ports {first} to {last} are all in use: choose another with --port"
NO_LANGUAGE = "There is no page in “{language}”: use --language with one of {known}"
SERVING = "The page is at {url} (Ctrl+C stops it)"

MONTHS = tuple(month.capitalize() for month in calendar.MONTHS)
DAY_OF_MONTH = "{day} {month} {year}"
MONTH_OF_YEAR = "{month} {year}"
TODAY = "today"
YESTERDAY = "yesterday"
THIS_MONTH = "this month"
THIS_YEAR = "this year"
AGO = {
    "day": ("{number} day ago", "{number} days ago"),
    "week": ("{number} week ago", "{number} weeks ago"),
    "month": ("{number} month ago", "{number} months ago"),
    "year": ("{number} year ago", "{number} years ago"),
}
