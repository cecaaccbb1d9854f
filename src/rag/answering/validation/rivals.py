"""Finds out whether an answer belongs to a rival: another bearer of a name, somebody else's age.

A reader takes the number or the name that stands nearest to the question's words, also if the sentence gives it to
another one. Only what the sentence itself tells counts here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.answering.validation.bodies import is_office_elsewhere
from rag.answering.validation.namesakes import tells_of_namesake
from rag.question.spelling import sound
from rag.text.english.calendar import YEAR
from rag.text.english.function_words import PREPOSITIONS
from rag.text.english.patterns import any_of
from rag.text.english.people import PERSON_NOUNS, RETINUES
from rag.text.english.saying import SAYING_FORMS
from rag.text.grammar.names import NAME, NO_NAMES, WORD, bare, names_in, own_words
from rag.text.grammar.verb_forms import also_noun, base_of, is_past
from rag.text.terms import terms

_AGE_ASKED = re.compile(rf"\b[Hh]ow old (?:is|was) (?P<name>{NAME})")
_AHEAD = 200
"""Characters before a sentence without names in which the person is named."""
_FULL = 2
"""Number of words of a full name."""
_APPOSED = re.compile(r",?(?: (?:who|now|aged|age|is|was|turned|turns|will|turn|just|at))* ")
"""What stands between a person and the person's age: "Lund, who turned 30"."""
_PRONOUN = re.compile(r"\b(?:I|he|she|his|her|it|its|they)\b", re.IGNORECASE)
_BEHIND_AGE = re.compile(rf"[- ]years?[- ]old (?:[a-z-]+ ){{0,4}}?(?P<name>{NAME})")
_OF_SEVERAL = re.compile(r"\b(?:they|we|they[’']re|we[’']re|all|are|were)\b[^.,;]{0,16}\Z", re.IGNORECASE)
_RELATIVE = re.compile(
    rf"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts) (?:(?P<relation>(?:[a-z-]+ ){{0,2}}{any_of(PERSON_NOUNS | RETINUES)}),?"
    rf"|(?P<apposed>(?:[a-z-]+ ){{0,2}}[a-z-]+),(?= {NAME},)) (?P<name>{NAME}),?"
)
"""Someone who is told as another's: `His cousin Leo`, `Her former accountant, Dag Sorell,`."""
_MEASURED = re.compile(
    r"\b(?:how (?:many|much|old|long|far|large|big|high)|when|what (?:was|is|did|does)\b.*\bcost)\b", re.IGNORECASE
)
_OWNED = re.compile(rf"(?P<owner>{NAME})(?:[’']s?)? (?P<thing>[a-z]{{4,}})\b")
"""A thing with whose it is: `the Clinton library`."""
_SPEAKS = re.compile(rf" (?:\w+ )?{any_of(SAYING_FORMS)}\b")
_HEAD_ASKED = re.compile(
    r"\b[Ww]ho (?:now )?(?:leads?|led|heads?|headed|runs?|ran|chairs?|chaired|directs?|directed|owns?|owned) (?:the )?"
    rf"(?P<name>{NAME})"
)
_DONE_TO = re.compile(r",? (?:(?:has|have|had) )?(?:[a-z]+ly )?(?P<verb>[a-z]{3,}(?:ed|s))(?: [A-Z][a-z]{2,4}\.)? ")
"""The verb between a body and a person: "The guild has officially backed Rep. Lund"."""
_CHOOSING = frozenset(terms("elects chooses names picks appoints selects hires promotes makes"))
_WORDS_QUOTED = re.compile(rf"\b[Ww]ho (?:first )?{any_of(SAYING_FORMS)}\b[^“\"]*[“\"](?P<words>[^”\"]+)[”\"]")
_PLAIN = re.compile(r"[^\W_]+")
_LEAST_OF_QUOTATION = 2
"""Fewest words of a quotation that are looked for letter by letter."""
_ASKS_WHO = re.compile(r"\b(?:how many|who|whom)\b", re.IGNORECASE)
_YEAR = re.compile(rf"\b{YEAR}\b")
_HELPER = r"(?:was|were|is|are|(?:has|have|had)(?: been)?) "
_NOBODY = re.compile(
    rf"\b(?:nobody|no[ -]one|none|not one)\b(?: of (?:(?:[\w’'-]+ ){{1,7}}?(?={_HELPER}|[a-z]+ed\b)|(?:them|us) ))?"
    rf" ?(?:{_HELPER})?(?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)


def belongs_to_rival(question: str, text: str, sentence: tuple[int, int], start: int, end: int) -> bool:
    """Returns whether a sentence gives the answer to another one than the question asks about.

    - "How old is Ava Roll?": the age stands beside another name.
    - "When did Hurricane Maria end?": the sentence tells of Hurricane Irma, and not of Maria.
    - "When did Ida Lund move?": of `Ms Lund`, and only Eva Lund has been named.
    - "Who is the director of Norvik?": the sentence tells of the director of Ostra.
    - "Who said “lock her up”?": the sentence does not have these words.
    - "How much did the Vik library cost?": the sentence has only `Lund's new library`.
    - "Who leads the guild of Osk?": the guild has backed whom the answer names.
    - "How long was Finn Marz sentenced?": the sentence begins with "His cousin Leo was sentenced to".

    Args:
        question: The question's text.
        text: The article's text.
        sentence: The half-open interval of the answer's sentence.
        start: Start of the answer in the text, in characters.
        end: Its end, exclusive.
    """
    words = text[slice(*sentence)]
    inside = start - sentence[0], end - sentence[0]
    return (
        _is_anothers_age(question, text, sentence, start, end)
        or tells_of_namesake(question, words, *inside)
        or _is_of_other_first_name(question, text, sentence)
        or _is_owned_by_other(question, text, sentence)
        or _is_of_relative(question, words[: inside[0]])
        or is_office_elsewhere(question, words, *inside)
        or _lacks_quotation(question, words)
        or _is_object_of_named(question, words, inside[0])
    )


def _is_anothers_age(question: str, text: str, sentence: tuple[int, int], start: int, end: int) -> bool:
    asked = _AGE_ASKED.search(question)
    name = bare(asked["name"]) if asked else []
    if not name:
        return False
    *first, last = name
    if behind := _BEHIND_AGE.match(text, end, sentence[1]):
        return last not in behind["name"].split()
    before = text[sentence[0] : start]
    if _OF_SEVERAL.search(before):
        return True
    named = names_in(before)
    if not named:
        ahead = text[max(0, sentence[0] - _AHEAD) : sentence[0]]
        return bool(names_in(ahead)) and last not in ahead and last not in text[end : sentence[1]]
    nearest = named[-1].group().split()
    if last in nearest:
        return len(nearest) == 1 and bool(first) and _is_introduced_otherwise(text[:start], first, last)
    between = before[named[-1].end() :]
    is_apposed = _APPOSED.fullmatch(between) is not None
    return is_apposed or (last not in text[slice(*sentence)] and not _PRONOUN.search(between))


def _is_introduced_otherwise(before: str, first: list[str], last: str) -> bool:
    """Whether the last full name with this surname is another person's."""
    full = re.findall(rf"({WORD}) {re.escape(last)}\b", before)
    named = [one for one in full if one not in NO_NAMES]
    return bool(named) and named[-1] not in first


def _is_of_relative(question: str, before: str) -> bool:
    """Whether the clause of the answer begins with someone of another, and not with who the question names."""
    asked = {word for match in names_in(question) for word in bare(match.group())}
    clause = re.split(r"[;:]|\. ", before)[-1]
    told = _RELATIVE.search(clause) if asked else None
    if told is None or not asked.isdisjoint(bare(clause[told.start("name") :])):
        return False
    if not PREPOSITIONS.isdisjoint(clause[: told.start()].split()[-1:]):
        return False  # `Lund sat with his wife Ida Vik at`: the clause is not about the relative
    is_asked = not set(terms(told["relation"] or told["apposed"])).isdisjoint(terms(question))
    return not is_asked and not _SPEAKS.match(clause, told.end())


def _is_owned_by_other(question: str, text: str, sentence: tuple[int, int]) -> bool:
    """Whether a thing of a named owner is asked about, and the sentence has only another owner's."""
    if not _MEASURED.search(question):
        return False
    before, words = text[max(0, sentence[0] - _AHEAD) : sentence[0]], text[slice(*sentence)]
    for asked in _OWNED.finditer(question):
        owner = bare(asked["owner"])
        if not owner or any(word in before or word in words for word in owner):
            continue
        theirs = re.compile(rf"({WORD})[’']s? (?:[^\s.;:]+ ){{0,3}}?{re.escape(asked['thing'])}\b")
        if any(bare(other) for other in theirs.findall(words)):
            return True
    return False


def _is_object_of_named(question: str, words: str, start: int) -> bool:
    """Whether who heads a body is asked for, and the body does something to whom the answer names."""
    asked = _HEAD_ASKED.search(question)
    name = bare(asked["name"]) if asked else []
    bodies = list(re.finditer(rf"\b{re.escape(name[-1])}\b", words[:start])) if name else []
    done = _DONE_TO.fullmatch(words, bodies[-1].end(), start) if bodies else None
    if done is None or not _CHOOSING.isdisjoint(terms(done["verb"])):
        return False
    return is_past(done["verb"]) or (base_of(done["verb"]) is not None and not also_noun(done["verb"]))


def asks_who_said_exactly(question: str) -> bool:
    """Returns whether a question asks for the speaker of words in quotation marks: "Who said “lock her up”?"."""
    return _WORDS_QUOTED.search(question) is not None


def _lacks_quotation(question: str, words: str) -> bool:
    """Whether the speaker of words in quotation marks is asked for, and the sentence has not these words."""
    asked = _WORDS_QUOTED.search(question)
    if asked is None:
        return False
    quoted, told = (f" {' '.join(_PLAIN.findall(text.lower()))} " for text in (asked["words"], words))
    is_part = len(told.split()) >= _LEAST_OF_QUOTATION and told in quoted
    return len(quoted.split()) >= _LEAST_OF_QUOTATION and quoted not in told and not is_part


def says_that_nobody(question: str, text: str, sentence: tuple[int, int], start: int, end: int) -> bool:
    """Returns whether who or how many did something is asked, and the text says that nobody did.

    If another sentence says so, the answer's own one is doubted only if it does not tell of the deed, or is dated.

    Args:
        question: The question's text.
        text: The article's text.
        sentence: The half-open interval of the answer's sentence.
        start: Start of the answer in the text, in characters. The word "nobody" itself is no wrong answer.
        end: Its end, exclusive.
    """
    nobodies = _nobodies(text)
    if not nobodies or not _ASKS_WHO.search(question):
        return False  # so it is with most articles, and the question need not be read
    asked = set(terms(question))
    denied = [(place, verb) for place, verb in nobodies if verb in asked]
    if not denied:
        return False
    own, around = set(terms(text[slice(*sentence)])), [place for place, _ in denied]
    if any(sentence[0] <= begin < sentence[1] for begin, _ in around):
        return not any(start < stop and begin < end for begin, stop in around)
    is_dated = any(year not in question for year in _YEAR.findall(text[slice(*sentence)]))
    return is_dated or own.isdisjoint(verb for _, verb in denied)


@lru_cache(maxsize=64)
def _nobodies(text: str) -> tuple[tuple[tuple[int, int], str], ...]:
    """What a text says that nobody did: the place of these words, and the term of the verb."""
    return tuple((match.span(), term) for match in _NOBODY.finditer(text) for term in terms(match["verb"]))


def _is_of_other_first_name(question: str, text: str, sentence: tuple[int, int]) -> bool:
    """Whether the sentence has only the surname of who is asked about, and up to there only others had it."""
    for match in names_in(question):
        name = [bare_word for word in own_words(match.group()) for bare_word in bare(word)]
        if len(name) != _FULL:
            continue
        first, last = name
        is_noun = re.search(rf"\b{re.escape(last.lower())}\b", text) is not None
        if is_noun or not _has_bare(last, text[slice(*sentence)]):
            continue
        before = text[: sentence[1]]
        firsts = [word for word in re.findall(rf"\b({WORD}) {re.escape(last)}\b", before) if word not in NO_NAMES]
        is_named = any(sound(word)[:2] == sound(first)[:2] for word in firsts) or first in before
        if firsts and not is_named:
            return True
    return False


def _has_bare(last: str, words: str) -> bool:
    """Whether a surname stands in a sentence, and nowhere with a first name or another capital beside it."""
    found = list(re.finditer(rf"(?:(?P<before>{WORD}) )?\b{re.escape(last)}\b(?P<behind> {WORD})?", words))
    return bool(found) and all(
        (match["before"] is None or match["before"] in NO_NAMES) and not match["behind"] for match in found
    )
