"""Splits a sentence into words, marks and whole quotations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rag.text.english.calendar import MONTH_NAMES, RELATIVE_DAYS, WEEKDAYS
from rag.text.english.function_words import NO_SPEAKER_WORDS
from rag.text.english.patterns import any_of, capitalised
from rag.text.english.people import ABBREVIATED_TITLES

_TOKEN = re.compile(
    rf"(?:{any_of(capitalised(ABBREVIATED_TITLES) | {'Jr', 'Sr'})})\.|(?:[A-Z][a-z]{{0,2}}\.){{2,}}|(?:[A-Z]\.)+|''"
    r"|[^\W_](?:[\w&-]|[’'–](?=\w)|\.(?=\w))*(?:(?<=s)[’'](?=\s\w))?|[^\w\s]"
)
QUOTE = '"'
"""The word of a token that stands for a whole quotation."""
_TIMES = frozenset(MONTH_NAMES) | frozenset(WEEKDAYS) | RELATIVE_DAYS


class Token(NamedTuple):
    """A word, a punctuation mark or a whole quotation, at `text[start:end]`.

    Attributes:
        start: Start offset in the text, in characters.
        end: End offset, exclusive.
        word: The word.
        key: The word as it stands in lists of words: without a possessive ending, and in lower case if it has its
            capital only because a sentence begins. `Per` in `Per Moe` keeps its capital and is no preposition.
    """

    start: int
    end: int
    word: str
    key: str

    @property
    def is_word(self) -> bool:
        """Whether it is a word or number."""
        return self.word[0].isalnum()

    @property
    def is_name(self) -> bool:
        """Whether it begins with a capital."""
        return self.word[0].isupper()

    @property
    def is_time(self) -> bool:
        """Whether it is a month or a day."""
        return self.word.lower().rstrip(".") in _TIMES


def tokens_of(text: str, start: int, end: int, quotations: Sequence[tuple[int, int]] = ()) -> list[Token]:
    """Splits `text[start:end]` into tokens; each quotation, or its part inside, is one token.

    Args:
        text: The text.
        start: Start offset, in characters.
        end: End offset, exclusive.
        quotations: Half-open intervals of the text, in order.
    """
    tokens: list[Token] = []
    position, opens = start, True
    for opening, closing in (*((s, e) for s, e in quotations if s < end and start < e), (end, end)):
        for match in _TOKEN.finditer(text, position, max(position, opening)):
            word = match.group()
            tokens.append(Token(*match.span(), word, _key(word, opens=opens)))
            opens = opens and not tokens[-1].is_word
        if opening < end:
            tokens.append(Token(max(opening, start), min(closing, end), QUOTE, QUOTE))
        position = max(position, closing)
    return tokens


def _key(word: str, *, opens: bool) -> str:
    bare = word[:-2] if word.endswith(("'s", "’s")) else word[:-1] if word[-1] in "'’" else word
    lowered = bare.lower()
    return lowered if opens or lowered in NO_SPEAKER_WORDS else bare
