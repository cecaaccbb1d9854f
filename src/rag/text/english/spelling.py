"""English words as they are spelled, and the spellings that transcription gives one sound of another alphabet.

`words.txt` has one word a line, sorted. It was made once, of the whole alphabetic words of three letters or more in the
vocabulary of BERT (bert-base-uncased, Apache License 2.0): the commonest of English, among them many names.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

SAME_SOUND = (
    *(("gh", "q"), ("kh", "h"), ("ph", "f"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ck", "k")),
    *(("y", "i"), ("w", "v"), ("c", "k"), ("o", "u"), ("e", "a")),
)
"""How one sound is spelled, longest first, and the spelling it is compared in. Example: "Khomeini" has "kh" for h. """


@cache
def common_words() -> frozenset[str]:
    """The words of `words.txt`, in lower case."""
    return frozenset(resources.files("rag.text.english").joinpath("words.txt").read_text("utf-8").split())
