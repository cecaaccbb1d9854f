"""Finds out whether a sentence tells of someone else, or of something else, than a question asks about.

A reader finds the words that look like an answer, also if another person is the subject: `Olav Rye resigned in 2019`
does not tell when Petra Holm resigned. Only clear cases count: the verb of the question stands in the sentence, and its
subject or object there is another full name, or a name with the same last word (`Old Bridge`, `New Bridge`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.offices import holds_another_office, names_nobody
from rag.text.english.calendar import MONTHS, WEEKDAYS
from rag.text.english.function_words import ARTICLES
from rag.text.english.patterns import any_of, capitalised
from rag.text.english.people import BECOMING, TITLES
from rag.text.english.places import PLACES
from rag.text.english.saying import INTERVIEWED, SAYING_FORMS
from rag.text.english.units import CURRENCY_SIGN
from rag.text.english.verbs import (
    AUXILIARIES,
    AUXILIARIES_OF_BEING,
    FATES,
    FUTURE,
    IRREGULAR_VERBS,
    PASSIVE_AUXILIARIES,
)
from rag.text.grammar.clauses import clause_around
from rag.text.grammar.noun_phrases import phrase_after
from rag.text.grammar.subjects import base_form, first_of_verb, places_of, subject_of
from rag.text.grammar.tokens import Token, tokens_of
from rag.text.grammar.verb_forms import is_past
from rag.text.terms import fold

_WORD = r"[A-ZÀ-Þ][\w’'.-]*"
_PLACE_WORD = r"[A-ZÀ-Þ][\w-]*"
_NAME = rf"(?:the )?{_WORD}(?: (?:of )?{_WORD})*"
_HELPER = any_of(AUXILIARIES)
_OF_SUBJECT = re.compile(
    rf"\b(?i:when|where|why|how|what|which|(?<!by )whom?)\b[^?]*? (?i:{_HELPER}) (?P<name>{_NAME}) (?P<verb>[a-z]+)"
)
_OF_OBJECT = re.compile(rf"\b(?i:who|what)(?: (?i:{_HELPER}))? (?P<verb>[a-z]+) (?P<name>{_NAME})")
_WHO_DID = re.compile(r"\b(?i:who|what) (?P<verb>[a-z]+) (?:the|a|an) [a-z]+")
_BY_WHOM = re.compile(
    rf"\bby whom (?:{any_of(PASSIVE_AUXILIARIES)}|(?:has|have|had))\b[^?]*? (?P<verb>[a-z]+)\W*$", re.IGNORECASE
)
_BESIDE = (
    "before|after|besides|than|with|against|to|alongside|except|instead of"
    "|(?:beat|defeat|follow|replac|succeed)(?:en|e?d|s)?"
)
_WHO_BESIDE = re.compile(
    rf"\b[Ww]hom?\b[^?]*? (?:{_BESIDE}) (?P<name>{_PLACE_WORD}(?: {_PLACE_WORD})*)(?=\W*$| (?:in|on|at|as|for|when)\b)"
)
_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_OF_THEM = re.compile(r" of (?:them|whom|those|these)\b")
_MONEY = re.compile(rf"{CURRENCY_SIGN}\s?\d")
_FATE_JOINT = re.compile(r"[,;:()—–]\s|\b(?:and|but|while|after|when|as|with)\b")
"""What separates the fates of several groups: `12 were killed with 30 injured`."""
_WHEN_WAS = re.compile(r"\b[Ww]hen (?:was|were|did)\b[^?]*? (?P<verb>[a-z]+)\W*$")
_WHO_WAS_DONE = re.compile(
    rf"\bwho(?: else)? (?:{any_of(PASSIVE_AUXILIARIES)}|(?:has|have|had) been|got)(?: [a-z]+ly)? (?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|won[’']t|(?:is|are) (?:due|set|expected|scheduled) to)\b")
_FUTURE = re.compile(rf"\b(?:would|due|set to|{FUTURE})\b", re.IGNORECASE)
_ROUTE = re.compile(rf"\b[Ff]rom (?P<start>{_WORD}(?: {_WORD})*) to (?P<end>{_WORD}(?: {_WORD})*)")
_PLACE = re.compile(rf"\b(?:[Ii]n|[Aa]t|[Nn]ear)(?: [a-z]+)? (?P<name>{_WORD}(?: {_WORD})*)")
_THING_AT = re.compile(
    rf"\b(?P<thing>[a-z]{{3,}}) (?:at|in|of|near|on|outside) (?P<place>{_PLACE_WORD}(?: {_PLACE_WORD})*)"
)
_NO_SMALL_PLACES = PLACES | frozenset(capitalised((*MONTHS, *WEEKDAYS)))
_PARTICIPLES = frozenset(participle for _, _, participle in IRREGULAR_VERBS)
_TOLD_BY_SPEAKING = BECOMING | frozenset(SAYING_FORMS) | INTERVIEWED


def tells_of_another(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether a sentence tells of another person, thing, office or route than the question asks about.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    route, other_route = _ROUTE.search(question), _ROUTE.search(sentence)
    if route and other_route and route.groups() != other_route.groups():
        return True
    if holds_another_office(question, sentence, start, end) or names_nobody(question, sentence[start:end]):
        return True
    tokens = tokens_of(sentence, 0, len(sentence))
    for pattern, asks_of_subject in ((_OF_SUBJECT, True), (_OF_OBJECT, False)):
        asked = pattern.search(question)
        if asked and asked["verb"] not in AUXILIARIES:
            name = asked["name"].removesuffix("'s").removesuffix("’s")
            verb = asked["verb"]
            if not asks_of_subject and (_is_agent(sentence, tokens, verb, name) or _is_no_agent(tokens, verb, start)):
                return True
            return any(_differ(name, other) for other in _names_at(sentence, tokens, verb, asks_of_subject))
    done = _WHO_DID.search(question) or _BY_WHOM.search(question)
    return done is not None and done["verb"] not in AUXILIARIES and _is_no_agent(tokens, done["verb"], start)


def is_elsewhere(question: str, before: str, behind: str) -> bool:
    """Returns whether an article comes to the place of a question only after the answer's sentence.

    Args:
        question: The question's text.
        before: The title, and the article's text to the end of the answer's sentence.
        behind: The text behind it.
    """
    asked = _PLACE.search(question)
    if asked is None or asked["name"] in before or asked["name"] not in behind:
        return False
    return any(place["name"] != asked["name"] for place in _PLACE.finditer(before))


def is_at_another_place(question: str, sentence: str, article: str) -> bool:
    """Returns whether a sentence tells of the same kind of thing at another place: `the pier at Mell`, not at Osk.

    A place may lie in another one. So the article must not name the place of the question at all, and neither place may
    be a known one, such as a country.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        article: The article's title and text.
    """
    asked, told = ({m["thing"]: m["place"] for m in _THING_AT.finditer(text)} for text in (question, sentence))
    for thing, place in asked.items():
        other = told.get(thing, place)
        is_known = any(word in _NO_SMALL_PLACES or word.isupper() for word in (*place.split(), *other.split()))
        words = set(fold(place))  # without accents and hyphens, which questions leave out
        if words.isdisjoint(fold(other)) and not is_known and not words <= set(fold(article)):
            return True
    return False


def is_named_in_question(question: str, words: str, article: str) -> bool:
    """Returns whether the answer to "Who …?" is the person whom the question sets against it: `Who beat Vik?`, not Vik.

    Args:
        question: The question's text.
        words: The words of the answer.
        article: The article's text. If it has two people of that last name, either may be meant.
    """
    asked, names = _WHO_BESIDE.search(question), _names_in(words)
    if asked is None or not names or asked["name"].split()[-1] != names[-1]:
        return False
    first_names = set(_names_in(" ".join(re.findall(rf"({_PLACE_WORD}) {names[-1]}\b", article))))
    return len(first_names.union(names[:-1], _names_in(asked["name"])[:-1])) <= 1


def is_of_another_fate(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether a question counts people by their fate, and the answer counts others, or money.

    The number of the killed does not answer how many were injured.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    asked = _fates_in(question) if _HOW_MANY.search(question) else set()
    if len(asked) != 1:
        return False
    if _MONEY.match(sentence, start):
        return True
    told = _fates_in(clause_around(sentence, start, end, _FATE_JOINT))
    if not told and _OF_THEM.match(sentence, end):  # `Thirty were hurt, four of them seriously`
        told = _fates_in(sentence[:start])
    return bool(told) and told.isdisjoint(asked)


def _fates_in(text: str) -> set[int]:
    words = set(re.findall(r"[a-z]+", text.lower()))
    return {number for number, fate in enumerate(FATES) if not fate.isdisjoint(words)}


def is_yet_to_come(question: str, sentence: str, start: int) -> bool:
    """Returns whether a question asks when something was, and the answer is the time of something else that will be.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
    """
    asked = _WHEN_WAS.search(question)
    if asked is None or _FUTURE.search(question) or _WILL.search(sentence, 0, start) is None:
        return False
    return base_form(asked["verb"]) not in {base_form(word) for word in re.findall(r"[\w-]+", sentence)}


def asks_who_suffered(question: str, sentence: str) -> bool:
    """Returns whether a question asks to whom something was done, and the sentence does not tell that it was done.

    Then who speaks in the sentence is no answer: a witness of an attack is not who was convicted of it. Left out are
    verbs for coming into an office, because a speaker's title tells that, and verbs of speech.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
    """
    asked = _WHO_WAS_DONE.search(question)
    if asked is None:
        return False
    verb = asked["verb"].lower()
    if not (is_past(verb) or verb in _PARTICIPLES) or verb in _TOLD_BY_SPEAKING:
        return False
    return base_form(verb) not in {base_form(word) for word in re.findall(r"[a-z]+", sentence.lower())}


def _names_in(words: str) -> list[str]:
    return [name for name in re.findall(_PLACE_WORD, words) if name.lower().split("-")[0] not in TITLES]


def _names_at(sentence: str, tokens: Sequence[Token], verb: str, of_subject: bool) -> list[str]:
    """The names that stand in the sentence where the question's verb has its own."""
    found = []
    for index in places_of(tokens, verb):
        first = first_of_verb(tokens, index)
        is_passive = first < index and tokens[index - 1].key in AUXILIARIES_OF_BEING
        before = subject_of(tokens, first)
        place = before if of_subject or is_passive else phrase_after(tokens, index)
        if place is not None and place.says_who:
            found.append(sentence[place.start : place.end])
    return found


