"""Generates text from all of Unicode for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

_WORDS = [
    "The ",
    "note:",
    "he said:",
    "years.This",
    "asIn ",
    "U.S.",
    "then-Sen. ",
    "at 5 p.m. ",
    "(Reuters) - ",
    "By Jane Doe",
    "date 2025-04",
    "$1.2 million",
    "\n\n",
    "\r\n",
    "*** ",
    "| a | b |",
    "https://a.example/b?c",
]
"""Texts that the rules for sentences, values, names and dates look for."""
_MARKS = list(".!?…,:;-–—*_#@/()[]|\"'“”‘’«»„「」$€£% ")
_LENGTH_CHANGES = list("ßŉǰİıſﬁﬂﬃﬆǅΐև")
"""Ligatures and letters whose upper or lower case form has another length or another category."""
_INVISIBLE = list("\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u061c\u202e\u2066\U000e0041\ufe0f")
"""Characters without a visible form: joiners, marks of direction, soft hyphens and selectors."""
_PIECES = st.one_of(
    st.sampled_from(_WORDS),
    st.sampled_from(_MARKS),
    st.sampled_from([*_LENGTH_CHANGES, *_INVISIBLE]),
    # Groups of Unicode's general categories. Each is drawn equally often, even if it is small.
    st.characters(categories=["Lu", "Ll", "Lt", "Lm"]),
    st.characters(categories=["Lo"]),
    st.characters(categories=["Nd"]),
    st.characters(categories=["No", "Nl"]),
    st.characters(categories=["Mn", "Mc", "Me"]),
    st.characters(categories=["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"]),
    st.characters(categories=["Sm", "Sc", "Sk", "So"]),
    st.characters(categories=["Zs", "Zl", "Zp", "Cc"]),
    st.characters(categories=["Cf"]),
    st.characters(categories=["Cs"]),
    st.characters(categories=["Co", "Cn"]),
)


def any_text(max_pieces: int = 40) -> st.SearchStrategy[str]:
    """Returns a strategy for texts of at most `max_pieces` words and characters, including lone surrogates."""
    return st.lists(_PIECES, max_size=max_pieces).map("".join)
