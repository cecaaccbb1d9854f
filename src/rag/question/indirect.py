"""Reads an indirect question as the direct one: "Do you know who won?" as "Who won?".

To a reader, and to the rules for an answer's form, "Can you tell me when it opened?" looks like a question for yes or
no.
"""

from __future__ import annotations

import re

from rag.text.english.function_words import DETERMINERS, SUBJECT_PRONOUNS
from rag.text.english.questions import ASKED_POLITELY, INDIRECT_QUESTION_WORDS
from rag.text.english.verbs import AUXILIARIES, AUXILIARIES_OF_DOING
from rag.text.grammar.verb_forms import also_noun, base_of, is_past

_FRAME = re.compile(
    rf"^\W*(?:{ASKED_POLITELY})[,:]? (?P<word>{INDIRECT_QUESTION_WORDS})\b(?P<clause>[^?]*?)(?:,? please)?[?.!\s]*$",
    re.IGNORECASE,
)
_MOVED = AUXILIARIES - AUXILIARIES_OF_DOING
"""Auxiliaries that change places with the subject."""
_RELATIVE = frozenset("who whom whose which that".split())
_LONGEST_SUBJECT = 8
"""Most words of a subject."""


def direct_question(text: str) -> str:
    """Returns the direct question for an indirect one; any other text as it is.

    Args:
        text: The question.
    """
    asked = _FRAME.match(text)
    if asked is None:
        return text
    word, clause = asked["word"], asked["clause"].rstrip(" .!,").split()
    if not clause and word.lower() not in ("why", "when", "where", "how"):
        return text
    return f"{word[0].upper()}{word[1:]}{''.join(f' {each}' for each in _in_order(clause))}?"


def _in_order(clause: list[str]) -> list[str]:
    """The words of an indirect question's clause in a direct one's order; as they are if that is not clear."""
    if not clause or not _starts_subject(clause[0]):
        return clause
    for index, word in enumerate(clause[1 : _LONGEST_SUBJECT + 1], start=1):
        lower, subject, rest = word.lower(), clause[:index], clause[index + 1 :]
        if lower in _RELATIVE:
            return clause
        if lower in AUXILIARIES_OF_DOING:
            return [lower, *subject, "do", *rest]
        if lower in _MOVED:
            return [lower, *subject, *rest]
        base = base_of(word)
        if base is not None and word == lower and not also_noun(word) and not word.endswith("ing"):
            return [_support(word, base), *subject, base, *rest]
    return clause


def _starts_subject(word: str) -> bool:
    return word[0].isupper() or word.lower() in DETERMINERS | SUBJECT_PRONOUNS


def _support(word: str, base: str) -> str:
    """The form of "do" for a verb's form: "did" for "said", "does" for "says", "do" for "say"."""
    if is_past(word):
        return "did"
    return "do" if word == base else "does"
