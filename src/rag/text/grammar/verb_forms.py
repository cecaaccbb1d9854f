"""Recognises the forms of English verbs and finds their base forms.

The verbs are those of `rag.text.english.verbs`. Words that are as often nouns ("strike", "talks") are distinguished by
their position, in `rag.conversation.tags`.
"""

from __future__ import annotations

from functools import cache

from rag.text.english.verbs import ALSO_NOUNS, IRREGULAR_VERBS, NOT_PAST, PLURAL_ES, REGULAR_VERBS
from rag.text.terms import terms


@cache
def _bases() -> dict[str, str]:
    bases: dict[str, str] = {}
    verbs = dict.fromkeys([*REGULAR_VERBS, *ALSO_NOUNS])
    for base, past, participle in IRREGULAR_VERBS:
        verbs[base] = None
        bases |= {past: base, participle: base}
    for verb in verbs:
        for form in _regular_forms(verb):
            bases.setdefault(form, verb)
    return bases | {verb: verb for verb in verbs}


def _regular_forms(verb: str) -> tuple[str, ...]:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    stem = verb[:-1] if verb.endswith("e") else verb
    doubled = verb + verb[-1]
    plural = verb + ("es" if verb.endswith(PLURAL_ES) else "s")
    return plural, stem + "ed", stem + "ing", doubled + "ed", doubled + "ing"


def base_of(word: str) -> str | None:
    """Finds the base form of a verb.

    A past form that is also a base form ("found") is its own base form.

    Args:
        word: A word in any case.

    Returns:
        The base form; None if the word is not a form of a known verb.
    """
    return _bases().get(word.lower())


def one_form(word: str) -> str:
    """Returns one form for all forms of a word: the base form of a verb; of another word, its stem, if it has one."""
    return base_of(word) or " ".join(terms(word)) or word.lower()


def is_past(word: str) -> bool:
    """Returns whether a word is a past form of a verb: one in "-ed", or an irregular one unlike its base form."""
    lower = word.lower()
    base = base_of(lower)
    if base is None:
        return lower.endswith("ed") and len(lower) > 3 and not lower.endswith("eed") and lower not in NOT_PAST
    return lower != base and not lower.endswith(("s", "ing"))


def also_noun(word: str) -> bool:
    """Returns whether a form of a verb is as often a noun or an adjective: "strikes", "cost", "talk"."""
    base = base_of(word)
    return base in ALSO_NOUNS and word.lower() in (base, base + "s", base + "es")
