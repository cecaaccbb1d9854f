"""Makes questions from the sentences of an article, each with the sentence that answers it.

Only sentences of a few simple forms are used: who did something, who holds an office, how many did or suffered
something, why and when something was done. Forms that need a parser for good English are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rag.core.article import Article
from rag.core.schema import Citation
from rag.text.english.calendar import MONTHS, WEEKDAYS
from rag.text.english.function_words import ARTICLES, CLAUSE_OPENERS, DANGLING, DANGLING_END
from rag.text.english.nouns import HARMING, UNCOUNTED, UNCOUNTED_SHARES
from rag.text.english.numbers import LARGE_NUMBERS, SMALL_NUMBER
from rag.text.english.patterns import any_of, capitalised
from rag.text.english.people import COUNTED_PEOPLE, NAME_PARTICLES, OFFICES_OWNED, SUPERLATIVE_ROLES
from rag.text.english.saying import SAYING_FORMS
from rag.text.english.verbs import (
    AUXILIARIES_OF_BEING,
    AUXILIARIES_OF_HAVING,
    COUNTED_VERBS,
    FINITE_AUXILIARIES,
    NO_DEEDS,
    PASSIVE_AUXILIARIES,
    PAST_FORMS,
)
from rag.text.grammar.denials import denies_a_statement, is_taken_back

_WORD = r"[A-Z][\w'’-]*[\w]"
_NAME = rf"{_WORD}(?: (?:{any_of(NAME_PARTICLES | {'of'})} )?(?:al-)?{_WORD}){{1,4}}"
_REST = rf"(?P<rest>(?: (?:[\w'’%$-]|[.,](?=\d))+){{2,9}}?)(?=[.,;:](?!\d)|$| {any_of(CLAUSE_OPENERS)}\b)"
_SEVERAL = any_of(f"{word}s of" for word in LARGE_NUMBERS if word != "million")
_NUMBER = rf"(?:\d[\d,]*|{SMALL_NUMBER}|{_SEVERAL})"
_OFFICE = rf"(?i:{'|'.join(OFFICES_OWNED)})"
_DAY = rf"(?:{any_of(capitalised(WEEKDAYS))}|(?:19|20)\d\d|{any_of(capitalised(MONTHS))}(?: \d{{1,2}})?)"
_WHEN = rf"(?: (?:on|in) {_DAY})"
_COUNTED = rf"(?!(?:or|and|to|of|in|on|per)\b)(?:[a-z]+ ){{0,2}}(?:[a-z]{{2,}}s|{any_of(COUNTED_PEOPLE)})"
_PAST = rf"(?:(?!{any_of((*NO_DEEDS, *SAYING_FORMS))}\b)[a-z]{{2,}}(?:ed|ght)|{any_of(PAST_FORMS)})"
_SUBJECT = rf"(?P<subject>{any_of(capitalised(ARTICLES))} [a-z][\w'’-]+(?: [\w'’-]+){{0,4}}?|{_NAME}|{_WORD})"

_DID = re.compile(rf"(?:^|(?<=[a-z]’s )|(?<=[a-z]'s ))(?:{_NAME}|{_WORD}(?= has )) (?P<verb>(?:has )?{_PAST}){_REST}")
_HOLDS = re.compile(rf"(?P<owner>{_WORD}(?: {_WORD})?['’]s? {_OFFICE}),? {_NAME}")
_COUNTS = re.compile(
    rf"\b{_NUMBER} (?!{any_of((*UNCOUNTED, *UNCOUNTED_SHARES))}\b)"
    rf"(?P<things>{_COUNTED}) (?P<verb>{any_of(COUNTED_VERBS)})\b{_REST}"
)
_HARMED = re.compile(
    rf"(?P<where> (?:in|at|near) (?:the )?(?:{_NAME}|{_WORD})), (?P<harm>{any_of(HARMING)})ing "
    rf"(?:at least |about )?{_NUMBER} (?P<things>{_COUNTED})\b"
)
_IS_THE = re.compile(
    rf"(?:{_NAME}|{_WORD}), (?P<what>the (?:[a-z]+ )?(?:\w+est|{any_of(SUPERLATIVE_ROLES)})\b"
    rf"(?: [\w'’-]+){{0,3}} (?:of|in|at|to) [\w'’ -]+?)[,.;]"
)
_WHY = re.compile(
    rf"^{_SUBJECT} (?P<was>{any_of(PASSIVE_AUXILIARIES)}) (?P<done>{_PAST})(?P<how>(?: [\w'’-]+){{0,5}}?),? because "
)
_DATED = re.compile(rf"^{_SUBJECT} (?P<was>was|were) (?P<done>{_PAST})(?P<how>(?: [\w'’-]+){{0,6}}?){_WHEN}\b")

_DANGLING = re.compile(rf"\b{any_of(DANGLING)}\b", re.IGNORECASE)
"""Words that refer to the sentence before. A question with one of them can't be understood alone."""
_DANGLING_END = re.compile(rf"\b(?:{any_of(DANGLING_END)}|[a-z]+ing)$")


