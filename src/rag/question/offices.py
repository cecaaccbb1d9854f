"""Finds out whether an answer to "Who is the mayor?" holds another office, or held this one before.

The words beside the office decide: `deputy mayor`, `mayor-elect`, `the late mayor`, `mayor until 2019`. An office that
someone takes over is held. Left out: who came after whom, which the articles' dates may tell.
"""

from __future__ import annotations

import re

from rag.text.english.calendar import PARTS_OF_DAY, SEASONS
from rag.text.english.patterns import any_of
from rag.text.english.people import (
    ABBREVIATED_OFFICES,
    BECOMING,
    BEFORE_TITLES,
    CANDIDATES_FOR,
    CHARGES,
    COMING_RANKS,
    DOER_ENDINGS,
    FORMER_RANKS,
    LEADING,
    LEAVING,
    LESSER_RANKS,
    LOWER_RANKS,
    OFFICES,
    PERSON_NOUNS,
    TITLES,
    TITLES_BEFORE_NAMES,
)

_NOUNS = PERSON_NOUNS | OFFICES | TITLES | TITLES_BEFORE_NAMES | ABBREVIATED_OFFICES.keys()
_OFFICE = rf"(?:{any_of(_NOUNS)}|[a-z]+(?:{'|'.join(DOER_ENDINGS)}))"
_COMING = any_of(COMING_RANKS)
_WHO_HOLDS = re.compile(
    r"\b(?:who(?:[’']s| (?P<tense>is|was|are|were|became|has been|had been|will be))|name of)"
    r"(?: now| currently)?(?P<coming> elected| appointed| named| made)?(?: as)?(?: [\w’'-]+){0,4}?"
    rf"[ -](?P<office>{_OFFICE})(?P<suffix>[ -](?:{_COMING}))?"
    r"(?=\s*(?:[?,.]|\Z)|\s+(?:of|for|in|at|to|on|when|during|under|after|before|from|now|today)\b)",
    re.IGNORECASE,
)
_WHO_LEADS = re.compile(rf"\bwho(?: now| currently)? (?:{any_of(LEADING)}) ", re.IGNORECASE)
_LESSER = LESSER_RANKS | LOWER_RANKS
_FORMER = FORMER_RANKS | {"then", "late"}
_RANKED = re.compile(
    rf"\b(?:(?:{any_of(_LESSER | FORMER_RANKS)}|then(?=-))(?:[ -](?!(?:and|or|turned|to)\b)[\w’']+){{0,2}}?[ -])\Z",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"\b(?:the|his|her|their|its|our|whose|\w+[’']s) late"
    rf" (?:(?!(?:and|or|of|{any_of(PARTS_OF_DAY | SEASONS)})\b)[\w’'-]+[ -]){{0,2}}\Z",
    re.IGNORECASE,
)
_KIND = re.compile(
    rf"\b(?P<kind>{any_of(BEFORE_TITLES - _LESSER - FORMER_RANKS - {'acting'} | CHARGES)})[ -]\Z", re.IGNORECASE
)
_SUFFIXED = re.compile(rf"[ -](?P<suffix>{_COMING})\b", re.IGNORECASE)
_CANDIDATE = re.compile(rf"\b(?:{CANDIDATES_FOR}) (?:the )?(?:[\w’'-]+ )?\Z", re.IGNORECASE)
_BECOMES = re.compile(
    rf"(?:\b(?:{any_of(BECOMING)}|(?:is|are) now|(?:took|takes?) over as)|, now)"
    r"(?: (?!(?:of|by|to the|with|when|after)\b)[\w’'-]+){0,5}?[ -]\Z"
)
"""How a sentence goes on to the office that someone takes over: `was appointed prime`, before "minister"."""
_BESIDE = re.compile(rf"(?:[ -](?:{_COMING})\b)?[\s,“”\"]*\Z", re.IGNORECASE)
_AGO = (
    r"(?:(?:until|till) (?:now\b)?(?!at least\b|further\b|then-)"
    r"|from (?:\w+ )?\d{4} (?:to|until|till) (?:\w+ )?\d{4}\b|between (?:\w+ )?\d{4} and\b)"
)
_TO_A_YEAR = r"(?:until|till) (?:\w+ )?(?:\d{4}|then|last \w+)\b"
_LEAST_OF_STEM = 3
"""Fewest letters of a doer's noun without its ending that may be a verb."""
_AGAIN = re.compile(r"\b(?:again|since|now|re-?elected|returned|remains?|still|current|present)\b", re.IGNORECASE)
_HELD = r"(?:,? who)?(?:,[^,]{1,40},)? (?:was|served as|had been|acted as)|,"
_OF_PLACE = r"(?: (?:of|for|in|at) [\w’' -]{1,40}?)?"
_NAMED = r"(?:[A-ZÀ-Þ][\w’'.-]+ ){0,2}?"


