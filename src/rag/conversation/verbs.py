"""English verbs as questions use them: which words are forms of one, and what its base form is.

There is no tagger here: the verbs are those of `rag.text.english.verbs`. Words that are as often nouns ("strike",
"talks") are told apart by where they stand, in `rag.conversation.tags`.
"""

from __future__ import annotations

from functools import cache

from rag.text.english.verbs import ALSO_NOUNS, IRREGULAR_VERBS, NOT_PAST, PLURAL_ES, REGULAR_VERBS


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
    """The base form of the verb that this word is a form of; None where it is no form of a known one.

    A form that is both a past and a base ("found", "felt") counts as the past, but for "found" after "to".
    """
    return _bases().get(word.lower())


def is_past(word: str) -> bool:
    """Whether a word is a verb's past form: "-ed", or an irregular one that differs from the base."""
    lower = word.lower()
    base = base_of(lower)
    if base is None:
        return lower.endswith("ed") and len(lower) > 3 and not lower.endswith("eed") and lower not in NOT_PAST
    return lower != base and not lower.endswith(("s", "ing"))


def also_noun(word: str) -> bool:
    """Whether a form of a verb is as often a noun or an adjective: "strikes", "cost", "talk"."""
    base = base_of(word)
    return base in ALSO_NOUNS and word.lower() in (base, base + "s", base + "es")
