"""Finds more sentences of a passage for an answer that needs several, such as a reason or a course of events."""

from __future__ import annotations

from collections.abc import Iterator

from rag.answering.candidates import Candidate
from rag.answering.material import Likeness
from rag.core.article import QUOTABLE

MAX_SENTENCES = 3
"""Most sentences quoted for one candidate."""
NEARLY = 0.9
"""Least cosine of a further sentence, as a share of the best cosine among the sentences with the answer.

Shares from 0.6 to 0.9 were compared on 299 questions of CLAP NQ dev, which have long answers, and on every second one
of the questions of QED dev that were kept aside, which have short answers. The long answers had a sentence F1 of .52 to
.53 (.48 without further sentences); the short answers lost .03 to 0.
"""


def quotes_of(best: Candidate, likeness: Likeness) -> list[tuple[int, int]]:
    """Chooses the sentences to quote for a candidate: its own, and others that are about as near to the question.

    Args:
        best: The candidate.
        likeness: Computes the cosine of texts with the question.

    Returns:
        Half-open intervals of the article's text, in the order of the text. Neighbouring sentences share one interval.
        At most MAX_SENTENCES sentences are chosen, but never fewer than the candidate's own.
    """
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
    """Yields the first and last of each run of consecutive numbers."""
    first = last = indices[0]
    for index in indices[1:]:
        if index > last + 1:
            yield first, last
            first = index
        last = index
    yield first, last
