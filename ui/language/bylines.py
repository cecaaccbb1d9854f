"""Takes the names of authors out of a byline."""

from __future__ import annotations

import re

_BETWEEN_NAMES = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+(?:and|&)\s+")
_AHEAD = re.compile(r"^by\s+", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)$")


def names_of(byline: str) -> list[str]:
    """Returns the names of a byline in their order: "By Ada Quill, Ben Ford and Cy Dahl" has three."""
    names: list[str] = []
    for part in _BETWEEN_NAMES.split(_AHEAD.sub("", byline.strip())):
        name = part.strip(' "“”')
        if names and _SUFFIX.match(name):
            names[-1] = f"{names[-1]}, {name}"
        elif name:
            names.append(name)
    return names


def given_and_family(name: str) -> tuple[str, str]:
    """Divides a name into given names and family name.

    The family name is the last word, with the words in lower case before it: "Ursula" and "von der Leyen". A name of
    one word has no given name. "Jr." stays with the family name.
    """
    whole, _, suffix = name.partition(", ")
    words = whole.split()
    start = max(len(words) - 1, 0)
    while start > 1 and words[start - 1].islower():
        start -= 1
    family = " ".join(words[start:])
    return " ".join(words[:start]), f"{family}, {suffix}" if suffix else family
