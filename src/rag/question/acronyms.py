"""Adds to the acronyms and names of a question their other form, as the passages found for the question write it.

"How much LNG passes?" becomes "How much LNG (liquefied natural gas) passes?" if a passage has these words. "The
International Monetary Fund" becomes "the International Monetary Fund (IMF)" if the passages have only "IMF". Left out:
acronyms of two letters, because too many pairs of other words begin with the same letters.
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
"""The space or hyphen between two words of a name, and small words that have no letter in the acronym."""
_NAME = re.compile(rf"(?<![\w-])[A-Z][a-z]+(?:{_BETWEEN}[A-Z][a-z]+){{2,5}}(?![\w-])")


def spell_out(question: str, texts: Sequence[str]) -> tuple[str, tuple[Correction, ...]]:
    """Adds the other form of acronyms and names in brackets.

    Args:
        question: The question's text.
        texts: The passages found for it.

    Returns:
        The question, and one correction per addition. A question in capitals only is returned as it is.
    """
    if question.isupper():
        return question, ()
    added = tuple(
        Correction(word=word, read_as=f"{word} ({other})")
        for word, other in (*_acronyms_spelled_out(question, texts), *_names_cut_short(question, texts))
    )
    for addition in added:
        # The word has only letters, spaces and hyphens, so it needs no escaping.
        question = re.sub(rf"(?<!\w){addition.word}(?!\w)", addition.read_as, question, count=1)
    return question, added


def _acronyms_spelled_out(question: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for acronym in dict.fromkeys(_ACRONYM.findall(question)):
        words = _BETWEEN.join(rf"[{letter}{letter.lower()}][a-z]+" for letter in acronym)
        found = Counter(match for text in texts for match in re.findall(rf"(?<![\w-]){words}(?![\w-])", text))
        named = [name for name in found if _is_one_name(name)]
        if named:
            name = min(named, key=lambda name: (-found[name], name))
            if name.lower() not in question.lower():
                yield acronym, name


def _is_one_name(name: str) -> bool:
    """Whether words may be what an acronym is short for: not "chief executive Ole", nor "furor by inviting"."""
    words = re.split(r"[ -]", name)
    first, last = words[0], words[-1]
    if first.islower():
        return STOP_WORDS.isdisjoint(words) and last.islower()
    return STOP_WORDS.isdisjoint((first.lower(), last.lower()))


def _names_cut_short(question: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    here = {acronym for text in texts for acronym in _ACRONYM.findall(text)}
    for name in dict.fromkeys(_NAME.findall(question)):
        acronym = "".join(letter for letter in name if letter.isupper())
        if acronym in here and acronym not in question and not any(name in text for text in texts):
            yield name, acronym
