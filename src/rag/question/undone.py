"""Decides whether a sentence tells only as possible or planned what a question asks about as done.

`If convicted, Vik could be sentenced to ten years` does not tell what sentence Vik received, and `Vik hopes to win the
election` does not tell who won it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.text.english.function_words import ARTICLES, STOP_WORDS
from rag.text.english.verbs import AUXILIARIES, FUTURE, MODALS
from rag.text.grammar.unrealised import WOULD_HAVE, find_unrealised, find_yet_to_come
from rag.text.grammar.verb_forms import base_of, is_past, one_form

Interval = tuple[int, int]
"""A half-open interval of a sentence, in characters."""

_ASKS_OF_DONE = re.compile(r"\b(?:did|was|were|had|(?:has|have) been)\b", re.IGNORECASE)
_WHO_DID = re.compile(
    r"\b(?:who|what|(?:which|how (?:many|much))(?: [\w-]+){1,3}?)(?: [a-z]+ly)? (?P<verb>[a-z]+)\b", re.IGNORECASE
)
_OF_OTHER_MOOD = re.compile(rf"\b(?:{'|'.join(sorted(MODALS))}|if|{FUTURE})\b", re.IGNORECASE)
_OPEN = "would|could|might|may"
_POSSIBLE = re.compile(
    r"\b(?:could|might|may)\b(?! (?:not |well |also |already )?have\b)|\bfac(?:e[sd]?|ing)(?= up to\b)"
    r"|\bfac(?:es?|ing)(?= (?:an?|life|\d+)\b)"
)
_END_OF_CLAUSE = re.compile(
    r"[;:—–“”\"]|, (?!\w+,)|\b(?:but|because|after|since|when|while|although|though|who|which)\b"
)
_CONDITION = re.compile(
    rf"\b[Ii]f\b[^.;]*?\b(?:{_OPEN}|will|can|face[sd]?)\b|\b(?:{_OPEN})\b[^.;]*? if\b|\bHad\b[^.;]*?\bwould\b"
)
_PART = re.compile(r";|\s[—–-]\s|—")
_OF_WHAT_WAS_NOT = re.compile(
    r"\b(?:would|should|ought to|w(?:as|ere) to)(?:n[’']t| not)?(?: \w+ly)? have(?: been)?(?: \w+ly)? \Z"
)
"""Words before a participle that tell what was not done: `should have been finished`."""
_WOULD_HAVE = re.compile(WOULD_HAVE)
_LEADS = re.compile(
    r"(?:,? (?:who|which|that))?(?: (?:is|are|was|were|has|have|had|been|\w+ly|also|now|still))*(?: \w+){1,3} ?"
)
"""What stands between whom a plan is of and its scope: `Vik, who is expected to | leave`."""
_OF_NUMBER = re.compile(r"(?: (?!(?:and|or|but|to|of)\b)[\w’'.-]+){2,7}(?: to)? ?")
"""The same behind a number whose noun a plan follows: `the 900 homes the town hopes to | build`."""
_WORD = re.compile(r"[A-Za-z]+")
_BEFORE_UNDONE = frozenset(("be", "being", "get", "getting"))
"""Words before a participle that make it no past form: `to be sentenced`."""


def asks_of_done(question: str) -> bool:
    """Returns whether a question is in the past tense and has no word for what is possible, planned or to come.

    Args:
        question: The question's text.
    """
    if _OF_OTHER_MOOD.search(question) or find_unrealised(question):
        return False
    asked = _WHO_DID.search(question)
    return _ASKS_OF_DONE.search(question) is not None or (asked is not None and is_past(asked["verb"]))


def tells_as_possible(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether a sentence says only that it could or may be so, or if something else were so.

    What may have been is told as done: nobody knows more of it.

    Args:
        question: The text of a question about what was done.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    scopes = [*_conditional(sentence), *_possible(sentence)]
    return bool(scopes) and _is_in(scopes, _deeds(question), sentence, start, end)


def tells_as_planned(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether a sentence tells it only as planned, hoped, charged, tried, yet to come and the like.

    Args:
        question: The text of a question about what was done.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    scopes = (*find_unrealised(sentence), *find_yet_to_come(sentence))
    return _is_in(scopes, _deeds(question), sentence, start, end)


def tells_what_was_not(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether a sentence tells only what would or should have been, though it is asked what is, or was.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    if _OF_OTHER_MOOD.search(question):
        return False
    begun = _WOULD_HAVE.search(sentence, 0, start)
    return begun is not None and _END_OF_CLAUSE.search(sentence, begun.end(), start) is None


def _deeds(question: str) -> frozenset[str]:
    """The base forms of the verbs of a question, auxiliaries left out; of all its words if it has no known verb."""
    words = [word for word in _WORD.findall(question) if word.islower() and word not in STOP_WORDS]
    verbs = {word.group() for word in _verbs(question)}.intersection(words)
    return frozenset(map(one_form, verbs or words)) - AUXILIARIES


def _verbs(text: str) -> Iterator[re.Match[str]]:
    """The forms of verbs in a text, without those behind an article: `the cut`."""
    for word in _WORD.finditer(text):
        is_noun = not ARTICLES.isdisjoint(text[: word.start()].lower().split()[-1:])
        if not is_noun and (base_of(word.group()) or is_past(word.group())):
            yield word


def _conditional(sentence: str) -> Iterator[Interval]:
    """The parts of a sentence, between dashes and semicolons, that tell what would be if something else were so."""
    cuts = [0, *(cut.end() for cut in _PART.finditer(sentence)), len(sentence)]
    yield from (place for place in pairwise(cuts) if _CONDITION.search(sentence[slice(*place)]))


def _possible(sentence: str) -> list[Interval]:
    ends = ((match.end(), _END_OF_CLAUSE.search(sentence, match.end())) for match in _POSSIBLE.finditer(sentence))
    return [(begin, end.start() if end else len(sentence)) for begin, end in ends]


def _is_in(scopes: Sequence[Interval], deeds: frozenset[str], sentence: str, start: int, end: int) -> bool:
    """Whether the sentence has the deeds only in these scopes and not in a past form.

    If it has them as nouns alone, as in `the power to grant a pardon`, or not at all, the answer may lie there too, or
    be whom the plan is of.
    """
    told = [word for word in _verbs(sentence) if one_form(word.group()) in deeds]
    if told:
        return all(_covers(scopes, *word.span()) and not _is_done(sentence, word) for word in told)
    nouns = [word.span() for word in _WORD.finditer(sentence) if one_form(word.group()) in deeds]
    if _covers(scopes, start, end) or (not nouns and any(_leads(sentence, start, end, begin) for begin, _ in scopes)):
        return True
    return bool(nouns) and all(_covers(scopes, *noun) for noun in nouns)


def _leads(sentence: str, start: int, end: int, begin: int) -> bool:
    """Whether the words of an answer are the subject or, as a number, the object of what is in the scope at `begin`."""
    if end > begin:
        return False
    if _LEADS.fullmatch(sentence, end, begin):
        return True
    is_number = any(letter.isdigit() for letter in sentence[start:end])
    behind = [word.group() for word in _WORD.finditer(sentence, end, begin)]
    is_bare = not any(is_past(word) or word in AUXILIARIES for word in behind)
    return is_number and is_bare and _OF_NUMBER.fullmatch(sentence, end, begin) is not None


def _is_done(sentence: str, word: re.Match[str]) -> bool:
    before = sentence[: word.start()]
    is_undone = not _BEFORE_UNDONE.isdisjoint(before.split()[-1:]) or _OF_WHAT_WAS_NOT.search(before)
    return is_past(word.group()) and not is_undone


def _covers(scopes: Sequence[Interval], start: int, end: int) -> bool:
    return any(begin <= start and end <= stop for begin, stop in scopes)
