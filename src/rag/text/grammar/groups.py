"""Tells whether a name is that of a group that speaks through people, such as a country, and who speaks for it.

An article does not always say "Iran said". It quotes "Iranian Foreign Minister Ida Lund", "Pia Lund, a spokeswoman for
Iran", "Iran's foreign ministry". Left out: who only lives there or works there, and what the article leaves unsaid.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.text.english.patterns import any_of, capitalised, in_either_case
from rag.text.english.people import (
    ABBREVIATED_TITLES,
    BEFORE_TITLES,
    DEPARTMENTS,
    LESSER_RANKS,
    PARTIES,
    PERSON_NOUNS,
    ROLES_BEFORE_NAMES,
    TITLES,
    TITLES_BEFORE_NAMES,
)
from rag.text.english.places import ADJECTIVES_OF_LANDS, GROUPS, PLACES

_LAND_ENDING = r"(?:i?ans?|is?|ese|ns?)"
"""Regular endings of adjectives of countries, behind the name without its last vowels: Iranian, Mexican, Iraqi."""
_ROLES = TITLES | TITLES_BEFORE_NAMES | ROLES_BEFORE_NAMES | PERSON_NOUNS
_IN_ROLES = BEFORE_TITLES | DEPARTMENTS | LESSER_RANKS | {"press", "media", "news", "of", "for", "and", "the", "top"}
_ROLE_WORDS = rf"(?:(?:{in_either_case(_ROLES | _IN_ROLES)}|{any_of(capitalised(ABBREVIATED_TITLES))}\.) )"
_FIRST_NAMES = r"(?:[A-ZÀ-Þ](?:[\w’'-]*|[a-z]{0,4}\.) ){0,3}?"
_NEAR = 120
"""Characters around a name that are searched for what its bearer is called."""
_APPOSITION = rf", (?:(?:an?|the|another|one of) (?:[\w-]+ ){{0,5}}?|{_ROLE_WORDS}{{0,5}})"


def is_group(name: str) -> bool:
    """Returns whether a name is that of a country, a party, an office or another group that speaks through people.

    Args:
        name: The name, as a question writes it: `Iran`, `the White House`, `House Republicans`.
    """
    bare = _bare(name)
    words = bare.split()
    if not words:
        return False
    is_body = bool(GROUPS.intersection(words)) or (bare != name and words[0].lower() not in _ROLES)
    return is_body or bare in PLACES or (bare.isupper() and len(bare) > 1) or _party_of(bare) is not None


@lru_cache(maxsize=256)
def speaks_for(group: str, name: str, text: str) -> bool:
    """Returns whether a text calls a person one of a group, or its speaker.

    Args:
        group: The name of the group, as a question writes it.
        name: The person's name, as the text gives it.
        text: The text.
    """
    if not is_group(group) or not name.split():
        return False
    called, party, last = _called(_bare(group)), _party_of(_bare(group)), re.escape(name.rsplit(maxsplit=1)[-1])
    letter = rf"|\({party[-1]}[-–, ]" if party and len(party[-1]) == 1 else ""
    near = [text[max(0, one.start() - _NEAR) : one.end() + _NEAR] for one in re.finditer(rf"\b{last}\b", text)]
    if not any(re.search(rf"\b(?:{called})\b{letter}", place) for place in near):
        return False  # most texts; the patterns below take longer to compile than to search
    before = rf"\b(?:{called})(?:['’]s?)? {_ROLE_WORDS}{{0,6}}{_FIRST_NAMES}{last}\b"
    behind = rf"\b{last}{_APPOSITION}(?:{called})\b(?!['’]?s? (?:{_FIRST_NAMES}){last})"
    in_brackets = rf"|\b{last},? {letter[1:]}" if letter else ""
    return any(re.search(f"{before}|{behind}{in_brackets}", place) for place in near)


def _bare(name: str) -> str:
    return re.sub(r"^[Tt]he ", "", name).strip()


def _called(group: str) -> str:
    """A pattern of the group's name, and of the adjective for its people."""
    names = [re.escape(group)]
    if party := _party_of(group):
        names += [re.escape(form) for form in party if len(form) > 1]
    if group in PLACES:
        names.append(re.escape(group.rstrip("aeiouy")) + _LAND_ENDING)
    names += [word.capitalize() for word, land in ADJECTIVES_OF_LANDS.items() if land == group.lower()]
    return "|".join(names)


def _party_of(group: str) -> tuple[str, ...] | None:
    """The words for the people of a party, if the last word of a group's name is one of them."""
    last = group.rsplit(maxsplit=1)[-1]
    return next((forms for forms in PARTIES if last in forms), None)
