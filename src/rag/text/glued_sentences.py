"""Finds the sentence boundaries that a scrape lost together with the white space between two sentences.

A sign of a lost boundary is sure or weak. A sure one stands alone: `years.This`, `meeting asIn an`, `he said:The`.
A weak one, that a name or a slip of the typist would also explain (`region,as`, `wordsTrump`), counts only in a
stretch of text that shows two sure ones: a scrape that eats links and block quotes does it again and again.
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
    CAPITAL_HOST_ENDINGS,
    GLUED_LOOKING_NAMES,
    HOST_ENDINGS,
    LOWER_OPENERS,
    OPENERS,
    STRONG_OPENERS,
    UNSTOPPED,
)

Strength = Literal["sure", "weak"]

_STOP = re.compile(r"[.!?…][\"”’'»)\]]*(?=[^\W\d_]|[“«(\[])")
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
"""How far a word or an address is followed, in characters; keeps the work linear in text without spaces."""


class Cut(NamedTuple):
    """A boundary between `text[:position]` and `text[position:]`; `lost_stop`: the left side lost its full stop."""

    position: int
    lost_stop: bool


class Quotes:
    """Tells the straight quotation marks that close from those that open: every second one closes."""

    def __init__(self, text: str) -> None:
        marks = [mark.start() for mark in re.finditer('"', text)] if '"' in text else []
        self._text = text
        self._closing = frozenset(marks[1::2])

    def closes(self, position: int) -> bool:
        """Whether the mark at `position` ends a quotation."""
        following = self._text[position + 1 : position + 2]
        return position in self._closing or not following or following.isspace()

    def skip_closers(self, position: int) -> int:
        """The position after the closing quotes and brackets that stand at `position`."""
        text = self._text
        while position < len(text) and text[position] in _CLOSERS:
            if text[position] == '"' and not self.closes(position):
                break
            position += 1
        return position


def find_lost_boundaries(text: str, quotes: Quotes) -> list[Cut]:
    """The boundaries in one stretch of text that have no white space, in order; linear in the text's length."""
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
    """Half-open spans of `***` and its like, where they stand between sentences and not inside a word."""
    if not _MAY_BE_SEPARATOR.search(text):
        return []
    return [(mark.start(), mark.start() + len(mark.group().rstrip())) for mark in _SEPARATOR.finditer(text)]


def is_title_before(text: str, stop: int) -> bool:
    """Whether the full stop at `text[stop]` belongs to a title or the like (`Ms.`, `then-Sen.`, `vs.`)."""
    word = _word_before(text, stop)
    return text[stop] == "." and word.lower() in UNSTOPPED and (word == "vs" or word[0].isupper())


def _judge_stop(text: str, stop: int, position: int) -> Strength | None:
    """How sure it is that the stop at `text[stop]` ends a sentence and `text[position]` begins one."""
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
    if not right or (_is_in_address(text, stop) and not ends_address):
        return None
    if right[0].isupper():
        return "sure" if _can_open(text, stop, left, begin, right) else None
    if text[stop] != "." or text[stop - 1] == "." or not _ends_a_word(text, begin + len(right)):
        return None
    return _judge_lower_case(left, right, quoted=position > stop + 1)


def _can_open(text: str, stop: int, left: str, begin: int, right: str) -> bool:
    """Whether the capitalised word `right` can begin a sentence right after `left` and a stop."""
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
    """How sure it is that the lower-case word `right`, glued to `left` and a full stop, begins a sentence."""
    if quoted:
        return None if right in AFTER_QUOTATION else "sure"
    if len(left) < 2 or left.lower() in UNSTOPPED | ABBREVIATIONS or f"{left}.{right}".lower() in GLUED_LOOKING_NAMES:
        return None
    if right in LOWER_OPENERS:
        return "sure"
    return "weak" if len(right) >= 4 and right not in HOST_ENDINGS else None


def _judge_colon_or_comma(text: str, position: int) -> Strength | None:
    """How sure it is that something is lost between the colon or comma and the word glued to it."""
    left, right = _word_before(text, position - 1), _word_at(text, position)
    if text[position - 1] == ",":
        return "weak" if len(left) >= 2 and len(right) >= 2 and not _is_in_address(text, position) else None
    # A digit that is not decimal (`note:²`) is matched as a letter by the pattern and is none.
    if not right[:1].isupper() or not left.islower() or len(left) < 3:
        return None
    return "sure" if left in GLUED_SAYING else "weak"


def _judge_capital(text: str, position: int, quotes: Quotes) -> Strength | None:
    """How sure it is that the capital at `text[position]`, inside a word, begins a sentence."""
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
    """The letters and digits that end at `end`; at most `_REACH` of them."""
    start = end
    while start > 0 and end - start < _REACH and text[start - 1].isalnum():
        start -= 1
    return text[start:end]


def _word_at(text: str, start: int) -> str:
    """The letters that begin at `start`; at most `_REACH` of them."""
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
    """Whether the run of characters without spaces around `position` holds a web address, an e-mail or a handle."""
    before = text[max(0, position - _REACH) : position].split()
    after = text[position : position + _REACH].split(None, 1)
    around = (before[-1] if before and not text[position - 1].isspace() else "") + (after[0] if after else "")
    return _ADDRESS.search(around) is not None
