"""Acronyms and what they stand for, as the passages found for a question tell it: a question may use either form.

"How much LNG passes?" is read as "How much LNG (liquefied natural gas) passes?" where a passage has those words, and
"the International Monetary Fund" as "the International Monetary Fund (IMF)" where the passages only have "IMF". Left
out: acronyms of two letters, as everyone knows those that count and too many other words begin with them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rag.core.schema import Correction
from rag.text.english.function_words import STOP_WORDS
from rag.text.english.patterns import any_of
from rag.text.english.people import ARTICLE_JOINTS

_ACRONYM = re.compile(r"(?<![\w.-])[A-Z]{3,6}(?![\w-])")
_BETWEEN = rf"[ -](?:{any_of(ARTICLE_JOINTS)}[ -])?"
"""What may part the words of a name without a letter in its acronym."""
_NAME = re.compile(rf"(?<![\w-])[A-Z][a-z]+(?:{_BETWEEN}[A-Z][a-z]+){{2,5}}(?![\w-])")


def spell_out(question: str, texts: Sequence[str]) -> tuple[str, tuple[Correction, ...]]:
    """The question with the other form of its acronyms and names in brackets, and what was added."""
    if question.isupper():
        return question, ()
    added = tuple(
        Correction(word=word, read_as=f"{word} ({other})")
        for word, other in (*_acronyms_spelled_out(question, texts), *_names_cut_short(question, texts))
    )
    for addition in added:
        question = re.sub(rf"(?<!\w){addition.word}(?!\w)", addition.read_as, question, count=1)  # letters and hyphens
    return question, added


def _acronyms_spelled_out(question: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for acronym in dict.fromkeys(_ACRONYM.findall(question)):
        words = _BETWEEN.join(rf"[{letter}{letter.lower()}][a-z]+" for letter in acronym)
        found = Counter(match for text in texts for match in re.findall(rf"(?<![\w-]){words}(?![\w-])", text))
        named = [name for name in found if STOP_WORDS.isdisjoint((name.split()[0].lower(), name.split()[-1].lower()))]
        if named:
            name = min(named, key=lambda name: (-found[name], name))
            if name.lower() not in question.lower():
                yield acronym, name


def _names_cut_short(question: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    here = {acronym for text in texts for acronym in _ACRONYM.findall(text)}
    for name in dict.fromkeys(_NAME.findall(question)):
        acronym = "".join(letter for letter in name if letter.isupper())
        if acronym in here and acronym not in question and not any(name in text for text in texts):
            yield name, acronym
