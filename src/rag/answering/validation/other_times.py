"""Finds out whether an answer is of another time than the question asks about: another year, or before a change.

A reader takes the figure or the name beside the question's words, also if the sentence itself dates it otherwise.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.question.question import Question
from rag.text.english.calendar import MONTHS, WEEKDAYS, YEAR
from rag.text.english.function_words import STOP_WORDS
from rag.text.english.numbers import NUMBER_WORD, VALUE_CHANGES
from rag.text.english.patterns import any_of, capitalised
from rag.text.english.saying import SAYING_FORMS
from rag.text.grammar.clauses import clause_around
from rag.text.grammar.verb_forms import base_of, is_past, one_form

_DIGIT = re.compile(r"\d")
_YEARS = re.compile(rf"\b{YEAR}\b")
_IN_YEAR = rf"\b(?:in|for|during|of) (?P<year>{YEAR})\b"
_YEAR_BEHIND = re.compile(rf"[^.;:\d]{{0,60}}?{_IN_YEAR}")
_YEAR_BEFORE = re.compile(
    rf"\b(?:in|for|during) (?P<year>{YEAR})\b[^.;\d]*(?:\d[\d.,]*(?: (?!(?:and|or|but)\b)[^\s.,;\d]+)+ )?\Z",
    re.IGNORECASE,
)
"""A year before an answer. One other figure may stand between: `In 1988 a storm of force 9 killed `."""
_FIGURE = rf"(?:[^\s\w]?\d(?:[\d.,]*\d)?|\b{NUMBER_WORD}\b)"
_A_FIGURE = re.compile(_FIGURE, re.IGNORECASE)
_COMPARED = re.compile(
    r"[^;:]{0,80}?\b(?P<by>(?:than|versus|compared (?:with|to))\b"
    rf"|(?:from|after|against) (?:[a-z]+ ){{0,4}}?(?={_FIGURE}))"
)
"""What lies between an answer and what it is compared with: `, less than `."""
_REGION = 80
"""Characters behind it that are searched for a time."""
_WHEN = re.compile(r"\b(?:(?:in|for|during|of|on) (?:the )?|(?=last ))(?P<when>\w+)(?: (?P<what>\w+))?")
_TIME = re.compile(rf"(?:{YEAR}|{any_of(capitalised((*MONTHS, *WEEKDAYS)))})\Z")
_OPEN_PERIOD = re.compile(rf"\b(?:since|before|after|until|till|by|from|between|to) {YEAR}\b", re.IGNORECASE)
"""A time before or after a year, in which other years lie."""
_IN_ASKED_YEAR = re.compile(rf"\b(?:in|during) {YEAR}\b", re.IGNORECASE)
_DAY_OF_REPORT = re.compile(rf"\b(?:on (?:{'|'.join(sorted(capitalised(WEEKDAYS)))})|yesterday|last night)\b")
_SAYS = frozenset(SAYING_FORMS)
_SAYING = re.compile(rf"\b{any_of(SAYING_FORMS)}\b(?: [\w’'.-]+){{0,3}} \Z")
_FIRST_WEEK = "01-08"
"""The month and day from which the weekday before is of the same year."""
_OF_STATES = frozenset(("be", "have", "hold", "live", "own", "belong", "work", "know"))
"""Verbs of what lasts: who came into an office in one year holds it in the next, too."""

_ASKS_NOT_NOW = re.compile(
    rf"\b(?:did|was|were|had|has|have|been|before|will|would|could|should|used to|ago|last|first|{YEAR})\b",
    re.IGNORECASE,
)
_ASKED_AMOUNT = re.compile(
    r"\bhow [a-z]+\b|\bwhat(?:['’]s| is| are| percentage| per ?cent| share| proportion)\b", re.IGNORECASE
)
_NOW = re.compile(r"\b(?:now|currently|at present|these days|nowadays)\b", re.IGNORECASE)
_PART = re.compile(r"[;:—–]\s|\b(?:and|but|while|whereas)\b|, (?=now\b)")
_BY_THEN = re.compile(
    r"\b(?:(?:was|were) to (?!(?:the|an?|its|his|her|their)\b)|used to\b"
    r"|(?:previously|formerly|originally|initially|at first|until (?:then|recently))\b)",
    re.IGNORECASE,
)
_NEXT = 120
"""Characters behind a sentence in which the value of now may stand."""

_CHANGE = any_of(VALUE_CHANGES)
_HEDGE = r"(?:(?:about|around|some|nearly|almost|just|only|an?|the|more than|less than|at least|over|under) ){0,2}"
_CHANGED = re.compile(rf"\b{_CHANGE}\b|\b(?:up|down) from\b", re.IGNORECASE)
_PAIRS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bfrom {_HEDGE}(?P<old>{_FIGURE})[^;:,\d]{{0,30}}? to {_HEDGE}(?P<new>{_FIGURE})",
        rf"\bto {_HEDGE}(?P<new>{_FIGURE})[^;:\d]{{0,60}}?\bfrom {_HEDGE}(?P<old>{_FIGURE})",
        rf"(?P<new>{_FIGURE})[^;:\d]{{0,60}}?\b(?:up|down) from {_HEDGE}(?P<old>{_FIGURE})",
    )
)
"""A value before and after its change: `from 6 to 7`, `to 7 from 6`, `7, up from 6`."""
_BEFORE_CHANGE = re.compile(
    rf"\bbefore\b[^?]*\b{_CHANGE}\b|\b{_CHANGE}\b[^?]* from\W*\Z|\b(?:previously|originally)\b", re.IGNORECASE
)
_AFTER_CHANGE = re.compile(rf"\bafter\b[^?]*\b{_CHANGE}\b|\b{_CHANGE}\b[^?]* to\W*\Z", re.IGNORECASE)


def is_of_another_year(question: Question, published: str | None, sentence: str, start: int, end: int) -> bool:
    """Returns whether a question names a year, and the sentence dates its answer to another one.

    - "How many were killed in 2025?": `In 1988 a storm of force 9 killed 8,300`.
    - "How high was it in 1956?": `It rose to 6.2 metres, less than the 7.1 metres of 1956`.
    - "Who won the race in 2023?": `Ona Vik won the race on Sunday`, in an article of 2024.

    Args:
        question: The question.
        published: The ISO date of the answer's article; None if it is unknown.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    asked = _YEARS.findall(question.text)
    if len(asked) != 1 or _YEARS.fullmatch(sentence[start:end]) or _OPEN_PERIOD.search(question.text):
        return False
    if _DIGIT.search(sentence, start, end):
        if is_compared_with_asked(question.text, sentence, start, end):
            return True
        told = _YEAR_BEHIND.match(sentence, end) or _YEAR_BEFORE.search(sentence[:start])
        if told is not None:
            return told["year"] != asked[0] or re.search(r"\bthan\b", told.group()) is not None
    return question.kind != "time" and _is_dated_otherwise(question, asked[0], published, sentence, start, end)


