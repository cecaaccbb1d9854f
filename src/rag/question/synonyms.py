"""Rewords a question with the words that passages use for the same thing: "go-between" for "mediated".

A reader knows the common ways to say something. It misses rarer ones, and verbs that became nouns. So an unanswered
question is asked again in the words of the passages. The replaced word is shown with the answer, because words with
nearly the same meaning are not the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rag.core.schema import Correction
from rag.text.english.synonyms import SAME_THING


@cache
def _lines() -> list[list[re.Pattern[str]]]:
    return [[_pattern(word) for word in words] for words in SAME_THING]


def _pattern(word: str) -> re.Pattern[str]:
    ending = word.replace("*", r"\w*").replace("-", "[- ]")
    return re.compile(rf"(?<![\w-]){ending}(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rewording:
    """A question with one word replaced.

    Attributes:
        question: The new text of the question.
        correction: The old word and the new one.
        texts: Indices of the texts that have the new word.
    """

    question: str
    correction: Correction
    texts: tuple[int, ...]


def in_other_words(question: str, texts: Sequence[str]) -> list[Rewording]:
    """Rewords a question with words of the texts, one word at a time.

    A word is replaced if a text lacks it and has another word for the same thing. Capitalised words are names and are
    never replaced, except the first word.

    Args:
        question: The question's text.
        texts: The passages found for it, best first.

    Returns:
        The rewordings; those of the first text come first.
    """
    asked = [(word, found, line) for line in _lines() for word in line if (found := _first_common(word, question))]
    told: dict[tuple[int, int, str], list[int]] = {}
    for index, text in enumerate(texts):
        for word, found, line in asked:
            if not word.search(text):
                for instead in filter(None, (_first_common(other, text) for other in line)):
                    told.setdefault((*found.span(), instead.group().lower()), []).append(index)
    return [
        Rewording(
            question[:start] + read_as + question[end:],
            Correction(word=question[start:end], read_as=read_as),
            tuple(dict.fromkeys(places)),
        )
        for (start, end, read_as), places in told.items()
    ]


def _first_common(word: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match of the word that is not a name: in lower case, or at the start of the text."""
    return next((found for found in word.finditer(text) if found.start() == 0 or found.group().islower()), None)
