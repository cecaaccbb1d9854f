"""Decides whether a number of votes is that of the other side: `rejected by 31 votes to 22` has 22 votes for it."""

from __future__ import annotations

import re

from rag.text.english.numbers import NUMBER_WORD
from rag.text.english.opposites import OPPOSITES
from rag.text.grammar.verb_forms import one_form

_NUMBER = rf"(?:\d[\d,.]*\d|\d|{NUMBER_WORD})"
_ASKED = re.compile(
    r"\b[Hh]ow many\b.*?\bvot(?:ed|es?)\b(?: (?:was|were))?(?: cast)?"
    r" (?:(?P<against>against|down)|for|in favou?r of|to (?P<verb>[a-z]+))\b"
)
_ASKED_OF_ONE = re.compile(r"\b[Hh]ow many votes (?:did|does|has|have|had|was|were)\b")
_PAIR = re.compile(
    rf"\b(?P<first>{_NUMBER})(?: votes?)?(?: to |\s?[-–]\s?)(?P<second>{_NUMBER})(?![\w-])"
    r"(?: votes?)?(?: (?:(?P<against>against)|(?P<for>for|in favou?r)|to (?P<verb>[a-z]+))\b)?",
    re.IGNORECASE,
)
_LOSING = frozenset("reject defeat fail fall lose block refuse acquit oppose turn throw kill sink quash".split())
_WINNING = frozenset(
    "approve pass carry adopt accept back confirm elect endorse agree convict win clear ratify support impeach".split()
)
_WORD = re.compile(r"[A-Za-z]+")
_MAJORITY = re.compile(r"\b(?:by|(?:lead|margin|majority) of)(?: (?:about|some|only|just|more than|at least))? \Z")


def is_of_other_side(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether an answer is the number of those who voted the other way, or only a majority.

    In `by 31 votes to 22` the first number is that of the side that won, so it depends on what was decided.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    asked = _ASKED.search(question)
    if asked is None:
        return _ASKED_OF_ONE.search(question) is not None and _is_majority(sentence, start, end)
    pair = next((one for one in _PAIR.finditer(sentence) if one.start() <= start < one.end()), None)
    told = _decision(sentence, pair) if pair else None
    return pair is not None and told is not None and (start < pair.end("first")) != _won(asked, told)


def _is_majority(sentence: str, start: int, end: int) -> bool:
    is_alone = not any(pair.start() <= start < pair.end() for pair in _PAIR.finditer(sentence))
    return is_alone and _MAJORITY.search(sentence[:start]) is not None and " vote" in sentence[end : end + 6]


def _decision(sentence: str, pair: re.Match[str]) -> str | None:
    """The base form of the verb for what was decided: behind the votes, or else the last one before them."""
    if pair["verb"]:
        return one_form(pair["verb"])
    if pair["against"] or pair["for"]:
        return "reject" if pair["against"] else "approve"
    verbs = [one_form(word) for word in _WORD.findall(sentence[: pair.start()])]
    return next((verb for verb in reversed(verbs) if verb in _LOSING or verb in _WINNING), None)


def _won(asked: re.Match[str], told: str) -> bool:
    """Whether the side asked about is the one whose number comes first."""
    verb = one_form(asked["verb"]) if asked["verb"] else None
    if verb is not None and (verb == told or told in map(one_form, OPPOSITES.get(verb, ()))):
        return verb == told
    is_for = verb not in _LOSING if verb else asked["against"] is None
    return is_for == (told not in _LOSING)
