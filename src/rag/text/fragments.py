"""Distinguishes whole sentences from fragments, which the scrape cut at the start, at the end or in the middle.

The rule for a lower-case start: a sentence that opens like a subject (`the two delegations were …`) and has a finite
verb lost only its capital, so it is whole. One that opens with a conjunction, a preposition, a participle or a verb
(`when asked …`, `signaling either …`, `offered …`) lost its beginning. At the start of a paragraph, only a word that
continues a sentence counts as evidence. In a paragraph without capitals, lower case says nothing.
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
"""A function word with a hyphen (`such as- key`, `is- a`). The words after the hyphen are missing."""
_BARE_DETERMINER = re.compile(rf"(?<![\w’'\xad-]){any_of(BARE_DETERMINERS)}[,.;](?!\w)")
_FINITE_VERB = re.compile(rf"\b(?:{'|'.join(FINITE_FORMS)})\b|n[’']t\b|[’'](?:re|ve|ll|d)\b", re.IGNORECASE)
_OPENING = re.compile(r"[^\w,;:)–—-]*(?P<first>[^\W\d_]+)(?P<rest>[\w’'./:-]*)\s*(?P<second>\w*)")
_GLUED_ENDING = re.compile(rf"{any_of(GLUED_ENDINGS)}(?![\w’'-])")
"""Endings that no English word has. A word with one is two glued words (`outletboth`), and text is missing."""
_TRUNCATIONS = ("[...]", "[…]", "[ … ]", " chars]")
_CLOSERS = "\"”’'»)] "
_TAIL = 60
"""Characters at a sentence's end that are examined."""


def is_fragment(sentence: str, *, opens_paragraph: bool, lost_stop: bool, cased: bool) -> bool:
    """Returns whether the scrape cut off a part of the sentence.

    Args:
        sentence: The sentence, not empty, without outer white space.
        opens_paragraph: Whether the sentence is the first of its paragraph.
        lost_stop: Whether the next sentence is glued to it and its full stop is missing.
        cased: Whether the paragraph has capitals. Without them, a lower-case start is not evidence.
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
