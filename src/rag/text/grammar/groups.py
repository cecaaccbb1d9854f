"""Tells whether a name is that of a group that speaks through people, such as a country, and who speaks for it.

An article does not always say "Iran said". It quotes "Iranian Foreign Minister Ida Lund", "Pia Lund, a spokeswoman for
Iran", "Iran's foreign ministry". Left out: who only lives there or works there, who did so formerly or is sent there,
and what the article leaves unsaid.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from rag.text.english.function_words import CONJUNCTIONS, DETERMINERS, PREPOSITIONS, QUESTION_WORDS
from rag.text.english.patterns import any_of, capitalised, in_either_case
from rag.text.english.people import (
    ABBREVIATED_TITLES,
    BEFORE_TITLES,
    DEPARTMENTS,
    FORMER_RANKS,
    GOING_BETWEEN,
    LESSER_RANKS,
    OPPOSED,
    PARTIES,
    PERSON_NOUNS,
    PRIVATE_ROLES,
    ROLES_BEFORE_NAMES,
    STAFF,
    TITLES,
    TITLES_BEFORE_NAMES,
)
from rag.text.english.places import ADJECTIVES_OF_LANDS, GROUPS, PLACES

_LAND_ENDING = r"(?:i?ans?|is?|ese|ns?)"
"""Regular endings of adjectives of countries, behind the name without its last vowels: Iranian, Mexican, Iraqi."""
_ROLES = TITLES | TITLES_BEFORE_NAMES | ROLES_BEFORE_NAMES | PERSON_NOUNS
_SPEAKING = (_ROLES | STAFF | ABBREVIATED_TITLES) - PRIVATE_ROLES
_IN_ROLES = (BEFORE_TITLES - FORMER_RANKS) | DEPARTMENTS | LESSER_RANKS
_IN_ROLES |= frozenset("press media news of for and the top senior ministry government parliament policy".split())
_ROLE_WORD = rf"(?:{in_either_case(_ROLES | STAFF | _IN_ROLES)}|{any_of(capitalised(ABBREVIATED_TITLES))}\.)"
_FIRST_NAMES = r"(?:[A-ZÀ-Þ](?:[\w’'-]*|[a-z]{0,4}\.) ){0,3}?"
_NEAR = 120
"""Characters around a name that are searched for what its bearer is called."""
_FORMERLY = re.compile(rf"\b{in_either_case(FORMER_RANKS)}[ -](?:[\w-]+ ){{0,2}}$")
_AT_PLACE = re.compile(rf"\b{in_either_case(('against', 'inside', 'leaving', 'left', 'near', 'outside'))} (?:the )?$")
_BEHIND_PREPOSITION = re.compile(rf"\b{in_either_case(PREPOSITIONS)} $")
_NO_LEAD = FORMER_RANKS | OPPOSED | PREPOSITIONS | DETERMINERS | CONJUNCTIONS | QUESTION_WORDS
_NO_FIRST_NAMES = _ROLES | ABBREVIATED_TITLES | PREPOSITIONS | DETERMINERS | CONJUNCTIONS | QUESTION_WORDS
_FIRST_NAME = re.compile(r"\b([A-ZÀ-Þ][\w’'-]+) (?:[A-ZÀ-Þ]\. )?$")
_LEAD = rf"(?:(?:an?|the|another|one of)(?: (?!{any_of(_NO_LEAD)}\b)[\w-]+){{0,3}}? )?"
"""The words before the group's name in "a senior Iranian minister"; none in "a critic of the Iranian minister"."""


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
        name: The person's name, as the text gives it. A mere surname means the one most often named in full.
        text: The text.
    """
    if not is_group(group) or not name.split():
        return False
    bare = _bare(group)
    called, letter = _called(bare), _letter_of(bare)
    if not re.search(rf"\b(?:{called})\b", text) and not (letter and re.search(letter, text)):
        return False
    last = name.rsplit(maxsplit=1)[-1]
    return any(_calls(left, right, bare, last) for left, right in _places(name, text))


def _places(name: str, text: str) -> list[tuple[str, str]]:
    """What stands before and behind each last name of a person, unless another first name belongs to it.

    A surname alone is that of the person who is most often named in full.
    """
    *before, last = name.split()
    first = [word for word in before if word.lower().strip(".") not in _NO_FIRST_NAMES]
    found = list(re.finditer(rf"\b{re.escape(last)}\b", text))
    told = [_first_name(text, one.start()) for one in found]
    if not first and (counted := Counter(filter(None, told)).most_common(2)):
        first = [counted[0][0]]
        if len(counted) > 1 and counted[0][1] == counted[1][1]:
            return []
    return [
        (text[max(0, one.start() - _NEAR) : one.start()], text[one.end() : one.end() + _NEAR])
        for one, name_told in zip(found, told, strict=True)
        if name_told is None or name_told in first
    ]


def _first_name(text: str, start: int) -> str | None:
    """The first name before a surname; None if there is no word that can be one."""
    found = _FIRST_NAME.search(text, max(0, start - _NEAR), start)
    if found is None or found[1].lower() in _NO_FIRST_NAMES or re.search(rf"\b{found[1].lower()}\b", text):
        return None
    return found[1]


class _Patterns(NamedTuple):
    """What the bearer of a name is called if he is one of a group: before the name, behind it, and by an office."""

    before: re.Pattern[str]
    behind: re.Pattern[str]
    office: re.Pattern[str]


# Cached, because they take far longer to compile than to search.
@lru_cache(maxsize=16)
def _patterns(bare: str) -> _Patterns:
    any_form = rf"(?:(?P<noun>{re.escape(bare)})|(?:{_called(bare)}))(?P<own>['’]s?)?"
    role_behind = rf"(?![\w–-])(?P<role>(?: {_ROLE_WORD}){{0,6}}+)(?! {any_of(OPPOSED)}\b)"
    office = rf"(?P<role>{_ROLE_WORD}(?: {_ROLE_WORD}){{0,5}}) (?:of|at|(?<=man |son )for) (?:the )?"
    whole = rf"(?:\w+ )?{any_form}" if _party_of(bare) else rf"{re.escape(bare)}\b(?! [A-ZÀ-Þ])"
    return _Patterns(
        re.compile(rf"(?<![\w–-]){any_form} (?P<role>(?:{_ROLE_WORD} ){{0,6}}){_FIRST_NAMES}$"),
        re.compile(rf", {_LEAD}{any_form}{role_behind}"),
        re.compile(rf", {_LEAD}{office}{whole}(?![\w'’–-])"),
    )


def _calls(left: str, right: str, bare: str, last: str) -> bool:
    """Whether the words around a last name call its bearer one of a group, or its speaker."""
    patterns, letter = _patterns(bare), _letter_of(bare)
    behind = patterns.behind.match(right)
    if behind is not None and re.match(rf" {_FIRST_NAMES}{re.escape(last)}\b", right[behind.end() :]):
        behind = None  # it is said of the next one of this name
    if any(found and _is_one_of(found, bare) for found in (patterns.before.search(left), behind)):
        return True
    held = patterns.office.match(right)
    return (held is not None and _is_speaking(held["role"])) or bool(letter and re.match(rf",? {letter}", right))


def _is_one_of(found: re.Match[str], group: str) -> bool:
    """Whether what a person is called makes the person one of the group now."""
    before = found.string[: found.start()]
    if _FORMERLY.search(before) or _AT_PLACE.search(before):
        return False
    role = found["role"].strip()
    if _party_of(group) is not None:
        return True
    if group in PLACES and found["noun"] and not found["own"]:  # "Iran envoy Lund", "talks with Iran President Lund"
        is_sent = not GOING_BETWEEN.isdisjoint(role.lower().split())
        return _is_speaking(role) and not is_sent and _BEHIND_PREPOSITION.search(before) is None
    return _is_speaking(role) or (bool(found["own"]) and not role)


def _is_speaking(role: str) -> bool:
    """Whether a role is that of one who speaks for others, and not the second of two: "Iran and President Lund"."""
    words = role.replace(".", "").lower().split()
    return bool(words) and words[0] not in PREPOSITIONS | CONJUNCTIONS and not _SPEAKING.isdisjoint(words)


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


def _letter_of(group: str) -> str:
    """A pattern of the letter that stands for a party behind a name; empty if there is none."""
    party = _party_of(group)
    return rf"\({party[-1]}[-–, ]" if party and len(party[-1]) == 1 else ""


def _party_of(group: str) -> tuple[str, ...] | None:
    """The words for the people of a party, if the last word of a group's name is one of them."""
    last = group.rsplit(maxsplit=1)[-1]
    return next((forms for forms in PARTIES if last in forms), None)
