"""Decides whether a sentence denies or doubts what its words would answer."""

from __future__ import annotations

import re

from rag.question.question import Question
from rag.text.english.opposites import CONVERSE, OPPOSITES
from rag.text.english.patterns import any_of
from rag.text.english.verbs import IRREGULAR_VERBS
from rag.text.grammar.clauses import clause_around
from rag.text.grammar.denials import find_denials, is_subject_of
from rag.text.grammar.verb_forms import base_of, one_form
from rag.text.terms import terms

_PARTICIPLES = frozenset(form for forms in IRREGULAR_VERBS for form in forms[1:])
_MEASURED = re.compile(
    r"\b[Hh]ow (?:much|many|big|large|high|great)\b"
    r"(?:(?: (?:is|was|were|are)(?: the)?| of an?| an?)? (?P<thing>[a-z]+)\b)?"
    r"|\b[Ww]hat (?:is|was|were|are)(?: the| [\w ]+?['’]s?)? (?P<named>[a-z]+)\b"
)
"""A question for a number, and what it is a number of."""
_WHO_DID = re.compile(r"\b(?:[Ww]ho|[Ww]hich(?: [\w-]+){1,3}?) (?P<verb>[a-z]+)\b")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: \w+ly)? \Z")
_AUXILIARIES = frozenset(("did", "does", "do"))
_MOST = 0.75
"""Least share of a statement's terms in a sentence that says it, or the opposite."""


def is_turned(question: Question, sentence: str, start: int, end: int) -> bool:
    """Returns whether an answer cut out of a sentence would say the opposite of the sentence, or more than it.

    Words in the scope of a denial are turned. The subject of a denial is turned if the question asks about what is
    denied: `Vik denied that the firm had sold the mill` does not tell who sold the mill.

    Args:
        question: The question. If it asks about a denial itself, nothing is turned.
        sentence: The sentence's text.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    if _says_the_opposite(question, sentence) or _comes_to_the_opposite(question, sentence, end):
        return True
    denials = find_denials(sentence)
    if not denials or find_denials(question.text):
        return False
    asked = set(question.words.terms)
    for denial in denials:
        if (
            denial.scope[0] < end
            and start < denial.scope[1]
            and not (start <= denial.turn[0] and denial.turn[1] <= end)
        ):
            return True
        if is_subject_of(sentence, end, denial) and asked.intersection(terms(sentence[slice(*denial.scope)])):
            return True
    return False


def tells_of_the_opposite(question: Question, sentence: str, start: int, end: int) -> bool:
    """Returns whether the answer's clause has the opposite of the deed or thing that is asked about, and not that one.

    `Vik was released in May` does not tell when he was captured, nor `a loss of 3 million` how large the profit was.

    Args:
        question: The question.
        sentence: The sentence's text.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    asked = _WHO_DID.search(question.text)
    verb = asked["verb"] if asked and asked["verb"] in OPPOSITES else None
    opposites = {word: _opposites_of(word) for word in _measured_or_done(question)}
    if verb is None and not any(opposites.values()):
        return False
    clause = clause_around(sentence, start, end)
    told = _forms_in(clause)
    if verb is not None and _did_the_opposite(verb, told, clause.partition(sentence[start:end])[2]):
        return True
    left_out = [others for word, others in opposites.items() if told.isdisjoint(_forms_in(word))]
    return any(not told.isdisjoint(_forms_in(other)) for others in left_out for other in others)


def _opposites_of(word: str) -> set[str]:
    """The opposites of a word, without those that tell the same from the other side."""
    return {other for other in OPPOSITES.get(word, ()) if not CONVERSE.issuperset((word, other))}


def _measured_or_done(question: Question) -> list[str]:
    """The deeds in a question for a time, a place or a number, and the thing that is measured."""
    measured = _MEASURED.search(question.text)
    if measured is None and question.kind not in ("time", "place"):
        return []
    words = re.findall(r"\b[a-z]+\b", question.text)
    asked = [word for word in words if word.endswith("ed") or word in _PARTICIPLES]
    asked += [word for word in words if not _AUXILIARIES.isdisjoint(words) and base_of(word) == word]
    return asked + [thing for thing in (measured.groups() if measured else ()) if thing]


def _did_the_opposite(verb: str, told: set[str], behind: str) -> bool:
    """Whether the one who did something is asked for, and the answer did the opposite: `Vik lost the election`.

    Behind the verb it may tell the same from the other side: `Vik sold the mill to Lund`.

    Args:
        verb: The verb of the question; it has opposites.
        told: The forms of the words in the answer's clause.
        behind: What follows the answer in its clause.
    """
    if not told.isdisjoint((verb, one_form(verb))):
        return False
    forms = set(map(one_form, OPPOSITES[verb]))
    done = next((word for word in re.finditer(r"[a-z]+", behind) if one_form(word.group()) in forms), None)
    return done is not None and not _PASSIVE.search(behind[: done.start()])


def _forms_in(text: str) -> set[str]:
    """The words of a text, each as one form for all its forms, and their stems."""
    return {one_form(word) for word in re.findall(r"[a-z]+", text.lower())}.union(terms(text))


def _comes_to_the_opposite(question: Question, sentence: str, end: int) -> bool:
    """Whether the sentence turns behind the answer from a word of the question to its opposite.

    `Vik won most of the towns but lost the election` does not tell who won.
    """
    for word in re.findall(r"[a-z]+", question.text):
        if word not in OPPOSITES:
            continue
        turn = rf"\b{word}\b[^.;:?]* (?:but|yet|only to) (?:\w+ ){{0,2}}?(?:{any_of(OPPOSITES[word])})\b"
        if re.search(turn, sentence[end:]):
            return True
    return False


def _says_the_opposite(question: Question, sentence: str) -> bool:
    """Whether who says something is asked for, and the sentence says that it is not so, or the other way round.

    What a denial denies is the first word of its scope: `Vik said there would be no inquiry, and the mayor left`.
    """
    statement = question.statement
    if not statement or len(statement.intersection(terms(sentence))) < _MOST * len(statement):
        return False
    first = {term for denial in find_denials(sentence) for term in terms(sentence[slice(*denial.scope)])[:1]}
    return bool(first & statement) != bool(find_denials(question.text))
