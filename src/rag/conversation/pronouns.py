"""Replaces pronouns and phrases such as "that deal" by the words of the conversation that they refer to.

A pronoun that has its meaning within the question is not replaced: "he" after a name, "is it true that", "are there".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.conversation.memory import Memory
from rag.conversation.phrases import Phrase, phrases_of
from rag.conversation.reask import capitalised
from rag.conversation.tags import Token, tag
from rag.text.english.calendar import TIME_NOUNS
from rag.text.english.follow_ups import ARTICLES_OR_DEMONSTRATIVES, FORMAL_IT, OWNED_JOINTS, RELATIVE_WORDS
from rag.text.english.function_words import DEMONSTRATIVES, PRONOUNS_FOR, THIRD_PERSONS
from rag.text.english.nouns import HAPPENINGS
from rag.text.english.verbs import AUXILIARIES_OF_BEING, MAKING, MOVES

_FORMAL_IT = re.compile(FORMAL_IT)


@dataclass(frozen=True, slots=True)
class Substitution:
    """Words of a question, and what replaces them.

    Attributes:
        start: Start offset of the words in the question, in characters.
        end: End offset, exclusive.
        words: The words that replace them.
        phrase: The phrase of the conversation that is inserted.
    """

    start: int
    end: int
    words: str
    phrase: Phrase


def resolve(question: str, memory: Memory) -> tuple[str, tuple[str, ...]]:
    """Replaces the pronouns and demonstratives of a question.

    Args:
        question: The question's text.
        memory: The conversation.

    Returns:
        The question, and the distinct phrases that were inserted; `()` if nothing was replaced.
    """
    changes = list(_substitutions(question, memory))
    for change in reversed(changes):
        words = capitalised(change.words) if change.start == 0 else change.words
        question = question[: change.start] + words + question[change.end :]
    return question, tuple(dict.fromkeys(change.phrase.text for change in changes))


def _substitutions(question: str, memory: Memory) -> Iterator[Substitution]:
    tokens = tag(question)
    own = phrases_of(question)
    used: dict[int, Phrase] = {}
    for index, token in enumerate(tokens):
        change = None
        if token.lower in PRONOUNS_FOR and token.tag in ("pron", "poss"):
            if not _inside(tokens, index, own) and not _is_formal(question, tokens, index):
                change = _for_pronoun(question, tokens, index, memory, used)
        elif token.lower in DEMONSTRATIVES and token.tag in ("det", "pron"):
            change = _for_demonstrative(question, tokens, index, memory)
        if change is not None:
            used[index] = change.phrase
            yield change


def _for_pronoun(
    question: str, tokens: Sequence[Token], index: int, memory: Memory, used: Mapping[int, Phrase]
) -> Substitution | None:
    token = tokens[index]
    phrase = _again(tokens, index, used) or memory.antecedent(PRONOUNS_FOR[token.lower], list(used.values()))
    if phrase is None and token.lower == "it":
        phrase = _plan(memory)
    if phrase is None:
        return None
    if phrase.text.lower().startswith(("a ", "an ")):
        phrase = replace(phrase, text=f"the {bare(phrase.text)}")
    if token.lower == "there":
        before = tokens[index - 1] if index else token
        led = "" if before.tag == "prep" else "to " if before.lower in MOVES else "in "
        return Substitution(token.start, token.end, led + phrase.text, phrase)
    if not _owns(tokens, index):
        return Substitution(token.start, token.end, phrase.text, phrase)
    end = _owned_end(tokens, index)
    if " " in phrase.text and any(word in phrase.text.split() for word in OWNED_JOINTS):
        owned = question[tokens[index + 1].start : tokens[end - 1].end]
        return Substitution(token.start, tokens[end - 1].end, f"the {owned} of {phrase.text}", phrase)
    return Substitution(
        token.start,
        token.end,
        phrase.text + ("'" if phrase.text.endswith("s") and "they" in phrase.fits else "'s"),
        phrase,
    )


def _plan(memory: Memory) -> Phrase | None:
    """What "it" refers to if nothing is singular: the plan of "free school meals", which are things and no names."""
    matter = memory.matter()
    return matter if matter is not None and not matter.named and matter.fits == frozenset({"they"}) else None


def _again(tokens: Sequence[Token], index: int, used: Mapping[int, Phrase]) -> Phrase | None:
    """What the same pronoun referred to before: "its roots and what influenced it", but not "did he meet him"."""
    for before, phrase in used.items():
        apart = any(token.tag in ("conj", "mark", "wh") for token in tokens[before:index])
        owned = "poss" in (tokens[before].tag, tokens[index].tag)
        if PRONOUNS_FOR.get(tokens[before].lower) == PRONOUNS_FOR[tokens[index].lower] and (apart or owned):
            return phrase
    return None


def _owns(tokens: Sequence[Token], index: int) -> bool:
    """Whether the pronoun is a possessive before its noun. "Her" may also be an object."""
    return tokens[index].tag == "poss" and _owned_end(tokens, index) > index + 1


def _owned_end(tokens: Sequence[Token], index: int) -> int:
    end = index + 1
    while end < len(tokens) and (tokens[end].tag in ("noun", "name") or tokens[end].lower in ("own", "other")):
        end += 1
    return end


def _for_demonstrative(question: str, tokens: Sequence[Token], index: int, memory: Memory) -> Substitution | None:
    token = tokens[index]
    if token.tag == "pron":
        return _for_bare_demonstrative(question, tokens, index, memory)
    end = _owned_end(tokens, index)
    head = tokens[end - 1].lower
    if head in TIME_NOUNS or end == index + 1:
        return _for_that_time(tokens, index, end, memory) if head in TIME_NOUNS else None
    found = memory.headed(head)
    if found is not None:
        definite = found.text if found.named else f"the {bare(found.text)}"
        return Substitution(token.start, tokens[end - 1].end, definite, found)
    matter = memory.matter() if head in HAPPENINGS else None
    noun = question[token.start : tokens[end - 1].end]
    return None if matter is None else Substitution(token.start, tokens[end - 1].end, f"{noun} ({matter.text})", matter)


def _for_bare_demonstrative(question: str, tokens: Sequence[Token], index: int, memory: Memory) -> Substitution | None:
    """Replaces "that" by what the latest question found, or by the matter; a person is neither."""
    token, after = tokens[index], tokens[index + 1] if index + 1 < len(tokens) else None
    if after is not None and after.lower in RELATIVE_WORDS:
        return None
    found, matter = memory.found(), memory.matter()
    own = [p.tokens[1] for p in phrases_of(question) if p.tokens[1] <= index]
    if found is not None and not own:
        return Substitution(token.start, token.end, f"the {bare(found.text)}", found)
    is_vague = matter is None or (matter.named and (matter.role == "inner" or "there" in matter.fits))
    if matter is None or is_vague or any(t.tag in ("conj", "wh", "mark") for end in own for t in tokens[end:index]):
        return None
    gist = memory.gist(question)
    words = f"{token.text} ({gist})" if gist and gist != matter.text else matter.text
    return Substitution(token.start, token.end, words, matter)


def _for_that_time(tokens: Sequence[Token], index: int, end: int, memory: Memory) -> Substitution | None:
    """Replaces "that day" by a date of the conversation: "on 6 June"."""
    date = memory.date()
    if date is None or tokens[index].lower not in ("that", "those"):
        return None
    before = tokens[index - 1].tag if index else "mark"
    led = "" if before == "prep" else "in " if date.text.isdigit() or date.text[0].isalpha() else "on "
    return Substitution(tokens[index].start, tokens[end - 1].end, led + date.text, date)


def bare(text: str) -> str:
    """Returns a phrase without its article or demonstrative."""
    first, _, rest = text.partition(" ")
    return rest if first.lower() in ARTICLES_OR_DEMONSTRATIVES else text


def _inside(tokens: Sequence[Token], index: int, own: Sequence[Phrase]) -> bool:
    """Whether the pronoun refers to a phrase of the same question, before it or after a comma."""
    token, pronoun = tokens[index], PRONOUNS_FOR[tokens[index].lower]
    if pronoun == "there":
        return any(p.tokens[1] <= index and "there" in p.fits for p in own) or _says_there_is(tokens, index)
    marks = [i for i in range(index) if tokens[i].text in (".", "!", "?", ":")]
    if any(p.tokens[1] <= marks[-1] for p in own if marks):
        return True
    if _comes_later(tokens, index, own):
        return True
    agreeing = [p for p in own if p.tokens[1] <= index and _agrees(p, pronoun)]
    if token.tag == "pron" and index and tokens[index - 1].tag == "aux":
        # In "At what age is it", what is asked for is not the subject after the verb.
        agreeing = [
            p for p in agreeing if p.role != "asked" or any(t.tag == "conj" for t in tokens[p.tokens[1] : index])
        ]
    subject = token.lower in THIRD_PERSONS or (token.lower == "it" and _is_subject(tokens, index))
    if subject or _owns(tokens, index):
        asked = token.tag == "poss" and any(p.role == "asked" and p.tokens[1] <= index for p in own)
        return bool(agreeing) or asked
    # An object is not the subject of its own clause ("Did Iran accept it?"), but may be that of another clause.
    return any(tokens[between].tag in ("conj", "wh", "mark") for p in agreeing for between in range(p.tokens[1], index))


def _agrees(phrase: Phrase, pronoun: str) -> bool:
    """Whether the pronoun may refer to a phrase of the same question. "They" may also be one person."""
    return pronoun in phrase.fits or (pronoun == "they" and (phrase.named or bool(phrase.fits & {"he", "she"})))


def _comes_later(tokens: Sequence[Token], index: int, own: Sequence[Phrase]) -> bool:
    """Whether the pronoun refers to a name after the comma: "Before he won, how often had Ricky Stenhouse won?"."""
    comma = next((i for i in range(index, len(tokens)) if tokens[i].text == ","), len(tokens))
    later = any(p.tokens[0] > comma and p.named and _agrees(p, PRONOUNS_FOR[tokens[index].lower]) for p in own)
    return later and tokens[0].tag in ("prep", "conj")


def _is_subject(tokens: Sequence[Token], index: int) -> bool:
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return (index > 0 and tokens[index - 1].tag == "aux") or (after is not None and after.tag in ("aux", "verb"))


def _says_there_is(tokens: Sequence[Token], index: int) -> bool:
    """Whether "there" is not a place: "there is", "are there"."""
    near = [token.lower for token in tokens[max(index - 1, 0) : index + 3]]
    last = index + 1 >= len(tokens) or tokens[index + 1].tag == "mark"
    counted = [token.lower for token in tokens[:2]] == ["how", "many"]
    return (not last or counted) and any(word in AUXILIARIES_OF_BEING for word in near)


def _is_formal(question: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether "it" refers to nothing: "is it true that", "how long will it take to"."""
    return tokens[index].lower == "it" and (
        _FORMAL_IT.match(question[tokens[index].start :].replace("It ", "it ", 1)) is not None
        or (tokens[index - 1].lower in MAKING and index + 2 < len(tokens) and tokens[index + 1].tag != "prep")
    )
