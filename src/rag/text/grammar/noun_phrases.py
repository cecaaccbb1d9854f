"""Finds the noun phrase before or after a verb, by the words at which such a phrase ends.

There is no parser. A phrase is taken only where a clause begins before it, so `the man who met Keller said` gives no
phrase rather than a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rag.text.english.function_words import (
    ADVERBS,
    ALONE_NO_SPEAKERS,
    ARTICLES,
    BEFORE_SUBJECTS,
    CLAUSE_STARTS,
    NO_ROLE_WORDS,
    NO_SPEAKER_WORDS,
    POSSESSIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
    TAIL_ADJECTIVES,
)
from rag.text.english.people import NAME_PARTICLES
from rag.text.english.places import COMPASS, GEOGRAPHY, GROUPS, PEOPLES_PLACES, PLACES
from rag.text.english.saying import BEFORE_SAYING, SAYING_FORMS, SAYING_NOUNS
from rag.text.english.verbs import AUXILIARIES
from rag.text.grammar.tokens import QUOTE, Token, tokens_of
from rag.text.grammar.verb_forms import is_past

_LONGEST = 24
"""Most words of a phrase, and of a clause between commas behind it."""
_INSIDE = frozenset("of for in at from with on to by".split())
"""Prepositions that join a phrase to its noun: `a spokesman for the bank`."""
_APPOSED = ARTICLES | frozenset("who whose which whom an now then himself herself speaking".split())
_LINKS = frozenset(("of", "for", "by", "from"))
"""Prepositions that go on with a phrase behind a verb: `a report by the guild`."""
_NO_ROLE_WORDS = frozenset(NO_ROLE_WORDS) - ARTICLES - _LINKS
_NO_PERSONS = (PLACES - PEOPLES_PLACES) | GEOGRAPHY | COMPASS | GROUPS
_LEAST_OF_HEADING = 4
"""Fewest words in capitals that are no name."""
_LEAST_BEFORE_TAIL = 3
"""Fewest words of a phrase whose last one may go on with what follows. "The injured" stays as it is."""
_LEAST_OF_NAME = 2
"""Least words of a full name."""
_JOINTS = NAME_PARTICLES | {"&"}
_VERBS = AUXILIARIES | (frozenset(form for form in SAYING_FORMS if " " not in form) - SAYING_NOUNS)
_BREAKS = _VERBS | NO_SPEAKER_WORDS | QUESTION_WORDS | CLAUSE_STARTS | frozenset("not n't never".split())
_NO_PART = _BREAKS | PREPOSITIONS | ADVERBS
_NO_HEAD = PREPOSITIONS | BEFORE_SUBJECTS
_EMPTY = ADVERBS | BEFORE_SUBJECTS
_NOBODY = NO_SPEAKER_WORDS | ALONE_NO_SPEAKERS | ARTICLES


class Phrase(NamedTuple):
    """A noun phrase at `text[start:end]`.

    Attributes:
        start: Start offset in the text, in characters.
        end: End offset, exclusive.
        says_who: Whether it says who it is; a pronoun does not.
        begins: Start offset of the phrase with a role before the name: `engineer Per Moe`.
        first: Index of its first token.
        last: Index after its last token.
    """

    start: int
    end: int
    says_who: bool
    begins: int
    first: int
    last: int


def phrase_before(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """Finds the subject that ends before the verb at index `verb`.

    Adverbs, and a clause between commas, brackets or dashes, may stand between the two.

    Returns:
        The phrase; None if no phrase is sure.
    """
    last = verb - 1
    while last >= 0 and (tokens[last].key in BEFORE_SAYING or _is_adverb(tokens[last])):
        last -= 1
    if last >= 0 and tokens[last].word in ",)—–":
        last = _before_insertion(tokens, last)
    if last < 0:
        return None
    if tokens[last].key in NO_SPEAKER_WORDS:
        return _phrase(tokens, last, last + 1)
    if not _belongs(tokens, last) or tokens[last].key in _NO_HEAD:
        return None
    first = last
    while first > 0 and last - first < _LONGEST and _belongs(tokens, first - 1):
        first -= 1
    first = _after_opening(tokens, first, last)
    if first > last or not _begins_clause(tokens, first):
        return None
    before = _head_of_apposition(tokens, first)
    return before or _trimmed(tokens, first, last + 1)


def phrase_after(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """Finds the phrase that begins after the verb at index `verb`; None if none does."""
    first = last = verb + 1
    if first < len(tokens) and tokens[first].key in NO_SPEAKER_WORDS:
        return _phrase(tokens, first, first + 1)
    while last < len(tokens) and last - first < _LONGEST and _goes_on(tokens, first, last):
        last += 1
    while last > first and (
        tokens[last - 1].key in ARTICLES | PREPOSITIONS | {"and"}
        or (last - first >= _LEAST_BEFORE_TAIL and is_tail(tokens[last - 1]))
    ):
        last -= 1
    if tokens[first : first + 1] and tokens[first].is_name and "’" not in tokens[first].word:
        names = [index for index in range(first, last) if tokens[index].is_name]
        last = names[-1] + 1 if names else last
    return _trimmed(tokens, first, last) if last > first else None


def phrase_at(text: str, start: int, end: int) -> Phrase | None:
    """Finds the phrase that begins an interval of words for a person, up to a comma or a bracket.

    Args:
        text: The text.
        start: Start offset, in characters.
        end: End offset, exclusive.

    Returns:
        The phrase without a role before the name; None if the words are empty or a possessive.
    """
    tokens = tokens_of(text, start, end)
    last = next((index for index, token in enumerate(tokens) if index and token.word in ",(—–;:"), len(tokens))
    return _trimmed(tokens, 0, last) if last and tokens[0].is_word else None


def is_tail(token: Token) -> bool:
    """Returns whether a word goes on with what follows: `a report published on Friday`, `a survey separate from it`."""
    return token.word.islower() and (is_past(token.word) or token.key in TAIL_ADJECTIVES)


def _is_adverb(token: Token) -> bool:
    return token.key.islower() and token.key.endswith("ly") and len(token.key) > 4


def _before_insertion(tokens: Sequence[Token], closing: int) -> int:
    """Index of the last token before a clause between commas, brackets or dashes; -1 if there is none."""
    opener = "(" if tokens[closing].word == ")" else tokens[closing].word
    for index in range(closing - 1, max(-1, closing - _LONGEST), -1):
        if tokens[index].word == QUOTE:
            return -1
        if tokens[index].word == opener:
            first = tokens[index + 1]
            if opener == "," and first.is_name and (not tokens[index - 1].is_name or _is_named(tokens, index, closing)):
                return closing - 1
            is_about = first.key in _APPOSED or first.is_name or first.word[0].isdigit() or opener != ","
            is_about = is_about or all(t.key not in _VERBS for t in tokens[index + 1 : closing])
            return index - 1 if is_about else -1
    return -1


def _is_named(tokens: Sequence[Token], comma: int, closing: int) -> bool:
    """Whether the words between two commas name the person before them: `A spokesman for the Moes, Finn Aune, said`."""
    name = tokens[comma + 1 : closing]
    if len(name) < _LEAST_OF_NAME or not all(t.is_name and not t.is_time and t.word not in _NO_PERSONS for t in name):
        return False
    before = comma - 1
    while before >= 0 and (tokens[before].is_name or tokens[before].key in ARTICLES):
        before -= 1
    return before >= 0 and tokens[before].key in _INSIDE


def _belongs(tokens: Sequence[Token], index: int) -> bool:
    """Whether the token at `index` may belong to the phrase that goes on after it."""
    token = tokens[index]
    if not token.is_word and token.word not in ("&", "%", "$", "/"):
        return False
    if token.key == "and":
        return index > 0 and tokens[index - 1].is_name and tokens[index + 1].is_name
    if token.key == "to" or token.key in ARTICLES or token.key in _INSIDE:
        return True
    return token.key not in _BREAKS


def _after_opening(tokens: Sequence[Token], first: int, last: int) -> int:
    """Index of the phrase's first token behind words such as `On Friday` or `Meanwhile`; `last + 1` if none is left."""
    if (tokens[first].key in BEFORE_SUBJECTS or _is_adverb(tokens[first])) and first < last:
        first += 1
    if tokens[first].key not in PREPOSITIONS | {"last", "late", "early", "earlier"} and not tokens[first].is_time:
        return first
    names = last
    while names >= first and _is_in_name(tokens[names]):
        names -= 1
    start = names + 1
    while start <= last and (tokens[start].is_time or tokens[start].key in NAME_PARTICLES):
        start += 1
    if start <= last and start > first and tokens[start - 1].key in PREPOSITIONS:
        return last + 1
    return start