def _is_agent(sentence: str, tokens: Sequence[Token], verb: str, name: str) -> bool:
    """Whether the name that is the object of the question's verb is its subject here: `Berg replaced Eide`."""
    for index in places_of(tokens, verb):
        first = first_of_verb(tokens, index)
        subject = subject_of(tokens, first) if first == index else None
        if subject is not None and subject.says_who and sentence[subject.start : subject.end].endswith(name):
            return True
    return False


def _is_no_agent(tokens: Sequence[Token], verb: str, start: int) -> bool:
    """Whether the words from `start` on have something done to them: `A painting was stolen`, `They stole a painting`.

    Either the verb is passive, and they don't follow its "by"; or they are its object. Behind a verb of speech its
    subject may stand.
    """
    for index in places_of(tokens, verb):
        if index and tokens[index - 1].key in AUXILIARIES_OF_BEING:
            return not any(token.word == "by" and token.end <= start for token in tokens[index:])
        done_to = phrase_after(tokens, index) if verb not in SAYING_FORMS else None
        if done_to is not None and done_to.start <= start < done_to.end:
            return True
    return False


def _differ(one: str, other: str) -> bool:
    """Whether two names are surely not of one person or thing."""
    names = [[word for word in name.split() if word.lower() not in ARTICLES | TITLES] for name in (one, other)]
    first, second = ({word.lower().strip(".,’'") for word in words} for words in names)
    if not first or not second or first <= second or second <= first:
        return False
    if not all(word[0].isupper() for words in names for word in words if word.lower() != "of"):
        return False
    same_kind = names[0][-1].lower() == names[1][-1].lower()
    are_full = all(1 < len(words) < 4 for words in names) and not {"the"} & {
        one.split(maxsplit=1)[0].lower(),
        other.split(maxsplit=1)[0].lower(),
    }
    return same_kind or are_full
