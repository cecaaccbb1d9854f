"""Finds whether a text says who a person is where it names the person: by a role before the name or words behind it."""

from __future__ import annotations

import re
from typing import Literal

from rag.text.english.patterns import any_of
from rag.text.english.people import (
    ABBREVIATED_TITLES,
    IN_CHARGE,
    MENS_NOUNS,
    OFFICES,
    PERSON_NOUNS,
    POLITE_TITLES,
    RETINUES,
    ROLES_BEFORE_NAMES,
    TITLES,
    TITLES_BEFORE_NAMES,
    WOMENS_NOUNS,
)

Introduction = Literal["described", "titled", "placed", "apposed"]
"""How a person is introduced.

- `described`: words behind the name say who it is: `Otto Lund, the mayor of Osk,`.
- `titled`: a role stands before the name: `mayor Otto Lund`.
- `placed`: the party or the age stands behind it: `Otto Lund, 41,`.
- `apposed`: other words stand behind it, also behind what is no person: `Osk, the oldest town,`.
"""

_ROLE = any_of(
    (TITLES | TITLES_BEFORE_NAMES | ROLES_BEFORE_NAMES | PERSON_NOUNS | OFFICES | ABBREVIATED_TITLES) - POLITE_TITLES
)
_NOUN = any_of(PERSON_NOUNS | ROLES_BEFORE_NAMES | TITLES | MENS_NOUNS | WOMENS_NOUNS | RETINUES)
_DOER = r"(?:man|woman|person|[st]or|ist|ian)"
_ABBREVIATED = any_of(ABBREVIATED_TITLES - POLITE_TITLES)
_BEFORE = re.compile(rf"(?<![\w-])(?:{_ROLE}|[a-z-]+{_DOER}|{_ABBREVIATED}\.) \Z", re.IGNORECASE)
"""A role before a name; only an abbreviation has a full stop. Otherwise the role ends another sentence."""
_BEHIND = re.compile(rf",? (?:\d{{1,2}}, )?(?:who {any_of(IN_CHARGE)}\b|(?:[\w.’'-]+ ){{0,7}}?{_NOUN}s?\b)")
_PARTY = re.compile(r",? \(?[RDI]-[A-Z]|, \d{1,2},|,? \([RDI]\)")
_APPOSED = re.compile(r", (?:an?|the) [\w’'-]+ ")
_NEAR = 40
"""Characters before a name in which its role ends."""


def introduction_of(text: str, start: int, end: int) -> Introduction | None:
    """Returns how the text introduces the person whose name stands at `[start, end)`; None if it does not.

    Args:
        text: The text.
        start: Start offset of the name, in characters.
        end: End offset, exclusive.
    """
    if text.startswith(",", end) and _BEHIND.match(text, end):
        return "described"
    if _BEFORE.search(text, max(0, start - _NEAR), start):
        return "titled"
    if _PARTY.match(text, end):
        return "placed"
    return "apposed" if _APPOSED.match(text, end) else None
