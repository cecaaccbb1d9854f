"""Finds out whether a sentence tells the deed of a question with its sides exchanged.

`Osk sold the mill to Hult` does not tell who sold anything to Osk, nor whom Hult sold something to. `Lund lost to Vik`
does not tell whom Lund beat. Left out are deeds that both sides do, such as to marry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rag.text.english.function_words import ARTICLES, STOP_WORDS
from rag.text.english.nouns import ADJECTIVES
from rag.text.english.opposites import CONVERSE_DEEDS, MUTUAL_DEEDS
from rag.text.english.patterns import any_of
from rag.text.english.people import LEADING, OFFICES, PERSON_NOUNS, TITLES
from rag.text.english.saying import SAYING_FORMS
from rag.text.english.verbs import AUXILIARIES, AUXILIARIES_OF_BEING
from rag.text.grammar.clauses import MAIN_JOINT, clause_around
from rag.text.grammar.names import NAME, bare, names_in
from rag.text.grammar.subjects import first_of_verb, places_of, subject_of
from rag.text.grammar.tokens import tokens_of
from rag.text.grammar.verb_forms import base_of, one_form

_HELPER = any_of(AUXILIARIES - AUXILIARIES_OF_BEING)
_NO_DEEDS = AUXILIARIES | frozenset(SAYING_FORMS)
_MUTUAL = frozenset(map(one_form, MUTUAL_DEEDS))
_CONVERSE = {one_form(verb): others for verb, others in CONVERSE_DEEDS.items()}
_OF_SUBJECT = re.compile(
    r"\b(?:(?P<who>[Ww]hom?)|[Ww]hen|[Ww]here|[Ww]hy|[Hh]ow|[Ww]hat|[Ww]hich)\b[^?]*?"
    rf" {_HELPER} (?:the )?(?P<name>{NAME}) (?P<verb>[a-z]+)\b(?P<object> (?:its|his|her|their|the|an?|{NAME})\b)?"
)
_WHO_DID = re.compile(rf"\b[Ww]ho (?:{_HELPER} )?(?P<verb>[a-z]+)(?P<rest>[^?]*)")
_OBJECT = re.compile(r"(?: (?:the|an?|his|her|its|their))? (?P<thing>[a-z]{3,})\b")
_WHO = re.compile(r"\b[Ww]hom?\b")
_ASKS_FOR_OFFICE = re.compile(
    rf"\b[Ww]ho(?:[’']s| is| was| are| were) (?:[\w-]+ ){{0,3}}?{NAME}(?:\W*\Z|,)| for\W*\Z"
    rf"|\b(?:{any_of(verb.removesuffix('s') for verb in LEADING)}|led|ran|work|employ|represent|manag)(?:s|es|e?d)?\b"
)
"""Questions that a title answers: "Who is Ida Lund?", "Who does Ida Lund work for?"."""
_PLACED = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]n|[Dd]uring|[Aa]fter|[Bb]efore)(?: the)? \Z")
_END = re.compile(r"[;:()—]|, (?:and|but|while|who|which)\b|\b(?:after|before|when|while|because|since|until|as)\b")
_BESIDE = re.compile(r"\b(?:for|of|at|in|with|by|as|near|than|like)(?: the)? \Z")
_BY = re.compile(r"(?: (?:in|at|on|near) [\w, ]{1,40}?)? by\b")
"""What stands behind a participle without an auxiliary: `the hall built in Osk by Ida Lund`."""
_BEGINS = re.compile(rf"(?:The )?(?P<name>{NAME}) [a-z]")
"""A name that begins a sentence, and is the subject of a verb behind "and" as well: `Lund won once and lost to Moe`."""
_ADDED = re.compile(r"(?:,|\band)(?: the)? \Z")
_SAME_BEGINNING = 4
"""Number of first letters by which two forms of a name are taken for one: Britain, British."""
_NEAR = 160
"""Characters around a sentence that are searched for the same deed of who is asked about."""
_TITLE_WORDS = frozenset(TITLES | PERSON_NOUNS | OFFICES)
_APPOSED = (", the ", ", a ", ", an ")
_BEGINS_LATER = re.compile(r"(?:After|Before|With|By|Since|Following|While|When)\b")


class _Deed(NamedTuple):
    """A verb in a sentence.

    Attributes:
        subject: The words of its subject.
        start: Start of the subject, in characters.
        until: Where the subject ends.
        behind: Start of what follows the verb.
        is_passive: Whether the subject has it done to it.
    """

    subject: str
    start: int
    until: int
    behind: int
    is_passive: bool


def is_swapped(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether the sentence gives the deed of the question to the other side.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    if asked := _asked_subject(question):
        return _is_deed_of_other(asked, sentence, start)
    if asked := _WHO_DID.search(question):
        return _is_done_by_named(asked, sentence, start, end)
    return False


def is_told_of_neighbour(question: str, text: str, sentence: tuple[int, int]) -> bool:
    """Returns whether a sentence gives the deed to another name, and what stands beside it tells it of the asked one.

    `The boat belongs to Osk Lines, which had two fires. Hult Lines had none.`

    Args:
        question: The question's text.
        text: The article's text.
        sentence: The half-open interval of the answer's sentence.
    """
    asked = _asked_subject(question)
    words = text[slice(*sentence)] if asked else ""
    last = bare(asked["name"])[-1:] if asked else []
    if asked is None or not last or re.search(rf"\b{re.escape(last[0])}\b", words):
        return False
    others = [deed for deed in _deeds(words, asked["verb"]) if _is_other_name(deed.subject, last[0])]
    around = text[max(0, sentence[0] - _NEAR) : sentence[0]], text[sentence[1] : sentence[1] + _NEAR]
    if not others or not any(last[0] in part for part in around):
        return False
    return any(_ends_with(deed.subject, last[0]) for part in around for deed in _deeds(part, asked["verb"]))


def _asked_subject(question: str) -> re.Match[str] | None:
    """The name whose deed is asked about, and the verb; None for a noun of the name's: `the Osk bank`, `Osk's bank`."""
    asked = _OF_SUBJECT.search(question)
    if asked is None or asked["name"].endswith(("'s", "’s", "s'", "s’")):
        return None
    behind = re.match(r" ([a-z]+)", question[asked.end("verb") :])
    is_verb_behind = behind is not None and behind[1] not in ADJECTIVES and base_of(behind[1]) is not None
    is_noun = asked["verb"] != "have" and base_of(asked["verb"]) is None and is_verb_behind
    is_no_verb = asked["verb"] in STOP_WORDS - {"have"} or asked["verb"].endswith("ly")
    return None if is_noun or is_no_verb else asked


def is_title_of_named(question: str, sentence: str, start: int, end: int) -> bool:
    """Returns whether the answer to "Who …?" only is a part of how the sentence calls a person of the question.

    In `Guild director Ida Lund left`, the guild is not who dismissed Ida Lund, nor whom she dismissed.

    Args:
        question: The question's text.
        sentence: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    if not _WHO.search(question) or _ASKS_FOR_OFFICE.search(question):
        return False
    for name in names_in(question):
        last = bare(name.group())[-1]
        for told in re.finditer(rf"(?:\b{NAME} )?\b{re.escape(last)}\b", sentence):
            between = sentence[end : told.start()]
            if end <= told.start() and _is_role_before(sentence[start:end], between):
                return True
            if told.start() <= start and end < told.end() and _is_titled(sentence[start : told.end()], last):
                return True
            if _is_apposed(sentence, told.end(), start, end):
                return True
    return False


def _is_role_before(words: str, between: str) -> bool:
    """Whether only titles stand between the words of an answer and a name, and the last word of all is one."""
    roles = between.split()
    if not between.startswith(" ") or any(not word[0].isupper() and word not in _TITLE_WORDS for word in roles):
        return False
    return bool(words) and f"{words} {between}".split()[-1].lower() in _TITLE_WORDS


def _is_titled(words: str, last: str) -> bool:
    """Whether a title stands among the capitals of a name: `FBI Director Ida Lund`."""
    return any(word.lower() in _TITLE_WORDS for word in words.removesuffix(last).split())


def _is_apposed(sentence: str, name_end: int, start: int, end: int) -> bool:
    """Whether the answer stands between commas behind the name: `Ida Lund, the director, left`."""
    words = sentence[start:end].split()
    between = sentence[name_end:start] if name_end <= start else ""
    is_beside = between in _APPOSED or (between == ", " and words[:1] != [] and words[0].lower() in ARTICLES)
    is_role = is_beside and bool(words) and words[-1].lower() in _TITLE_WORDS
    return is_role and sentence[end : end + 1] == "," and not _BEGINS_LATER.match(sentence)


def _is_deed_of_other(asked: re.Match[str], sentence: str, start: int) -> bool:
    """Whether the deed of a name is asked about, and another name does it to that one, or has it done by that one."""
    verb, name = one_form(asked["verb"]), bare(asked["name"])
    if not name or verb in _MUTUAL:
        return False
    last = name[-1]
    has_object = asked["who"] is not None or asked["object"] is not None
    if not _has_verb(verb, sentence):
        converse = [deed for other in _CONVERSE.get(verb, ()) for deed in _deeds(sentence, other)]
        done = [deed for deed in converse if not deed.is_passive and deed.behind <= start]
        return has_object and any(_is_name(deed.subject) and _ends_with(deed.subject, last) for deed in done)
    deeds = list(_deeds(sentence, asked["verb"]))
    own = [deed for deed in deeds if _ends_with(deed.subject, last)]
    if own:
        return has_object and all(deed.is_passive and _is_name(deed.subject) for deed in own)
    others = [deed for deed in deeds if not deed.is_passive and _is_other_name(deed.subject, last)]
    return any(_stands_in(last, _rest(sentence, deed), start - deed.behind) for deed in others)


def _is_done_by_named(asked: re.Match[str], sentence: str, start: int, end: int) -> bool:
    """Whether who did it to a name is asked for, and the sentence has that name as the doer."""
    verb = one_form(asked["verb"])
    if asked["verb"] in _NO_DEEDS or verb in _MUTUAL:
        return False
    names = [name for name in names_in(asked["rest"]) if not _PLACED.search(asked["rest"], 0, name.start())]
    lasts = [bare(name.group())[-1] for name in names]
    deeds = [deed for deed in _deeds(sentence, asked["verb"]) if not deed.is_passive]
    for deed in deeds:
        is_object = deed.behind <= start < deed.behind + len(_rest(sentence, deed))
        if is_object and _is_name(deed.subject) and any(_ends_with(deed.subject, last) for last in lasts):
            return True
    for other in _CONVERSE.get(verb, ()):
        for deed in _deeds(sentence, other):
            is_subject = not deed.is_passive and start < deed.until and deed.start < end
            if is_subject and any(_stands_in(last, _rest(sentence, deed)) for last in lasts):
                return True
    return bool(deeds) and _is_of_other_thing(verb, asked["rest"], sentence, start, end)


def _is_of_other_thing(verb: str, rest: str, sentence: str, start: int, end: int) -> bool:
    """Whether another clause than the answer's has the verb with its object: `Osk sells oil; Mell sold gas to Hult`."""
    found = _OBJECT.match(rest)
    clause = clause_around(sentence, start, end, MAIN_JOINT)
    if found is None or found["thing"] in STOP_WORDS or found["thing"] in clause or not _has_verb(verb, clause):
        return False
    others = [other for other in MAIN_JOINT.split(sentence) if re.search(rf"\b{found['thing']}\b", other)]
    return any(_has_verb(verb, other) for other in others)


def _has_verb(verb: str, clause: str) -> bool:
    return any(one_form(word) == verb for word in re.findall(r"[a-z]+", clause))


def _deeds(sentence: str, verb: str) -> Iterator[_Deed]:
    tokens = tokens_of(sentence, 0, len(sentence))
    for index in places_of(tokens, verb):
        first = first_of_verb(tokens, index)
        subject = subject_of(tokens, first)
        words, span = (sentence[subject.start : subject.end], subject[:2]) if subject else ("", (0, 0))
        if subject is None and first and tokens[first - 1].key == "and" and (begins := _BEGINS.match(sentence)):
            words, span = begins["name"], begins.span("name")
        if words:
            is_helped = first < index and tokens[index - 1].key in AUXILIARIES_OF_BEING
            is_passive = is_helped and not tokens[index].word.endswith("ing")
            is_passive = is_passive or _BY.match(sentence, tokens[index].end) is not None
            yield _Deed(words, *span, tokens[index].end, is_passive)


def _rest(sentence: str, deed: _Deed) -> str:
    """What follows a verb in its clause."""
    ended = _END.search(sentence, deed.behind)
    return sentence[deed.behind : ended.start() if ended else len(sentence)]


def _is_name(subject: str) -> bool:
    words = bare(subject)
    return bool(words) and all(word[0].isupper() for word in words)


def _is_other_name(subject: str, last: str) -> bool:
    """Whether a subject is a name that another last word does not stand for, as its other form or initials."""
    initials = "".join(word[0] for word in bare(subject))
    return _is_name(subject) and initials != last and last[:_SAME_BEGINNING] not in subject


def _ends_with(subject: str, last: str) -> bool:
    return subject.split()[-1:] == [last]


def _stands_in(last: str, rest: str, start: int | None = None) -> bool:
    """Whether something is done to a name, or to or from it: not only for it, nor to something of its.

    A verb may be left out behind a comma or "and", and the name be its subject: `Osk sent nine ships, Mell 30`. Then
    this holds if the answer, at `start`, stands before the name.
    """
    found = re.search(rf"(?:{NAME} )?\b{re.escape(last)}\b(?![’']| [A-ZÀ-Þ])", rest)
    if found is None or _BESIDE.search(rest, 0, found.start()):
        return False
    return start is None or start < found.start() or not _ADDED.search(rest, 0, found.start())
