"""Finds out whether an answer is cut out of a phrase that means something else: `Osk` out of `Osk officials`."""

from __future__ import annotations

import re

from rag.answering.validation.other_times import changes_in
from rag.answering.validation.parts import COUNTED
from rag.question.question import fits_kind
from rag.text.english.numbers import VALUE_CHANGES
from rag.text.english.patterns import any_of
from rag.text.english.people import OFFICES, PERSON_NOUNS
from rag.values.numbers import read_measure

_WHO = re.compile(r"\W*whom?\b", re.IGNORECASE)
_PEOPLE = re.compile(
    rf" (?:{any_of(PERSON_NOUNS | OFFICES)}|officials?|{any_of(f'{noun}s' for noun in PERSON_NOUNS)})\b"
)
"""A noun for people behind a name that only says whose they are."""
_ASKS_HOW_FAR = re.compile(
    rf"\W*(?:by )?how (?:far|much|many)\b(?!.*\bbefore\b).*\b{any_of(VALUE_CHANGES)}\b(?! (?:to|from)\W*\Z)",
    re.IGNORECASE,
)
_QUANTIFIER = re.compile(
    r"\b(?:nobody|no|all|every|most|several|few|many|both|some|zero|nothing|countless|numerous|[a-z]+s of)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\W*when\b", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_OF_THE = re.compile(r"\b(?:of|from|for|to|about|with|against) (?:the|its|his|her|their|this) \Z")


def is_cut_from_phrase(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether the words of an answer only tell whose people, or the event of which year, are meant, or less.

    - "Who dismissed Lund?": `Osk` out of `Lund met Osk officials`.
    - "When did Vik give up?": `2020` out of `Vik is dropping out of the 2020 race`.
    - "How far did it fall?": `25%` out of `from 25% to 20%`.
    - "How many senators were for it?": `majority` out of `with a majority vote`.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    if _WHO.match(question):
        return sentence[start : start + 1].isupper() and _PEOPLE.match(sentence, end) is not None
    if _ASKS_HOW_FAR.match(question):
        pairs = changes_in(sentence)
        return any(start < old[1] and old[0] < end and not (start < new[1] and new[0] < end) for new, old in pairs)
    if COUNTED.search(question):
        words = sentence[start:end]
        return read_measure(words) is None and not fits_kind("quantity", words) and not _QUANTIFIER.search(words)
    is_year = _WHEN.match(question) is not None and _YEAR.fullmatch(sentence, start, end) is not None
    return is_year and _OF_THE.search(sentence[:start]) is not None and sentence[end + 1 : end + 2].isalpha()
