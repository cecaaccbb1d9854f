"""Finds out whether an answer's clause tells of a thing that is similar to the one asked about.

Such are another bearer of most of a name (`Heron 1`, `Heron 2`), the same kind of thing at another place, and what the
sentence itself sets apart: `another ship, the Bera`. Of two in one sentence, the clause of the answer decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from rag.question.spelling import sound
from rag.text.english.function_words import STOP_WORDS
from rag.text.english.nouns import NAMED_KINDS
from rag.text.english.patterns import any_of
from rag.text.english.people import PERSON_NOUNS
from rag.text.english.saying import SAYING_FORMS
from rag.text.grammar.clauses import MAIN_JOINT, clause_place
from rag.text.grammar.names import NAME, WORD, names_in, own_words
from rag.text.terms import terms

_PART = rf"(?:(?:[A-ZÀ-Þ]\.)+|[SM]t\.|{WORD})"
_LONG_NAME = re.compile(rf"{_PART}(?: (?:of (?:the )?)?{_PART}| \d{{1,4}}\b(?![.,]?\d))*(?P<tail> [a-z]+)?")
"""A name with its number, and the noun behind it: `Maid of Osk`, `Heron 2`, `Old Mill bridge`."""
_NUMERAL = re.compile(r"\d+|[ivx]+|[a-z]")
_POSSESSIVE = re.compile(r"[’']s?$")
_WHOLE_WORD = re.compile(r"[\w’'-]+")
_SIMPLE_WORD = re.compile(r"\w+")
_OF = re.compile(r"(?:^| )of(?: the)? ")
_SAME_BEGINNING = 4
"""Number of first letters by which two forms of a name are taken for one: Osland, Oslandic."""
_ALIKE = 0.75
"""Least share of common letters of two spellings of one word."""
_SHORT_FORMS = {frozenset(map(sound, pair)) for pair in (("st", "saint"), ("mt", "mount"), ("ft", "fort"))}
_FULL = 2
"""Number of words of a full name."""
_THAT_ONE = r"(?:that|those|the ones?|the other)"
_AT = r"(?:at|in|of|near|on|outside)"
_APART = re.compile(r"\bnot (?:to )?be (?:confused with|mistaken for|mixed up with) ")
_JOINT = re.compile(
    rf"; |, (?:while|whereas) |{_APART.pattern}|(?:(?<=, )|(?<=\band )|(?<=\bbut ))(?={_THAT_ONE} {_AT} )"
)
_AT_PLACE = re.compile(rf"\b(?P<thing>[a-z]{{3,}}) {_AT} (?:the )?(?P<place>{NAME})")
_THAT_AT_PLACE = re.compile(rf"\b{_THAT_ONE} {_AT} (?:the )?(?P<place>{NAME})")
_OF_TWO = re.compile(
    rf"\b(?P<thing>[a-z]{{3,}}) (?:of|between) (?:the )?(?P<one>{NAME}) (?:and|with) (?:the )?(?P<two>{NAME})"
)
_MARK = r"(?:another|an? (?:second|third|sister|rival|different|separate|similar|further|neighbou?ring))"
_MARKED = re.compile(
    rf"\b(?i:{_MARK}) (?:[a-z-]+ ){{0,2}}?(?P<kind>[a-z]+), (?:[a-z]+ ){{0,3}}?(?P<name>{NAME}(?: of {NAME})?),"
)
_ASKS_FOR_MARKED = re.compile(r"\b(?:another|other|second|third|sister|rival|different|separate|similar)\b")
_SPEAKS = re.compile(rf" (?:\w+ )?{any_of(SAYING_FORMS)}\b")
_PLACED = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]n|[Ff]rom)(?: the)? \Z")
_DIRECTION = "(?:North|South|East|West|Northern|Southern|Eastern|Western|New)"
_OF_DIRECTION = re.compile(rf"\b{_DIRECTION} (?P<rest>{WORD})")
_PAIR = re.compile(r"(?=\b(?P<kind>[a-z]{3,}) (?P<thing>[a-z]{3,})\b)")


class _Name(NamedTuple):
    """A name in a text.

    Attributes:
        words: Its words, each as its sound.
        raw: The same words as they stand.
        of_last: Whether an "of" stands before the last word.
        start: Its start in the text, in characters.
        end: Its end, exclusive.
    """

    words: list[str]
    raw: list[str]
    of_last: bool
    start: int
    end: int


def tells_of_namesake(question: str, words: str, start: int, end: int) -> bool:
    """Returns whether the clause of an answer tells of something similar, and not of what is asked about.

    - "When did Hurricane Maria end?": of Hurricane Irma. "When was Heron 2 built?": of Heron 1.
    - "When did the dyke at Osk break?": `The dyke at Osk held; that at Mell broke in May`.
    - "How many towns are there in West Osk?": of Osk.
    - "Who approved the merger of Osk and Mell?": of the merger of Mell and Hult.
    - "When did the Bera sink?": of `another ship, the Tora`.

    Args:
        question: The question's text.
        words: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    clause = clause_place(words, start, end, _JOINT)
    within = start - clause[0], end - clause[0]
    told = words[slice(*clause)]
    return (
        _has_rival_name(question, told, *within)
        or _lacks_direction(question, words)
        or _is_at_other_place(question, words, told)
        or _is_of_other_two(question, words)
        or _is_marked(question, told, *within)
        or _is_set_apart(question, words, start)
        or _is_other_kind(question, words, start, end)
    )


