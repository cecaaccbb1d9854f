"""Patterns of verbs of saying and of speakers' names. Questions and articles build larger patterns from them."""

from __future__ import annotations

import re
from itertools import pairwise

from rag.text.english.function_words import (
    ADVERBS,
    ARTICLES,
    NEGATIONS,
    POSSESSIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
)
from rag.text.english.numbers import NUMBER_WORDS
from rag.text.english.patterns import any_of
from rag.text.english.people import NAME_JOINTS, NAME_PARTICLES
from rag.text.english.saying import REPORTING_FORMS, SAYING_FORMS, SAYING_PARTICIPLES
from rag.text.english.verbs import AUXILIARIES, FINITE_FORMS
from rag.text.grammar.verb_forms import also_noun, base_of

REPORTS = any_of(REPORTING_FORMS)
"""Verbs that introduce reported speech, with or without quotation marks."""
SAYS = any_of(SAYING_FORMS)
"""Verbs that introduce a quotation in quotation marks; REPORTS are among them."""
_PARTICLES = any_of(NAME_PARTICLES | NAME_JOINTS)
NAME = rf"(?:[Tt]he )?[A-ZÀ-Þ][\w.’'–-]*(?: (?:{_PARTICLES} ){{0,2}}(?:al-)?[A-ZÀ-Þ][\w.’'–-]*){{0,5}}"
"""A speaker's name: capitalised words, which particles may join."""
_QUOTED = re.compile(r"\A['‘`]|[\"“”„«»]")
_WORDS = re.compile(r"[\w’']+")
_SHORTENED = re.compile(r"(?:n['’]t|['’](?:re|ll|ve))\b")
_REFUSED = re.compile(r"\b(?:refus|declin|den[iy]|stop|avoid|fail)\w*")
_FINITE = re.compile("|".join(FINITE_FORMS))
_MARKS = ".,;:!?()[]'’\"“”"
_BEFORE_NOUNS = ARTICLES | POSSESSIVES | PREPOSITIONS | frozenset((*NUMBER_WORDS, "and", "or", ""))
_SAID_ALONE = ADVERBS | frozenset("so no yes it nothing".split())
_THINKING = frozenset("believe believes believed think thinks thought find finds found show shows showed".split())
_SAYING = frozenset((*(form.split()[0] for form in SAYING_FORMS), *SAYING_PARTICIPLES, "according"))


def has_word_of_saying(text: str) -> bool:
    """Returns whether a text has a verb of saying, thinking or showing, or "according"."""
    return not (_SAYING | _THINKING).isdisjoint(_WORDS.findall(text.lower()))


def has_finite_verb(words: str) -> bool:
    """Returns whether words without quotation marks are a clause: only a clause can be said, and no mere thing.

    A form that is as often a noun ("murders") counts unless it stands behind an article, a number or the like. Who says
    "so" or "no" says something too.
    """
    every = [word.strip(_MARKS) for word in words.split()]
    parts = ["", *(word for word in every if word.lower() not in ADVERBS)]
    is_clause = every[:1] != [] and every[0].lower() in QUESTION_WORDS
    is_short = bool(every) and _SAID_ALONE.issuperset(word.lower() for word in every)
    return is_clause or is_short or any(_is_finite(before, word) for before, word in pairwise(parts))


def _is_finite(before: str, word: str) -> bool:
    lower = word.lower()
    if _FINITE.fullmatch(lower) or lower in AUXILIARIES or _SHORTENED.search(lower.replace("’", "'") + " "):
        return True
    if base_of(lower) is None or not word.islower() or lower.endswith("ing"):
        return False
    return not also_noun(lower) or not (before[:1].isdigit() or before.lower() in _BEFORE_NOUNS)


def is_statement(words: str, cue: str) -> bool:
    """Returns whether words that are given as someone's state something: they are no mere thing or plan.

    Args:
        words: What is said or thought. Words in quotation marks always state something.
        cue: The words that say so.

    Returns:
        True for `that it was shut` and for what follows a verb of saying; False for `the plan` after `opposes`, for
        `to close it` after `wants`, and for what someone `never said`.
    """
    if _is_unsaid(cue):
        return False
    if _QUOTED.search(words):
        return True
    parts = _WORDS.findall(words.lower())
    is_clause = parts[:1] == ["that"] or not AUXILIARIES.isdisjoint(parts) or bool(_SHORTENED.search(words))
    return is_clause or not _SAYING.isdisjoint(_WORDS.findall(cue.lower()))


def _is_unsaid(cue: str) -> bool:
    """Whether words tell that something was not said: `never said`, `declined to say`. What one doubts is a view."""
    words = frozenset(_WORDS.findall(cue.lower().replace("’", "'")))
    is_negated = not NEGATIONS.isdisjoint(words) or any(word.endswith("n't") for word in words)
    is_refused = not _SAYING.isdisjoint(_WORDS.findall(_REFUSED.sub("", cue.lower()))) and _REFUSED.search(cue.lower())
    return (is_negated and "only" not in words and _THINKING.isdisjoint(words)) or bool(is_refused)
