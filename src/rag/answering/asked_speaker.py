"""The words of the one whom a question asks for: "What did X say about Y?".

A reader looks for what answers, and knows little of who is speaking. Here a sentence that the text gives to X by name
is an answer by rule, as far as its passage is about Y.
"""

from __future__ import annotations

from functools import cache

from rag.answering.speakers import attribution_of
from rag.core.article import QUOTABLE, Passage, Reading, Span
from rag.core.schema import Attribution
from rag.question.speaker import WordsAsked
from rag.text.terms import terms

_TITLES = (
    "admiral ambassador attorney captain chancellor chief colonel congressman congresswoman dame doctor dr general gov "
    "governor judge justice king lady lieutenant lord mayor minister miss mr mrs ms officer pope president prime "
    "prince princess prof professor queen rep representative secretary sen senator sergeant sheriff sir speaker "
    "spokesman spokesperson spokeswoman"
)
_EVEN, _HALF = 0.0, 0.5
"""The log-odds of a sentence that is an answer by rule, and the share of the topic that makes it one."""


def is_someone_else(name: str, attribution: Attribution | None) -> bool:
    """Whether words are said by another than the one of this name: the text names one who can't be the same."""
    told = _told(attribution)
    return told is not None and not _may_be_one(name, told)


def is_said_by(name: str, attribution: Attribution | None) -> bool:
    """Whether the text itself names this one as the speaker."""
    told = _told(attribution)
    return told is not None and _may_be_one(name, told)


def _may_be_one(name: str, other: str) -> bool:
    """Whether all of the one name is in the other, titles aside: Otto Keller is not Anna Keller, but may be Keller."""
    one, two = (set(terms(words)) - _titles() for words in (name, other))
    return bool(one and two) and (one <= two or two <= one)


def _told(attribution: Attribution | None) -> str | None:
    """The speaker's name where the text itself gives it."""
    return attribution.name if attribution is not None and not attribution.guessed else None


@cache
def _titles() -> frozenset[str]:
    return frozenset(terms(_TITLES))


def with_words_asked(asked: WordsAsked, reading: Reading) -> Reading:
    """The reading with the speaker's sentences, whole and at even odds, in place of the spans inside them.

    As it is where the passage is about something else.
    """
    passage = reading.hit.passage
    own = [s for s in passage.sentences if s.kind in QUOTABLE and share_said(asked, passage, s.start, s.end)]
    others = (span for span in reading.spans if not any(s.start <= span.start < s.end for s in own))
    spans = (*(Span(s.start, s.end, _EVEN) for s in own), *others)
    return Reading(reading.hit, tuple(sorted(spans, key=lambda span: -span.score)), reading.evidence)


def share_said(asked: WordsAsked, passage: Passage, start: int, end: int) -> float:
    """The share of the topic's words in what the speaker says there; 0 where it is but a guess who speaks.

    A word counts half where only the rest of the passage or the title has it, and less than half in all is 0.
    """
    if not is_said_by(asked.name, attribution_of(passage.article, start, end)):
        return 0.0
    said = set(terms(passage.article.text[start:end]))
    around = {*terms(passage.text), *terms(passage.article.title)}
    counted = sum(1.0 if term in said else 0.5 if term in around else 0.0 for term in asked.topic)
    share = counted / len(asked.topic) if asked.topic else 1.0
    return share if share >= _HALF else 0.0