def _sounds(text: str) -> set[str]:
    """The words of a text as their sounds, those with a hyphen also part by part; a number stays as it is."""
    words = {_POSSESSIVE.sub("", word) for word in _WHOLE_WORD.findall(text)}.union(_SIMPLE_WORD.findall(text))
    return {_heard(word) for word in words}


@lru_cache(maxsize=8192)
def _heard(word: str) -> str:
    """The sound of a word; of a number or a numeral the letters, since II is not I."""
    return word.lower() if _NUMERAL.fullmatch(word.lower()) else sound(word) or word.lower()


def _long_names(text: str) -> Iterator[_Name]:
    """The names of two words and more; also one with the noun behind it, since that may tell two apart."""
    for match in _LONG_NAME.finditer(text.replace("–", "-")):
        tail = match["tail"] or ""
        name = match.group().removesuffix(tail)
        is_of = len(parts := _OF.split(name)) > 1 and " " not in parts[-1]
        raw = own_words(re.sub(r"-(?=\d)", " ", _OF.sub(" ", name)))
        bare = [_POSSESSIVE.sub("", word).replace(".", "") for word in raw]
        words = [_heard(word) for word in bare]
        if len(words) >= _FULL:
            span = match.start(), match.start() + len(name)
            yield _Name(words, raw, is_of, *span)
            if tail and not is_of:
                yield _Name([*words, tail.strip()], [*raw, tail.strip()], False, *span)


@lru_cache(maxsize=64)
def _names_asked(question: str) -> tuple[_Name, ...]:
    """The long names of a question, which is compared with many sentences."""
    return tuple(_long_names(question))


def _has_rival_name(question: str, told: str, start: int, end: int) -> bool:
    """Whether a clause has a name that differs from one of the question in one word, which the clause has not.

    A rival that is the answer itself is none: "What replaced the Maid of Osk?".
    """
    asked = _names_asked(question)
    others = list(_long_names(told)) if asked else []
    has = _sounds(told) if others else set()
    for one in asked:
        for other in others:
            index = _difference(one, other)
            is_answer = start < other.end and other.start < end
            if index is not None and not is_answer and one.words[index] not in has:
                return True
    return False


def _difference(one: _Name, other: _Name) -> int | None:
    """The place of the only word in which two names of things of one kind differ; None if they are not such names.

    It is not the last one, or it follows "of" or a noun such as "hurricane", or both are numbers. The Boston Police are
    in Boston as well.
    """
    if len(one.words) != len(other.words):
        return None
    places = [index for index, pair in enumerate(zip(one.words, other.words, strict=True)) if pair[0] != pair[1]]
    if len(places) != 1:
        return None
    index = places[0]
    first, second = one.words[index], other.words[index]
    is_last = index == len(one.words) - 1
    are_numerals = _NUMERAL.fullmatch(first) is not None and _NUMERAL.fullmatch(second) is not None
    if are_numerals and first.isdigit() is not second.isdigit():
        return None
    if are_numerals:
        return index if is_last else None
    if is_last and not (one.of_last and other.of_last) and not (len(one.words) == _FULL and _is_kind(one.raw[0])):
        return None
    is_of = one.of_last and other.of_last and len(one.words) == _FULL and not is_last
    return None if is_of or _may_be_one(one, other, index) else index


def _is_kind(word: str) -> bool:
    return word.lower() in NAMED_KINDS


def _may_be_one(one: _Name, other: _Name, index: int) -> bool:
    """Whether two names may be of one bearer, though a word differs: an initial, another form or spelling, a role."""
    first, second = one.words[index], other.words[index]
    is_form = first[:_SAME_BEGINNING] == second[:_SAME_BEGINNING] or frozenset((first, second)) in _SHORT_FORMS
    is_spelled = (
        min(len(first), len(second)) >= _SAME_BEGINNING and SequenceMatcher(None, first, second).ratio() > _ALIKE
    )
    is_owner = any(_POSSESSIVE.search(name.raw[index]) for name in (one, other))
    if is_form or is_spelled or is_owner:
        return True
    is_role = index == 0 and other.start == 0
    is_initial = min(len(first), len(second)) == 1 and first[:1] == second[:1]
    return len(one.words) > _FULL and (is_role or is_initial)


