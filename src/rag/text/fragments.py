"""Tells whole sentences from fragments: what the scrape cut off at the start, at the end, or in the middle.

The rule for a lower-case start: a sentence that opens the way a subject does (`the two delegations were …`) and has a
finite verb lost its capital and nothing else, so it is whole. One that opens with a conjunction, a preposition, a
participle or a verb (`when asked …`, `signaling either …`, `offered …`) lost its beginning. Lower case is no evidence
in a text that has no capitals, and at the start of a paragraph only a continuing word is.
"""

from __future__ import annotations

import re

_SUBJECTS = frozenset(
    "the a an this these those his her its their our my your he she it we they i you there all some many most several"
    " both each every no another any one two three four five".split()
)
_CONTINUATIONS = frozenset(
    "and or but nor as when while which who whom whose where that than of to for with by from because although though"
    " including such is are was were has have had will would can could said says if until unless whereas".split()
)
_UNFINISHED = frozenset(
    "the a an this these his her its their our my your and or but nor as of to for with by from in on at into than"
    " that which who whose is are was were has have had will would can could may might must should such including"
    " between because although while when if whether during against toward towards".split()
)
"""Words that leave a sentence open when nothing follows them, not even a full stop."""
_PARTICLES = frozenset("al el de del della di da du des la le van von der den ter bin bint ibn abu ould y e i".split())
"""Lower-case beginnings of names: `von der Leyen`, `al-Busaidi`."""

_HOLE = re.compile(
    r"(?<![\w’'-])(?:as|is|are|was|were|be|of|in|to|the|a|an|with|by|for|from|like|including|on|at|that|between|than)"
    r"- (?!(?:and|or|nor|to|but)\b)"
)
"""A closed-class word with a hyphen on it (`such as- key`, `is- a`): the words in between are gone."""
_BARE_DETERMINER = re.compile(r"(?<![\w’'\xad-])(?:the|an|our|their|your|whose)[,.;](?!\w)")
_FINITE_VERB = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should|cannot|says?"
    r"|said|went|came|took|made|got|gave|left|held|met|told|began|won|lost|rose|fell|\w{2,}ed)\b"
    r"|n[’']t\b|[’'](?:re|ve|ll|d)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"[^\w,;:)–—-]*(?P<first>[^\W\d_]+)(?P<rest>[\w’'./:-]*)\s*(?P<second>\w*)")
_GLUED_ENDING = re.compile(
    r"(?:both|which|their|those|could|would|should|because|between|whether|against|although|whose)(?![\w’'-])"
)
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
    return bare[bare.rfind(" ") + 1 :] in _UNFINISHED


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
    if first in _PARTICLES and (rest.startswith("-") or second[:1].isupper() or second in _PARTICLES):
        return False
    if opens_paragraph:
        return first in _CONTINUATIONS
    return first not in _SUBJECTS or _FINITE_VERB.search(sentence) is None