def _is_in_name(token: Token) -> bool:
    return token.key in NAME_PARTICLES or (token.is_name and not token.is_time and token.key not in PREPOSITIONS)


def _begins_clause(tokens: Sequence[Token], first: int) -> bool:
    if first == 0:
        return True
    before = tokens[first - 1]
    if not before.is_word:
        return before.word not in ("'", "’", "/", "@", "#")
    return before.key in CLAUSE_STARTS or before.key in BEFORE_SUBJECTS or before.key in PREPOSITIONS or before.is_time


def _head_of_apposition(tokens: Sequence[Token], first: int) -> Phrase | None:
    """The name before a phrase such as `the mayor of Osk` in `Keller, the mayor of Osk, Norway, said`."""
    if first < 2 or tokens[first - 1].word != "," or tokens[first].word not in ARTICLES:
        return None
    names = first - 2
    while names >= 0 and (tokens[names].is_name or tokens[names].key in NAME_PARTICLES):
        names -= 1
    head = tokens[names + 1]
    found = names + 1 <= first - 2 and not head.is_time and head.key not in _NO_HEAD
    return _trimmed(tokens, names + 1, first - 1) if found and _begins_clause(tokens, names + 1) else None


def _goes_on(tokens: Sequence[Token], first: int, index: int) -> bool:
    token = tokens[index]
    if not token.is_word or token.is_time or token.key in _NO_ROLE_WORDS:
        return token.word == "&" or (
            token.key == "and" and index > first and tokens[index - 1].is_name and _is_name_at(tokens, index + 1)
        )
    if token.key in ARTICLES:
        return index == first or tokens[index - 1].key in _LINKS
    if token.key in _LINKS:
        return index > first and (token.key == "of" or _is_name_at(tokens, index + 1, or_article=True))
    return (
        token.key not in _BREAKS
        and not _is_adverb(token)
        and token.key not in PREPOSITIONS
        and token.key not in ADVERBS
    )


