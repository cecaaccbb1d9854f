"""A text as the reader's windows: token ids of question and text, and the exact place of every token in the text.

Offsets are in Python characters of the text given, whatever is in it. Three things need care. The tokenizer refuses
lone surrogates, so each is shown to it as one replacement character. It strips combining marks, so a token's end is
moved behind the marks that follow it: a quote never loses an accent. And `[SEP]` in an article is text, not syntax.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

CLASSIFY, SEPARATE = "[CLS]", "[SEP]"
_SURROGATE = re.compile("[\ud800-\udfff]")
_JOINT = re.compile(r"(?<=[^\W\d_])-(?=\d)|(?<=\d)[.,](?=\d)")
"""A mark inside a word, which the tokenizer parts: GBU-57 is no 57, and 1,500 no 500."""
_FIRST_MARK = "\u0300"
"""No character before this one combines with the one it follows."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A tokenised text: ids, half-open character offsets, and whether a word begins with the token."""

    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    opens_word: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the reader: [CLS] question [SEP] lead, tokens `[begin, end)` of the text [SEP].

    `second` is where what follows the question begins in `input_ids`, `first` the text's first token behind the lead.
    """

    input_ids: tuple[int, ...]
    second: int
    first: int
    begin: int
    end: int


def encodable(text: str) -> str:
    """The text, of the same length, with each lone surrogate, which no tokenizer takes, as a replacement character."""
    return _SURROGATE.sub("\ufffd", text)


def tokenize(tokenizer: Any, text: str) -> Tokens:
    """The tokens of a text with their places in it, for a `tokenizers.Tokenizer` without truncation."""
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
    """Windows of at most `longest` tokens over the text, each sharing at least `overlap` tokens with the one before.

    `marks` are the ids of [CLS] and [SEP]; the lead stands in every window, cut to half of the room there is. A text
    that fits gives one window, an empty one none. The last window ends with the text and is as full as the others, so
    no token is read with little around it.
    Raises ValueError where question and overlap leave no room.
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
