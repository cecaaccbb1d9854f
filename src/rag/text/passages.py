"""Splits an article into passages: consecutive sentences, as many as the embedder sees at once, overlapping a little.

What the embedder is given is longer than the passage: title and date go in front (`embedding_text`), so that a passage
about "the talks" is found by whose talks they were. The caller takes their tokens off the window beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.core.article import Sentence

CountTokens = Callable[[Sequence[str]], list[int]]
"""Tokens of each text, special tokens not counted, as `Embedder.count_tokens`."""

_OVERLAP = 0.25
"""The share of the window that may be the end of the passage before."""
_MOST_OVERLAPPING = 2
_FULL_ENOUGH = 0.5
"""From this share of the window on, a heading ends the passage before it."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """A passage to be, at `text[start:end]`; its sentences are `sentences[first:last]` of the article's.

    A sentence longer than the window becomes several drafts, each with a part of it and both with that sentence.
    """

    start: int
    end: int
    first: int
    last: int


def split_passages(
    text: str, sentences: Sequence[Sentence], count_tokens: CountTokens, window: int
) -> list[PassageDraft]:
    """The passages of one article, in order, each of at most `window` tokens (the sum of its sentences').

    Every sentence that is no boilerplate is in at least one passage, and no passage holds boilerplate. `count_tokens`
    is called once, and once more where a sentence is longer than the window. Raises ValueError for a window below 1.
    """
    if window < 1:
        raise ValueError(f"The window must be at least 1 token, not {window}.")
    body = [number for number, sentence in enumerate(sentences) if sentence.kind != "boilerplate"]
    counts = dict(zip(body, count_tokens([_words(text, sentences[number]) for number in body]), strict=True))
    passages = _cut_long(text, sentences, [number for number in body if counts[number] > window], count_tokens, window)
    for run in _runs([number for number in body if counts[number] <= window]):
        headings = [sentences[number].kind == "heading" for number in run]
        for first, last in _pack([counts[number] for number in run], headings, window):
            start, end = sentences[run[first]].start, sentences[run[last - 1]].end
            passages.append(PassageDraft(start, end, run[first], run[last - 1] + 1))
    return sorted(passages, key=lambda passage: passage.start)


def embedding_text(title: str, published: str | None, passage: str) -> str:
    """What is embedded for a passage: the article's title and date, then the passage's own text."""
    return "\n".join(part for part in (title, published, passage) if part)


def _words(text: str, sentence: Sentence) -> str:
    return text[sentence.start : sentence.end]


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """The numbers as stretches of consecutive ones."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _cut_long(
    text: str, sentences: Sequence[Sentence], numbers: Sequence[int], count_tokens: CountTokens, window: int
) -> list[PassageDraft]:
    """Passages for the sentences that are longer than the window, cut between words."""
    words = [
        (number, word.start(), word.end())
        for number in numbers
        for word in _WORD.finditer(text, sentences[number].start, sentences[number].end)
    ]
    counts = count_tokens([text[start:end] for _, start, end in words]) if words else []
    passages: list[PassageDraft] = []
    tokens = 0
    for (number, start, end), count in zip(words, counts, strict=True):
        tokens += count
        if tokens <= window and passages and passages[-1].first == number:
            passages[-1] = replace(passages[-1], end=end)
            continue
        # WordPiece makes no more tokens of a word than it has characters, so parts of `window` characters fit.
        step = window if count > window else end - start
        passages += [PassageDraft(at, min(at + step, end), number, number + 1) for at in range(start, end, step)]
        tokens = min(count, window)
    return passages


def _pack(counts: Sequence[int], headings: Sequence[bool], window: int) -> Iterator[tuple[int, int]]:
    """Half-open ranges of sentences that fill the window one after the other; no count is above the window."""
    start = 0
    while start < len(counts):
        end = _fill(counts, headings, start, window)
        yield start, end
        if end == len(counts):
            return
        start = end - _count_overlapping(counts, headings, start, end, window)


def _fill(counts: Sequence[int], headings: Sequence[bool], start: int, window: int) -> int:
    """Where the passage that begins at `start` ends: full, or before a heading once it is full enough."""
    end, tokens = start, 0
    while end < len(counts) and tokens + counts[end] <= window:
        if headings[end] and tokens >= _FULL_ENOUGH * window:
            return end
        tokens += counts[end]
        end += 1
    without_headings = end
    while end < len(counts) and without_headings > start and headings[without_headings - 1]:
        without_headings -= 1
    return without_headings if without_headings > start else end


def _count_overlapping(counts: Sequence[int], headings: Sequence[bool], start: int, end: int, window: int) -> int:
    """How many sentences of the passage `[start, end)` the next one begins with; none where it begins a section."""
    overlapping, tokens = 0, 0
    if headings[end]:
        return 0
    for number in range(end - 1, start, -1):
        tokens += counts[number]
        fits = tokens <= _OVERLAP * window and tokens + counts[end] <= window
        if headings[number] or not fits or overlapping == _MOST_OVERLAPPING:
            break
        overlapping += 1
    return overlapping
