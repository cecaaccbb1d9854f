"""Decides by its words what kind of thing a name or noun means: a man, a woman, a place, a group.

The lists in `rag.text.english` have the most common names of news, and words that identify a kind of name ("Lake").
"""

from __future__ import annotations

import re

from rag.text.english.patterns import capitalised
from rag.text.english.people import (
    DOER_ENDINGS,
    MENS_NAMES,
    MENS_NOUNS,
    MENS_TITLES,
    OFFICES,
    PERSON_NOUNS,
    WOMENS_NAMES,
    WOMENS_NOUNS,
    WOMENS_TITLES,
)
from rag.text.english.places import COMPASS, GEOGRAPHY, GROUP_NOUNS, GROUPS, PLACES, PLURALS, SINGULARS

_HE = capitalised(MENS_TITLES) | MENS_NAMES
_SHE = capitalised(WOMENS_TITLES) | WOMENS_NAMES
_TITLES = capitalised(OFFICES)
_DOER = re.compile(rf"(?:{'|'.join(DOER_ENDINGS)})$")
_ACRONYM = re.compile(r"[A-Z]{2,}s?")


def is_plural(noun: str) -> bool:
    """Returns whether a noun or name is plural, by its ending and by lists of exceptions."""
    lower = noun.lower()
    if lower in PLURALS:
        return True
    return lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and lower not in SINGULARS


def fits_of_name(words: list[str]) -> frozenset[str]:
    """Finds the pronouns that may refer to a name.

    Args:
        words: The words of the name, at least one.

    Returns:
        A subset of "he", "she", "it", "they" and "there".
    """
    given = set(words)
    if given & GROUPS or _ACRONYM.fullmatch(words[-1]):
        return frozenset({"it", "they"} | ({"there"} if given & GEOGRAPHY else set()))
    if given & GEOGRAPHY or (words[-1] in PLACES and (len(words) == 1 or given & COMPASS)):
        return frozenset(
            {"there", "they"} if is_plural(words[-1]) and words[-1] not in PLACES | {"States"} else {"it", "there"}
        )
    if given & _HE:
        return frozenset({"he"})
    if given & _SHE:
        return frozenset({"she"})
    if given & _TITLES or (len(words) > 1 and not is_plural(words[-1])):
        return frozenset({"he", "she"}) | (frozenset() if given & _TITLES else frozenset({"it"}))
    # A family name may end like a plural: "Robel Phillipos", "Tony Evers".
    person = {"he", "she"} if len(words) > 1 or not is_plural(words[-1]) else set()
    return frozenset(person | ({"they", "it"} if is_plural(words[-1]) else {"it"}))


def fits_of_noun(head: str) -> frozenset[str]:
    """Finds the pronouns that may refer to a noun phrase.

    Args:
        head: The main noun of the phrase.

    Returns:
        A subset of "he", "she", "it" and "they".
    """
    lower = head.lower()
    if lower in WOMENS_NOUNS:
        return frozenset({"she"})
    if lower in MENS_NOUNS:
        return frozenset({"he"})
    if lower in PERSON_NOUNS:
        return frozenset({"he", "she"})
    if lower in GROUP_NOUNS:
        return frozenset({"they"}) if lower == "police" else frozenset({"it", "they"})
    if is_plural(lower):
        return frozenset({"they"})
    return frozenset({"it", "he", "she"} if _DOER.search(lower) else {"it"})
