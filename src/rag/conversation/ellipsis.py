"""Completes questions that omit what the question before said: "Why?", "Who else?", "And in Jordan?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.conversation.phrases import Phrase, phrases_of
from rag.conversation.reask import ask_anew, capitalised, joined, lowered, question_word
from rag.conversation.tags import Token, tag
from rag.text.english import follow_ups
from rag.text.english.function_words import PREPOSITIONS
from rag.text.english.people import NAME_PREPOSITIONS
from rag.text.english.places import NATIONS
from rag.text.english.verbs import AUXILIARIES_OF_DOING

_LEAD = re.compile(follow_ups.LEAD, re.IGNORECASE)
_BARE = re.compile(follow_ups.BARE, re.IGNORECASE)
_JOINED = re.compile(follow_ups.JOINED, re.IGNORECASE)
_JUDGED = re.compile(follow_ups.JUDGED)
_ELSE = re.compile(follow_ups.ELSE, re.IGNORECASE)
_ABOUT = re.compile(follow_ups.ABOUT, re.IGNORECASE)
_SAME_DOING = re.compile(follow_ups.SAME_DOING, re.IGNORECASE)
_ONE = re.compile(r"(?<=\w )ones?$")
_SHORT = 9
"""Most words of a question that repeats a verb: "Who else did so?"."""


def complete_bare(question: str, earlier: str, answer: Phrase | None) -> str | None:
    """Completes a question that is only a question word: "Why?", "When was that?", "Who else?".

    Args:
        question: The question's text.
        earlier: The earlier question that it continues.
        answer: What the latest short answer names, if anything.

    Returns:
        The completed question; None if the question has another form.
    """
    asked = question.strip().rstrip(" ?.!…")
    bare = _LEAD.sub("", asked)
    if match := _BARE.fullmatch(bare):
        return _again(match["word"], question, earlier, answer)
    deed = _JUDGED.fullmatch(bare.lower()) and any(token.lower in AUXILIARIES_OF_DOING for token in tag(earlier))
    if deed or _JOINED.fullmatch(bare) or (_SAME_DOING.search(bare) and len(bare.split()) <= _SHORT):
        return joined(earlier, bare)
    if match := _ELSE.fullmatch(bare):
        return _else(match["word"], bare, earlier)
    return None


def complete_fragment(question: str, earlier: str) -> str | None:
    """Completes a question that only names something: "And in Jordan?", "What about oil?".

    Args:
        question: The question's text.
        earlier: The earlier question that it continues.

    Returns:
        The earlier question about the new thing; None if the question is not a fragment.
    """
    asked = question.strip().rstrip(" ?.!…")
    bare = _LEAD.sub("", asked)
    about = _ABOUT.match(question)
    if about:
        return substitute(_told(asked[about.end() :], earlier), earlier)
    bare = _told(bare, earlier) if bare != asked else bare
    tokens = tag(f", {bare}")[1:]
    if any(token.tag in ("wh", "aux", "verb", "pron") for token in tokens) or not tokens:
        return None
    opens = tokens[0].lower in PREPOSITIONS or tokens[0].tag == "time"
    led = _LEAD.sub("", asked) != asked
    if (led or (opens and len(tokens) <= 5)) and question.rstrip().endswith("?"):
        return substitute(bare, earlier)
    return None


def _again(word: str, question: str, earlier: str, answer: Phrase | None) -> str:
    tokens = tag(earlier)
    same = question_word(tokens) is not None and earlier.lower().startswith(word.lower() + " ")
    anew = None if same else ask_anew(capitalised(word), earlier, answer)
    return anew or joined(earlier, _LEAD.sub("", question))


def _else(word: str, bare: str, earlier: str) -> str:
    """The earlier question with "else" after its own question word, or the two questions joined."""
    tokens = tag(earlier)
    asked = question_word(tokens)
    if asked is None:
        return joined(earlier, bare)
    own = tokens[asked].lower
    end = next((i for i in range(asked + 1, len(tokens)) if tokens[i].tag in ("aux", "verb")), None)
    alike = own == word.lower() or (own == "which" and word.lower() == "who")
    if end is None or not alike:
        return joined(earlier, bare)
    return f"{earlier[: tokens[asked].start]}{capitalised(word)} else {earlier[tokens[end].start :]}"


def _told(other: str, earlier: str) -> str:
    """Replaces "one" at the end of a fragment by a noun: "the old one" after "the new airport"."""
    nouns = [p.head for p in phrases_of(earlier) if not p.named and not p.fits & {"he", "she"}]
    return _ONE.sub(nouns[-1], other) if nouns else other


def substitute(other: str, earlier: str) -> str:
    """Asks the earlier question about something else.

    A name replaces a name, a date a date, and "in X" replaces "in Y". Without a counterpart, the thing is added to the
    question, or the result is "What about X (earlier question)?".

    Args:
        other: The new thing, as the follow-up writes it.
        earlier: The earlier question.

    Returns:
        The new question.
    """
    other = lowered(other.strip(" ?.!"))
    tokens, marks = tag(earlier), tag(f", {other}")[1:]
    if not marks:
        return joined(earlier, other)
    if marks[-1].tag == "own":
        return _for_owner(other, earlier, tokens)
    times = [index for index, token in enumerate(tokens) if token.tag == "time"]
    if any(token.tag == "time" for token in marks) and not any(token.tag in ("noun", "name") for token in marks):
        return _for_time(other, earlier, tokens, times) if times else _added(other, earlier)
    if marks[0].lower in PREPOSITIONS:
        return _for_preposition(other, marks[0].lower, earlier, tokens)
    return _for_phrase(other, earlier, tokens)


def _for_owner(other: str, earlier: str, tokens: Sequence[Token]) -> str:
    owner = next((i for i, token in enumerate(tokens) if token.tag == "own"), None)
    if owner is None:
        return _aside(other, earlier)
    start = owner
    while start and tokens[start - 1].tag in ("name", "noun", "det"):
        start -= 1
    return f"{earlier[: tokens[start].start]}{other}{earlier[tokens[owner].end :]}"


def _for_time(other: str, earlier: str, tokens: Sequence[Token], times: Sequence[int]) -> str:
    first, last = times[0], times[-1]
    preposition = other.split(maxsplit=1)[0].lower() in PREPOSITIONS
    if first and tokens[first - 1].tag == "prep" and (preposition or tokens[first - 1].lower in NAME_PREPOSITIONS):
        first -= 1
    return f"{earlier[: tokens[first].start]}{other}{earlier[tokens[last].end :]}"


def _for_preposition(other: str, preposition: str, earlier: str, tokens: Sequence[Token]) -> str:
    phrases = [p for p in phrases_of(earlier) if p.tokens[0] and tokens[p.tokens[0] - 1].tag == "prep"]
    own = next(iter(phrases_of(f", {other}")), None)
    for same in (True, False):
        for phrase in reversed(phrases):
            before = tokens[phrase.tokens[0] - 1]
            alike = own is not None and "there" in own.fits & phrase.fits
            if before.lower == preposition if same else alike:
                return f"{earlier[: before.start]}{other}{earlier[tokens[phrase.tokens[1] - 1].end :]}"
    return _added(other, earlier)


def _for_phrase(other: str, earlier: str, tokens: Sequence[Token]) -> str:
    own = next(iter(phrases_of(f", {other}")), None)
    counterpart = None if own is None else _counterpart(own, other, phrases_of(earlier), tokens)
    if own is not None and own.named and (counterpart is None or counterpart.role == "asked"):
        whether = _whether(own, earlier)
        if whether is not None:
            return whether
    if counterpart is not None:
        return _put(other, counterpart, earlier, tokens)
    place = own is not None and own.named and "there" in own.fits
    if place and not NATIONS & {token.lower for token in tokens}:
        return _added(f"in {other}", earlier)
    return _aside(other, earlier)


def _whether(own: Phrase, earlier: str) -> str | None:
    """Asks whether it is true of a name: "Did India sign the accord?" after "Which countries signed the accord?"."""
    whether = (ask_anew("", earlier, own) or "").strip()
    return capitalised(whether) if f" {own.text} " in whether else None


def _counterpart(own: Phrase, other: str, phrases: Sequence[Phrase], tokens: Sequence[Token]) -> Phrase | None:
    """The phrase that the other thing replaces: one with the same noun, a name for a name, else another thing."""
    found = [p for p in phrases if p.role != "asked"]
    alike = [p for p in phrases if not p.named and p.head.lower() == own.head.lower()]
    alike += [p for p in found if p.named and p.text in other]
    if alike:
        return alike[0]
    if own.named:
        names = [p for p in found if p.named and p.fits & own.fits]
        return max(names, key=lambda p: (p.fits == own.fits, p.role == "subject", p.tokens), default=None)
    plain = [p for p in found if not p.named and not p.fits & {"he", "she"}]
    about = [p for p in plain if p.tokens[0] and tokens[p.tokens[0] - 1].lower == "about"]
    return next(reversed(about or plain), None)


def _put(other: str, phrase: Phrase, earlier: str, tokens: Sequence[Token]) -> str:
    start, end = tokens[phrase.tokens[0]].start, tokens[phrase.tokens[1] - 1].end
    if not phrase.named and " " in phrase.text:
        # Only the noun is replaced, not what is joined to it: "the talks in Oman", "the ceasefire in Oman".
        core = next((t for t in tokens[phrase.tokens[0] : phrase.tokens[1]] if t.tag == "prep"), None)
        end = core.start - 1 if core is not None else end
    return f"{earlier[:start]}{other}{earlier[end:]}"


def _added(other: str, earlier: str) -> str:
    return f"{earlier.rstrip(' ?.!')} {other}?"


def _aside(other: str, earlier: str) -> str:
    return f"What about {other} ({lowered(earlier)})?"
