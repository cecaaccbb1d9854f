"""The words of the one whom a question asks for: "What did X say about Y?".

A reader looks for what answers, and knows little of who is speaking. Here a sentence that the text gives to X by name
is an answer by rule, as far as its passage is about Y.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rag.answering.speakers import NAME, attribution_of
from rag.core.article import QUOTABLE, Passage, Reading, Span
from rag.core.schema import Attribution
from rag.text.english.patterns import any_of
from rag.text.english.people import TITLES
from rag.text.english.saying import SPEECH_ASKED_FOR, STATEMENT_ASKED_FOR, VIEW_ASKED_FOR
from rag.text.english.verbs import ASKING_AUXILIARIES
from rag.text.terms import terms

_ASKED = re.compile(
    rf"\b[Ww]hat {any_of(ASKING_AUXILIARIES)} (?P<what>{NAME}) "
    rf"(?:ever )?{any_of(STATEMENT_ASKED_FOR)}\b|"
    rf"\b[Hh]ow {any_of(ASKING_AUXILIARIES)} (?P<how>{NAME}) {any_of(VIEW_ASKED_FOR)}|"
    rf"\b[Aa]ccording to (?P<by>{NAME})"
)
_WORDS_ASKED = re.compile(
    rf"\b[Ww]hat {any_of(ASKING_AUXILIARIES)} (?P<name>{NAME}) (?:ever )?"
    rf"{any_of(SPEECH_ASKED_FOR)}\b"
)
"""Where the words themselves are the answer: what X said, not what X decided or denied."""
_EVEN, _HALF = 0.0, 0.5
"""The log-odds of a sentence that is an answer by rule, and the share of the topic that makes it one."""


def speaker_asked(question: str) -> str | None:
    """The name of the one whose words a question asks for: "What did X say about …", "According to X, …"."""
    match = _ASKED.search(question)
    return next((name for name in match.groups() if name), None) if match else None


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
    return frozenset(terms(" ".join(sorted(TITLES))))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words are asked for, and the words that say what about."""

    name: str
    topic: frozenset[str]

    @classmethod
    def asked_for(cls, question: str) -> Speaker | None:
        """None where the question asks for nobody's words."""
        match = _WORDS_ASKED.search(question)
        if match is None:
            return None
        rest = f"{question[: match.start()]} {question[match.end() :]}"
        return cls(match["name"], frozenset(terms(rest)) - frozenset(terms(match["name"])))

    def with_words(self, reading: Reading) -> Reading:
        """The reading with the speaker's sentences, whole and at even odds, in place of the spans inside them.

        As it is where the passage is about something else.
        """
        passage = reading.hit.passage
        own = [s for s in passage.sentences if s.kind in QUOTABLE and self.share(passage, s.start, s.end)]
        others = (span for span in reading.spans if not any(s.start <= span.start < s.end for s in own))
        spans = (*(Span(s.start, s.end, _EVEN) for s in own), *others)
        return Reading(reading.hit, tuple(sorted(spans, key=lambda span: -span.score)), reading.evidence)

    def share(self, passage: Passage, start: int, end: int) -> float:
        """The share of the topic's words in what the speaker says there; 0 where it is but a guess who speaks.

        A word counts half where only the rest of the passage or the title has it, and less than half in all is 0.
        """
        if not is_said_by(self.name, attribution_of(passage.article, start, end)):
            return 0.0
        said = set(terms(passage.article.text[start:end]))
        around = {*terms(passage.text), *terms(passage.article.title)}
        counted = sum(1.0 if term in said else 0.5 if term in around else 0.0 for term in self.topic)
        share = counted / len(self.topic) if self.topic else 1.0
        return share if share >= _HALF else 0.0