def _is_name_at(tokens: Sequence[Token], index: int, *, or_article: bool = False) -> bool:
    return index < len(tokens) and (tokens[index].is_name or (or_article and tokens[index].key in ARTICLES))


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """The phrase without a role before the name: `engineer Per Moe` becomes `Per Moe`."""
    start = last
    while start > first and (
        tokens[start - 1].is_name or (tokens[start - 1].key in NAME_PARTICLES | {"&"} and start < last)
    ):
        start -= 1
    while start < last and tokens[start].key in NAME_PARTICLES and not tokens[start].is_name:
        start += 1
    if first < start < last and tokens[start - 1].is_word and tokens[start - 1].key not in _INSIDE | ARTICLES | {"and"}:
        return _phrase(tokens, start, last, first)
    return _phrase(tokens, first, last)


def _phrase(tokens: Sequence[Token], first: int, last: int, begins: int | None = None) -> Phrase | None:
    words = tokens[first:last]
    is_empty = all(t.key in _EMPTY or _is_adverb(t) for t in words)
    if is_empty or words[-1].word.endswith(("’s", "'s")) or _is_heading(words) or _has_object(words):
        return None
    says_who = any(t.key not in _NOBODY and t.word[0].isalpha() for t in words)
    says_who = says_who and words[0].key not in NO_SPEAKER_WORDS and not words[-1].is_time
    return Phrase(
        words[0].start, words[-1].end, says_who, tokens[first if begins is None else begins].start, first, last
    )


def _is_heading(words: Sequence[Token]) -> bool:
    """Whether all words are in capitals, as in a heading that a scrape left."""
    return len(words) >= _LEAST_OF_HEADING and all(t.word.isupper() for t in words if t.word[0].isalpha())


def _has_object(words: Sequence[Token]) -> bool:
    """Whether a verb and its object stand among the words, which then are a clause: `the tower approved the flight`."""
    return any(
        t.word.islower() and is_past(t.word) and following.key in ARTICLES | POSSESSIVES
        for t, following in pairwise(words)
    )
