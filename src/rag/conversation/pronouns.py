"""Pronouns and "that deal" in a question, put into the words that the conversation has for them.

What finds its meaning in the question itself is left: "Did he" after a name, "it is true that", "are there".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.conversation.memory import Memory
from rag.conversation.phrases import Phrase, phrases_of
from rag.conversation.reask import capitalised
from rag.conversation.tags import BE, Token, tag

_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his"), "he"),
    **dict.fromkeys(("she", "her"), "she"),
    **dict.fromkeys(("it", "its"), "it"),
    **dict.fromkeys(("they", "them", "their"), "they"),
    "there": "there",
}
_SUBJECTS = frozenset("he she they".split())
_DEMONSTRATIVES = frozenset("this that these those".split())
_TIME_NOUNS = frozenset("time times day days week month year years night morning evening summer winter season".split())
_FORMAL_IT = re.compile(
    r"it(?: \w+)? (?:takes?|took|taken|costs?|going) (?:\w+ ){0,6}(?:to|for)\b"
    r"|it (?:(?:be|been|is|was|still|really|also|too|more|not) )*"
    r"(?:\w+(?:ble|ly|al|ant|ary|ful|ous|ing|ic|ent)|true|false|clear|safe|hard|right|wrong|better|best|fair|known|said"
    r"|easy|worth|time|easier|harder|reported|thought|believed|expected)"
    r" (?:\w+ ){0,4}?(?:that|to|for|if|whether|when|how|why|who)\b"
    r"|it (?:\w+ ){0,3}?(?:rain|snow|raining|snowing|cold|hot|dark)\b"
    r"|it been\b|it (?:(?:be|been|is|was|has) )*\w+ed (?:\w+ ){0,3}?that\b|it (?:that|who|like to)\b"
    r"|it (?:seems?|appears?|turns?|turned) |it [A-Z]\w+(?: [A-Z]\w+)* (?:that|who)\b"
)
_HAPPENINGS = frozenset(
    """
    accident agreement attack ban campaign case change changes claim claims collapse conflict crash crisis deal
    decision disaster dispute event events idea incident issue killing killings law measure measures move plan plans
    policy problem project proposal protest protests reform reforms report ruling rule rules scandal scheme
    statement step story strike strikes subject theory topic trial vote war
    """.split()
)
_MAKING = frozenset("make makes made find finds found".split())
_MOVES = frozenset("go goes going went gone travel travelled fly flew flown flee fled move moved sent send".split())


@dataclass(frozen=True, slots=True)
class Substitution:
    """Words of a question, at the half-open `[start, end)`, and what goes in their place."""

    start: int
    end: int
    words: str
    phrase: Phrase


def resolve(question: str, memory: Memory) -> tuple[str, tuple[str, ...]]:
    """The question with its pronouns and demonstratives replaced, and the phrases that were put in."""
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
        if token.lower in _PRONOUNS and token.tag in ("pron", "poss"):
            if not _inside(tokens, index, own) and not _is_formal(question, tokens, index):
                change = _for_pronoun(question, tokens, index, memory, used)
        elif token.lower in _DEMONSTRATIVES and token.tag in ("det", "pron"):
            change = _for_demonstrative(question, tokens, index, memory)
        if change is not None:
            used[index] = change.phrase
            yield change


def _for_pronoun(
    question: str, tokens: Sequence[Token], index: int, memory: Memory, used: Mapping[int, Phrase]
) -> Substitution | None:
    token = tokens[index]
    phrase = _again(tokens, index, used) or memory.antecedent(_PRONOUNS[token.lower], list(used.values()))
    if phrase is None:
        return None
    if phrase.text.lower().startswith(("a ", "an ")):
        phrase = replace(phrase, text=f"the {bare(phrase.text)}")
    if token.lower == "there":
        before = tokens[index - 1] if index else token
        led = "" if before.tag == "prep" else "to " if before.lower in _MOVES else "in "
        return Substitution(token.start, token.end, led + phrase.text, phrase)
    if not _owns(tokens, index):
        return Substitution(token.start, token.end, phrase.text, phrase)
    end = _owned_end(tokens, index)
    if " " in phrase.text and any(word in phrase.text.split() for word in ("of", "on", "in", "at", "between", "near")):
        owned = question[tokens[index + 1].start : tokens[end - 1].end]
        return Substitution(token.start, tokens[end - 1].end, f"the {owned} of {phrase.text}", phrase)
    return Substitution(
        token.start,
        token.end,
        phrase.text + ("'" if phrase.text.endswith("s") and "they" in phrase.fits else "'s"),
        phrase,
    )


def _again(tokens: Sequence[Token], index: int, used: Mapping[int, Phrase]) -> Phrase | None:
    """What the same pronoun stood for before: "its roots and what influenced it", but not "did he meet him"."""
    for before, phrase in used.items():
        apart = any(token.tag in ("conj", "mark", "wh") for token in tokens[before:index])
        owned = "poss" in (tokens[before].tag, tokens[index].tag)
        if _PRONOUNS.get(tokens[before].lower) == _PRONOUNS[tokens[index].lower] and (apart or owned):
            return phrase
    return None


def _owns(tokens: Sequence[Token], index: int) -> bool:
    """Whether the pronoun is a possessive before its noun; "her" may be either."""
    return tokens[index].tag == "poss" and _owned_end(tokens, index) > index + 1


def _owned_end(tokens: Sequence[Token], index: int) -> int:
    end = index + 1
    while end < len(tokens) and (tokens[end].tag in ("noun", "name") or tokens[end].lower in ("own", "other")):
        end += 1
    return end


def _for_demonstrative(question: str, tokens: Sequence[Token], index: int, memory: Memory) -> Substitution | None:
    token, after = tokens[index], tokens[index + 1] if index + 1 < len(tokens) else None
    if token.tag == "pron":
        if after is not None and after.lower in ("who", "whom", "of", "which", "that", "in"):
            return None
        matter = memory.matter()
        own = [p.tokens[1] for p in phrases_of(question) if p.tokens[1] <= index]
        if matter is None or any(t.tag in ("conj", "wh", "mark") for end in own for t in tokens[end:index]):
            return None
        gist = memory.gist(question)
        words = f"{token.text} ({gist})" if gist and gist != matter.text else matter.text
        return Substitution(token.start, token.end, words, matter)
    end = _owned_end(tokens, index)
    head = tokens[end - 1].lower
    if head in _TIME_NOUNS or end == index + 1:
        return _for_that_time(tokens, index, end, memory) if head in _TIME_NOUNS else None
    found = memory.headed(head)
    if found is not None:
        definite = found.text if found.named else f"the {bare(found.text)}"
        return Substitution(token.start, tokens[end - 1].end, definite, found)
    matter = memory.matter() if head in _HAPPENINGS else None
    noun = question[token.start : tokens[end - 1].end]
    return None if matter is None else Substitution(token.start, tokens[end - 1].end, f"{noun} ({matter.text})", matter)


def _for_that_time(tokens: Sequence[Token], index: int, end: int, memory: Memory) -> Substitution | None:
    """ "That day" where a date was spoken of: "on 6 June"."""
    date = memory.date()
    if date is None or tokens[index].lower not in ("that", "those"):
        return None
    before = tokens[index - 1].tag if index else "mark"
    led = "" if before == "prep" else "in " if date.text.isdigit() or date.text[0].isalpha() else "on "
    return Substitution(tokens[index].start, tokens[end - 1].end, led + date.text, date)


def bare(text: str) -> str:
    """A phrase without its article."""
    first, _, rest = text.partition(" ")
    return rest if first.lower() in ("a", "an", "the", *_DEMONSTRATIVES) else text


def _inside(tokens: Sequence[Token], index: int, own: Sequence[Phrase]) -> bool:
    """Whether the pronoun has its meaning from this very question: a phrase before it agrees and may be meant."""
    token, pronoun = tokens[index], _PRONOUNS[tokens[index].lower]
    if pronoun == "there":
        return any(p.tokens[1] <= index and "there" in p.fits for p in own) or _says_there_is(tokens, index)
    marks = [i for i in range(index) if tokens[i].text in (".", "!", "?", ":")]
    if any(p.tokens[1] <= marks[-1] for p in own if marks):
        return True
    if _comes_later(tokens, index, own):
        return True
    agreeing = [p for p in own if p.tokens[1] <= index and _agrees(p, pronoun)]
    if token.tag == "pron" and index and tokens[index - 1].tag == "aux":
        # "At what age is it": what is asked for is not the subject behind it.
        agreeing = [
            p for p in agreeing if p.role != "asked" or any(t.tag == "conj" for t in tokens[p.tokens[1] : index])
        ]
    subject = token.lower in _SUBJECTS or (token.lower == "it" and _is_subject(tokens, index))
    if subject or _owns(tokens, index):
        asked = token.tag == "poss" and any(p.role == "asked" and p.tokens[1] <= index for p in own)
        return bool(agreeing) or asked
    # An object is not its own clause's subject: "Did Iran accept it?", but "What became of the ship when it was hit?".
    return any(tokens[between].tag in ("conj", "wh", "mark") for p in agreeing for between in range(p.tokens[1], index))


def _agrees(phrase: Phrase, pronoun: str) -> bool:
    """Whether a phrase of the same question may be meant; "they" may also be one whose sex is not told."""
    return pronoun in phrase.fits or (pronoun == "they" and (phrase.named or bool(phrase.fits & {"he", "she"})))


def _comes_later(tokens: Sequence[Token], index: int, own: Sequence[Phrase]) -> bool:
    """Whether a name behind the comma is meant: "Before he won this week, how often had Ricky Stenhouse won?"."""
    comma = next((i for i in range(index, len(tokens)) if tokens[i].text == ","), len(tokens))
    later = any(p.tokens[0] > comma and p.named and _agrees(p, _PRONOUNS[tokens[index].lower]) for p in own)
    return later and tokens[0].tag in ("prep", "conj")


def _is_subject(tokens: Sequence[Token], index: int) -> bool:
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return (index > 0 and tokens[index - 1].tag == "aux") or (after is not None and after.tag in ("aux", "verb"))


def _says_there_is(tokens: Sequence[Token], index: int) -> bool:
    """ "There is", "are there": no place is meant."""
    near = [token.lower for token in tokens[max(index - 1, 0) : index + 3]]
    last = index + 1 >= len(tokens) or tokens[index + 1].tag == "mark"
    counted = [token.lower for token in tokens[:2]] == ["how", "many"]
    return (not last or counted) and any(word in BE for word in near)


def _is_formal(question: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether "it" stands for nothing: "is it true that", "how long will it take to"."""
    return tokens[index].lower == "it" and (
        _FORMAL_IT.match(question[tokens[index].start :].replace("It ", "it ", 1)) is not None
        or (tokens[index - 1].lower in _MAKING and index + 2 < len(tokens) and tokens[index + 1].tag != "prep")
    )
