"""Completes questions that need the conversation but have no pronoun: "What was the cause?", "Who lost?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.conversation.memory import Memory
from rag.conversation.phrases import Phrase
from rag.conversation.pronouns import bare
from rag.conversation.tags import Token, tag
from rag.text.english.follow_ups import LEADING_WORDS, LIKEWISE
from rag.text.english.nouns import RELATIONS
from rag.text.english.people import CROWDS
from rag.text.english.saying import OPINIONS


def complete_implicit(question: str, memory: Memory) -> tuple[str, tuple[str, ...]]:
    """Completes a question that takes something as known.

    Args:
        question: The question's text.
        memory: The conversation.

    Returns:
        The completed question and the words that were inserted; if nothing is missing, the same question and `()`.
    """
    tokens = [token for token in tag(question) if token.tag != "mark"]
    if tokens and tokens[0].lower in LEADING_WORDS:
        tokens = tokens[1:]
    counted = _counted(question, tokens, memory)
    if counted is not None:
        whole, put_in = complete_implicit(counted[0], memory)
        return whole, (counted[1], *put_in)
    matter = memory.matter()
    if matter is None or not tokens:
        return question, ()
    gist = memory.gist(question)
    named = any(token.tag in ("name", "time", "poss") for token in tokens)
    short = None if named else _expanded(question, tokens, memory)
    if short is not None:
        return short
    added = ""
    if gist and _says_likewise(tokens):
        added = f"({gist})"
    elif not named:
        added = _addition(tokens, matter.text, gist or matter.text)
    return (f"{question.rstrip(' ?.!')} {added}?", (gist or matter.text,)) if added else (question, ())


def names_something(question: str) -> bool:
    """Returns whether the question has a name or a time."""
    return any(token.tag in ("name", "time") for token in tag(question))


def with_gist(question: str, put_in: tuple[str, ...], memory: Memory) -> tuple[str, tuple[str, ...]]:
    """Adds what the conversation is about to a question that continues it and has no name.

    A question continues the conversation if a mere "the people" was inserted ("Which policeman was among the people?"),
    or if it begins with "and" ("And what did the pilot say?").

    Args:
        question: The question's text, as it is completed so far.
        put_in: The words that were inserted.
        memory: The conversation.

    Returns:
        The question and the words that were inserted.
    """
    tokens = tag(question)
    gist = memory.gist(question)
    vague = bool(put_in) and all(re.fullmatch(r"the \w+", words) for words in put_in)
    continues = vague or (not put_in and bool(tokens) and tokens[0].lower in LEADING_WORDS)
    if not gist or not continues or names_something(question) or not names_something(f", {gist}"):
        return question, put_in
    return f"{question.rstrip(' ?.!')} ({gist})?", (*put_in, gist)


def _counted(question: str, tokens: Sequence[Token], memory: Memory) -> tuple[str, str] | None:
    """Inserts the noun that "how many were injured" omits; returns the question and the noun, or None."""
    for many, after in pairwise(tokens):
        noun = memory.counted()
        if many.lower == "many" and after.tag in ("aux", "verb") and noun is not None:
            return f"{question[: many.end]} {noun}{question[many.end :]}", noun
    return None


def _addition(tokens: Sequence[Token], matter: str, gist: str) -> str:
    """The words to add to a question that names nothing; empty if nothing is missing."""
    nouns = [index for index, token in enumerate(tokens) if token.tag == "noun"]
    last = tokens[-1]
    if _asks_relation(tokens, nouns):
        return f"of {matter}"
    if len(nouns) == 1 and last.lower in OPINIONS and last.tag == "verb" and tokens[0].lower == "what":
        return f"about {matter}"
    any_there = [token.lower for token in tokens[1:3]] == ["there", "any"]
    lacks = any_there and not any(token.tag in ("prep", "verb", "conj") for token in tokens)
    if not lacks and not _names_nothing(tokens):
        return ""
    return matter if last.tag == "prep" else f"({gist})"


def _says_likewise(tokens: Sequence[Token]) -> bool:
    """Whether the question ends like "Was Portugal affected too", without a noun or a preposition."""
    nouns = any(token.tag in ("noun", "prep") for token in tokens)
    return tokens[-1].lower in LIKEWISE and not nouns


def _asks_relation(tokens: Sequence[Token], nouns: Sequence[int]) -> bool:
    """Whether a question such as "What were the reasons" ends with a noun that needs an "of", and has none."""
    if not nouns or nouns[-1] != len(tokens) - 1 or tokens[0].tag != "wh":
        return False
    return tokens[-1].lower in RELATIONS and not any(
        token.tag == "verb" or (token.tag == "prep" and before.lower != "some") for before, token in pairwise(tokens)
    )


def _names_nothing(tokens: Sequence[Token]) -> bool:
    """Whether a question such as "Who lost" has a question word and a verb, but names no thing."""
    if (
        tokens[0].tag != "wh"
        or len(tokens) < 2
        or any(token.tag == "conj" or (token.tag == "pron" and token.lower != "there") for token in tokens)
    ):
        return False
    nouns = [token.lower for token in tokens if token.tag == "noun" and token.lower not in RELATIONS]
    verbs = [token for token in tokens if token.tag in ("verb", "aux")]
    return bool(verbs) and all(noun in CROWDS for noun in nouns)


def _expanded(question: str, tokens: Sequence[Token], memory: Memory) -> tuple[str, tuple[str, ...]] | None:
    """Writes "the bill" in full, as the conversation has it: "the farm bill"; None if there is nothing to write."""
    for index, token in enumerate(tokens[:-1]):
        noun = tokens[index + 1]
        following = tokens[index + 2].tag if index + 2 < len(tokens) else "mark"
        if token.lower != "the" or noun.tag != "noun" or following in ("noun", "name", "prep", "own"):
            continue
        found: Phrase | None = memory.headed(noun.lower)
        if found is not None and noun.lower not in RELATIONS:
            text = found.text if found.named else f"the {bare(found.text)}"
            return question[: token.start] + text + question[noun.end :], (found.text,)
    return None
