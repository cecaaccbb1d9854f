"""Common English words, and the spellings that different transcriptions give one sound.

`words.txt` has one word per line, sorted. It has the alphabetic whole words of three or more letters in the vocabulary
of BERT (bert-base-uncased, Apache License 2.0). They are the most common English words and many names.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

SAME_SOUND = (
    *(("gh", "q"), ("kh", "h"), ("ph", "f"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ck", "k")),
    *(("y", "i"), ("w", "v"), ("c", "k"), ("o", "u"), ("e", "a")),
)
"""Spellings of a sound, and the spelling that replaces each for comparison. Example: "Khomeini" has "kh" for h. """


@cache
def common_words() -> frozenset[str]:
    """Returns the words of `words.txt`, which are in lower case."""
    return frozenset(resources.files("rag.text.english").joinpath("words.txt").read_text("utf-8").split())