def is_compared_with_asked(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether a figure is compared with that of the time or event asked about, so it is not its own.

    `Turnout was 41 percent, down from 63 in the last vote` does not tell the turnout in the last vote.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    found = _COMPARED.match(sentence, end) if _DIGIT.search(sentence, start, end) else None
    if found is None:
        return False
    asked, own = set(re.findall(r"\w+", question)), set(re.findall(r"\w+", sentence[: found.start("by")]))
    for told in _WHEN.finditer(sentence[: end + len(found.group()) + _REGION], found.end("by")):
        words = {told["when"]} if _TIME.match(told["when"]) else {told["when"], told["what"] or ""}
        if words <= asked and not words <= own and not words <= STOP_WORDS - {"last"}:
            return True
    return False


def _is_dated_otherwise(
    question: Question, year: str, published: str | None, sentence: str, start: int, end: int
) -> bool:
    """Whether the answer's clause tells what the question asks about, with another year or the day of the report."""
    if year in sentence or re.search(rf"[’']{year[2:]}\b", sentence):
        return False
    clause = clause_around(sentence, start, end)
    deeds = {one_form(word) for word in re.findall(r"\b[a-z]+\b", question.text) if base_of(word)} - _OF_STATES
    if deeds.isdisjoint(one_form(word) for word in re.findall(r"[a-z]+", clause)):
        return False
    if re.search(_IN_YEAR, clause):
        return True
    day = _DAY_OF_REPORT.search(clause)
    if day is None or _SAYING.search(clause[: day.start()]) or not _IN_ASKED_YEAR.search(question.text):
        return False
    written = published or ""
    return len(written) >= len("2024-01-08") and written[5:10] >= _FIRST_WEEK and written[:4] != year


def is_of_another_state(question: str, text: str, sentence: tuple[int, int], start: int, end: int) -> bool:
    """Returns whether a value is that from before a change, and the one after it is asked for; or the other way round.

    - "How much does it earn?": `It earned 5 million; now it earns 7`, `its pay rose to 7 million from 5`.
    - "How much did it earn before the rise?": of `from 5 million to 7` the first.

    Args:
        question: The question's text.
        text: The article's text.
        sentence: The half-open interval of the answer's sentence.
        start: Start of the answer in the text, in characters.
        end: Its end, exclusive.
    """
    state = state_asked(question)
    if not state:
        return False
    words, first, last = text[slice(*sentence)], start - sentence[0], end - sentence[0]
    if state == "now" and _is_superseded(words, text[sentence[1] : sentence[1] + _NEXT], first, last):
        return True
    wrong = [pair[state != "before"] for pair in changes_in(words)]
    return any(first < stop and begin < last for begin, stop in wrong) and "from" not in words[first:last]


def changes_in(sentence: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Finds the figures after and before a change that a sentence tells: `rose to 7 million from 5`.

    Args:
        sentence: The sentence's text.

    Returns:
        For each change the half-open intervals of the new and the old figure in the sentence, in characters.
    """
    if not _CHANGED.search(sentence):
        return []
    pairs = [found for pattern in _PAIRS for found in pattern.finditer(sentence)]
    return [(found.span("new"), found.span("old")) for found in pairs if not _YEARS.fullmatch(found["new"])]


@lru_cache(maxsize=64)
def state_asked(question: str) -> str:
    """Returns which value a question asks for, of one that changes.

    Args:
        question: The question's text.

    Returns:
        That "before" the change, that "after" it or that of "now"; "" if the question doesn't tell.
    """
    if _BEFORE_CHANGE.search(question):
        return "before"
    if _asks_now(question):
        return "now"
    return "after" if _AFTER_CHANGE.search(question) else ""


def _asks_now(question: str) -> bool:
    """Whether a question for an amount is in the present tense: "How many work there?"."""
    if _ASKED_AMOUNT.search(question) is None or _ASKS_NOT_NOW.search(question):
        return False
    has_auxiliary = re.search(r"\b(?:is|are|does|do)\b|['’]s\b", question) is not None
    return has_auxiliary or not any(is_past(word) for word in re.findall(r"\b[a-z]+\b", question))


def _is_superseded(sentence: str, behind: str, start: int, end: int) -> bool:
    """Whether a figure is told as past or planned, and another one as that of now, or as no longer so."""
    if _A_FIGURE.search(sentence, start, end) is None:
        return False
    clause = clause_around(sentence, start, end, _PART)
    words = [word for word in re.findall(r"[a-z]+", clause) if word not in _SAYS]
    is_over = {"was", "were", "had"}.intersection(words) or any(is_past(word) for word in words)
    if not is_over or _NOW.search(clause):
        return False
    if _BY_THEN.search(clause):
        return True
    others = [*_PART.split(sentence[end:]), re.split(r"(?<=\w[.!?])\s", behind.lstrip())[0]]
    return any(_NOW.search(other) and _A_FIGURE.search(other) for other in others)
