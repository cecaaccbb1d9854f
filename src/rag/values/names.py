"""Brings names of people, places and organisations to one form for comparison: no titles, particles or accents."""

from __future__ import annotations

import re
import unicodedata

from rag.question.spelling import fold, sound
from rag.text.english.function_words import BEFORE_PLACES, NEGATING_PREFIXES
from rag.text.english.patterns import any_of, capitalised, in_either_case
from rag.text.english.people import (
    ABBREVIATED_TITLES,
    ARABIC_PARTICLES,
    ASSIMILATED_ARTICLES,
    BEFORE_TITLES,
    CAPITAL_TITLES,
    COURTESY_TITLES,
    FORMER_RANKS,
    LESSER_RANKS,
    NAME_JOINTS,
    NAME_PARTICLES,
    NAME_PREPOSITIONS,
    TITLES_BEFORE_NAMES,
)
from rag.text.english.places import ALIASES

_LONG = 5
"""Letters from which a word of a name is compared by its sound. Too many shorter words sound alike."""
_PARTICLES = NAME_PARTICLES | NAME_JOINTS | NAME_PREPOSITIONS
_DROPPED = ARABIC_PARTICLES | ASSIMILATED_ARTICLES | {"the"}
"""Particles that are dropped, because different writers separate, join or omit them."""
_JOINED = re.compile(r"^al(?=\w{5})")
_STOPPED = any_of(capitalised(ABBREVIATED_TITLES))
_TITLE = (
    rf"(?:{in_either_case(BEFORE_TITLES)}[ -])*"
    rf"(?:[Ss]ecretary[ -][Gg]eneral|{in_either_case(TITLES_BEFORE_NAMES)}|{_STOPPED}\."
    rf"|{any_of(capitalised((*COURTESY_TITLES, *CAPITAL_TITLES)))})"
)
_TITLED = re.compile(rf"(?:.*\b)?{_TITLE}(?:[ ,]+(?=[A-ZÀ-Þ]|al-|el-))")
_APPOSITION = re.compile(rf"(?P<name>[A-ZÀ-Þ][^,]*|al-[^,]*),\s.*\b{_TITLE}(?!\w).*")
_OPENING = re.compile(rf"(?:{any_of(BEFORE_PLACES)}\s+)?(?:the\s+)?", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_OWNER = re.compile(r"^[A-ZÀ-Þ][\w.-]*['’]s?\s+(?=[A-ZÀ-Þ]|al-)")
_OTHER_OFFICES = frozenset(
    form for word in NEGATING_PREFIXES | LESSER_RANKS | FORMER_RANKS for form in (word, sound(word))
)
"""Words of a name, as they are compared, that make another name or office of it."""
_LAST_AND = re.compile(r",?\s+(?:and|&)\s+")
_STANDARD = {
    alias: name
    for name, aliases in ALIASES.items()
    for alias in (*aliases.partition("|")[0].split(), *filter(None, aliases.split("|")[1:]))
}

Name = tuple[str, ...]
"""The words of a name in the form in which they are compared."""


def read_names(words: str, *, person: bool) -> tuple[frozenset[Name], Name] | None:
    """Reads the names in a short answer.

    Args:
        words: The words of the short answer.
        person: Whether the question asks for a person. Then an owner before the name ("Norway's") is dropped.

    Returns:
        The names, and the larger place that a single place lies in (`()` if none is given): "Tehran, Iran" is Tehran in
        Iran. None if the words are not names.
    """
    bare = words.strip(" .,;:\"“”'‘’()[]")
    bare = _without_titles(bare, person=person)
    if not bare or not all(_is_named(part) for part in re.split(r"[\s,]+", bare) if part):
        return None
    parts = [part for part in re.split(r",\s+", _LAST_AND.sub(", & ", bare)) if part]
    names = [_name(part.removeprefix("& ")) for part in parts]
    if not all(names):
        return None
    if any(part.startswith("& ") for part in parts):
        return frozenset(names), ()
    return frozenset(names[:1]), tuple(word for name in names[1:] for word in name)


def _without_titles(words: str, *, person: bool) -> str:
    apposition = _APPOSITION.fullmatch(words)
    words = apposition["name"] if apposition else words
    titled = _TITLED.match(words)
    words = words[titled.end() :] if titled else words
    if person:
        words = _OWNER.sub("", words)
    return words[_OPENING.match(words).end() :].strip() if _OPENING.match(words) else words  # type: ignore[union-attr]


def _is_named(word: str) -> bool:
    """Whether the word may be part of a name: it has a capital, is a particle or begins with `al-`."""
    first = word.lstrip("\"“'‘(")[:1]
    return first.isupper() or word.lower() in _PARTICLES or word == "&" or re.match(r"(?:al|el)-\w", word) is not None


def _name(words: str) -> Name:
    tokens = [_POSSESSIVE.sub("", word) for word in re.split(r"[\s\-–]+", words)]
    plain = " ".join(filter(None, (_plain(token) for token in tokens)))
    standard = _STANDARD.get(plain.removeprefix("the "), plain)
    kept = [token for token in standard.split() if token not in _DROPPED] or standard.split()
    return tuple(sound(_JOINED.sub("", token)) if len(token) >= _LONG and token.isalpha() else token for token in kept)


def _plain(token: str) -> str:
    """The word in lower case and without accents. Digits stay: `MH370` is not `MH17`."""
    if token.isalpha():
        return fold(token)
    plain = unicodedata.normalize("NFKD", token.casefold())
    return "".join(character for character in plain if character.isalnum())


def is_acronym(one: Name, other: Name) -> bool:
    """Returns whether the first name is one word that consists of the initials of the second."""
    if len(one) != 1 or not one[0].isalpha():
        return False
    initials = "".join(word[0] for word in other if word not in _PARTICLES)
    return len(initials) > 1 and _letters(one[0]) == _letters(initials)


def _letters(word: str) -> str:
    return "".join(sound(letter) for letter in word)


def is_surname(one: Name, other: Name) -> bool:
    """Returns whether the first name may be the surname of the second, alone or with first names or initials."""
    if not one or len(one) > len(other) or one[-1] != other[-1]:
        return False
    if _OTHER_OFFICES.intersection(other) - set(one):
        return False
    rest = iter(other[:-1])
    return all(any(_same(word, longer) for longer in rest) for word in one[:-1])


def _same(word: str, longer: str) -> bool:
    return word == longer or (len(word) == 1 and word.isalpha() and longer.startswith(word))
