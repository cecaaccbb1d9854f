"""Tags the words of a question: question word, auxiliary, verb, noun, name and so on.

There is no model. Function words are in lists, names are recognised by their capitals, and verbs by a list and by their
position. Any other word is tagged as a noun, so that an unknown adjective or noun stays in its phrase.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.text.english.calendar import BEFORE_SPANS, MONTHS, RELATIVE_DAYS, SPANS, WEEKDAYS, YEAR
from rag.text.english.function_words import (
    ADVERBS,
    CONJUNCTIONS,
    COUNTING,
    DEMONSTRATIVES,
    DETERMINERS,
    INTERJECTIONS,
    ORDERS,
    OWNERS,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION_WORDS,
)
from rag.text.english.nouns import ADJECTIVE_ENDINGS, NOUNS_IN_LY, SHORT_ADJECTIVES
from rag.text.english.patterns import any_of
from rag.text.english.verbs import (
    AUXILIARIES,
    AUXILIARIES_OF_BEING,
    AUXILIARIES_OF_DOING,
    AUXILIARIES_OF_HAVING,
    MODALS,
)
from rag.text.grammar.verb_forms import also_noun, base_of, is_past

Tag = Literal[
    "wh", "aux", "verb", "det", "prep", "conj", "pron", "poss", "noun", "name", "time", "own", "other", "mark"
]
"""The part of speech. `own` is a possessive "'s", `poss` a possessive pronoun, `mark` punctuation, `other` the rest."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or punctuation mark of a question.

    Attributes:
        text: Its characters.
        start: Start offset in the question, in characters.
        end: End offset, exclusive.
        tag: Its part of speech.
    """

    text: str
    start: int
    end: int
    tag: Tag

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()


_LISTED: dict[str, Tag] = {
    **dict.fromkeys(QUESTION_WORDS, "wh"),
    **dict.fromkeys(AUXILIARIES, "aux"),
    **dict.fromkeys(DETERMINERS, "det"),
    **dict.fromkeys(PRONOUNS, "pron"),
    **dict.fromkeys(OWNERS, "poss"),
    **dict.fromkeys(CONJUNCTIONS, "conj"),
    **dict.fromkeys(PREPOSITIONS, "prep"),
    **dict.fromkeys(ADVERBS, "other"),
}
_TIMES = RELATIVE_DAYS.union(MONTHS, WEEKDAYS)
_YEAR = re.compile(f"{YEAR}s?")
_WORD = re.compile(
    r"(?:[A-Z]\.){2,}|[$€£]?\d+(?:[.,:]\d+)*[\w%]*|[^\W\d_]+(?:[-’'][^\W\d_]+)*(?<!['’]s)|['’]s\b|['’](?=\s|\?|$)|[^\s\w]"
)
_ADJECTIVE = re.compile(rf".{{3,}}{any_of(ADJECTIVE_ENDINGS)}$|{any_of(SHORT_ADJECTIVES)}")


def tag(question: str) -> list[Token]:
    """Splits a question into tokens and tags them; returns them in order."""
    tokens = [_listed(match) for match in _words(question)]
    tokens = [_timed(tokens, index) for index in range(len(tokens))]
    _tag_verbs(tokens)
    return [_placed(tokens, index) for index in range(len(tokens))]


def _words(question: str) -> list[tuple[str, int, int]]:
    found = []
    for match in _WORD.finditer(question):
        word, start, end = match.group(), match.start(), match.end()
        if len(word) > 2 and word[-2:].lower() in ("'s", "’s"):
            found += [(word[:-2], start, end - 2), (word[-2:], end - 2, end)]
        else:
            found.append((word, start, end))
    return found


def _listed(word: tuple[str, int, int]) -> Token:
    text, start, end = word
    lower = text.lower().replace("’", "'")
    capital = text[0].isupper()
    if not text[0].isalnum() and text[0] not in "$€£":
        found: Tag = "own" if lower in ("'s", "'") else "mark"
    elif text == "US" or (capital and start and lower in ("may", "will")):
        found = "time" if lower == "may" else "name"
    elif lower in _LISTED:
        found = _LISTED[lower]
    elif lower in INTERJECTIONS or (lower in ORDERS and not start):
        found = "other"
    elif lower in _TIMES or _YEAR.fullmatch(text):
        found = "time"
    elif capital and (start > 0 or not (base_of(text) or lower.endswith("ly"))):
        found = "name"
    else:
        found = "other" if lower.endswith("ly") and len(lower) > 5 and lower not in NOUNS_IN_LY else "noun"
    return Token(text, start, end, found)


def _timed(tokens: Sequence[Token], index: int) -> Token:
    """Tags times of several words: both words of "last week", and the day of "6 June"."""
    token = tokens[index]
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    before = tokens[index - 1].lower if index else ""
    if (token.lower in BEFORE_SPANS and after in SPANS) or (token.lower in SPANS and before in BEFORE_SPANS):
        return replace(token, tag="time")
    if token.tag == "time" and after[:1].isalpha() and tokens[index + 1].text[0].isupper():
        return replace(token, tag="name")  # as in "Good Friday Agreement"
    if token.text.isdigit() and len(token.text) <= 2 and (after in _TIMES or before in _TIMES):
        return replace(token, tag="time")
    return token


def _placed(tokens: Sequence[Token], index: int) -> Token:
    """Corrects a tag by its neighbours: adjectives as in "is it legal" and "how old", and the demonstratives."""
    token = tokens[index]
    if token.lower in DEMONSTRATIVES:
        return replace(token, tag=_demonstrative(tokens, index))
    if token.tag != "noun" or not index:
        return token
    before = tokens[index - 1]
    modifies = index + 1 < len(tokens) and tokens[index + 1].tag in ("noun", "name")
    predicate = before.tag == "aux" or (before.tag == "pron" and index > 1)
    adjective = _ADJECTIVE.match(token.lower) or token.lower.endswith("ing")
    if before.lower == "how" or (predicate and adjective and not modifies):
        return replace(token, tag="other")
    return token


def _demonstrative(tokens: Sequence[Token], index: int) -> Tag:
    """The tag of a demonstrative: alone ("who said that"), before a noun ("that deal") or before a clause."""
    token, before = tokens[index], tokens[index - 1].tag if index else "mark"
    after, beyond = ([*(t.tag for t in tokens[index + 1 : index + 3]), "mark", "mark"])[:2]
    that = token.lower == "that"
    if that and (after == "wh" or (before in ("noun", "name", "time") and after != "mark")):
        return "conj"
    if after not in ("noun", "name", "time", "det", "poss", "pron", "verb", "other"):
        return "time" if token.tag == "time" else "pron"
    if before == "aux" and after == "verb":
        return "pron"
    clause = that and (after != "noun" or beyond in ("verb", "noun", "name"))
    return "conj" if clause else token.tag


def _tag_verbs(tokens: list[Token]) -> None:
    """Finds the verb of each clause, in place."""
    index = 0
    while index < len(tokens):
        if tokens[index].tag in ("noun", "name", "det", "poss"):
            end = index
            while end < len(tokens) and tokens[end].tag in ("noun", "name", "det", "poss", "own", "other"):
                end += 1
            verb = _verb_of(tokens, index, end)
            if verb is not None:
                tokens[verb] = replace(tokens[verb], tag="verb")
                index = verb + 1
                continue
            index = end
        else:
            index += 1


def _verb_of(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """The index of the verb in a run of nouns and names; None without one."""
    before = tokens[start - 1] if start else None
    nouns = [index for index in range(start, end) if tokens[index].tag == "noun"]
    if not nouns:
        return None
    if before is not None and tokens[start].tag == "noun":
        bare = before.tag in ("wh", "pron", "aux") or before.lower in COUNTING or before.lower in ("to", "not")
        if bare and _may_open(tokens, start, before):
            return start
    later = [index for index in nouns if index > start and _has_subject(tokens, start, index)]
    auxiliary = _auxiliary_before(tokens, start)
    if auxiliary in AUXILIARIES_OF_DOING | MODALS:
        return nouns[0] if _led_by_that(tokens, start, nouns[0]) else _base_verb(tokens, later, end)
    if auxiliary in AUXILIARIES_OF_BEING | AUXILIARIES_OF_HAVING:
        return _participle(tokens, later, (start, end), auxiliary)
    opens = before is None or before.tag in ("wh", "conj", "mark")
    clear = [i for i in later if is_past(tokens[i].text) or (opens and _is_verb_only(tokens[i].text))]
    led = [i for i in later if opens and base_of(tokens[i].text) and [t.lower for t in tokens[i + 1 : i + 2]] == ["to"]]
    return next(iter(clear or led), None)


def _led_by_that(tokens: Sequence[Token], start: int, noun: int) -> bool:
    """Whether "that" is the subject: "how does that compare with"."""
    alone = noun == start + 1 and tokens[start].lower in ("that", "this")
    beyond = tokens[noun + 1].tag if noun + 1 < len(tokens) else "mark"
    return alone and base_of(tokens[noun].text) == tokens[noun].lower and beyond not in ("noun", "verb", "name", "aux")


def _participle(tokens: Sequence[Token], later: Sequence[int], run: tuple[int, int], auxiliary: str) -> int | None:
    """The participle after "is" or "has" and the subject, or an adjective there, which counts as a verb."""
    start, end = run
    found = [
        i for i in later if is_past(tokens[i].text) or (tokens[i].lower.endswith("ing") and base_of(tokens[i].text))
    ]
    if found:
        return found[0]
    if auxiliary in AUXILIARIES_OF_HAVING:
        return _base_verb(tokens, later, end)
    ends = bool(later) and later[-1] == end - 1 and tokens[start].tag in ("det", "name", "poss")
    return later[-1] if ends and _ADJECTIVE.match(tokens[later[-1]].lower) else None


def _may_open(tokens: Sequence[Token], first: int, before: Token) -> bool:
    """Whether the first noun of a run without a determiner is a verb: "who leads", "to find", "how was it made"."""
    word = tokens[first].text
    if before.lower in COUNTING:
        return is_past(word)
    if before.lower in ("which", "whose", "how"):
        return False
    if before.lower == "what":
        return (base_of(word) is not None and word.lower() != base_of(word)) or is_past(word)
    if before.lower in AUXILIARIES_OF_DOING | MODALS:
        return base_of(word) is not None
    if before.tag == "aux":
        return is_past(word) or (word.lower().endswith("ing") and base_of(word) is not None)
    return base_of(word) is not None or is_past(word) or before.lower == "who"


def _base_verb(tokens: Sequence[Token], later: Sequence[int], end: int) -> int | None:
    """The verb after "did" and its subject: a word that can't be a noun, else the last that can, else the last word."""
    bases = [index for index in later if base_of(tokens[index].text) == tokens[index].lower]
    clear = [index for index in bases if not also_noun(tokens[index].text)]
    between = [i for i in later if i + 1 < end and tokens[i - 1].tag == "name" and tokens[i + 1].tag != "noun"]
    if between and not clear:
        return between[0]
    if clear or bases:
        return clear[0] if clear else bases[-1]
    return later[-1] if later and later[-1] == end - 1 and not _verb_follows(tokens, end) else None


def _verb_follows(tokens: Sequence[Token], start: int) -> bool:
    """Whether the clause ends with a base form of a verb. Then the noun before is not the verb."""
    words = [token for token in tokens[start:] if token.tag == "noun"]
    return len(words) > 1 and base_of(words[-1].text) == words[-1].lower


def _has_subject(tokens: Sequence[Token], start: int, index: int) -> bool:
    return any(token.tag in ("noun", "name") for token in tokens[start:index]) and tokens[index - 1].tag not in (
        "det",
        "poss",
        "own",
    )


def _auxiliary_before(tokens: Sequence[Token], start: int) -> str:
    """The auxiliary of the clause, if it has no verb before `start`; otherwise empty."""
    for token in reversed(tokens[:start]):
        if token.tag in ("verb", "conj", "wh", "mark"):
            return ""
        if token.tag == "aux":
            return token.lower
    return ""


def _is_verb_only(word: str) -> bool:
    return base_of(word) is not None and not also_noun(word)
