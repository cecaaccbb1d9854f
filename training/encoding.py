"""Encodes drawn examples as input sequences: word pieces, crops and gold token spans."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tokenizers import Tokenizer

from training.stream import Drawn

CLASSIFY, SEPARATE = 101, 102
"""Ids of BERT's special tokens [CLS] and [SEP]."""
LONGEST_QUESTION, LONGEST_LEAD = 40, 32
"""Most tokens of a question and of a lead. The rest is cut off."""
USUAL_LENGTH, LONG_LENGTH = 192, 320
"""Most tokens of a usual and of a long input sequence. 320 is the window of the shipped reader."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One input sequence.

    Attributes:
        input_ids: Token ids: [CLS], question, [SEP], lead, passage, [SEP].
        second: Position of the first token after the question's [SEP].
        first: Position of the passage's first token.
        spans: Gold spans as (first, last) token positions, both inclusive. (0, 0) means no answer. Empty if the answer
            is unknown.
    """

    input_ids: list[int]
    second: int
    first: int
    spans: tuple[tuple[int, int], ...]


def _token_span(offsets: list[tuple[int, int]], place: tuple[int, int]) -> tuple[int, int] | None:
    inside = [i for i, (a, b) in enumerate(offsets) if a < place[1] and b > place[0]]
    return (inside[0], inside[-1]) if inside else None


def encode(drawn: Drawn, tokenizer: Tokenizer, rng: random.Random) -> Encoded:
    """Tokenizes an example, crops its passage at random around the anchor, and places the gold spans.

    Args:
        drawn: The example.
        tokenizer: The tokenizer, without padding and truncation.
        rng: The random numbers.
    """
    question = tokenizer.encode(drawn.question, add_special_tokens=False).ids[:LONGEST_QUESTION]
    lead = tokenizer.encode(drawn.lead, add_special_tokens=False).ids[:LONGEST_LEAD] if drawn.lead else []
    passage = tokenizer.encode(drawn.passage, add_special_tokens=False)
    offsets = passage.offsets
    total = LONG_LENGTH if drawn.long else USUAL_LENGTH
    second = len(question) + 2
    first = second + len(lead)
    room = total - first - 1
    begin = 0
    if len(offsets) > room:
        kept = _token_span(offsets, drawn.anchor) or (0, 0)
        earliest = max(0, min(kept[0], kept[1] - room + 1))
        latest = max(earliest, min(kept[0], len(offsets) - room))
        begin = rng.randint(earliest, latest)
    end = min(len(offsets), begin + room)
    shift = first - begin
    found = (_token_span(offsets, place) for place in drawn.answers)
    spans = dict.fromkeys(
        (span[0] + shift, span[1] + shift) for span in found if span and span[0] >= begin and span[1] < end
    )
    ids = [CLASSIFY, *question, SEPARATE, *lead, *passage.ids[begin:end], SEPARATE]
    return Encoded(ids, second, first, (tuple(spans) or ((0, 0),)) if drawn.labelled else ())
