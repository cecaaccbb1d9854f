"""Splits a text into the reader's windows, with the exact place of every token in the text.

Offsets are in Python characters of the given text. Three cases need care. The tokenizer refuses lone surrogates, so it
gets a replacement character for each. It strips combining marks, so a token's end is moved behind the marks that follow
it, and a quote keeps its accents. And `[SEP]` in an article is text, not syntax.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

CLASSIFY, SEPARATE = "[CLS]", "[SEP]"
"""The special tokens of a BERT: the first token, and the token that ends each part."""
_SURROGATE = re.compile("[\ud800-\udfff]")
"""A lone surrogate, which UTF-8 can't encode."""
_JOINT = re.compile(r"(?<=[^\W\d_])-(?=\d)|(?<=\d)[.,](?=\d)")
"""A mark inside a word at which the tokenizer splits: the 57 of GBU-57 is not a word, nor is the 500 of 1,500."""
_FIRST_MARK = "\u0300"
"""The first combining mark. No character before it combines with the one before."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A tokenised text.

    Attributes:
        ids: The id of each token.
        offsets: The half-open interval of each token in the text, in characters.
        opens_word: Whether a word begins with the token.
    """

    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    opens_word: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the reader: [CLS] question [SEP] lead, tokens `[begin, end)` of the text [SEP].

    Attributes:
        input_ids: The ids of all tokens.
        second: The index in `input_ids` behind the question's [SEP].
        first: The index in `input_ids` of the text's first token, behind the lead.
        begin: The index of the text's first token in this window.
        end: The index after its last token.
    """

    input_ids: tuple[int, ...]
    second: int
    first: int
    begin: int
    end: int


def encodable(text: str) -> str:
    """Replaces each lone surrogate, which no tokenizer accepts. The length of the text stays the same."""
    return _SURROGATE.sub("\ufffd", text)


def tokenize(tokenizer: Any, text: str) -> Tokens:
    """Tokenises a text.

    Args:
        tokenizer: A `tokenizers.Tokenizer` without truncation.
        text: The text.

    Returns:
        The tokens with their places in the text, without special tokens.
    """
    encoding = tokenizer.encode(encodable(text), add_special_tokens=False)
    words, places = encoding.word_ids, encoding.offsets
    inside = {place for joint in _JOINT.finditer(text) for place in (joint.start(), joint.end())}
    opens = tuple(
        index == 0 or (word != words[index - 1] and start not in inside)
        for index, (word, (start, _)) in enumerate(zip(words, places, strict=True))
    )
    offsets = tuple((start, _behind_marks(text, end)) for start, end in places)
    return Tokens(tuple(encoding.ids), offsets, opens)


def _behind_marks(text: str, end: int) -> int:
    while end < len(text) and text[end] >= _FIRST_MARK and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return end


def split_windows(
    question: Sequence[int],
    text: Sequence[int],
    marks: tuple[int, int],
    longest: int,
    overlap: int,
    lead: Sequence[int] = (),
) -> list[Window]:
    """Splits a text's tokens into windows that overlap.

    A text that fits gives one window, an empty text none. The last window ends with the text and is as full as the
    others, so no token is read with little around it.

    Args:
        question: Token ids of the question.
        text: Token ids of the text.
        marks: The ids of [CLS] and [SEP].
        longest: Most tokens of a window.
        overlap: Least tokens of the text that a window shares with the one before.
        lead: Token ids that stand before the text in every window; cut to half of what question and overlap leave.

    Raises:
        ValueError: If question and overlap leave no room.
    """
    room = longest - len(question) - 3
    if room <= overlap:
        raise ValueError(f"A question of {len(question)} tokens leaves room for {room}; the overlap is {overlap}")
    lead = lead[: (room - overlap) // 2]
    room -= len(lead)
    starts = list(range(0, max(1, len(text) - overlap), room - overlap)) if text else []
    classify, separate = marks
    windows = []
    for start in starts:
        begin = max(0, min(start, len(text) - room))
        end = min(len(text), begin + room)
        ids = (classify, *question, separate, *lead, *text[begin:end], separate)
        windows.append(Window(ids, len(question) + 2, len(question) + 2 + len(lead), begin, end))
    return windows
