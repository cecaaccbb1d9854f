"""Finds the noun phrases of a question or an answer, and the pronouns that may refer to each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.conversation.names import fits_of_name, fits_of_noun
from rag.conversation.tags import Token, tag
from rag.text.english.function_words import DEMONSTRATIVES, JOINING, NO_NOUN_BEHIND, PLACING
from rag.text.english.nouns import ADJECTIVES, EMPTY_NOUNS
from rag.text.english.numbers import NUMBER_WORDS
from rag.text.english.people import NAME_JOINTS, NAME_PARTICLES

Role = Literal["asked", "subject", "object", "inner"]
"""The role of a phrase: it is asked for ("which vaccine"), comes before the verb, after it, or after a preposition."""
_NAME_JOINING = NAME_PARTICLES | NAME_JOINTS


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase.

    Attributes:
        text: The words of the phrase, as they can be inserted into a question.
        head: The main noun or the last word of the name.
        fits: The pronouns that may refer to it: "he", "she", "it", "they", "there".
        role: Its role in the question.
        tokens: Its half-open range in the tokens of its question; (0, 0) for an answer or a date.
        definite: Whether it begins with a determiner such as "the" or "that".
        named: Whether it is a name.
    """

    text: str
    head: str
    fits: frozenset[str]
    role: Role
    tokens: tuple[int, int]
    definite: bool = False
    named: bool = False

    @property
    def says_much(self) -> bool:
        """Whether the phrase is a thing of its own, not only "the price" or "the number" of one."""
        return self.head.lower() not in EMPTY_NOUNS


def phrases_of(question: str) -> list[Phrase]:
    """Finds the phrases of a question.

    Args:
        question: The question's text.

    Returns:
        The phrases, in order. A phrase inside another one follows it.
    """
    tokens = tag(question)
    found: list[Phrase] = []
    index = 0
    while index < len(tokens):
        end = _core_end(tokens, index)
        if end is None:
            index += 1
            continue
        found += _phrases_at(question, tokens, index, end)
        index = end
    return found


def answer_phrase(answer: str, asked: str) -> Phrase | None:
    """Finds what a short answer names.

    Args:
        answer: The short answer.
        asked: The question that it answers. Its question word limits the pronouns: "who" allows "he" and "she".

    Returns:
        The phrase; None if the answer has more than 8 words or names nothing.
    """
    words = answer.strip(" .,;:\"“”'").split()
    if not 0 < len(words) <= 8 or not any(character.isalpha() for character in answer):
        return None
    if all(word.lower() in NUMBER_WORDS for word in words):
        return None  # "Four" is nobody
    text = re.sub(r"[’']s$", "", " ".join(words)) if asked.lower().startswith("whose") else " ".join(words)
    tokens = tag(f", {text}")[1:]
    if any(token.tag in ("verb", "aux", "wh") for token in tokens) or tokens[0].tag in ("prep", "conj", "pron"):
        return next((p for p in phrases_of(f", {text}") if p.named or len(p.text.split()) > 1), None)
    named = [token for token in tokens if token.tag == "name"]
    joined = any(token.lower == "and" for token in tokens) and len(named) > 1
    heads = [token for token in tokens if token.tag in ("name", "noun")]
    if not heads or tokens[0].tag == "time":
        return None
    first = next((i for i, token in enumerate(tokens) if token.tag == "prep"), len(tokens))
    head = [token for token in tokens[:first] if token.tag in ("name", "noun")] or heads
    fits = _fits(head, joined)
    first_word = asked.split(maxsplit=1)[0].lower() if asked else ""
    if _asks_for_person(asked) and fits <= {"he", "she", "it", "there"} and named and not joined:
        fits = (fits & {"he", "she"}) or fits
    if first_word == "where" and named:
        fits = frozenset({"there", "it"})
    return Phrase(text, head[-1].text, fits, "object", (0, 0), definite=tokens[0].tag == "det", named=bool(named))


def _asks_for_person(question: str) -> bool:
    """Whether a question asks for a person: `who`, `which minister`, `what is the name of the driver`."""
    if re.match(r"\W*(?:who|whom|whose)\b", question, re.IGNORECASE):
        return True
    named = re.search(r"\bname of (?:the|an?) (?:\w+ )?(\w+)", question, re.IGNORECASE)
    if named:
        return bool(fits_of_noun(named[1]) & {"he", "she"})
    return any(phrase.role == "asked" and phrase.fits <= {"he", "she"} for phrase in phrases_of(question))


def _core_end(tokens: Sequence[Token], start: int) -> int | None:
    """The end of a phrase that begins here, without the phrases joined to it; None if none begins here."""
    index = start
    while index < len(tokens) and (tokens[index].tag in ("det", "poss") or tokens[index].lower == "other"):
        index += 1
    first = index
    while index < len(tokens):
        if (
            tokens[index].tag in ("noun", "name")
            or (tokens[index].tag == "own" and index > first)
            or (index > first and tokens[index - 1].tag == "name" and _name_goes_on(tokens, index))
        ):
            index += 1
        else:
            break
    bare = all(token.lower in ADJECTIVES for token in tokens[first:index])
    return index if index > first and tokens[index - 1].tag in ("noun", "name") and not bare else None


