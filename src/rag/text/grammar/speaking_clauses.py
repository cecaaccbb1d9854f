"""Finds the clauses that name a speaker: `Keller said`, `said Keller`, `according to Keller`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.core.article import Sentence
from rag.text.english.calendar import MONTH_NAMES, RELATIVE_DAYS, WEEKDAYS
from rag.text.english.function_words import ARTICLES, POSSESSIVES
from rag.text.english.saying import REPORTING_FORMS, SAYING_FORMS, SAYING_NOUNS, SAYING_PARTICIPLES
from rag.text.english.verbs import AUXILIARIES_OF_BEING, FINITE_FORMS
from rag.text.grammar.noun_phrases import Phrase, is_tail, phrase_after, phrase_before
from rag.text.grammar.tokens import QUOTE, Token, tokens_of

_SAYS = frozenset(form for form in SAYING_FORMS if " " not in form) - {"states"}
_REPORTS = frozenset(form for form in REPORTING_FORMS if " " not in form)
_REPORTS_THAT = frozenset(form.removesuffix(" that") for form in REPORTING_FORMS if form.endswith(" that"))
_PARTICIPLES = frozenset(SAYING_PARTICIPLES)
_NO_VERB_AFTER = ARTICLES | POSSESSIVES | frozenset(("not", "to", "never"))
_NO_VERB_BEFORE = _SAYS | {"by"}
_OF_CLAUSES = _SAYS | _PARTICIPLES | {"according"}
"""Words one of which each clause has, in lower case."""
_RUN = re.compile(r"[^\W_]+")
_OPENS_REPORT = frozenset("that whether if how why what when where".split())
_TIMES = frozenset(MONTH_NAMES) | frozenset(WEEKDAYS) | RELATIVE_DAYS | frozenset("on in of last late early".split())
_OPENING_MARK = re.compile(r"[“\"]|''|(?<=\s)‘")
_TAKES_NO_QUOTATION = re.compile(r"\b(?:dis)?agree[sd]?\Z|\bden(?:y|ies|ied)\Z")
"""Verbs that answer what someone else said, if they stand alone behind it: `“It is late.” Aune disagreed.`"""
_UNSAID = re.compile(
    r"\b(?:neither|nor|if|whether|(?:contrary to|despite|unlike|regardless of) what(?: [\w’'.-]+){0,3})\s\Z",
    re.IGNORECASE,
)
_QUOTING = frozenset("quoted quotes quoting cited cites citing".split())
_FINITE = re.compile("|".join(FINITE_FORMS))
_LONGEST_LEAD = 10
"""Most words between a verb and the reported words: `told reporters at the port on Friday that`."""
_REACH = 400
"""Characters behind a verb that are searched for the start of the reported words, to bound the time."""
_NEAR = 40
"""Words before a comma that are searched for a verb."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with a verb of saying, or with `according to`.

    Attributes:
        start: Offset of its first word in the text, in characters.
        end: Offset after its last word, which is the verb or the speaker.
        who: The speaker; None if it is not sure.
        reports: Whether words without quotation marks beside it are reported.
        follows: Whether it stands behind what is said: `“…,” said Keller`.
    """

    start: int
    end: int
    who: Phrase | None
    reports: bool
    follows: bool


def find_clauses(text: str, sentence: Sentence, quotations: Sequence[tuple[int, int]] = ()) -> list[Clause]:
    """Finds the clauses of a sentence, outside its quotations.

    Args:
        text: The article's text.
        sentence: The sentence.
        quotations: Half-open intervals of the quotations that overlap the sentence, in order.

    Returns:
        The clauses, in order.
    """
    if _OF_CLAUSES.isdisjoint(_RUN.findall(text[sentence.start : sentence.end].lower())):
        return []  # most sentences, and to look at each of their words takes long
    found: list[Clause] = []
    tokens = tokens_of(text, sentence.start, sentence.end, quotations)
    for index, token in enumerate(tokens):
        word = token.word.lower()
        if word == "saying" and _word_at(tokens, index - 1) == "as":
            found += _of_quoted(tokens, index)
        elif word in _SAYS and _is_surname(tokens, index):
            continue
        elif word in _SAYS or (word in _PARTICIPLES and _word_at(tokens, index - 1) == ","):
            found.append(_of_verb(tokens, index, found[-1] if found else None))
        elif word == "according" and _word_at(tokens, index + 1) == "to":
            who = phrase_after(tokens, index + 1)
            end = tokens[index + 1].end
            if who is not None:
                behind = tokens[who.last : who.last + 1]
                end = behind[0].end if behind and is_tail(behind[0]) else who.end
            found.append(Clause(token.start, end, who, reports=True, follows=index > 0))
    return [clause for clause in found if not is_unsaid(text, clause.start)]


def is_unsaid(text: str, start: int) -> bool:
    """Returns whether the words before a speaker tell that nothing was said, or the opposite: `Neither Vik nor …`.

    Args:
        text: The article's text.
        start: Start offset of the words for the speaker, in characters.
    """
    return _UNSAID.search(text, max(0, start - _NEAR), start) is not None


def start_of_report(text: str, clause: Clause, end: int) -> int | None:
    """Finds where the reported words begin behind a clause.

    Args:
        text: The article's text.
        clause: The clause.
        end: Where its sentence ends or the next clause begins.

    Returns:
        The offset behind `that`, or behind a time such as `on Friday`; None if only such words or a quotation follow.
    """
    reach = min(end, clause.end + _REACH)
    mark = _OPENING_MARK.search(text, clause.end, reach)
    tokens = tokens_of(text, clause.end, mark.start() if mark else reach)
    for token, following in pairwise(tokens[: _LONGEST_LEAD + 1]):
        if token.word.lower() in _OPENS_REPORT:
            return following.start if token.word.lower() == "that" else token.start
    is_time = False
    for token in tokens:
        is_time = token.word.lower().rstrip(".") in _TIMES or (is_time and token.word[0].isdigit())
        if token.is_word and not is_time:
            return token.start
    return None


def leads_to_quotation(text: str, clause: Clause, start: int, end: int) -> bool:
    """Returns whether a clause introduces a quotation, or its statement includes it: `Keller called it “mad”`.

    Args:
        text: The article's text.
        clause: The clause, in the sentence where the quotation begins and before it.
        start: Start offset of the quotation, in characters.
        end: End offset, exclusive.
    """
    lead = text[clause.end : start].strip()
    words = lead.rstrip(",:").split()
    first = next((letter for letter in text[start:end] if letter.isalpha()), "")
    if not first.isupper() or not words:
        return True
    last = words[-1].lower()
    is_introduced = lead.endswith((",", ":")) or last in _OPENS_REPORT or last in _TIMES
    return is_introduced and len(words) <= _LONGEST_LEAD and "," not in lead[:-1]


def stands_alone(text: str, clause: Clause, sentence: Sentence) -> bool:
    """Returns whether a sentence is nothing but its clause, and perhaps to whom, when or where: `Keller went on.`"""
    words = text[clause.end : min(sentence.end, clause.end + _REACH)].split()
    tells = any(word in _OPENS_REPORT or _FINITE.fullmatch(word.strip(".,")) for word in words)
    is_about_others = _TAKES_NO_QUOTATION.search(text, clause.start, clause.end) is not None
    if is_about_others or _OPENING_MARK.search(text, clause.end, sentence.end):
        return False
    return clause.start == sentence.start and len(words) <= _LONGEST_LEAD and not tells


def _of_verb(tokens: Sequence[Token], index: int, previous: Clause | None) -> Clause:
    """The clause of the verb at `index`. Behind `and`, it has the subject of the clause before it."""
    verb, word = tokens[index], tokens[index].word.lower()
    before, following = _word_at(tokens, index - 1), _word_at(tokens, index + 1).lower()
    before = QUOTE if before == "," and _word_at(tokens, index - 2) == QUOTE else before
    if following in _NO_VERB_BEFORE or before.lower() in _NO_VERB_AFTER or _is_noun(tokens, index):
        return Clause(verb.start, verb.end, None, reports=False, follows=False)
    is_plain = word in (_REPORTS - SAYING_NOUNS) | _PARTICIPLES
    reports = is_plain or (word in _REPORTS | _REPORTS_THAT and following == "that")
    if before.lower() in ("and", "but", "then") or word in _PARTICIPLES:
        return Clause(verb.start, verb.end, _carried(tokens, index, previous), reports=reports, follows=False)
    subject = phrase_before(tokens, index)
    if before == QUOTE or (before == "," and subject is None):
        who = phrase_after(tokens, index)
        if who is not None and (before == QUOTE or (_is_at_end(tokens, who.last) and _has_verb(tokens, index - 1))):
            return Clause(verb.start, who.end, who, reports=reports, follows=True)
    return Clause(subject.begins if subject else verb.start, verb.end, subject, reports=reports, follows=False)


def _of_quoted(tokens: Sequence[Token], index: int) -> list[Clause]:
    """The clause of `The agency quoted Keller as saying` and `Keller was quoted as saying`; "saying" is at `index`."""
    near = range(index - 1, max(-1, index - _LONGEST_LEAD), -1)
    verb = next((place for place in near if tokens[place].word.lower() in _QUOTING), None)
    if verb is None:
        return []
    first = verb
    while first > 0 and tokens[first - 1].key in AUXILIARIES_OF_BEING:
        first -= 1
    who = phrase_before(tokens, first) if first < verb else phrase_after(tokens, verb)
    start = who.begins if who and first < verb else tokens[verb].start
    return [Clause(start, tokens[index].end, who, reports=True, follows=False)]


def _is_noun(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word is a noun in the singular: `with a dual promise to “get it done”`."""
    word = tokens[index].word.lower()
    before = {_word_at(tokens, index - back).lower() for back in (1, 2, 3)}
    return word in SAYING_NOUNS and not word.endswith("s") and not before.isdisjoint(("a", "an"))


def _is_surname(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word that reads like a verb is the name of someone: `Amir Said said it would rain`."""
    return tokens[index].word[:1].isupper() and _word_at(tokens, index - 1)[:1].isupper()


def _carried(tokens: Sequence[Token], index: int, previous: Clause | None) -> Phrase | None:
    """The subject of `Keller denied it, and added …` and of `Keller denied it, adding …`."""
    if previous is None:
        return None
    is_participle = tokens[index].word.lower() in _PARTICIPLES
    goes_on = not previous.follows and _word_at(tokens, index - 2) in (",", QUOTE, "and")
    return previous.who if is_participle or goes_on else None


def _word_at(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].word if 0 <= index < len(tokens) else ""


def _is_at_end(tokens: Sequence[Token], index: int) -> bool:
    return _word_at(tokens, index) in ("", ".", ",", ";", QUOTE) or tokens[index].is_time


def _has_verb(tokens: Sequence[Token], comma: int) -> bool:
    """Whether the words just before the comma, back to another comma, have a finite verb and so are a clause."""
    for token in reversed(tokens[max(0, comma - _NEAR) : comma]):
        if token.word == ",":
            return False
        if _FINITE.fullmatch(token.word):
            return True
    return False
