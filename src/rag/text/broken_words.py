"""Makes words whole that a line end divided with a hyphen: `mil-` and `lion` are `million`, but `long-term` stays."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from rag.text.english.spelling import FIRST_PARTS, LAST_PARTS, SUSPENDED_BEFORE, common_words

HYPHENS = "-\xad\u2010\u2011\x02\ufffe"
"""Characters that divide a word at the end of a line. The last two are what pdfium gives for them."""
_ENDS_BROKEN = re.compile(rf"[^\W_][{HYPHENS}]\Z")
_WORD = re.compile(rf"[^\W_]+(?:[{HYPHENS}'’][^\W_]+)*")


def ends_broken(line: str) -> bool:
    """Returns whether a line ends in a letter or digit and a hyphen."""
    return _ENDS_BROKEN.search(line) is not None


def join_lines(lines: Iterable[str], known: Container[str]) -> str:
    """Joins lines to one, with a space between, or without one where a word is divided.

    Args:
        lines: The lines, without outer white space. All but the last may end in a hyphen.
        known: The words of the whole text in lower case.
    """
    parts: list[str] = []
    for line in lines:
        if not parts or not ends_broken(parts[-1]):
            parts.append(line)
            continue
        head, _, left = parts.pop().rpartition(" ")
        right, _, rest = line.partition(" ")
        parts += filter(None, (head, join_word(left, right, known), rest))
    return " ".join(parts)


def join_word(left: str, right: str, known: Container[str]) -> str:
    """Joins the two parts of a word that a line end divided.

    Args:
        left: The first part, with or without its hyphen.
        right: The second part, and what follows it up to the next space.
        known: The words of the same text in lower case. What the text itself writes elsewhere decides first.

    Returns:
        The word: with a hyphen if it is a compound (`long-term`, `Anglo-American`), otherwise without. Both with a
        space between if the hyphen stands for the rest of another word (`pre- and post-war`).
    """
    bare = left.rstrip(HYPHENS)
    first = re.split(rf"[{HYPHENS}\W]", bare)[-1].lower()
    found = _WORD.match(right)
    last = re.split(rf"[{HYPHENS}'’]", found.group())[0].lower() if found else ""
    if last in SUSPENDED_BEFORE or (first.isdigit() and last not in LAST_PARTS):
        return f"{left} {right}"
    return f"{bare}-{right}" if _is_compound(first, last, bare, right, known) else bare + right


def _is_compound(first: str, last: str, left: str, right: str, known: Container[str]) -> bool:
    if not right[:1].islower() or left[-1:].isupper() or left[-1:].isdigit():
        return True  # Anglo-American, US-led, 30-year
    if f"{first}-{last}" in known:
        return True
    if first + last in known or first + last in common_words():
        return False
    return first in FIRST_PARTS or (last in LAST_PARTS and len(first) > 2)


def words_of(text: str) -> Iterator[str]:
    """Yields the words of a text in lower case, with hyphens and apostrophes inside."""
    return (word.group().lower() for word in _WORD.finditer(text))
