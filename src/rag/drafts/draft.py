"""Reads a draft: its statements, and in each the quotations and who is said to say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from rag.core.article import Sentence
from rag.drafts.told import Told, read_told
from rag.drafts.words import Word, words_of
from rag.text.english.function_words import DEMONSTRATIVES, PLACING, PRONOUNS_FOR, SPEAKING_PRONOUNS
from rag.text.english.patterns import any_of
from rag.text.english.saying import SAYING_FORMS, SAYING_PARTICIPLES
from rag.text.english.verbs import FINITE_FORMS
from rag.text.grammar.antecedents import person_before
from rag.text.grammar.speeches import FEW_WORDS, Speech, find_speeches
from rag.text.grammar.verb_forms import base_of
from rag.text.segment import segment

_KINDS = frozenset(("sentence", "fragment", "pull_quote"))
_SAYS = re.compile(rf"\b(?:{any_of(form for form in (*SAYING_FORMS, *SAYING_PARTICIPLES) if ' ' not in form)})\b")
_FINITE = re.compile("|".join(FINITE_FORMS))
_MARKS = "\"“”„«»‘’'` "
_STOPS = ".,;:!?…—–- "
_LEAST_WORDS = FEW_WORDS + 1
"""Fewest words of a quotation that is compared word by word. Fewer may be an expression, and part of the sentence."""
_SHORT = 6
"""Most words of a line that is no statement, if it has no known verb."""
_CONTEXT = 3
"""Statements before one that are searched for a name which it may be about."""
_IN_PLACE = re.compile(rf"\b{any_of(PLACING)} \Z", re.IGNORECASE)
_PERSONAL = frozenset(("he", "him", "his", "she", "her"))
_REFERRING = frozenset(PRONOUNS_FOR) - {"there"} | DEMONSTRATIVES
_LONGEST = 1500
"""Most characters of a statement. More is no sentence but a text without full stops, and would take seconds."""
_LEAST_ITEMS = 2
"""Fewest words that say something, of a statement."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation in a statement, without its marks, at `statement.text[start:end]`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to say a statement.

    Attributes:
        name: The name or the role; None if the draft has only a pronoun there that may be anyone's.
        place: Where the statement has it, or its pronoun, half-open; None if another sentence has it.
        is_guess: Whether it is a guess for a pronoun.
        said: The half-open place in the statement of the words that are given as said.
    """

    name: str | None
    place: tuple[int, int] | None
    is_guess: bool
    said: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Context:
    """What a statement takes from those before it: "She resigned", "The company will cut 500 jobs".

    Attributes:
        names: The last words of the names that it may be about.
        is_person: Whether it is surely the one person named; then a sentence that states it names the person too.
    """

    names: tuple[str, ...]
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """A sentence of a draft that states something, at `draft[start:end]`.

    Attributes:
        start: Start offset in the draft, in characters.
        end: End offset, exclusive.
        text: The sentence.
        told: What it tells outside of its quotations, and without the words for its speaker.
        quotations: Its quotations.
        speaker: Who is said to say it; None for the draft's own words.
        context: What it takes from the statements before it; None if it stands alone.
    """

    start: int
    end: int
    text: str
    told: Told
    quotations: tuple[Quoted, ...]
    speaker: Speaker | None
    context: Context | None = None


def read_statements(draft: str) -> list[DraftStatement]:
    """Finds the sentences of a draft that state something. Headings, questions and lines of standard text don't.

    Args:
        draft: The draft.
    """
    sentences = segment(draft)
    speeches = find_speeches(draft, sentences)
    found: list[DraftStatement] = []
    for sentence in sentences:
        is_sentence = sentence.kind in _KINDS and sentence.end - sentence.start <= _LONGEST
        statement = _statement(draft, sentences, speeches, sentence) if is_sentence else None
        if statement is not None:
            found.append(replace(statement, context=_context(draft, sentences, statement, found)))
    return found


def _context(
    draft: str, sentences: Sequence[Sentence], statement: DraftStatement, before: Sequence[DraftStatement]
) -> Context | None:
    """What a statement without a name of its own, or with a pronoun before its first name, takes from those before."""
    told = statement.told
    first = told.items[told.names[0][0]].start if told.names else len(statement.text)
    pronoun = next(
        (w for w in told.words if w.start < first and w.lower in _REFERRING and not _is_quoted(statement, w)), None
    )
    if pronoun is not None:
        person = person_before(draft, sentences, statement.start + pronoun.start)
        if person is not None:
            return Context((draft[slice(*person)].rsplit(maxsplit=1)[-1],), is_person=True)
    if pronoun is None and (told.names or statement.speaker is not None):
        return None
    is_person = pronoun is not None and pronoun.lower in _PERSONAL
    for earlier in reversed(before[-_CONTEXT:]):
        names = _names_before(earlier, but_places=is_person)
        if names:
            return Context(names)
    return None


def _names_before(earlier: DraftStatement, *, but_places: bool) -> tuple[str, ...]:
    """The last words of the names in a statement; those behind "in" or "near" are of places, and no person is one."""
    told = earlier.told
    places = [(told.items[first].start, told.items[last - 1]) for first, last in told.names]
    names = [
        earlier.text[word.start : word.end]
        for start, word in places
        if not (but_places and _IN_PLACE.search(earlier.text, 0, start))
    ]
    if earlier.speaker is not None and earlier.speaker.name is not None and earlier.speaker.name[0].isupper():
        names.append(earlier.speaker.name.rsplit(maxsplit=1)[-1])
    return tuple(names)


def _is_quoted(statement: DraftStatement, word: Word) -> bool:
    return any(quoted.start <= word.start < quoted.end for quoted in statement.quotations)


def _statement(
    draft: str, sentences: Sequence[Sentence], speeches: Sequence[Speech], sentence: Sentence
) -> DraftStatement | None:
    text = draft[sentence.start : sentence.end]
    inside = [speech for speech in speeches if speech.start < sentence.end and sentence.start < speech.end]
    quotations = tuple(_quotations(draft, sentence, inside))
    speaker = _speaker(draft, sentences, sentence, inside)
    is_question = text.rstrip(_MARKS).endswith("?") and speaker is None
    if is_question or text.startswith("#") or not _has_verb(text):
        return None
    told = read_told(text, tuple(_left_out(text, quotations, speaker, bool(inside))))
    if len(told.items) < _LEAST_ITEMS and not quotations:
        return None
    return DraftStatement(sentence.start, sentence.end, text, told, quotations, speaker)


def _has_verb(text: str) -> bool:
    """Whether a text may be a sentence; a short line without a known verb is none: "Trump and the general"."""
    words = words_of(text)
    return len(words) > _SHORT or any(_FINITE.fullmatch(word.text) or base_of(word.lower) for word in words)


def _quotations(draft: str, sentence: Sentence, speeches: Sequence[Speech]) -> Iterator[Quoted]:
    for speech in speeches:
        if not speech.is_direct:
            continue
        start, end = max(speech.start, sentence.start), min(speech.end, sentence.end)
        while start < end and draft[start] in _MARKS + _STOPS:
            start += 1
        while start < end and draft[end - 1] in _MARKS + _STOPS:
            end -= 1
        words = draft[start:end]
        if len(words.split()) >= _LEAST_WORDS:
            yield Quoted(start - sentence.start, end - sentence.start, words)


def _speaker(
    draft: str, sentences: Sequence[Sentence], sentence: Sentence, speeches: Sequence[Speech]
) -> Speaker | None:
    """The speaker of the longest speech of a sentence."""
    told = [speech for speech in speeches if _has_speaker(draft, speech)]
    if not told:
        return None
    speech = max(told, key=lambda one: min(one.end, sentence.end) - max(one.start, sentence.start))
    place = speech.speaker or speech.pronoun or (0, 0)
    named = speech.speaker or person_before(draft, sentences, place[0])
    is_here = sentence.start <= place[0] and place[1] <= sentence.end
    return Speaker(
        draft[slice(*named)] if named else None,
        (place[0] - sentence.start, place[1] - sentence.start) if is_here else None,
        speech.speaker is None,
        (max(speech.start, sentence.start) - sentence.start, min(speech.end, sentence.end) - sentence.start),
    )


def _has_speaker(draft: str, speech: Speech) -> bool:
    """Whether a speech has a speaker who may be compared; "it" is nobody."""
    if speech.speaker is not None:
        return True
    return speech.pronoun is not None and draft[slice(*speech.pronoun)].lower() in SPEAKING_PRONOUNS


def _left_out(
    text: str, quotations: Sequence[Quoted], speaker: Speaker | None, is_speech: bool
) -> Iterator[tuple[int, int]]:
    """The places in a statement that are compared in other ways: quotations, the speaker, and that it is said."""
    yield from ((quoted.start, quoted.end) for quoted in quotations)
    if speaker is not None and speaker.place is not None:
        yield speaker.place
    if is_speech:
        yield from chain(match.span() for match in _SAYS.finditer(text))
