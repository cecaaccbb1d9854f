"""What was asked in one word and written in another: who mediated, where the article has a go-between.

A reader knows the common ways to say a thing; the rarer ones, and those where a verb became a noun, it misses. So a
question that nothing answers is asked once more, in their own words, of the passages that have another one. What was
read for what is told with the answer, as a word that means nearly the same is not the same word.
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
    """A question with one of its words as some texts have it, and the indices of those texts."""

    question: str
    correction: Correction
    texts: tuple[int, ...]


def in_other_words(question: str, texts: Sequence[str]) -> list[Rewording]:
    """The question in the words of the texts that lack one of its own and have another for it, the first text's first.

    Words with a capital are left alone but for the first: they are names.
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
    """The first place of the word where it is no name: in small letters, or the text's first word."""
    return next((found for found in word.finditer(text) if found.start() == 0 or found.group().islower()), None)
