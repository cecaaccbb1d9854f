"""Recognises boilerplate: share bars, photo credits, newsletter forms, cookie banners, standard notes of corrections.

The rules are conservative, because boilerplate is left out of passages and never quoted. Only short separate lines and
well-known sentences are boilerplate; everything doubtful is body. The sentences were collected from scrapes of American
and British sites, so they are English.
"""

from __future__ import annotations

import re

from rag.text.english.boilerplate_consent import CONSENT, NEWSLETTERS
from rag.text.english.boilerplate_lines import (
    CAPTIONS,
    LABELLED_LINES,
    PHOTO_CREDITS,
    PITCHES,
    STANDARD_LINES,
    STANDARD_NAMES,
    TAKEN_BY,
)
from rag.text.english.boilerplate_sentences import DESK, MONEY, PLAYERS
from rag.text.english.patterns import any_row

_STANDARD_LINE = re.compile(any_row(STANDARD_LINES), re.DOTALL)
_LABELLED_LINE = re.compile(rf"[►▶•\s]*{any_row(LABELLED_LINES)}\s*[:|►▶]")
_PITCH = re.compile(any_row(PITCHES))
_PHOTO_CREDIT = re.compile(any_row(PHOTO_CREDITS))
_CAPTION = re.compile(any_row(CAPTIONS))
_TAKEN_BY = re.compile(any_row(TAKEN_BY))
_STANDARD_SENTENCE = re.compile(any_row((*DESK, *MONEY, *NEWSLETTERS, *CONSENT, *PLAYERS)), re.DOTALL)
_STANDARD_NAME = re.compile(any_row(STANDARD_NAMES))
_LONGEST_LINE = 250
"""Longest line, in characters, that is compared with the patterns of lines."""
_LONGEST_CREDIT = 100
"""Longest photo credit, in characters. A longer line that names a photographer is a caption, which is body."""
_LONGEST_SENTENCE = 420
"""Longest boilerplate sentence, in characters. Consent banners are long."""
_AROUND = "[]() \t\r\n.…?!:>»*|•-–—"


def is_boilerplate_line(line: str) -> bool:
    """Returns whether a separate line is not part of the article.

    Args:
        line: The line, not empty, without outer white space.
    """
    if len(line) > _LONGEST_LINE:
        return is_standard_sentence(line)
    lowered = line.lower()
    if _STANDARD_LINE.fullmatch(lowered.strip("[]() .…>»*")) or _LABELLED_LINE.match(lowered):
        return True
    if _CAPTION.match(lowered) or _PITCH.search(lowered) or _STANDARD_NAME.fullmatch(lowered.strip(_AROUND)):
        return True
    return is_standard_sentence(line) or _is_photo_credit(line)


def is_standard_sentence(sentence: str) -> bool:
    """Returns whether a sentence is one of the standard sentences that sites put around articles.

    Args:
        sentence: The sentence. One word alone is never boilerplate here.
    """
    if len(sentence) > _LONGEST_SENTENCE or " " not in sentence:
        return False
    lowered = " ".join(sentence.lower().split())
    if _STANDARD_SENTENCE.fullmatch(lowered.strip(_AROUND)):
        return True
    return len(sentence) <= _LONGEST_LINE and _STANDARD_LINE.fullmatch(lowered.strip("[]() .…>»*")) is not None


def _is_photo_credit(line: str) -> bool:
    return len(line) <= _LONGEST_CREDIT and line[-1] not in ".!?" and _PHOTO_CREDIT.search(line.lower()) is not None


def is_photo_credit(line: str) -> bool:
    """Returns whether a line, a caption too, says whose photograph it belongs to.

    Args:
        line: The line, without outer white space.
    """
    return 0 < len(line) <= _LONGEST_LINE and _TAKEN_BY.search(line) is not None
