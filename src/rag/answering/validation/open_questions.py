"""Finds out whether a sentence leaves open what is asked: `It is not known who bought the rifles`.

Such a sentence has the question's own words, so a reader takes the nearest name or number in it.
"""

from __future__ import annotations

import re

from rag.text.english.patterns import any_of
from rag.text.english.people import PERSON_NOUNS
from rag.text.english.saying import SAYING_FORMS, UNKNOWN
from rag.text.grammar.verb_forms import one_form
from rag.text.terms import terms

_WH = r"(?:who(?:m|se)?|what|when|where|why|which|how)"
_LEFT_OPEN = re.compile(
    rf"(?:\b|(?=n[’']t))(?:{'|'.join(UNKNOWN)})(?: (?:\w+ ){{0,2}}?)(?P<clause>{_WH}\b[^.,;:—–]*)", re.IGNORECASE
)
_SAID_BY = re.compile(rf"\W*{any_of(SAYING_FORMS)} (?:[\w’'-]+ ){{0,3}}", re.IGNORECASE)
"""What stands between words and who only says them."""
_ASKED = re.compile(rf"\b(?P<wh>{_WH})\b", re.IGNORECASE)
_WHO_DID = re.compile(r"\b[Ww]ho (?:has |had )?(?P<verb>[a-z]+)\b")
_DESCRIBED = re.compile(
    rf"\b(?:the|an?|some|another|any) (?:[a-z-]+ ){{0,2}}?"
    rf"(?:{any_of(PERSON_NOUNS)}|person|someone|somebody|people|ones?)"
    r" (?:who|that) (?:has |had |have )?(?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)
"""Someone who is told by a deed alone: `the person who made the logo`."""
_IS_NAMED = re.compile(
    r"\W*(?:(?:is|was|were|as|became|being) (?:\w+ly )?)?(?:believed to be )?(?:the )?\Z", re.IGNORECASE
)


def is_left_open(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether a sentence says that what is asked is unknown, or tells who did it only by the deed.

    - "Who bought the rifles?": `The guns were bought by Lund, and it is unclear who bought the rifles`.
    - "Who made the logo?": `Vik introduced Lund to the person who made the logo`.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    return _is_unknown(question, sentence, start, end) or _is_described(question, sentence, end)


def _is_unknown(question: str, sentence: str, start: int, end: int) -> bool:
    """Whether something that is asked about stands only where the sentence says that it is unknown.

    What follows may tell it nevertheless, unless it is who says so.
    """
    asked, unknown = _ASKED.search(question), _LEFT_OPEN.search(sentence)
    if asked is None or unknown is None or (start < unknown.end("clause") and unknown.start("clause") < end):
        return False
    if end > unknown.end("clause") and not _SAID_BY.fullmatch(sentence, unknown.end("clause"), start):
        return False  # `Police asked who owned it; Lund said that it was hers`
    is_same = unknown["clause"].lower().startswith(asked["wh"].lower()[:3])
    inside, rest = set(terms(unknown["clause"])), set(terms(sentence[: unknown.start("clause")]))
    return is_same and bool(inside.intersection(terms(question)) - rest)


def _is_described(question: str, sentence: str, end: int) -> bool:
    """Whether the answer stands before someone who is told by the deed asked about, and is not that one."""
    asked, told = _WHO_DID.search(question), _DESCRIBED.search(sentence, end)
    if asked is None or told is None or one_form(asked["verb"]) != one_form(told["verb"]):
        return False
    return _IS_NAMED.match(sentence[end : told.start()]) is None