def holds_another_office(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether a question asks who holds an office, and the answer holds another one or held it before.

    The office beside the answer decides, or one that someone takes over; without them, all that have the office's noun.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    asked = _WHO_HOLDS.search(question)
    if asked is None:
        return False
    office = asked["office"].lower()
    own_ranks, noun = ABBREVIATED_OFFICES.get(office, (frozenset(), office))
    wanted = own_ranks | _ranks_at(question, asked.span("office"))
    is_now = (asked["tense"] or "is").lower() in ("is", "are") and not wanted & FORMER_RANKS
    kind = _kind_at(question, asked.start("office"))
    offices = _offices(sentence, noun, kind)
    if not offices and any(_is_given(sentence, place, start, end) for place, _ in _offices(sentence, noun, "")):
        return True
    beside = [place for place, _ in offices if _is_beside(sentence, place, start, end)]
    taken = [place for place, _ in offices if _BECOMES.search(sentence, 0, place[0])]
    counted = _LESSER | (_FORMER | COMING_RANKS if is_now and not asked["coming"] else frozenset())
    decide = [*taken, *(beside or [place for place, _ in offices])]
    if taken and wanted & FORMER_RANKS and all(_ranks_at(sentence, place).isdisjoint(FORMER_RANKS) for place in taken):
        return True
    if wanted & COMING_RANKS:
        decide = [place for place in beside if place not in taken]
    given = [ranks | _ranks_at(sentence, place) for place, ranks in offices if place in decide]
    if given and all(ranks & counted != wanted & counted for ranks in given):
        return True
    is_candidate = bool(beside) and all(_CANDIDATE.search(sentence, 0, place[0]) for place in beside)
    return is_now and not taken and (is_candidate or _held_before(sentence, noun, start, end))


def names_nobody(question: str, answer: str) -> bool:
    """Returns whether a question asks who holds an office or leads something now, and the answer has no name.

    Args:
        question: The question's text.
        answer: The words of the answer, such as "a former teacher".
    """
    asked = _WHO_HOLDS.search(question)
    is_asked = asked is not None and (asked["tense"] or "is").lower() in ("is", "are")
    return (is_asked or _WHO_LEADS.search(question) is not None) and re.search(r"[A-ZÀ-Þ]", answer) is None


def is_called_former(question: str, answer: str, sentence: str, article: str) -> bool:
    """Returns whether a question asks who holds an office, and the article calls the answer a former holder.

    Args:
        question: The question's text.
        answer: The words of the answer.
        sentence: The text of its sentence. Where someone takes the office over there, nobody is a former holder.
        article: The article's text.
    """
    asked = _WHO_HOLDS.search(question)
    names = re.findall(r"[A-ZÀ-Þ][\w’'-]+", answer)
    if asked is None or not names or (asked["tense"] or "is").lower() not in ("is", "are"):
        return False
    if _ranks_at(question, asked.span("office")) & _FORMER:
        return False
    noun = re.escape(asked["office"])
    if any(_BECOMES.search(sentence, 0, office.start()) for office in re.finditer(rf"\b{noun}\b", sentence, re.I)):
        return False
    last, former = re.escape(names[-1]), rf"(?i:{any_of(FORMER_RANKS)}|late)"
    office = rf"(?:(?!(?i:{any_of(_LESSER)})\b)\w+[ -])?(?i:{noun})"
    titled = re.compile(rf"\b{former}[ -]{office} (?P<names>{_NAMED}){last}\b(?! (?!Jr)[A-ZÀ-Þ])")
    apposed = re.compile(rf"\b(?P<names>{_NAMED}){last}, (?i:an?|the|its|their) {former}[ -]{office}\b")
    of = r"(?: (?:of|for) (?P<of>[\w’' -]{1,40}))?"
    until = rf"\b{last} (?:was|had been|served as) (?:the )?(?:\w+ )?(?i:{noun}){of} {_TO_A_YEAR}"
    held = re.search(until, article)
    if held is not None and (held["of"] or asked["office"]).split()[-1].lower() in question.lower():
        return True
    own = {name.lower() for name in names[:-1]} - _NOUNS
    for pattern in (titled, apposed):
        for match in pattern.finditer(article):
            told = set(match["names"].lower().split()) - _NOUNS
            if not own or not told or own & told:
                return True
    return False


def is_taken_over(question: str, sentence: str, published: str | None) -> bool:
    """Returns whether a question asks who holds an office now, and a sentence tells as news that someone takes it over.

    Args:
        question: The question's text.
        sentence: A sentence's text. If it has "had" or an earlier year, it is no news.
        published: The ISO date of its article; None if it is unknown.
    """
    asked = _WHO_HOLDS.search(question)
    if asked is None or published is None or (asked["tense"] or "is").lower() not in ("is", "are"):
        return False
    years = re.findall(r"\b(?:1\d|20)\d\d\b", sentence)
    if any(year < published[:4] for year in years) or re.search(r"\bhad\b", sentence):
        return False
    return takes_over(question, sentence)


def asks_who_took_over(question: str) -> bool:
    """Returns whether a question asks who came into an office: "Who was elected mayor?", "Who became mayor?"."""
    asked = _WHO_HOLDS.search(question)
    return asked is not None and (asked["coming"] is not None or (asked["tense"] or "").lower() == "became")


def takes_over(question: str, sentence: str) -> bool:
    """Returns whether a question asks for an office, and a sentence tells that someone comes into it."""
    asked = _WHO_HOLDS.search(question)
    if asked is None:
        return False
    noun = ABBREVIATED_OFFICES.get(asked["office"].lower(), (frozenset(), asked["office"].lower()))[1]
    offices = _offices(sentence, noun, _kind_at(question, asked.start("office")))
    return any(_BECOMES.search(sentence, 0, place[0]) for place, _ in offices)


def _offices(sentence: str, noun: str, kind: str) -> list[tuple[tuple[int, int], frozenset[str]]]:
    """The places of an office's noun, also within abbreviations, and the ranks that these stand for.

    A minister of another kind is left out: `former prime minister Holt, the foreign minister`.
    """
    named = re.finditer(rf"\b{re.escape(noun)}\b", sentence, re.IGNORECASE)
    found = [(m.span(), frozenset[str]()) for m in named if not kind or _kind_at(sentence, m.start()) in ("", kind)]
    for short, (ranks, meant) in ABBREVIATED_OFFICES.items():
        if meant == noun:
            found += [(m.span(), ranks) for m in re.finditer(rf"\b{short}\b", sentence, re.IGNORECASE)]
    return found


def _kind_at(text: str, place: int) -> str:
    """The word before an office that tells which one it is, such as "foreign" and "prime"; "" without one."""
    found = _KIND.search(text, 0, place)
    return found["kind"].lower() if found else ""


def _ranks_at(text: str, office: tuple[int, int]) -> frozenset[str]:
    """The words such as "deputy", "former" and "elect" beside an office, up to two other words before it."""
    ranks: set[str] = set()
    behind = _SUFFIXED.match(text, office[1])
    if behind:
        ranks.add(behind["suffix"].lower())
    place = office[0]
    if _LATE.search(text, 0, place):
        ranks.add("late")
    while ranked := _RANKED.search(text, 0, place):
        ranks.add(re.split(r"[ -]", ranked.group(), maxsplit=1)[0].lower())
        place = ranked.start()
    return frozenset(ranks)


def _is_given(sentence: str, office: tuple[int, int], start: int, end: int) -> bool:
    """Whether the answer holds an office, or someone takes it over."""
    return _is_beside(sentence, office, start, end) or _BECOMES.search(sentence, 0, office[0]) is not None


def _is_beside(sentence: str, office: tuple[int, int], start: int, end: int) -> bool:
    """Whether an office stands inside of the answer or directly before it: `Mayor Anna Holt`."""
    return start <= office[0] < end or (office[1] <= start and _BESIDE.match(sentence, office[1], start) is not None)


def _held_before(sentence: str, noun: str, start: int, end: int) -> bool:
    """Whether the answer held the office up to a time: `Holt was mayor until 2019`, `the mayor until 2019 was Holt`."""
    office = rf"(?:the |a |an )?(?:[\w’'-]+ ){{0,3}}?{re.escape(noun)}{_OF_PLACE},? {_AGO}"
    as_subject = re.compile(rf"(?:{_HELD}) {office}", re.IGNORECASE).match(sentence, end)
    turned = re.compile(rf"\b{office}[^,;]{{1,30}}? was \Z", re.IGNORECASE).search(sentence, 0, start)
    place = rf"(?:the )?(?:(?!(?:and|or|but|to)\b)[\w’'-]+ ){{0,2}}?{re.escape(noun)}\b"
    left = re.compile(rf"(?:,[^,]{{1,40}},)? (?:has |had )?(?:{LEAVING}) as {place}", re.IGNORECASE)
    did = re.compile(rf"(?:,? who)? (?:has |had )?{_verb_of(noun)}\b[^.;]{{0,60}}? {_TO_A_YEAR}", re.IGNORECASE)
    if left.match(sentence, end) or did.match(sentence, end):
        return True
    found = as_subject or turned
    return found is not None and _AGAIN.search(sentence, found.end()) is None


def _verb_of(noun: str) -> str:
    """A pattern for the past form of the verb that a doer's noun is made of: `trainer`, `trained`."""
    stem = next((noun.removesuffix(ending) for ending in ("er", "or") if noun.endswith(ending)), "")
    own = [rf"{re.escape(stem)}e?d"] if len(stem) >= _LEAST_OF_STEM else []
    return rf"(?:{'|'.join([*own, 'led', 'headed', 'ran'])})"
