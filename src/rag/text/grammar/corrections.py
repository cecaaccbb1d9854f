"""Finds what a correction quotes as wrong: `An earlier version of this article said …`.

What a correction states as right may answer a question. What it quotes as wrong, and the day of the change, may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.text.english.calendar import WEEKDAYS
from rag.text.english.patterns import any_of, capitalised
from rag.text.english.saying import AMENDED, EARLIER_VERSION, MISSTATED, NOTES, STATED, STORIES, THIS_STORY
from rag.text.english.verbs import AUXILIARIES_OF_BEING

_EARLIER = re.compile(rf"\b{EARLIER_VERSION}\b", re.IGNORECASE)
_END = re.compile(
    r"[;—–]|,? \b(?:but|whereas|when (?:in fact|actually)|when it (?:is|was|should)|rather than|instead of)\b|, not\b"
    r"|, (?:when|while|although|though)\b|,? and (?:said|gave|put|stated)\b"
    r"|,? and (?:has|have|was|were)(?: \w+)?(?: been)? (?:amended|corrected|updated|changed)\b"
)
"""Where the words of the version that was wrong end, and those that are right may begin."""
_RELATIVE = re.compile(r"\b(?:which|who|whom|that) (?:an?|the|our) \Z", re.IGNORECASE)
_CLAUSE_END = re.compile("[,;—–]")
"""The end of a relative clause: `the bridge, which an earlier version of this article said cost 5 million, …`."""
_GIVEN_IN = re.compile(
    rf"\b(?:{any_of(AUXILIARIES_OF_BEING)})(?: \w+ly)? {STATED}\b(?P<given>[^;:]*?)\b(?:in|by) (?:an?|the|our) $",
    re.IGNORECASE,
)
_MISTAKEN_FOR = re.compile(rf"\b(?P<turn>{MISSTATED})\b[^.,;]*?(?P<wrong> as [^.,;]*)", re.IGNORECASE)
"""Only what stands behind "as" is wrong: `The label misidentified the fish as cod, so 300 boxes were recalled.`"""
_DAY_OF_CHANGE = re.compile(
    rf"\b{AMENDED}(?P<day> (?:on|at|in)\b.*?)(?=\b(?:to|because|after|as|since|following)\b|[;:]|$)",
    re.IGNORECASE | re.DOTALL,
)
_REMOVED = re.compile(
    rf"\b{AMENDED}\b.*?(?P<turn>\b(?:to (?:remove|delete|withdraw|take out)|(?:because|after|as|since) it {STATED}"
    r"|(?:removed?|deleted?|withdrawn?)))\b(?P<scope>[^;]*)",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(rf"^\W*{NOTES}\b", re.IGNORECASE)
_OWN_STORY = rf"(?:{THIS_STORY}|(?:our|{any_of(capitalised(WEEKDAYS))}[’']s) {STORIES})"
_TOLD_BY_US = re.compile(
    rf"\b{_OWN_STORY}\b(?:[^.;]|\.\w)*?\b(?:{STATED}|{MISSTATED})\b|\bwe (?:\w+ly )?(?:{STATED}|published)\b",
    re.IGNORECASE,
)
_TOLD_BY_STORY = re.compile(
    rf"\b{STORIES}\b(?:[^.;]|\.\w)*?\b{STATED}\b|\b{STATED}\b[^.;]*? in (?:an?|the|our) {STORIES}\b",
    re.IGNORECASE,
)
_RIGHT_NOW = re.compile(
    r"\s*(?:(?:it|this|that|they|these|the \w+(?: \w+)?) should have (?:said|read|been|stated)\b"
    r"|the (?:correct|right) (?:\w+ )?\w+(?: of \w+(?: \w+)?)? (?:is|was|are|were)\b"
    r"|(?:this|that|it|the (?:error|mistake)) ha(?:s|ve)(?: now| since)? been (?:corrected|amended|changed)\b)",
    re.IGNORECASE,
)
_RATHER = re.compile(r"\s*(?:in fact\b|actually,|(?:it|this|that|the \w+) should (?:be|read|say)\b)", re.IGNORECASE)
"""How the sentence behind begins that says what is right. What follows "in fact" may be something else."""


def find_corrected(sentence: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Finds what a sentence quotes as wrong, or as the day of a change.

    Args:
        sentence: The sentence's text.

    Yields:
        The words that say so and the words that are wrong, as half-open intervals of the sentence, in characters.
    """
    for match in _EARLIER.finditer(sentence):
        end = (_CLAUSE_END if _RELATIVE.search(sentence, 0, match.start()) else _END).search(sentence, match.end())
        yield match.span(), (match.end(), end.start() if end else len(sentence))
        given = _GIVEN_IN.search(sentence, 0, match.start())
        if given:
            yield match.span(), (0, given.end("given"))
    for mistake in _MISTAKEN_FOR.finditer(sentence):
        yield mistake.span("turn"), mistake.span("wrong")
    for change in _DAY_OF_CHANGE.finditer(sentence):
        yield (change.start(), change.start("day")), change.span("day")
    for removal in _REMOVED.finditer(sentence):
        yield removal.span("turn"), removal.span("scope")


def is_corrected(sentence: str, following: str) -> bool:
    """Returns whether a sentence tells what an article stated, and the next one says what is right instead.

    Args:
        sentence: The sentence's text.
        following: The text behind it.
    """
    is_ours = _LABEL.match(sentence) or _TOLD_BY_US.search(sentence)
    if is_ours and _RATHER.match(following):
        return True
    is_told = is_ours or _TOLD_BY_STORY.search(sentence)
    return is_told is not None and _RIGHT_NOW.match(following) is not None
