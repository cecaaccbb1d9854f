"""Finds the sentence boundaries that a scrape lost together with the white space between two sentences.

A sign of a lost boundary is sure or weak. A sure sign is enough: `years.This`, `meeting asIn an`, `he said:The`. A weak
sign may also be a name or a typing error (`region,as`, `wordsTrump`). It counts only in a stretch of text with two sure
signs, because a scrape that drops links and block quotes does so repeatedly.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from rag.text.english.patterns import any_of
from rag.text.english.saying import GLUED_SAYING
from rag.text.english.scraps import (
    ABBREVIATIONS,
    ADDRESS_ENDS,
    ADDRESS_HOSTS,
    AFTER_QUOTATION,
    BEFORE_WORDS,
    CAPITAL_HOST_ENDINGS,
    GLUED_LOOKING_NAMES,
    HOST_ENDINGS,
    LOWER_OPENERS,
    OPENERS,
    STRONG_OPENERS,
    UNFINISHED,
    UNSTOPPED,
)
from rag.text.grammar.saying import NAME, SAYS

Strength = Literal["sure", "weak"]
"""How strong a sign of a lost boundary is."""

_STOP = re.compile(r"[.!?…][\"”’'»)\]]*(?=[^\W\d_]|[“«(\[])")
_SPEAKER = re.compile(rf"(?:(?:{NAME}|he|she|they)(?: \w+ly)? )?{SAYS}\b")
_COLON_OR_COMMA = re.compile(r"[:,](?=[^\W\d_])")
_INNER_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ](?<=[A-Za-zß-öø-ÿ\d)%\"”].)(?=[a-z])")
_ADDRESS = re.compile(rf"://|www\.|[@#_]|{any_of(ADDRESS_HOSTS)}[/?]", re.IGNORECASE)
_ADDRESS_START = re.compile(r"https?://|www\.")
_MAY_BE_SEPARATOR = re.compile(r"[*_=#~•-]\s?[*_=#~•-]")
_SEPARATOR = re.compile(
    r"(?<![^\s.,;:!?\"”’)])(?<![*_=#~•]\s)"
    r"(?:(?:\*\s?){3,}+|(?:[_=#~•]\s?){3,}+|-{5,}+\s?)"
    r"(?=\Z|[^\sa-z.,;:!?)-])"
)
_CLOSERS = "\"”’'»)]}"
_OPENING_MARKS = "\"“‘'«(["
_REACH = 60
"""Most characters of a word or an address that are examined. It keeps the time linear in text without spaces."""


class Cut(NamedTuple):
    """A boundary between `text[:position]` and `text[position:]`.

    Attributes:
        position: Offset of the boundary, in characters.
        lost_stop: Whether the left side lost its full stop.
    """

    position: int
    lost_stop: bool


class Quotes:
    """Distinguishes closing from opening straight quotation marks (`"`): every second one closes.

    Args:
        text: The text in which the marks are counted.
    """

    def __init__(self, text: str) -> None:
        marks = [mark.start() for mark in re.finditer('"', text)] if '"' in text else []
        self._text = text
        self._closing = frozenset(marks[1::2])

    def closes(self, position: int) -> bool:
        """Returns whether the mark at this offset ends a quotation. A mark before white space or at the end does."""
        following = self._text[position + 1 : position + 2]
        return position in self._closing or not following or following.isspace()

    def skip_closers(self, position: int) -> int:
        """Returns the offset after the closing quotation marks and brackets that begin at this offset."""
        text = self._text
        while position < len(text) and text[position] in _CLOSERS:
            if text[position] == '"' and not self.closes(position):
                break
            position += 1
        return position


def find_lost_boundaries(text: str, quotes: Quotes) -> list[Cut]:
    """Finds the boundaries without white space in one stretch of text, in time linear in its length.

    Args:
        text: The stretch.
        quotes: The quotation marks of the same text.

    Returns:
        The boundaries, in order.
    """
    cuts: dict[Strength, list[Cut]] = {"sure": [], "weak": []}
    for mark in _STOP.finditer(text):
        position = quotes.skip_closers(mark.start() + 1)
        if strength := _judge_stop(text, mark.start(), position):
            cuts[strength].append(Cut(position, lost_stop=False))
    for mark in _COLON_OR_COMMA.finditer(text):
        if strength := _judge_colon_or_comma(text, mark.end()):
            cuts[strength].append(Cut(mark.end(), lost_stop=True))
    for capital in _INNER_CAPITAL.finditer(text):
        if strength := _judge_capital(text, capital.start(), quotes):
            cuts[strength].append(Cut(capital.start(), lost_stop=True))
    return sorted(cuts["sure"] + cuts["weak"]) if len(cuts["sure"]) >= 2 else sorted(cuts["sure"])


def find_separators(text: str) -> list[tuple[int, int]]:
    """Finds separators such as `***` between sentences; returns their half-open offsets, in order."""
    if not _MAY_BE_SEPARATOR.search(text):
        return []
    return [(mark.start(), mark.start() + len(mark.group().rstrip())) for mark in _SEPARATOR.finditer(text)]


def is_title_before(text: str, stop: int) -> bool:
    """Returns whether the full stop at `text[stop]` belongs to a title or a similar abbreviation (`Ms.`, `vs.`)."""
    word = _word_before(text, stop)
    return text[stop] == "." and word.lower() in UNSTOPPED and (word in BEFORE_WORDS or word[0].isupper())


def _judge_stop(text: str, stop: int, position: int) -> Strength | None:
    """The strength of the sign that the stop at `text[stop]` ends a sentence and `text[position]` begins one."""
    begin = position
    while begin < len(text) and text[begin] in _OPENING_MARKS:
        begin += 1
    stops = _start_of_stops(text, stop)
    left, right = _word_before(text, stops), _word_at(text, begin)
    if not text[max(0, stops - 2) : stops].strip(_OPENING_MARKS + " \n") or right.lower() == "s":
        return None
    if _ADDRESS_START.match(text, begin):
        return "sure" if len(left) >= 2 else None
    ends_address = right[:1].isupper() and text[max(0, stop - 4) : stop] in ADDRESS_ENDS
    if not right or _begins_word(text, stop, right) or (_is_in_address(text, stop) and not ends_address):
        return None
    if right[0].isupper():
        return "sure" if _can_open(text, stop, left, begin, right) else None
    if text[stop] != "." or text[stop - 1] == "." or not _ends_a_word(text, begin + len(right)):
        return None
    return _judge_lower_case(left, right, quoted=position > stop + 1)


def _begins_word(text: str, stop: int, right: str) -> bool:
    """Whether the stop begins a word such as `.NET`: it follows white space, and the words tell that it is no end."""
    if not text[stop - 1].isspace() or len(right) < 2:
        return False
    before = text[max(0, stop - _REACH) : stop].split()
    return right.isupper() or right.lower() in HOST_ENDINGS or (bool(before) and before[-1] in UNFINISHED)


def _can_open(text: str, stop: int, left: str, begin: int, right: str) -> bool:
    """Whether the capitalised word `right` can begin a sentence after `left` and a stop."""
    opens = right.lower() in OPENERS
    initialism = len(left) == 1 and left.isalpha()
    if text[stop] != "." or not left:
        return len(right) > 1 or opens
    if left.lower() in UNSTOPPED or left in ("No", "Nos") or text[max(0, stop - 3) : stop].lower() in ("e.g", "i.e"):
        return False
    if initialism or left.lower() in ABBREVIATIONS:
        return opens and len(right) > 1
    if len(right) == 1:
        following = text[begin + 1 : begin + 2]
        return following == "." or (right in "AI" and not following.isalnum())
    return right.lower() not in CAPITAL_HOST_ENDINGS


def _judge_lower_case(left: str, right: str, quoted: bool) -> Strength | None:
    """The strength of the sign that the lower-case word `right`, after `left` and a full stop, begins a sentence."""
    if quoted:
        return None if right in AFTER_QUOTATION else "sure"
    if len(left) < 2 or left.lower() in UNSTOPPED | ABBREVIATIONS or f"{left}.{right}".lower() in GLUED_LOOKING_NAMES:
        return None
    if right in LOWER_OPENERS:
        return "sure"
    return "weak" if len(right) >= 4 and right not in HOST_ENDINGS else None


def _judge_colon_or_comma(text: str, position: int) -> Strength | None:
    """The strength of the sign that text is missing between the colon or comma and the word after it."""
    left, right = _word_before(text, position - 1), _word_at(text, position)
    if text[position - 1] == "," and _SPEAKER.match(text, position):
        return None  # "12 million,Anna Holt said": only the space is missing
    if text[position - 1] == ",":
        return "weak" if len(left) >= 2 and len(right) >= 2 and not _is_in_address(text, position) else None
    # The pattern also matches digits that are not decimal (`note:²`). They are not letters.
    if not right[:1].isupper() or not left.islower() or len(left) < 3:
        return None
    return "sure" if left in GLUED_SAYING else "weak"


def _judge_capital(text: str, position: int, quotes: Quotes) -> Strength | None:
    """The strength of the sign that the capital at `text[position]`, inside a word, begins a sentence."""
    left, right = _word_before(text, position), _word_at(text, position)
    key = right.lower()
    if not right[1:].islower() or (left + right).lower() in GLUED_LOOKING_NAMES or _is_in_address(text, position):
        return None
    if not left:
        before = text[position - 2 : position - 1]
        closed = text[position - 1] != '"' or quotes.closes(position - 1)
        return "sure" if key in STRONG_OPENERS and closed and (before.isalnum() or before == ",") else None
    if left.islower() and left.isalpha() and len(left) >= 2:
        return "sure" if key in OPENERS else "weak" if len(left) >= 4 and len(right) >= 3 else None
    if key in STRONG_OPENERS:
        return "sure" if len(left) >= 2 else None
    return "weak" if key in OPENERS and len(left) >= 3 and not left.isupper() else None


def _word_before(text: str, end: int) -> str:
    """The letters and digits before `end`; at most `_REACH` characters."""
    start = end
    while start > 0 and end - start < _REACH and text[start - 1].isalnum():
        start -= 1
    return text[start:end]


def _word_at(text: str, start: int) -> str:
    """The letters from `start` on; at most `_REACH` characters."""
    end = start
    while end < len(text) and end - start < _REACH and text[end].isalpha():
        end += 1
    return text[start:end]


def _ends_a_word(text: str, position: int) -> bool:
    return position < len(text) and (text[position].isspace() or text[position] in ",'’")


def _start_of_stops(text: str, stop: int) -> int:
    while stop > 0 and text[stop - 1] in ".!?…":
        stop -= 1
    return stop


def _is_in_address(text: str, position: int) -> bool:
    """Whether the characters without spaces around `position` contain a web address, an e-mail address or a handle."""
    before = text[max(0, position - _REACH) : position].split()
    after = text[position : position + _REACH].split(None, 1)
    around = (before[-1] if before and not text[position - 1].isspace() else "") + (after[0] if after else "")
    return _ADDRESS.search(around) is not None
