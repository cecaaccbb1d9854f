"""Finds the words of a sentence that it tells only as planned, hoped, predicted, asked, tried or charged.

Such words have a scope, which ends where another clause begins. What is only reported is left out. What will be, or
would have been, is found apart, because a draft may tell it of the future as the article does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.text.english.unrealised import UNREALISED_BEHIND, UNREALISED_NOUNS, UNREALISED_VERBS
from rag.text.english.verbs import FINITE_FORMS, MODALS

_NO_NOUN = "".join(rf"(?<!\b{word} )" for word in ("the", "a", "an", "his", "her", "its", "their", "my", "our", "no"))
"""Not behind a word that makes it a noun: "the hope of victory"."""
_VERBS = re.compile(rf"{_NO_NOUN}\b(?:{'|'.join(UNREALISED_VERBS)})(?:(?<= )|(?!\w))(?: that\b)?", re.IGNORECASE)
_NOUNS = re.compile(rf"\b(?:{'|'.join(UNREALISED_NOUNS)})(?!\w)", re.IGNORECASE)
_BEHIND = re.compile(rf"\b(?:{'|'.join(UNREALISED_BEHIND)})", re.IGNORECASE)
_SUBJUNCTIVE = re.compile(
    rf"\bthat (?:(?!(?:{'|'.join((*FINITE_FORMS, *sorted(MODALS)))}|to)\b)[\w’'.-]+ ){{1,14}}?(?=(?:not )?be\b)"
)
"""What is asked for or proposed: `recommended that Vik be sentenced to nine years`."""
WOULD_HAVE = r"\b(?:would|should|ought to)(?:n[’']t| not)?(?: \w+ly)? have\b"
"""Pattern of the words for what was not done: `should have`."""
_NO_DEED = r"(?:blame|date|become|the|an?|this|that|these|those|his|her|its|their)\b"
_YET_TO_COME = re.compile(
    rf"{_NO_NOUN}\b(?:will|shall|won[’']t)\b|(?<=[a-z])[’']ll\b"
    rf"|\b(?:is|are|was|were)(?: now| still| only)? to (?=[a-z])(?!{_NO_DEED})"
    rf"|{WOULD_HAVE}"
)
"""What will be, was to be, or would have been: `should have been finished in 2023`."""
_CLAUSES = r"but|because|after|since|when|while|although|though|who|which|if|unless"
_END = re.compile(rf"[;:—–“”\"]|,(?! \w+(?: \w+)?,)|\b(?:{_CLAUSES}|that)\b")
"""The end of a clause. A comma is none where another one follows behind a word or two."""
_END_OF_PHRASE = re.compile(rf"{_END.pattern}|\b(?:{'|'.join(FINITE_FORMS)})\b|\bby (?=[\w-]+(?: votes?)? to [\w-]+\b)")
"""The end of what belongs to a noun; a vote on it does not: `rejected the plan to build a mill | by 31 votes to 22`."""
_START = re.compile(rf"[;:—–“”\"]|, |\b(?:{_CLAUSES}|that)\b")


def find_unrealised(sentence: str) -> tuple[tuple[int, int], ...]:
    """Finds what a sentence does not tell as done.

    Args:
        sentence: The sentence's text.

    Returns:
        Half-open intervals of the sentence, in characters, in no order. They may overlap.
    """
    return tuple(_scopes(sentence))


def find_yet_to_come(sentence: str) -> tuple[tuple[int, int], ...]:
    """Finds what a sentence tells only as yet to come, or as what was to be, or would have been.

    Args:
        sentence: The sentence's text.

    Returns:
        Half-open intervals of the sentence, in characters, in order.
    """
    return tuple(_behind(_YET_TO_COME, _END, sentence))


def _scopes(sentence: str) -> Iterator[tuple[int, int]]:
    for pattern, end_of_scope in ((_VERBS, _END), (_SUBJUNCTIVE, _END), (_NOUNS, _END_OF_PHRASE)):
        yield from _behind(pattern, end_of_scope, sentence)
    for match in _BEHIND.finditer(sentence):
        starts = [start.end() for start in _START.finditer(sentence, 0, match.start())]
        yield (starts[-1] if starts else 0), match.start()


def _behind(pattern: re.Pattern[str], end_of_scope: re.Pattern[str], sentence: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(sentence):
        end = end_of_scope.search(sentence, match.end())
        yield match.end(), end.start() if end else len(sentence)
