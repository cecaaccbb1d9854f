"""Finds what a correction quotes as wrong: `An earlier version of this article said …`.

What a correction states as right may answer a question. What it quotes as wrong, and the day of the change, may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.text.english.calendar import WEEKDAYS
from rag.text.english.patterns import any_of, capitalised
from rag.text.english.saying import (
    AMENDED,
    EARLIER_VERSION,
    ERROR_REGRETTED,
    FACTS,
    IN_PRINT,
    MISSTATED,
    NEWSROOM_ERROR,
    NOTES,
    SHOULD_HAVE_SAID,
    SOME_EDITIONS,
    STATED,
    STATED_AS,
    STATED_BEFORE,
    STORIES,
    THIS_STORY,
)
from rag.text.english.verbs import AUXILIARIES_OF_BEING

_EARLIER = re.compile(rf"\b{EARLIER_VERSION}\b", re.IGNORECASE)
_END = re.compile(
    r"[;—–]|,? \b(?:but|whereas|when (?:in fact|actually)|when it (?:is|was|should)|rather than|instead of)\b|, not\b"
    r"|, (?:when|while|although|though)\b|,? and (?:said|gave|put|stated)\b"
    r"|,? and (?:has|have|was|were)(?: \w+)?(?: been)? (?:amended|corrected|updated|changed)\b"
    r"|, (?:who|which|whose \w+) (?:is|was|are|were)\b(?=[^,;]*(?:, not [^,;]*)?\Z)"
)
"""Where the words of the version that was wrong end, and those that are right may begin."""
_MISTAKE = re.compile(
    rf"(?: that| which)?(?: had)?(?: \w+ly)? {MISSTATED}\b(?!.*\b(?:as|at|to be)\b)(?! that\b)", re.DOTALL
)
"""A mistake that is not told: `An earlier version of this article misstated the age of Tora Vik.`"""
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
_WRONG_BEHIND = r"(?P<wrong> (?:[^.;,—–]|[.,]\w){0,300})"
_GIVEN_BEFORE = re.compile(
    rf"\b(?P<turn>{STATED_BEFORE})"
    r"(?P<wrong> (?:(?! (?:in|since|until|by) (?:1\d|20)\d\d\b)[^.;,—–]|[.,]\w)*)",
    re.IGNORECASE,
)
"""What something was listed as before is no longer so; the year behind it may be right."""
_AS = (
    rf"(?P<turn>\b(?:(?:was|were|been|previously|originally) (?:\w+ly )?|(?=appear)){STATED_AS}(?: \w+ly)?"
    rf"(?: {IN_PRINT})? as\b){_WRONG_BEHIND}"
)
_SOON = "[^;]{0,200}?"
_GIVEN_WRONGLY = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{FACTS}\b[^.;,]{{0,100}}? (?P<turn>appear(?:s|ed) (?:\w+ly )?{IN_PRINT} as\b){_WRONG_BEHIND}",
        rf"^\W*(?:corrections?|clarifications?|for the record)\b{_SOON} {_AS}",
        rf"\b(?:{NEWSROOM_ERROR}|{SOME_EDITIONS}){_SOON} {_AS}",
        rf"\b(?:had |(?=previously|originally|appear)|(?=was .{{0,40}}{IN_PRINT} as\b)){_AS}"
        r"(?=[;—–] ?(?:it|s?he|they) (?:is|are|was|were|has|have|had)\b)",
        rf"\b{NEWSROOM_ERROR}{_SOON}\b(?:{STORIES}\b{_SOON}|we(?: \w+ly)?) (?P<turn>{STATED})\b(?!,)(?P<wrong>[^;—–]*)",
        rf"\b{THIS_STORY}(?: \w+ly)? (?P<turn>{STATED})\b(?P<wrong>[^;—–]*)(?=[;—–] ?(?:it|s?he|they)\b)",
        rf"\b{FACTS}\b(?P<wrong>[^.,;]{{0,100}}?) (?P<turn>should have read)\b",
        r"(?P<wrong>(?<!\w)[‘'“\"][^‘'“”\"\n]{1,60}[’'”\"]) (?P<turn>should have (?:read|said|been))\b",
    )
)
"""What a note of a correction gives as wrong, and the words that tell it."""
_WHEN_RIGHT = re.compile(
    r"(?P<wrong>.*?)(?P<turn>(?:[;—–]|,? (?:when|where|whereas|but)) (?:we|it|this|that|they)"
    rf" {SHOULD_HAVE_SAID}(?! (?:so|no|yes|more)\b))",
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
    rf"|we {SHOULD_HAVE_SAID}"
    r"|the (?:correct|right) (?:\w+ )?\w+(?: of \w+(?: \w+)?)? (?:is|was|are|were)\b"
    r"|(?:this|that|it|the (?:error|mistake)) ha(?:s|ve)(?: now| since)? been (?:corrected|amended|changed)\b)",
    re.IGNORECASE,
)
_REGRETTED = re.compile(rf"\b{ERROR_REGRETTED}", re.IGNORECASE)
_SHOULD_HAVE = re.compile(rf"\W*(?:we|it|this|that|they) {SHOULD_HAVE_SAID}", re.IGNORECASE)
_OWN_SUBJECT = re.compile(
    rf"(?:(?:an?|the|our) )?(?:(?:earlier|previous|prior|original|initial|first) )?(?:\w+ )?"
    rf"(?:(?:versions?|editions?)(?: of (?:{THIS_STORY}|an? (?:article|story)))?|{_OWN_STORY})",
    re.IGNORECASE,
)
_LONGEST_NOTE = 600
"""Most characters of a sentence in a note of a correction, to bound the time."""
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
        if _MISTAKE.match(sentence, match.end()):
            continue
        end = (_CLAUSE_END if _RELATIVE.search(sentence, 0, match.start()) else _END).search(sentence, match.end())
        yield match.span(), (match.end(), end.start() if end else len(sentence))
        given = _GIVEN_IN.search(sentence, 0, match.start())
        if given:
            yield match.span(), (0, given.end("given"))
    for pattern in (_MISTAKEN_FOR, _GIVEN_BEFORE, *_GIVEN_WRONGLY):
        for mistake in pattern.finditer(sentence):
            yield mistake.span("turn"), mistake.span("wrong")
    rightly = _WHEN_RIGHT.match(sentence)
    if rightly and _is_told(rightly["wrong"]):
        yield rightly.span("turn"), rightly.span("wrong")
    for change in _DAY_OF_CHANGE.finditer(sentence):
        yield (change.start(), change.start("day")), change.span("day")
    for removal in _REMOVED.finditer(sentence):
        yield removal.span("turn"), removal.span("scope")


def is_corrected(sentence: str, following: str) -> bool:
    """Returns whether a sentence tells what an article stated, and the text behind it what is right, or regrets it.

    Args:
        sentence: The sentence's text.
        following: The text behind it.
    """
    if _REGRETTED.search(following) and _TOLD_BY_US.search(sentence):
        return True
    if _RIGHT_NOW.match(following):
        return bool(_LABEL.match(sentence)) or _is_told(sentence)
    is_ours = _RATHER.match(following) and (_LABEL.match(sentence) or _TOLD_BY_US.search(sentence))
    return bool(is_ours)


def _is_told(words: str) -> bool:
    """Whether words tell what an article stated."""
    return (_TOLD_BY_US.search(words) or _TOLD_BY_STORY.search(words)) is not None


def speaks_of_itself(sentence: str, following: str, subject: str) -> bool:
    """Returns whether a statement in a note of a correction is the article's own: `An earlier version said …`.

    Args:
        sentence: The text of the statement's sentence.
        following: The text behind it.
        subject: The words for who says it; "" if the sentence names nobody.
    """
    if len(sentence) > _LONGEST_NOTE or (subject and not _OWN_SUBJECT.fullmatch(subject)):
        return False
    if any(pattern.match(sentence) for pattern in (_LABEL, _SHOULD_HAVE)) or _EARLIER.search(sentence):
        return True
    rightly = _WHEN_RIGHT.match(sentence)
    return (rightly is not None and _is_told(rightly["wrong"])) or is_corrected(sentence, following)
