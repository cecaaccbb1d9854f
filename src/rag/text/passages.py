"""Splits an article into passages: consecutive sentences that fit the embedder's window and overlap a little.

The text that is embedded begins with title and date (`embedding_text`). So a passage about "the talks" is also found by
what the title says of these talks. The caller subtracts the tokens of title and date from the window.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, tee

from rag.core.article import Sentence

CountTokens = Callable[[Sequence[str]], list[int]]
"""A function that counts the tokens of each text, without special tokens, like `Embedder.count_tokens`."""

COUNTED_AT_ONCE = 4096
"""Most texts whose tokens are counted at once: a tokenizer takes about a kilobyte for each."""
LONGEST_COUNTED = 20_000
"""Longest text whose tokens are counted, in characters. A tokenizer takes about a hundred bytes for each character."""
_OVERLAP = 0.25
"""Most overlap with the passage before, as a share of the window."""
_MOST_OVERLAPPING = 2
"""Most sentences that two consecutive passages share."""
_FULL_ENOUGH = 0.5
"""Share of the window from which a passage ends before the next heading."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """The place of a passage.

    A sentence longer than the window becomes several drafts. Each has a part of its text, and all name that sentence.

    Attributes:
        start: Start offset in the article's text, in characters.
        end: End offset, exclusive.
        first: Index of the passage's first sentence in the article's sentences.
        last: Index after its last sentence.
    """

    start: int
    end: int
    first: int
    last: int


def split_passages(
    text: str, sentences: Sequence[Sentence], count_tokens: CountTokens, window: int
) -> list[PassageDraft]:
    """Splits an article into passages.

    Every sentence is in at least one passage, except boilerplate, which is in none.

    Args:
        text: The article's text.
        sentences: Its sentences, in order.
        count_tokens: Counts tokens. It is called with at most `COUNTED_AT_ONCE` texts of at most `LONGEST_COUNTED`
            characters.
        window: Most tokens per passage, as the sum of its sentences' tokens.

    Returns:
        The passages, in order.

    Raises:
        ValueError: If the window is below 1.
    """
    if window < 1:
        raise ValueError(f"The window must be at least 1 token, not {window}.")
    body = [number for number, sentence in enumerate(sentences) if sentence.kind != "boilerplate"]
    spans = [(sentences[number].start, sentences[number].end) for number in body]
    counts = dict(zip(body, _count(text, spans, count_tokens), strict=True))
    passages = _cut_long(text, sentences, [number for number in body if counts[number] > window], count_tokens, window)
    for run in _runs([number for number in body if counts[number] <= window]):
        headings = [sentences[number].kind == "heading" for number in run]
        for first, last in _pack([counts[number] for number in run], headings, window):
            start, end = sentences[run[first]].start, sentences[run[last - 1]].end
            passages.append(PassageDraft(start, end, run[first], run[last - 1] + 1))
    return sorted(passages, key=lambda passage: passage.start)


def embedding_text(title: str, published: str | None, passage: str) -> str:
    """Joins the text that is embedded for a passage: title, date and passage, one per line. Empty ones are left out.

    Args:
        title: The article's title.
        published: The article's date; None if it is unknown.
        passage: The passage's text.
    """
    return "\n".join(part for part in (title, published, passage) if part)


def _count(text: str, spans: Iterable[tuple[int, int]], count_tokens: CountTokens) -> Iterator[int]:
    """Yields the number of tokens of each span; for a very long one its number of characters, which is not less."""
    spans = iter(spans)
    while some := list(islice(spans, COUNTED_AT_ONCE)):
        short = [(start, end) for start, end in some if end - start <= LONGEST_COUNTED]
        counts = iter(count_tokens([text[start:end] for start, end in short]) if short else ())
        yield from (next(counts) if end - start <= LONGEST_COUNTED else end - start for start, end in some)


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yields the runs of consecutive numbers."""
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
    """Cuts the sentences that are longer than the window, between words if possible."""
    found = (
        (number, word.start(), word.end())
        for number in numbers
        for word in _WORD.finditer(text, sentences[number].start, sentences[number].end)
    )
    words, places = tee(found)
    counts = _count(text, ((start, end) for _, start, end in places), count_tokens)
    passages: list[PassageDraft] = []
    tokens = 0
    for (number, start, end), count in zip(words, counts, strict=True):
        tokens += count
        if tokens <= window and passages and passages[-1].first == number:
            passages[-1] = replace(passages[-1], end=end)
            continue
        # WordPiece makes at most one token per character, so parts of `window` characters fit.
        step = window if count > window else end - start
        passages += [PassageDraft(at, min(at + step, end), number, number + 1) for at in range(start, end, step)]
        tokens = min(count, window)
    return passages


def _pack(counts: Sequence[int], headings: Sequence[bool], window: int) -> Iterator[tuple[int, int]]:
    """Yields half-open ranges of sentences, each as long as fits the window. No count may be above the window."""
    start = 0
    while start < len(counts):
        end = _fill(counts, headings, start, window)
        yield start, end
        if end == len(counts):
            return
        start = end - _count_overlapping(counts, headings, start, end, window)


def _fill(counts: Sequence[int], headings: Sequence[bool], start: int, window: int) -> int:
    """The end of the passage that begins at `start`: where it is full, or before a heading once it is full enough."""
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
    """Number of sentences of the passage `[start, end)` that the next passage repeats; 0 if a heading begins it."""
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
