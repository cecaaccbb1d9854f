"""Reads a draft: its statements, and in each the quotations and who is said to say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from rag.core.article import Sentence
from rag.drafts.told import Told, read_told
from rag.text.english.function_words import SPEAKING_PRONOUNS
from rag.text.english.patterns import any_of
from rag.text.english.saying import SAYING_FORMS, SAYING_PARTICIPLES
from rag.text.grammar.antecedents import person_before
from rag.text.grammar.speeches import FEW_WORDS, Speech, find_speeches
from rag.text.segment import segment

_KINDS = frozenset(("sentence", "fragment", "pull_quote"))
_SAYS = re.compile(rf"\b(?:{any_of(form for form in (*SAYING_FORMS, *SAYING_PARTICIPLES) if ' ' not in form)})\b")
_MARKS = "\"“”„«»‘’'` "
_STOPS = ".,;:!?…—–- "
_LEAST_WORDS = FEW_WORDS + 1
"""Fewest words of a quotation that is compared word by word. Fewer may be an expression, and are words of the sentence."""
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
class DraftStatement:
    """A sentence of a draft that states something, at `draft[start:end]`.

    Attributes:
        start: Start offset in the draft, in characters.
        end: End offset, exclusive.
        text: The sentence.
        told: What it tells outside of its quotations, and without the words for its speaker.
        quotations: Its quotations.
        speaker: Who is said to say it; None for the draft's own words.
    """

    start: int
    end: int
    text: str
    told: Told
    quotations: tuple[Quoted, ...]
    speaker: Speaker | None


def read_statements(draft: str) -> list[DraftStatement]:
    """Finds the sentences of a draft that state something. Headings, questions and lines of standard text don't.

    Args:
        draft: The draft.
    """
    sentences = segment(draft)
    speeches = find_speeches(draft, sentences)
    found = (_statement(draft, sentences, speeches, one) for one in sentences if one.kind in _KINDS)
    return [one for one in found if one is not None]


def _statement(
    draft: str, sentences: Sequence[Sentence], speeches: Sequence[Speech], sentence: Sentence
) -> DraftStatement | None:
    text = draft[sentence.start : sentence.end]
    inside = [speech for speech in speeches if speech.start < sentence.end and sentence.start < speech.end]
    quotations = tuple(_quotations(draft, sentence, inside))
    speaker = _speaker(draft, sentences, sentence, inside)
    if text.rstrip(_MARKS).endswith("?") and speaker is None:
        return None
    told = read_told(text, tuple(_left_out(text, quotations, speaker, bool(inside))))
    if len(told.items) < _LEAST_ITEMS and not quotations:
        return None
    return DraftStatement(sentence.start, sentence.end, text, told, quotations, speaker)


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
