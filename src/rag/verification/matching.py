"""Finds a quote in a text, letter for letter; or the words of the text that are most like it, and how they differ."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Levenshtein

from rag.text.english.numbers import MAGNITUDES
from rag.text.english.patterns import any_of

_WHOLE = re.compile(
    r"(?:[-−+±~≈<>≤≥$€£¥]+(?=\d))?[^\W_]+"  # +5, $5, the
    r"(?:(?:(?<=\d)[.,:/](?=\d)|['’\-‐‑–@&_](?=[^\W_]))[^\W_]+)*"  # 5.3, can't, well-known
    rf"(?:\s?[%‰°]|(?<=\d)\s(?i:{any_of(word for word in MAGNITUDES if len(word) > 1)})\b)?"  # 5 %, 5 million
)
"""A word or a number with all that belongs to it. A quote that begins or ends inside of one is another statement."""
_PAIRS = (("“", "”"), ("„", "“"), ("«", "»"), ("(", ")"), ("[", "]"))
"""Marks that open and close."""
_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
"""A word, or one mark."""
_AROUND = 64
"""Characters on both sides of an edge in which a whole word is looked for."""
_SPREAD = 3
"""Words by which matching words may be shifted against each other and still count together."""
_RARE = 10
"""Most places in a text of a word by which the quote's place is found, unless all of its words are more frequent."""
_MOST_PLACES = 10
"""Places of one quote in one text that are found."""
_MOST_WORDS = 400
"""Words of a quote that are looked for in a text."""


class Words(NamedTuple):
    """The words of a text in lower case, without its marks, and the place of each."""

    texts: list[str]
    places: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Near:
    """Words of a text that are like a quote: the place `text[start:end]`, and the similarity in [0, 1]."""

    start: int
    end: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Change:
    """Words that differ: their places in the quote and in the text, half-open. One of the two may be empty."""

    given: tuple[int, int]
    stated: tuple[int, int]


def find_whole(quote: str, text: str, edges: Collection[int] = (), begin: int = 0) -> list[int]:
    """Finds the places of a quote in a text, letter for letter.

    A place does not count if the quote begins or ends inside of a word or number there: "5" is not in "50", "3.5",
    "-5", "5 %" or "5 million". Nor does it count if only one of two quotation marks or brackets is left out.

    Args:
        quote: The quote.
        text: The text.
        edges: Offsets where a quote may begin and end in any case, such as those of sentences.
        begin: The offset at which the search begins.

    Returns:
        The start of each place, ascending; the first ten.
    """
    found: list[int] = []
    at = text.find(quote, begin) if quote else -1
    while at >= 0 and len(found) < _MOST_PLACES:
        end = at + len(quote)
        cuts_word = any(edge not in edges and _is_inside_word(text, edge) for edge in (at, end))
        if not cuts_word and not _cuts_pair(text, at, end):
            found.append(at)
        at = text.find(quote, at + 1)
    return found


def _is_inside_word(text: str, edge: int) -> bool:
    if edge < len(text) and unicodedata.combining(text[edge]):
        return True
    first = max(edge - _AROUND, 0)
    around = text[first : edge + _AROUND]
    return any(word.start() < edge - first < word.end() for word in _WHOLE.finditer(around))


def _cuts_pair(text: str, start: int, end: int) -> bool:
    """Whether the mark before a quote opens what a mark in the quote closes, or the other way round."""
    quote, before, behind = text[start:end], text[start - 1 : start], text[end : end + 1]
    if '"' in (before, behind) and quote.count('"') % 2:
        return True
    return any(
        (before == opening and quote.count(closing) > quote.count(opening))
        or (behind == closing and quote.count(opening) > quote.count(closing))
        for opening, closing in _PAIRS
    )