def _lacks_direction(question: str, words: str) -> bool:
    """Whether a place is asked about whose name a direction begins, and the sentence has only the rest: `Virginia`."""
    asked = [match["rest"] for match in _OF_DIRECTION.finditer(question)]
    return any(
        re.search(rf"\b{re.escape(rest)}\b(?! [A-ZÀ-Þ])", words) is not None
        and re.search(rf"\b{_DIRECTION} {re.escape(rest)}\b", words) is None
        for rest in asked
    )


def _is_at_other_place(question: str, words: str, told: str) -> bool:
    """Whether the clause tells of the same kind of thing at another place, and another clause of the one asked for."""
    for asked in _AT_PLACE.finditer(question):
        place = _sounds(asked["place"])
        if not own_words(asked["place"]) or not place.isdisjoint(_sounds(told)) or place.isdisjoint(_sounds(words)):
            continue
        same = rf"\b{re.escape(asked['thing'])}\b"
        others = [match["place"] for match in _AT_PLACE.finditer(told) if match["thing"] == asked["thing"]]
        others += [match["place"] for match in _THAT_AT_PLACE.finditer(told)] if re.search(same, words) else []
        if any(own_words(other) for other in others):
            return True
    return False


def _is_of_other_two(question: str, words: str) -> bool:
    """Whether a sentence tells of the same thing between others: one of the two is asked for as well, one is not."""
    asked = _OF_TWO.search(question)
    if asked is None:
        return False
    pair = [_sounds(asked["one"]), _sounds(asked["two"])]
    has = _sounds(words)
    for told in _OF_TWO.finditer(words):
        others = _sounds(told["one"]), _sounds(told["two"])
        is_same = told["thing"] == asked["thing"]
        lacks = [name.isdisjoint(has) for name in pair]
        new = [all(other.isdisjoint(name) for name in pair) for other in others]
        if is_same and sum(lacks) == 1 and sum(new) == 1:
            return True
    return False


def _is_marked(question: str, told: str, start: int, end: int) -> bool:
    """Whether the clause is about another one by its own words: `another ship, the Bera, sank in 1998`.

    Of a person who only speaks, or does something else than is asked, this does not tell what the person speaks about.
    """
    marked = _MARKED.search(told)
    if (
        marked is None
        or _ASKS_FOR_MARKED.search(question)
        or (start < marked.end("name") and marked.start("name") < end)
    ):
        return False
    names = [match for match in names_in(question) if not _PLACED.search(question, 0, match.start())]
    asked = {word for match in names for word in _sounds(match.group()) if len(word) > 1}
    if not asked or not asked.isdisjoint(_sounds(told)) or _SPEAKS.match(told, marked.end()):
        return False
    is_person = marked["kind"] in PERSON_NOUNS
    return not is_person or not set(terms(question)).isdisjoint(terms(told[marked.end() :]))


def _is_set_apart(question: str, words: str, start: int) -> bool:
    """Whether the answer follows "not to be confused with", and what is named there is not asked about."""
    apart = list(_APART.finditer(words, 0, start))
    names = [_sounds(match.group()) for match in names_in(question)] if apart else []
    has = _sounds(words[apart[-1].end() :]) if apart else set()
    return bool(names) and not any(name <= has for name in names)


def _is_other_kind(question: str, words: str, start: int, end: int) -> bool:
    """Whether the sentence has two kinds of a thing: `The mail train went at 90, and the night train at 40`.

    The one that is asked for stands in it, but not in the clause of the answer, and another one does.
    """
    pairs = [(match["kind"], match["thing"]) for match in _PAIR.finditer(question)]
    both = [(kind, thing) for kind, thing in pairs if kind not in STOP_WORDS and f"{kind} {thing}" in words.lower()]
    if not both:
        return False
    told = words[slice(*clause_place(words, start, end, MAIN_JOINT))].lower()
    clauses = [clause.lower() for clause in MAIN_JOINT.split(words)]
    for kind, thing in both:
        other = re.match(rf"(?:the |an? )?(?P<kind>[a-z]{{3,}}) {re.escape(thing)}\b", told)
        own = re.compile(rf"(?:the |an? )?{re.escape(f'{kind} {thing}')}\b")
        if other is not None and kind not in told and other["kind"] not in STOP_WORDS and any(map(own.match, clauses)):
            return True
    return False
