"""The other sentences of a passage that belong to an answer of more than one: a reason, a course of events."""

from __future__ import annotations

from collections.abc import Iterator

from rag.answering.candidates import Candidate
from rag.answering.material import Likeness
from rag.core.article import QUOTABLE

MAX_SENTENCES = 3
NEARLY = 0.9
"""How like the question a sentence must be, beside the sentences that hold the answer, to be quoted with them.

On 299 questions of CLAP NQ dev and every second of those of QED dev that were kept aside, from 0.6 to 0.9, it gave the
long answers of the one .52 to .53 of sentence F1 (without: .48) and cost the short ones of the other .03 to 0.
"""


def quotes_of(best: Candidate, likeness: Likeness) -> list[tuple[int, int]]:
    """The intervals to quote, in the order of the text, the candidate's own with its neighbours or apart from them."""
    sentences = best.hit.passage.sentences
    text = best.article.text
    own = [index for index, s in enumerate(sentences) if s.start < best.end and best.start < s.end]
    chosen = set(own)
    if len(own) < MAX_SENTENCES:
        could = [index for index, s in enumerate(sentences) if s.kind in QUOTABLE or index in chosen]
        alike = dict(zip(could, likeness([text[sentences[i].start : sentences[i].end] for i in could]), strict=True))
        enough = NEARLY * max(alike[index] for index in own)
        nearest = sorted((index for index in could if index not in chosen), key=lambda index: -alike[index])
        chosen.update(index for index in nearest[: MAX_SENTENCES - len(own)] if alike[index] >= enough)
    return [(sentences[first].start, sentences[last].end) for first, last in _runs(sorted(chosen))]


def _runs(indices: list[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of each run of consecutive numbers."""
    first = last = indices[0]
    for index in indices[1:]:
        if index > last + 1:
            yield first, last
            first = index
        last = index
    yield first, last
