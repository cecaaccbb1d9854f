"""Questions without a pronoun that still lean on the conversation: "What was the cause?", "Who lost?", "the bill"."""

from __future__ import annotations

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
    """The question with what it takes as known put in, and that; or the question as it is, and nothing."""
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


def _counted(question: str, tokens: Sequence[Token], memory: Memory) -> tuple[str, str] | None:
    """The question with the noun that "how many were injured" leaves out, and that noun."""
    for many, after in pairwise(tokens):
        noun = memory.counted()
        if many.lower == "many" and after.tag in ("aux", "verb") and noun is not None:
            return f"{question[: many.end]} {noun}{question[many.end :]}", noun
    return None


def _addition(tokens: Sequence[Token], matter: str, gist: str) -> str:
    """What is to be added to a question that names nothing; empty where it lacks nothing."""
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
    """ "Was Portugal affected too": a name, and nothing else that it would be about."""
    nouns = any(token.tag in ("noun", "prep") for token in tokens)
    return tokens[-1].lower in LIKEWISE and not nouns


def _asks_relation(tokens: Sequence[Token], nouns: Sequence[int]) -> bool:
    """ "What were the reasons": the question ends with such a noun, and says of what nowhere."""
    if not nouns or nouns[-1] != len(tokens) - 1 or tokens[0].tag != "wh":
        return False
    return tokens[-1].lower in RELATIONS and not any(
        token.tag == "verb" or (token.tag == "prep" and before.lower != "some") for before, token in pairwise(tokens)
    )


def _names_nothing(tokens: Sequence[Token]) -> bool:
    """ "Who lost", "who voted against": a question word and a verb, and nothing that either is about."""
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
    """The question with "the bill" spelled out as the conversation had it: "the farm bill"."""
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