_SECOND_VERB = re.compile(
    rf"\b{any_of(AUXILIARIES_OF_BEING | AUXILIARIES_OF_HAVING)}\b.*?[a-z]{{2,}} {any_of(FINITE_AUXILIARIES)}\b"
)
"""Two verbs with a noun between them, as in "How many people had died in Lund were hurt". It is no question."""
_NEXT = 200
"""Characters after a sentence that are searched for the words that it was false."""


@dataclass(frozen=True, slots=True)
class MadeQuestion:
    """A question, and the sentence that it was made from.

    Attributes:
        text: The question.
        article: The sentence's article.
        start: Start offset of the sentence in the article's text, in characters.
        end: End offset, exclusive.
    """

    text: str
    article: Article
    start: int
    end: int

    def is_quoted_by(self, citation: Citation) -> bool:
        """Returns whether the citation overlaps the sentence, in the same version of the article."""
        there = citation.article_id == self.article.id and citation.content_hash == self.article.content_hash
        return there and citation.start < self.end and self.start < citation.end


def make_questions(article: Article) -> Iterator[MadeQuestion]:
    """Yields at most one question per sentence of the article, in the order of the text."""
    for sentence in article.sentences:
        if sentence.kind != "sentence":
            continue
        words = " ".join(article.text[sentence.start : sentence.end].split())
        if denies_a_statement(words) or is_taken_back(words, article.text[sentence.end : sentence.end + _NEXT]):
            continue
        for turn in _TURNS:
            text = turn(words)
            if text is not None and _stands_alone(text):
                yield MadeQuestion(f"{text}?", article, sentence.start, sentence.end)
                break


def _stands_alone(text: str) -> bool:
    is_whole = _DANGLING.search(text) is None and _DANGLING_END.search(text) is None
    return is_whole and _SECOND_VERB.search(text) is None and 5 <= len(text.split()) <= 16


def _who_did(words: str) -> str | None:
    found = _DID.search(words)
    return f"Who {found['verb']}{found['rest']}" if found else None


def _who_holds(words: str) -> str | None:
    found = _HOLDS.search(words)
    return f"Who is {found['owner']}" if found else None


def _how_many(words: str) -> str | None:
    found = _COUNTS.search(words)
    return f"How many {found['things']} {found['verb']}{found['rest']}" if found else None


def _how_many_harmed(words: str) -> str | None:
    found = _HARMED.search(words)
    harmed = f"{found['harm']}{'d' if found['harm'].endswith('e') else 'ed'}" if found else ""
    return f"How many {found['things']} were {harmed}{found['where']}" if found else None


def _who_is(words: str) -> str | None:
    found = _IS_THE.search(words)
    return f"Who is {found['what']}" if found else None


def _why(words: str) -> str | None:
    found = _WHY.search(words)
    return f"Why {found['was']} {_inside(found['subject'])} {found['done']}{found['how']}" if found else None


def _when(words: str) -> str | None:
    found = _DATED.search(words)
    return f"When {found['was']} {_inside(found['subject'])} {found['done']}{found['how']}" if found else None


def _inside(subject: str) -> str:
    """The subject as it is written inside a sentence: an article in lower case."""
    article, _, rest = subject.partition(" ")
    return f"{article.lower()} {rest}" if article in capitalised(ARTICLES) else subject


_TURNS: tuple[Callable[[str], str | None], ...] = (
    _why,
    _when,
    _how_many,
    _how_many_harmed,
    _who_holds,
    _who_is,
    _who_did,
)
