"""Tells whole sentences from fragments: what the scrape cut off at the start, at the end, or in the middle.

The rule for a lower-case start: a sentence that opens the way a subject does (`the two delegations were …`) and has a
finite verb lost its capital and nothing else, so it is whole. One that opens with a conjunction, a preposition, a
participle or a verb (`when asked …`, `signaling either …`, `offered …`) lost its beginning. Lower case is no evidence
in a text that has no capitals, and at the start of a paragraph only a continuing word is.
"""

from __future__ import annotations

import re

from rag.text.english.patterns import any_of
from rag.text.english.people import OPENING_PARTICLES
from rag.text.english.scraps import (
    BARE_DETERMINERS,
    BEFORE_HOLES,
    BEHIND_HYPHENS,
    CONTINUATIONS,
    GLUED_ENDINGS,
    SUBJECT_OPENERS,
    UNFINISHED,
)
from rag.text.english.verbs import FINITE_FORMS

_HOLE = re.compile(rf"(?<![\w’'-]){any_of(BEFORE_HOLES)}- (?!{any_of(BEHIND_HYPHENS)}\b)")
"""A closed-class word with a hyphen on it (`such as- key`, `is- a`): the words in between are gone."""
_BARE_DETERMINER = re.compile(rf"(?<![\w’'\xad-]){any_of(BARE_DETERMINERS)}[,.;](?!\w)")
_FINITE_VERB = re.compile(rf"\b(?:{'|'.join(FINITE_FORMS)})\b|n[’']t\b|[’'](?:re|ve|ll|d)\b", re.IGNORECASE)
_OPENING = re.compile(r"[^\w,;:)–—-]*(?P<first>[^\W\d_]+)(?P<rest>[\w’'./:-]*)\s*(?P<second>\w*)")
_GLUED_ENDING = re.compile(rf"{any_of(GLUED_ENDINGS)}(?![\w’'-])")
"""No English word ends in one of these, so where one does, two are glued (`outletboth`): the scrape lost something."""
_TRUNCATIONS = ("[...]", "[…]", "[ … ]", " chars]")
_CLOSERS = "\"”’'»)] "
_TAIL = 60
"""How much of a sentence's end is looked at, in characters."""


def is_fragment(sentence: str, *, opens_paragraph: bool, lost_stop: bool, cased: bool) -> bool:
    """Whether the scrape cut off some of this sentence.

    `opens_paragraph`: nothing stands before it in its paragraph. `lost_stop`: the next sentence is glued on where its
    full stop should be. `cased`: the paragraph has capitals, so that their absence says something.
    """
    if lost_stop or _lost_its_end(sentence) or _lost_its_beginning(sentence, opens_paragraph, cased):
        return True
    if ("- " in sentence and _HOLE.search(sentence)) or _BARE_DETERMINER.search(sentence):
        return True
    return _has_glued_word(sentence)


def _lost_its_end(sentence: str) -> bool:
    tail = sentence[-_TAIL:]
    bare = tail.rstrip(_CLOSERS)
    if bare.endswith((",", "-", "–", "—")) or tail.endswith(_TRUNCATIONS):
        return True
    return bare[bare.rfind(" ") + 1 :] in UNFINISHED


def _has_glued_word(sentence: str) -> bool:
    for ending in _GLUED_ENDING.finditer(sentence):
        before = sentence[max(0, ending.start() - 3) : ending.start()]
        if len(before) == 3 and before.isalpha() and before.islower():
            return True
    return False


def _lost_its_beginning(sentence: str, opens_paragraph: bool, cased: bool) -> bool:
    opening = _OPENING.match(sentence)
    if opening is None:
        return sentence[0] in ",;:)" or (sentence[0] in "-–—" and not opens_paragraph)
    first, rest, second = opening["first"], opening["rest"], opening["second"]
    if not cased or not first.islower() or "." in rest or ":" in rest:
        return False
    if first in OPENING_PARTICLES and (rest.startswith("-") or second[:1].isupper() or second in OPENING_PARTICLES):
        return False
    if opens_paragraph:
        return first in CONTINUATIONS
    return first not in SUBJECT_OPENERS or _FINITE_VERB.search(sentence) is None
