"""Finds the person whom a pronoun may stand for, if only one person is named before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.core.article import Sentence
from rag.text.english.calendar import MONTHS, WEEKDAYS
from rag.text.english.function_words import FIRST_WORDS, STOP_WORDS
from rag.text.english.patterns import any_of
from rag.text.english.people import (
    MENS_NAMES,
    MENS_TITLES,
    NAME_PARTICLES,
    TITLES,
    TITLES_BEFORE_NAMES,
    TITLES_OF_GROUPS,
    WOMENS_NAMES,
    WOMENS_TITLES,
)
from rag.text.english.places import COMPASS, GEOGRAPHY, GROUPS, PEOPLES_PLACES, PLACES
from rag.text.english.spelling import common_words
from rag.text.grammar.quotations import find_quotations

_NAME = re.compile(rf"[A-ZÀ-Þ][\w.’'-]*(?: (?:{any_of(NAME_PARTICLES)} )*[A-ZÀ-Þ][\w’'-]*)*")
_POSSESSIVE = re.compile(r"(?:['’]s?|[.’'-]+)\Z")
_NO_NAMES = FIRST_WORDS | STOP_WORDS | frozenset(MONTHS) | frozenset(WEEKDAYS)
_MEN = frozenset(name.lower() for name in MENS_NAMES) | MENS_TITLES
_WOMEN = frozenset(name.lower() for name in WOMENS_NAMES) | WOMENS_TITLES
_BEFORE_NAMES = (_MEN | _WOMEN | TITLES | TITLES_BEFORE_NAMES) - TITLES_OF_GROUPS
"""Words that stand only before the name of a person."""

_GROUP_WORDS = GROUPS | GEOGRAPHY
_OF_NATIONS = ("ian", "ish", "ese", "ians", "can", "cans")
_LOOK_BACK = 4
"""Number of sentences before a pronoun's own that are searched for a name."""


def person_before(text: str, sentences: Sequence[Sentence], place: int) -> tuple[int, int] | None:
    """Finds the one person named before a pronoun, in its own sentence or in the nearest one that has a name.

    Args:
        text: The article's text.
        sentences: Its sentences, in order.
        place: Offset of the pronoun, in characters.

    Returns:
        The half-open interval of the name; None if nobody or more than one name is there, or if it is a name of the
        other sex, or if the pronoun is "they".
    """
    pronoun = (re.match(r"\w*", text[place : place + 10]) or [""])[0].lower()
    if pronoun not in ("he", "she"):
        return None
    before = [sentence for sentence in sentences if sentence.start <= place][-1 - _LOOK_BACK :]
    begun = before[0].start if before else place
    quoted = [(quotation.start, quotation.end) for quotation in find_quotations(text, begun, place)]
    for sentence in reversed(before):
        named = _names_in(text, sentence.start, min(sentence.end, place))
        names = [name for name in named if not any(start <= name[0] < end for start, end in quoted)]
        if names and not _speaks_of_another(text, sentence.start, names[0][0], pronoun):
            last_words = {text[start:end].rsplit(maxsplit=1)[-1] for start, end in names}
            first = names[0]
            other = _WOMEN if pronoun == "he" else _MEN
            is_other = any(word.lower().rstrip(".") in other for word in text[first[0] : first[1]].split())
            return first if len(last_words) == 1 and not is_other else None
    return None


def _speaks_of_another(text: str, start: int, name: int, pronoun: str) -> bool:
    """Whether the same pronoun stands before the name, for someone else: `She was replaced by Moe. She was ill.`"""
    return re.search(rf"\b{pronoun}\b", text[start:name], re.IGNORECASE) is not None


def _is_no_person(words: Sequence[str], opens: bool) -> bool:
    """Whether words name nobody: the first word of a sentence, `Iranian`, a place, an organisation, an acronym."""
    bare = [_POSSESSIVE.sub("", word) for word in words]
    *before, last = bare
    if _names_a_group(bare) or (last in PLACES - PEOPLES_PLACES and COMPASS.issuperset(before)):
        return True
    is_adjective = last.endswith(_OF_NATIONS) or (opens and last.lower() in common_words())
    return not before and (is_adjective or (len(last) > 1 and last.isupper()))


def _names_a_group(words: Sequence[str]) -> bool:
    """Whether a word for a group is there, and no title or first name that makes it a person's: `House Leader Moe`."""
    at = [number for number, word in enumerate(words) if word in _GROUP_WORDS]
    return bool(at) and all(word.lower() not in _BEFORE_NAMES for word in words[at[-1] : -1])


def _is_thing_of(text: str, words: Sequence[str]) -> bool:
    """Whether a single word is a common one that the text has in lower case too: `MORE: Tunnel in pictures`."""
    word = _POSSESSIVE.sub("", words[0]).lower()
    return len(words) == 1 and word in common_words() and re.search(rf"\b{re.escape(word)}\b", text) is not None


def _names_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    for match in _NAME.finditer(text, start, end):
        words = match.group().split()
        while words and words[0].lower().strip(".'’") in _NO_NAMES:
            words.pop(0)
        if words and not _is_no_person(words, match.start() == start) and not _is_thing_of(text, words):
            begun = match.end() - len(" ".join(words))
            found.append((begun, begun + len(_POSSESSIVE.sub("", " ".join(words)))))
    return found
