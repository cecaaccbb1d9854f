"""Finds the places of a verb in a sentence, in any of its forms, and the subject at each place."""

from __future__ import annotations

from collections.abc import Sequence

from rag.text.english.verbs import AUXILIARIES, IRREGULAR_VERBS
from rag.text.grammar.noun_phrases import Phrase, phrase_before
from rag.text.grammar.tokens import Token
from rag.text.terms import terms

_BASES = {form: forms[0] for forms in IRREGULAR_VERBS for form in forms} | {"has": "have", "had": "have"}
_RELATIVE = frozenset(("who", "which", "that"))


def base_form(verb: str) -> str:
    """Returns one form for all forms of a verb: `stole` and `stolen` are `steal`, `joined` is `join`."""
    return _BASES.get(verb) or " ".join(terms(verb)) or verb


def places_of(tokens: Sequence[Token], verb: str) -> list[int]:
    """Returns the indexes of the tokens that are a form of a verb."""
    wanted = base_form(verb)
    return [index for index, token in enumerate(tokens) if token.word.islower() and base_form(token.word) == wanted]


def first_of_verb(tokens: Sequence[Token], index: int) -> int:
    """Returns the index of the first auxiliary of a verb; that of the verb, if it has none."""
    while index > 0 and tokens[index - 1].key in AUXILIARIES:
        index -= 1
    return index


def subject_of(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """Finds the subject of a verb; for a relative clause the name before it: `Kari Stang, who was born in Hult`.

    Args:
        tokens: The tokens of a sentence.
        verb: The index of the verb's first word.

    Returns:
        The phrase; None if no phrase is sure.
    """
    if verb > 1 and tokens[verb - 1].key in _RELATIVE:
        behind = verb - 2 if tokens[verb - 2].word == "," else verb - 1
        first = behind
        while first > 0 and tokens[first - 1].is_name:
            first -= 1
        named = first < behind
        return (
            Phrase(tokens[first].start, tokens[behind - 1].end, True, tokens[first].start, first, behind)
            if named
            else None
        )
    return phrase_before(tokens, verb)
