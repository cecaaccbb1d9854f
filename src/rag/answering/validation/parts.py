"""Finds out whether an answer to "How many …?" counts all, where the sentence says of how many of them it is true.

"Four of Brendal's seven sirens did not sound" tells of four, "It will close two of its seven mills" of two. If words
behind the noun say which ones are meant, they are all that were asked for: "two of the 14 people killed were children".
"""

from __future__ import annotations

import re

from rag.text.english.function_words import STOP_WORDS
from rag.text.english.numbers import NUMBER_WORDS
from rag.text.english.patterns import any_of
from rag.text.english.questions import COUNTING_ALL
from rag.text.english.verbs import AUXILIARIES
from rag.text.grammar.clauses import clause_place
from rag.text.grammar.verb_forms import base_of, is_past, one_form

COUNTED = re.compile(r"\bhow many (?:more |other |different )?(?P<thing>\w+)", re.IGNORECASE)
"""A question for a count, and what is counted."""
_ASKS_FOR_ALL = re.compile(rf"\b(?:{COUNTING_ALL})\b", re.IGNORECASE)
_NUMBER = re.compile(rf"\b(?:\d[\d.,]*|{any_of(NUMBER_WORDS)})\b", re.IGNORECASE)
_PART_OF = re.compile(rf"{_NUMBER.pattern} (?:out )?of (?:(?!and\b|or\b)[\w.’'-]+ ){{0,4}}\Z", re.IGNORECASE)
"""What stands before the number of all: `four of Brendal's `, before "seven sirens"."""

_ANYBODY = frozenset(("people", "persons"))
"""What every noun for persons counts too."""
_HEAD = re.compile(
    r" (?:(?!(?:of|in|to|for|and|or|were|are)\b)[a-z-]+ ){0,2}?(?P<noun>(?!times\b)[a-z]{3,}s|people|men|women)\b"
)
"""The noun behind a number, with an adjective or two."""
_OF_SEVERAL = re.compile(
    rf",? (?:(?:[a-z-]+ )?[a-z]{{3,}}s, ){{0,3}}(?:and|or) (?!{any_of(NUMBER_WORDS)}\b|an? |the )(?:[a-z-]+ )?"
    r"(?P<other>[a-z]{3,}s)\b"
)
"""Other things that a number counts with the first: `100 counties, cities and towns`."""
_JOINT = re.compile(r"[,;:()—–]\s|\b(?:and|but|while|after|before|when)\b")
"""What separates clauses but those of a relative pronoun: of `the nurses who struck care for …` the nurses do."""
_DEED = re.compile(r"[a-z]+(?= \Z)")
_ASKS_FOR_REST = re.compile(r"\b(?:still|remain(?:s|ed|ing)?|stay(?:s|ed)?|left|surviv(?:e|es|ed))\b", re.IGNORECASE)


def counts_all_of_part(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether a question asks of how many something is true, and the answer is how many there are in all.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    asked = COUNTED.search(question)
    number = _NUMBER.search(sentence, start, end)
    if asked is None or number is None or _ASKS_FOR_ALL.search(question):
        return False
    part = _PART_OF.search(sentence, 0, number.start())
    if part is None:
        return False
    bare = re.compile(rf" (?:[\w-]+ )?{re.escape(asked['thing'])} {any_of(AUXILIARIES)}\b", re.IGNORECASE)
    return bare.match(sentence, number.end()) is not None or _is_done_to_part(question, sentence[: part.start()])


def counts_other_noun(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether the answer counts another thing, and the thing that is asked about stands ahead in its clause.

    `The senators who voted for it represent 170 million individuals` does not tell how many senators voted for it, and
    `100 counties, cities and towns` not how many counties there are.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    asked = COUNTED.search(question)
    if asked is None or asked["thing"].lower() in _ANYBODY:
        return False
    numbers = list(_NUMBER.finditer(sentence, start, end))
    head = _HEAD.match(sentence, numbers[-1].end()) if numbers else None
    if head is None:
        return False
    several = _OF_SEVERAL.match(sentence, head.end())
    if several and not (head["noun"] in question and several["other"] in question):
        return one_form(asked["thing"]) in map(one_form, (head["noun"], several["other"]))
    if one_form(asked["thing"]) == one_form(head["noun"]):
        return False
    ahead = sentence[slice(clause_place(sentence, start, end, _JOINT)[0], start)]
    _, thing, between = ahead.lower().partition(asked["thing"].lower())
    words = re.findall(r"[a-z]+", between)
    has_deed = any(is_past(word) or base_of(word) for word in words if word not in AUXILIARIES)
    return bool(thing) and has_deed and AUXILIARIES.isdisjoint(words[-1:])  # `the strikers are 300 drivers`


def _is_done_to_part(question: str, before: str) -> bool:
    """Whether what the question asks about is done to a part, `close two of `, or it asks for the rest."""
    deed = _DEED.search(before)
    asked = {one_form(word) for word in re.findall(r"[a-z]+", question) if word not in STOP_WORDS}
    return _ASKS_FOR_REST.search(question) is not None or (deed is not None and one_form(deed.group()) in asked)
