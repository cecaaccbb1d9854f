"""Words of a statement that describe a person, such as an office: an article may have them elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.drafts.evidence import Window
from rag.drafts.told import Item, Told
from rag.drafts.words import Word, are_near, words_of
from rag.text.english.patterns import any_of
from rag.text.english.people import DOER_ENDINGS, PERSON_NOUNS, ROLES_BEFORE_NAMES, TITLES, TITLES_BEFORE_NAMES

_APPOSED = re.compile(r"\s*,\s+(?P<role>(?:[^,;:.“”\"]|\.(?=\w)|(?<=\.\w)\.){3,80})(?=[,.;:]|\Z)")
_ROLES = any_of(TITLES | TITLES_BEFORE_NAMES | PERSON_NOUNS | ROLES_BEFORE_NAMES)
_PERSON = re.compile(rf"(?:{_ROLES}|[a-z]+(?:{'|'.join(DOER_ENDINGS)}))s?", re.IGNORECASE)
_LONGEST_ROLE = 4
"""Most words before a name that describe it."""
_REACH = 10
"""Words around a name in an article that may describe it."""


@dataclass(frozen=True, slots=True)
class _Role:
    """The place of words that describe a name, what they are, and the last word of the name."""

    start: int
    end: int
    words: tuple[Word, ...]
    name: str


def says_of_name(given: Told, speaker: tuple[int, int] | None = None) -> Callable[[Window, Item], bool]:
    """Returns a function that decides whether an article says a word elsewhere that describes a name of a statement.

    It does if all words of the description stand beside the name in one sentence of it.

    Args:
        given: The statement.
        speaker: The half-open place of its speaker; None if it has none.
    """
    names = [(given.items[first].start, given.items[last - 1].end) for first, last in given.names]
    roles = _roles(given, [*names, speaker] if speaker else names)

    def says(window: Window, item: Item) -> bool:
        role = next((role for role in roles if role.start <= item.start and item.end <= role.end), None)
        if role is None:
            return False
        text = window.article.text
        sentences = (text[one.start : one.end] for one in window.article.sentences)
        return any(role.name in words and _describes(words, role) for words in sentences)

    return says


def _describes(sentence: str, role: _Role) -> bool:
    words = words_of(sentence)
    for place in (n for n, word in enumerate(words) if word.text == role.name):
        around = words[max(0, place - _REACH) : place + _REACH]
        if all(any(are_near(word, other) for other in around) for word in role.words):
            return True
    return False


def _roles(given: Told, names: Sequence[tuple[int, int]]) -> list[_Role]:
    found = []
    for start, end in names:
        words = [word for word in words_of(given.text, start, end) if word.is_name]
        if not words:
            continue
        before = _before(given, start)
        if before:
            found.append(_Role(before[0].start, start, tuple(before), words[-1].text))
        apposed = _APPOSED.match(given.text, end)
        inside = [word for word in words_of(given.text, *apposed.span("role")) if word.tells] if apposed else []
        if apposed and _is_of_person(inside):
            found.append(_Role(*apposed.span("role"), tuple(inside), words[-1].text))
        # A title is a part of the run of capitals, and describes the rest of it.
        titles = [n for n, word in enumerate(words[:-1]) if _PERSON.fullmatch(word.text)]
        if titles:
            found.append(_Role(start, words[titles[-1]].end, tuple(words[: titles[-1] + 1]), words[-1].text))
    return found


def _before(given: Told, start: int) -> list[Word]:
    """The words right before a name that describe it: "the Republican senator", and so end with a noun for a person."""
    found: list[Word] = []
    begins = start
    for word in reversed([word for word in given.words if word.end <= start][-_LONGEST_ROLE:]):
        if given.text[word.end : begins].strip() or not word.tells:
            break
        found.insert(0, word)
        begins = word.start
    return found if found and _PERSON.fullmatch(found[-1].text) else []


def _is_of_person(words: Sequence[Word]) -> bool:
    return any(_PERSON.fullmatch(word.text) for word in words)
