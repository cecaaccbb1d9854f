"""Finds the words of a sentence that the sentence itself denies or doubts.

`She denied that …`, `reports that … were false` and `did not …` each have a scope: the words that they turn. A scope
ends where another clause begins. What a correction quotes as wrong is such a scope too. Left out: irony, and what only
another sentence denies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.text.english.function_words import NEGATIONS
from rag.text.english.numbers import BOUNDS
from rag.text.english.patterns import any_of
from rag.text.english.saying import BEING, BELIEVING, CLAIMS, DENYING, DOUBTFUL_CLAIMS, FALSE, REJECTING
from rag.text.english.verbs import AUXILIARIES
from rag.text.grammar.corrections import find_corrected, is_corrected

_THAT = r"(?: that\b| of\b|,? which \w+\b)?"
_IN_FACT = r"(?:in (?:actual )?fact|in reality|in truth|actually)\b"
_AHEAD = (
    re.compile(rf"\b(?:{'|'.join(DENYING)})\b{_THAT}", re.IGNORECASE),
    re.compile(rf"\b{REJECTING}\b(?: \w+){{0,4}}? {CLAIMS}\b{_THAT}", re.IGNORECASE),
    re.compile(rf"\b{FALSE} {CLAIMS}\b{_THAT}", re.IGNORECASE),
    re.compile(rf"\b{DOUBTFUL_CLAIMS} (?:that|of|about)\b", re.IGNORECASE),
    re.compile(rf"\b(?:it|that) {BEING} {FALSE} (?:that|to say)\b", re.IGNORECASE),
    re.compile(rf"\b(?:{BELIEVING})\b{_THAT}(?=[^.;]*?[,;] (?:but|yet|when),? {_IN_FACT})", re.IGNORECASE),
)
"""What is denied follows these words."""
_BEHIND = re.compile(
    rf"\b{CLAIMS}\b.*?(?P<turn>\b(?:{BEING}|(?:ha(?:s|ve|d)) been)(?: \w+ly)? {FALSE})\b", re.IGNORECASE | re.DOTALL
)
"""What is denied stands before the last of these words."""
_FALSE_BEFORE = re.compile(
    rf"\s*(?:but |however, )?(?:(?:that|this|it|both|these|those|they)|(?:the|that|this|those|these|all) {CLAIMS})\b"
    rf"(?: later| soon| also)? {BEING}(?: later| also| all)? {FALSE}\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    rf"\b(?:{any_of(NEGATIONS - {'nothing', 'none', 'nobody', 'neither', 'nor'})}|\w+n[’']t|no longer"
    r"|(?:fail|refus|declin)(?:s|ed|es|ing)? to|rather than|instead of)\b(?! (?:only|just|least|later|earlier)\b)",
    re.IGNORECASE,
)
_BOUND = re.compile(rf"\b(?:{'|'.join(words for _, words in BOUNDS)})\b", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:until|till|before|unless|except)\b", re.IGNORECASE)
"""Words that take back a negation: what was not signed until May was signed in May."""
_NEXT_SENTENCE = r"(?<=[a-z]{4}|\d{4})[.!?][\"”]?\s+(?=[A-ZÀ-Þ“\"])"
"""The end of a sentence, where two are read together. A short word before the full stop may be an abbreviation."""
_END_OF_SCOPE = re.compile(
    rf"{_NEXT_SENTENCE}|[;:—–]|, (?:but|and|saying|adding|while|who|which|although|though|as|after)\b|\bbut\b"
)
_END_OF_CLAUSE = re.compile(rf"{_NEXT_SENTENCE}|[,;:—–“”\"]|\b(?:but|because|although|though|while|that|who|which)\b")
_ONLY_HELPERS = re.compile(rf"[\s,]*(?:(?:{any_of(AUXILIARIES)}|\w+ly|also|later|again|have|then)\b\s*)*")


@dataclass(frozen=True, slots=True)
class Denial:
    """Words that deny, and the words that they turn, as half-open intervals of the sentence, in characters.

    Attributes:
        turn: The words that deny or doubt.
        scope: The words that are denied.
    """

    turn: tuple[int, int]
    scope: tuple[int, int]


def find_denials(sentence: str) -> tuple[Denial, ...]:
    """Finds what a sentence denies or doubts.

    Args:
        sentence: The sentence's text.

    Returns:
        The denials, in no order. Their scopes may overlap.
    """
    return (*_of_claims(sentence), *_negated(sentence))


def denies_a_statement(sentence: str) -> bool:
    """Returns whether a sentence says that some statement is false or doubtful; a plain `not` does not count."""
    return next(_of_claims(sentence), None) is not None


def says_it_is_false(following: str) -> bool:
    """Returns whether a text begins by saying that the sentence before it is false: `That was wrong, police said.`"""
    return _FALSE_BEFORE.match(following) is not None


def is_taken_back(sentence: str, following: str) -> bool:
    """Returns whether the text behind a sentence says that it is false, or corrects what an article stated."""
    return says_it_is_false(following) or is_corrected(sentence, following)


def is_subject_of(sentence: str, end: int, denial: Denial) -> bool:
    """Returns whether the words that end at `end` are the subject of the words that deny: `Vik denied …`."""
    return end <= denial.turn[0] and _ONLY_HELPERS.fullmatch(sentence, end, denial.turn[0]) is not None


def _of_claims(sentence: str) -> Iterator[Denial]:
    for pattern in _AHEAD:
        for match in pattern.finditer(sentence):
            end = _END_OF_SCOPE.search(sentence, match.end())
            yield Denial(match.span(), (match.end(), end.start() if end else len(sentence)))
    for match in _BEHIND.finditer(sentence):
        yield Denial(match.span("turn"), (match.start(), match.start("turn")))
    for turn, scope in find_corrected(sentence):
        yield Denial(turn, scope)


def _negated(sentence: str) -> Iterator[Denial]:
    bounds = [match.span() for match in _BOUND.finditer(sentence)]
    for match in _NOT.finditer(sentence):
        if any(start <= match.start() < end for start, end in bounds):
            continue
        ends = [found.start() for p in (_END_OF_CLAUSE, _LIMIT) if (found := p.search(sentence, match.end()))]
        yield Denial(match.span(), (match.end(), min([*ends, len(sentence)])))