def find_near(quote: str, text: str) -> Near | None:
    """Finds the words of a text that are most like a quote.

    Each word of the quote votes for the shift between its place in the quote and its places in the text; rare words
    count more. The words at the shift with the most votes are compared with the quote.

    Args:
        quote: The quote.
        text: The text.

    Returns:
        The best place; None if no word of the quote is in the text.
    """
    given, stated = words_of(quote).texts[:_MOST_WORDS], words_of(text)
    shift = _best_shift(given, stated.texts)
    if shift is None:
        return None
    pad = _SPREAD + len(given) // 6
    first = max(shift - pad, 0)
    same = [
        block
        for block in LCSseq.opcodes(given, stated.texts[first : shift + len(given) + pad])
        if block.tag == "equal" and abs(first + block.dest_start - block.src_start - shift) <= pad
    ]
    if not same:
        return None
    # The words before the first that is the same stand for as many words of the quote; so do those behind the last.
    begins = max(first + same[0].dest_start - same[0].src_start, 0)
    ends = min(first + same[-1].dest_end + len(given) - same[-1].src_end, len(stated.texts))
    start, end = _with_marks(quote, text, stated.places[begins][0], stated.places[ends - 1][1])
    return Near(start, end, fuzz.ratio(quote, text[start:end]) / 100)


def _best_shift(given: list[str], stated: list[str]) -> int | None:
    places: dict[str, list[int]] = {word: [] for word in given}
    for number, word in enumerate(stated):
        if word in places:
            places[word].append(number)
    # A word that is everywhere tells little, and would cost the most.
    rare = [word for word, found in places.items() if 0 < len(found) <= _RARE] or list(places)
    wanted = frozenset(rare)
    votes: defaultdict[int, float] = defaultdict(float)
    for number, word in enumerate(given):
        if word in wanted:
            for place in places[word]:
                votes[place - number] += 1 / len(places[word])
    if not votes:
        return None
    near = {shift: sum(votes.get(shift + by, 0) for by in range(-_SPREAD, _SPREAD + 1)) for shift in votes}
    return max(near, key=lambda shift: (near[shift], votes[shift], -shift))


def _with_marks(quote: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Takes in marks around the words of a text, as many as the quote has around its words."""
    words = list(_TOKEN.finditer(quote))
    marks = [not word[0][0].isalnum() for word in words]
    before = next((number for number, is_mark in enumerate(marks) if not is_mark), 0)
    behind = next((number for number, is_mark in enumerate(reversed(marks)) if not is_mark), 0)
    while before and start and not text[start - 1].isalnum() and not text[start - 1].isspace():
        start, before = start - 1, before - 1
    while behind and end < len(text) and not text[end].isalnum() and not text[end].isspace():
        end, behind = end + 1, behind - 1
    return start, end


def changes(quote: str, stated: str) -> list[Change]:
    """Compares a quote with the words of an article, word by word and mark by mark.

    Args:
        quote: The quote.
        stated: The words of the article.

    Returns:
        The places that differ, in order. Only white space differs if there is none.
    """
    given, said = list(_TOKEN.finditer(quote)), list(_TOKEN.finditer(stated))
    found: list[Change] = []
    for step in Levenshtein.opcodes([word[0] for word in given], [word[0] for word in said]):
        if step.tag == "equal":
            continue
        of_quote = _span(given, step.src_start, step.src_end, len(quote))
        of_text = _span(said, step.dest_start, step.dest_end, len(stated))
        found.append(Change(of_quote, of_text))
    return found


def _span(words: list[re.Match[str]], first: int, last: int, length: int) -> tuple[int, int]:
    """The place of words[first:last]; where there is none, the empty place in front of words[first]."""
    if first < last:
        return words[first].start(), words[last - 1].end()
    at = words[first].start() if first < len(words) else length
    return at, at


@lru_cache(maxsize=256)
def words_of(text: str) -> Words:
    """Finds the words of a text."""
    found = _WORD.findall(text)
    lowered = " ".join(found).lower().split(" ") if found else []  # at once, which is faster than one by one
    return Words(lowered, [word.span() for word in _WORD.finditer(text)])
