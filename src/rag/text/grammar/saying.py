"""Patterns of verbs of saying and of speakers' names. Questions and articles build larger patterns from them."""

from __future__ import annotations

import re

from rag.text.english.function_words import NEGATIONS
from rag.text.english.patterns import any_of
from rag.text.english.people import NAME_JOINTS, NAME_PARTICLES
from rag.text.english.saying import REPORTING_FORMS, SAYING_FORMS, SAYING_PARTICIPLES
from rag.text.english.verbs import AUXILIARIES

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
_THINKING = frozenset("believe believes believed think thinks thought find finds found show shows showed".split())
_SAYING = frozenset((*(form.split()[0] for form in SAYING_FORMS), *SAYING_PARTICIPLES, "according"))


def has_word_of_saying(text: str) -> bool:
    """Returns whether a text has a verb of saying, thinking or showing, or "according"."""
    return not (_SAYING | _THINKING).isdisjoint(_WORDS.findall(text.lower()))


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
