"""Unwraps a text whose lines were broken with hyphens, so that every word is whole."""

from __future__ import annotations

import re

from rag.text.broken_words import HYPHENS, join_lines, words_of
from rag.text.sentences import Stretch, read_stretches

_LINE_END = re.compile(r"[^\S\r\n]*(?:\r\n|[\r\n])[^\S\r\n]*")
_BROKEN = re.compile(rf"[^\W_][{HYPHENS}][^\S\r\n]*(?:\r\n|[\r\n])[^\S\r\n]*(?=[^\W\d_])")
"""A letter or digit and a hyphen at the end of a line, before a line that begins with a letter."""
_STOPS = '.!?:;…"”’)'


def mend_broken_words(text: str) -> str:
    """Makes the words whole that the line ends of a text divided.

    Args:
        text: A text as it was decoded.

    Returns:
        The same text if no line end divides a word. Otherwise each paragraph is on one line, because the lengths of
        lines with whole words no longer show where a paragraph ends.
    """
    if not _BROKEN.search(text):
        return text
    known = frozenset(words_of(_BROKEN.sub(" ", text)))
    parts: list[str] = []
    end = 0
    for stretch in _paragraphs(text):
        lines = _LINE_END.split(text[stretch.start : stretch.end])
        parts += [text[end : stretch.start], join_lines(lines, known)]
        end = stretch.end
    return "".join(parts) + text[end:]


def _paragraphs(text: str) -> list[Stretch]:
    """The paragraphs of a text whose lines are wrapped: what `read_stretches` finds, joined where a line goes on."""
    joined: list[Stretch] = []
    for stretch in read_stretches(text):
        if joined and joined[-1].block == stretch.block and _goes_on(text, joined[-1], stretch):
            joined[-1] = Stretch(joined[-1].start, stretch.end, stretch.block)
        else:
            joined.append(stretch)
    return joined


def _goes_on(text: str, before: Stretch, stretch: Stretch) -> bool:
    """Whether a word is divided between two stretches, or the second one begins in lower case behind no stop."""
    broken = _BROKEN.match(text, before.end - 2) if before.end - before.start > 1 else None
    if broken is not None and broken.end() == stretch.start:
        return True
    return text[stretch.start].islower() and text[before.end - 1] not in _STOPS
