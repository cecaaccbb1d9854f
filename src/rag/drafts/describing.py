"""Words of a statement that describe a name, such as an office: an article may have them beside the name elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.drafts.evidence import Window
from rag.drafts.told import Item, Told
from rag.drafts.words import are_near, words_of
from rag.text.grammar.verb_forms import also_noun, base_of

_APPOSED = re.compile(r"\s*,\s+(?P<role>[^,;:.]{3,80})(?=[,.;:]|\Z)")
_LONGEST_ROLE = 5
"""Most words before a name that describe it."""
_OPENS_ROLE = re.compile(r"(?:an?|the|its|his|her|their|former|then)\b|[a-z]+(?:er|or|man|woman|ist|ian|ent|ant)\b", re.IGNORECASE)


def says_of_name(given: Told) -> Callable[[Window, Item], bool]:
    """Returns a function that decides whether an article says a word elsewhere that describes a name of a statement.

    Args:
        given: The statement.
    """
    roles = _roles(given)

    def says(window: Window, item: Item) -> bool:
        name = next((name for start, end, name in roles if start <= item.start and item.end <= end), None)
        if name is None or item.word is None:
            return False
        text = window.article.text
        for sentence in window.article.sentences:
            words = text[sentence.start : sentence.end]
            if name in words and any(are_near(item.word, word) for word in words_of(words) if word.tells):
                return True
        return False

    return says


def _roles(given: Told) -> list[tuple[int, int, str]]:
    """The places of the words that describe each name, and the last word of the name."""
    found = []
    for first, last in given.names:
        start, end = given.items[first].start, given.items[last - 1].end
        name = given.text[given.items[last - 1].start : end]
        before = [word for word in given.words if word.end <= start][-_LONGEST_ROLE:]
        begins = start
        for word in reversed(before):
            if given.text[word.end : begins].strip() or not _may_describe(word.lower):
                break
            begins = word.start
        found.append((begins, start, name))
        apposed = _APPOSED.match(given.text, end)
        if apposed and _OPENS_ROLE.match(apposed["role"]):
            found.append((*apposed.span("role"), name))
    return found


def _may_describe(word: str) -> bool:
    return base_of(word) is None or also_noun(word)
