"""Finds out whether an answer is of another one of a row, or of the other sex, than the question asks about.

`Her second husband was Vik` does not tell who her first husband was, and `Lund won the men's race` not who won that of
the women.
"""

from __future__ import annotations

import re

from rag.text.english.numbers import FIRST_TO_TENTH, ONE_TO_FIVE, ORDINAL_ENDING
from rag.text.english.patterns import any_of
from rag.text.grammar.clauses import clause_around, clause_place

_ORDINAL = rf"(?:{any_of(FIRST_TO_TENTH)}|\d{{1,2}}{ORDINAL_ENDING})"
_ONE_OF_ROW = re.compile(
    rf"\b(?P<ordinal>{_ORDINAL})[ -](?P<noun>[a-z]{{3,}})(?: (?P<head>[a-z]{{3,}}))?", re.IGNORECASE
)
"""An ordinal and the words behind it, one of which is what is numbered: `first husband`, `third test flight`."""
_NTH_TO = re.compile(rf"\b(?P<ordinal>{_ORDINAL})(?: [a-z]+)? to [a-z]", re.IGNORECASE)
"""A place in a row of those who do something: `the 38th state to ratify it`."""
_BARE_ORDINAL = re.compile(
    rf"\b(?:the|an?|his|her|its|their) (?P<ordinal>{_ORDINAL})(?=[,;.]| (?:and|was|were|is|had|both|it|to|[a-z]+ed)\b)",
    re.IGNORECASE,
)
"""An ordinal whose noun was said before: `her first novel sold well, and her third did not`."""
_PLACED = re.compile(
    rf"\bwho (?:was|were|came|comes|finish(?:ed|es)|placed|ended)(?: up)?(?: in)? (?P<ordinal>{_ORDINAL})\b",
    re.IGNORECASE,
)
"""A question for a place in a race: "Who came second?" """
_ANY_ORDINAL = re.compile(rf"\b(?P<ordinal>{_ORDINAL})\b", re.IGNORECASE)
_WINS = re.compile(r"\b(?:won|wins|beats?|defeat(?:s|ed))\b")
_PART = re.compile(r"[;:()—–]\s|\b(?:and|but|while|whereas)\b")
_ORDINAL_ANSWER = re.compile(rf"(?:the )?{_ORDINAL}(?: [a-z]+)?", re.IGNORECASE)
_OF_COUNT = re.compile(
    rf"\b(?:for the|for|his|her|its|their|an?|{any_of(ONE_TO_FIVE)}|\d)[ -]\Z|[’']s? \Z", re.IGNORECASE
)
"""What stands before an ordinal that counts, `for the third time`, or before a part, `two thirds`."""
_AHEAD = 160
"""Characters before a sentence in which it may be told which one of a row it is about."""
_WOMENS = re.compile(r"\b(?:[Ww]omen|woman|[Gg]irls?|[Ff]emales?)\b")
_MENS = re.compile(r"\b(?:[Mm]en|man|[Bb]oys?|[Mm]ales?)\b")
_EVENT_OF_SEX = re.compile(r"\b(?:(?:wo)?men[’']?s|(?:girl|boy)s[’']?|(?:fe)?male) [a-z]{3,}", re.IGNORECASE)
_SEX_ASKED = re.compile(
    r"\b(?:(?:how many|which|what) (?:[a-z]+ )?|who (?:is|was|are|were) the (?:[a-z]+ )?)"
    r"(?:(?:wo)?m[ae]n|girls?|boys?|(?:fe)?males?)\b",
    re.IGNORECASE,
)
"""A question for people of one sex. Who did something to a woman may be a man."""
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+")