def _name_goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Whether a function word joins two parts of a name: "Bank of England", "Ursula von der Leyen"."""
    ahead = index
    while ahead < len(tokens) and tokens[ahead].lower in _NAME_JOINING - {"and"}:
        ahead += 1
    small = tokens[index].lower not in ("for", "the") or tokens[index - 1].lower in _NAME_JOINING
    return index < ahead < len(tokens) and tokens[ahead].tag == "name" and small


def _phrases_at(question: str, tokens: Sequence[Token], start: int, end: int) -> list[Phrase]:
    """The phrase with core `[start, end)` and what is joined to it; then parts of it that are phrases of their own."""
    if tokens[start].tag == "poss":
        return []
    whole = _joined_end(tokens, start, end)
    owner = next((i for i in range(start, end) if tokens[i].tag == "own"), None)
    owners = [] if owner is None else [_phrase(question, tokens, start, owner, owner)]
    core = _phrase(question, tokens, start, end, end)
    if whole == end:
        return [core, *owners]
    wide = _phrase(question, tokens, start, end, whole)
    return [wide, core] if core.named and tokens[end].lower == "and" else [wide, *owners]


def _joined_end(tokens: Sequence[Token], start: int, end: int) -> int:
    """The end of a phrase with what is joined to it: "the talks between Iran and the United States"."""
    while end < len(tokens) - 1:
        joins = tokens[end].lower in JOINING and not _is_name(tokens, start, end)
        also = tokens[end].lower == "and" and tokens[end - 1].tag == "name"
        after = _core_end(tokens, end + 1) if joins or also else None
        if after is None or tokens[end + 1].tag == "poss" or (also and tokens[after - 1].tag != "name"):
            return end
        if also and after < len(tokens) and tokens[after].tag == "verb" and tokens[end - 1].tag != "name":
            return end
        if joins:
            start = end + 1 if not _is_name(tokens, end + 1, after) else start
        end = after
    return end


def _is_name(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a phrase is only a name. A preposition joins no other phrase to a name."""
    return all(token.tag in ("name", "det") or token.lower in _NAME_JOINING for token in tokens[start:end])


def _phrase(question: str, tokens: Sequence[Token], start: int, end: int, whole: int) -> Phrase:
    text = question[tokens[start].start : tokens[whole - 1].end]
    heads = [token for token in tokens[start:end] if token.tag in ("noun", "name")]
    named = all(token.tag == "name" for token in heads)
    joined = whole > end and tokens[end].lower == "and"
    fits = _fits(heads, joined)
    before = tokens[start - 1].lower if start else ""
    if named and len(heads) == 1 and before in PLACING and "there" not in fits and fits > {"it"}:
        fits = frozenset({"it", "there"})
    if tokens[0].lower == "who" and len(tokens) > 1 and tokens[1].lower in ("is", "was") and start == 2 and named:
        fits = fits & {"he", "she"} or fits
    if tokens[start].tag == "det" and named and heads[-1].text.endswith("s"):
        fits = fits - {"he", "she", "it"} or frozenset({"they"})
    return Phrase(
        text,
        heads[-1].text,
        fits,
        _role(tokens, start),
        (start, whole),
        definite=tokens[start].lower in DEMONSTRATIVES | {"the"},
        named=named,
    )


def _fits(heads: Sequence[Token], joined: bool) -> frozenset[str]:
    if joined:
        return frozenset({"they"})
    if all(token.tag == "name" for token in heads):
        return fits_of_name([token.text for token in heads])
    if heads[-1].tag == "name":
        names = [token.text for token in heads if token.tag == "name"]
        return fits_of_name(names)
    return fits_of_noun(heads[-1].text)


def _role(tokens: Sequence[Token], start: int) -> Role:
    before = tokens[start - 1] if start else None
    if before is not None and before.tag == "prep":
        return "inner"
    if any(token.tag == "wh" for token in tokens[:start]) and all(
        token.tag in ("wh", "other") and token.lower not in NO_NOUN_BEHIND for token in tokens[:start]
    ):
        return "asked"
    return "object" if any(token.tag == "verb" for token in tokens[:start]) else "subject"


def topic_of(phrases: Sequence[Phrase]) -> Phrase | None:
    """Chooses the phrase that a question is most about.

    Things of several words come before names and single words, and phrases after a preposition come last.

    Args:
        phrases: The phrases of the question.

    Returns:
        The phrase; None if there are none.
    """

    def worth(phrase: Phrase) -> tuple[bool, bool, bool]:
        plain = not phrase.named and len(phrase.text.split()) > 1
        return (phrase.says_much, phrase.role != "inner", plain)

    return max(phrases, key=worth, default=None)
