"""Asks an earlier question with another question word: "When?" after "Who sank the ship?" is "When did X sink it?"."""

from __future__ import annotations

from collections.abc import Sequence

from rag.conversation.phrases import Phrase
from rag.conversation.tags import Token, tag
from rag.text.english.follow_ups import ADVERB_QUESTIONS, PERSON_QUESTIONS
from rag.text.english.verbs import AUXILIARIES, AUXILIARIES_OF_BEING
from rag.text.grammar.verb_forms import base_of, is_past


def capitalised(text: str) -> str:
    """Returns the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Prepares a question for use inside another one.

    Args:
        text: The question's text.

    Returns:
        The text without its final mark. The first letter is in lower case unless the question begins with a name or a
        time.
    """
    tokens = tag(text)
    bare = text.rstrip(" ?.!")
    return bare if not tokens or tokens[0].tag in ("name", "time") else bare[:1].lower() + bare[1:]


def joined(earlier: str, addition: str) -> str:
    """Joins two questions with "and". This is always possible."""
    return f"{earlier.rstrip(' ?.!')}, and {lowered(addition)}?"


def question_word(tokens: Sequence[Token]) -> int | None:
    """Returns the index of the question word among the first three tokens; None without one."""
    return next((index for index, token in enumerate(tokens[:3]) if token.tag == "wh"), None)


def ask_anew(word: str, earlier: str, answer: Phrase | None) -> str | None:
    """Asks the earlier question with another question word.

    What the earlier question asked for is replaced by its noun or by the answer, otherwise by "someone" or "something".

    Args:
        word: The new question word, such as "Since when"; may be empty.
        earlier: The earlier question.
        answer: What its short answer names, if anything.

    Returns:
        The new question; None if the earlier question has no clause after its question word.
    """
    tokens = tag(earlier.rstrip(" ?.!"))
    if not tokens:
        return None
    if tokens[0].lower in AUXILIARIES:
        return f"{word} {lowered(earlier)}?"
    asked = question_word(tokens)
    first = next(
        (i for i, token in enumerate(tokens) if asked is not None and i > asked and token.tag in ("aux", "verb")), None
    )
    if asked is None or first is None or first + 1 > len(tokens) - 1:
        return None
    noun = _words(earlier, [token for token in tokens[asked + 1 : first] if token.tag != "other"])
    stand_in = _stand_in(tokens[asked].lower, noun, answer)
    if tokens[first].tag == "verb":
        rest = _words(earlier, tokens[first + 1 :])
        verb = tokens[first].text
        return f"{word} {_finite(verb)} {stand_in} {base_of(verb) or verb} {rest}?"
    object_named = answer is not None and tokens[asked].lower == "what" and stand_in == answer.text
    return _inverted(word, earlier, tokens, (asked, first), stand_in if object_named else noun, stand_in)


def _inverted(
    word: str, earlier: str, tokens: Sequence[Token], places: tuple[int, int], noun: str, stand_in: str
) -> str:
    """The clause after an auxiliary, with its own subject or with what was asked for as the subject."""
    asked, first = places
    auxiliary, rest = tokens[first].text, tokens[first + 1 :]
    adverbial = tokens[asked].lower in ADVERB_QUESTIONS and not noun
    has_subject = rest[0].tag in ("det", "poss", "name", "noun", "pron")
    verb = next((i for i, token in enumerate(rest) if token.tag == "verb"), None)
    is_about = verb is not None and [token.lower for token in rest[verb + 1 : verb + 2]] == ["about"]
    says = is_about and has_subject and not (adverbial or noun)  # "What did X say about Y?"
    if adverbial or (has_subject and verb is not None and not noun and not says):
        return f"{word} {auxiliary} {_words(earlier, rest)}?"
    if has_subject and verb is not None and (says or not is_about):
        noun = noun or "something"
        parts = (word, auxiliary, _words(earlier, rest[: verb + 1]), noun, _words(earlier, rest[verb + 1 :]))
        return " ".join(part for part in parts if part) + "?"
    if has_subject and auxiliary.lower() not in AUXILIARIES_OF_BEING:
        return f"{word} {auxiliary} {_words(earlier, rest)}?"
    return f"{word} {auxiliary} {stand_in} {_words(earlier, rest)}?"


def _stand_in(asked: str, noun: str, answer: Phrase | None) -> str:
    if answer is not None and (answer.named or not noun) and len(answer.text.split()) <= 5:
        return answer.text
    return noun or ("someone" if asked in PERSON_QUESTIONS else "something")


def _finite(verb: str) -> str:
    if is_past(verb):
        return "did"
    return "does" if verb.lower() != base_of(verb) else "do"


def _words(text: str, tokens: Sequence[Token]) -> str:
    return text[tokens[0].start : tokens[-1].end] if tokens else ""