def is_other_of_row(question: str, text: str, sentence: tuple[int, int], start: int, end: int) -> bool:
    """Returns whether a question asks about one of a row, and the answer's clause tells of another one.

    If the answer's sentence tells none, the last one of the row that was told before it counts.

    Args:
        question: The question's text.
        text: The article's text.
        sentence: The half-open interval of the answer's sentence.
        start: Start of the answer in the text, in characters.
        end: Its end, exclusive.
    """
    asked, placed = _ONE_OF_ROW.search(question), _PLACED.search(question)
    words, first, last = text[slice(*sentence)], start - sentence[0], end - sentence[0]
    if placed is not None and _came_otherwise(_number(placed), words, first, last):
        return True
    if (nth := _NTH_TO.search(question)) and (others := [_number(one) for one in _NTH_TO.finditer(words)]):
        return _number(nth) not in others
    if asked is None:
        return False
    nouns = _nouns(asked)
    told = [one for one in _ONE_OF_ROW.finditer(words) if nouns & _nouns(one)]
    if not told and (bare := {_number(one) for one in _BARE_ORDINAL.finditer(words)}):
        return _number(asked) not in bare
    if not told:
        ahead = [
            one for one in _ONE_OF_ROW.finditer(text[max(0, sentence[0] - _AHEAD) : sentence[0]]) if nouns & _nouns(one)
        ]
        return bool(ahead) and all(_number(one) != _number(asked) for one in ahead)
    begin, stop = clause_place(words, first, last, _PART)
    spans = [(one.start(), _number(one)) for one in told]
    spans += [(one.start(), _number(one)) for one in _BARE_ORDINAL.finditer(words, told[0].end())]
    own = {number for place, number in spans if begin <= place < stop}
    return bool(own) and _number(asked) not in own


def _came_otherwise(place: int, sentence: str, start: int, end: int) -> bool:
    """Whether the answer's clause gives it another place in a race, or that of who wins: `Ona Vik beat Ida Lie`."""
    begin, stop = clause_place(sentence, start, end)
    told = {_number(one) for one in _ANY_ORDINAL.finditer(sentence, begin, stop)}
    if told or place == 1:
        return bool(told) and place not in told
    won = _WINS.search(sentence, begin, stop)
    return won is not None and (place > 2 or start < won.start())


def is_of_other_sex(question: str, before: str, sentence: str, behind: str, start: int, end: int) -> bool:
    """Returns whether a question asks about women or men, and the answer's clause tells only of the others.

    For an event of one sex it is also so if the article comes to it only after the answer: the first one that it tells
    of is then that of the others, unless the answer is named there again.

    Args:
        question: The question's text.
        before: The article's title and its text before the answer's sentence.
        sentence: The text of the answer's sentence.
        behind: The article's text behind it.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    asked = _SEX_ASKED.search(question) or _EVENT_OF_SEX.search(question)
    of_women, of_men = _WOMENS.search(question) is not None, _MENS.search(question) is not None
    if asked is None or of_women == of_men:
        return False
    own, other = (_WOMENS, _MENS) if of_women else (_MENS, _WOMENS)
    clause = clause_around(sentence, start, end)
    if other.search(clause) and not own.search(clause):
        return True
    if _EVENT_OF_SEX.search(question) is None or own.search(before) or own.search(sentence):
        return False
    later = own.search(behind)
    names = _NAME.findall(sentence[start:end])
    return later is not None and bool(names) and not any(name in behind[later.start() :] for name in names)


def is_ordinal_alone(sentence: str, start: int, end: int) -> bool:
    """Returns whether an answer is only a place in a row, and so no count: `the fourth`, but not `for the fourth time`.

    Args:
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    answer = _ORDINAL_ANSWER.fullmatch(sentence, start, end)
    return answer is not None and _OF_COUNT.search(sentence[:start]) is None


def _nouns(one: re.Match[str]) -> frozenset[str]:
    return frozenset(word.lower().removesuffix("s") for word in (one["noun"], one["head"]) if word)


def _number(one: re.Match[str]) -> int:
    ordinal = one["ordinal"].lower()
    return FIRST_TO_TENTH.index(ordinal) + 1 if ordinal in FIRST_TO_TENTH else int(ordinal[:-2])
