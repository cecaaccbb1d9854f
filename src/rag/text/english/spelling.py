"""Common English words, spellings that different transcriptions give one sound, and words with a hyphen.

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
FIRST_PARTS = frozenset(
    """
    all anti centre center cross double east eight eighty eleven ex far fifty first five forty four full good half hard
    head high home ill inter large last late left life light like long low medium mid multi near neo new nine ninety
    non north off old one part peace post pre pro quarter quasi record right second self semi seven seventy short six
    sixty small so soft south state ten then third thirty three time top twelve twenty two vice war well west wide
    world year zero
    """.split()
)
"""First parts of words that are written with a hyphen. Example: "long" and "term" are "long-term". """
LAST_PARTS = frozenset(
    """
    aged available backed based bound built certified class controlled day degree dollar driven elect election euro
    faced fired free friendly funded general grown held hour kilometer kilometre known language law led level like
    linked long looking made metre meter mile minister minute month old only owned page party person pound profile
    profit proof ranking rate ready related rich run running scale sector sensitive serving sided size sized speaking
    standing story stricken strong style sufficient term thirds tier time torn type wide winning world year
    """.split()
)
"""Last parts of words that are written with a hyphen. Example: "Russian" and "backed" are "Russian-backed". """
SUSPENDED_BEFORE = ("and", "or", "to", "nor", "but")
"""Words before which a hyphen stands for the rest of a word. Example: "pre- and post-war" """


@cache
def common_words() -> frozenset[str]:
    """Returns the words of `words.txt`, which are in lower case."""
    return frozenset(resources.files("rag.text.english").joinpath("words.txt").read_text("utf-8").split())
