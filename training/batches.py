"""From drawn examples to padded tensors: word pieces, crops, gold token spans."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, fields

import torch
from tokenizers import Tokenizer

from training.stream import Drawn, ExampleStream

CLASSIFY, SEPARATE = 101, 102
LONGEST_QUESTION = 40  # tokens
USUAL_LENGTH, LONG_LENGTH = 192, 320
POOL_BATCHES = 32  # batches cut from one pool sorted by length


@dataclass(frozen=True, slots=True)
class Encoded:
    """One input sequence; spans are (first, last) token positions, (0, 0) for no answer."""

    input_ids: list[int]
    question_length: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one training step: int64 and bool [batch, sequence], spans [spans, 3]."""

    input_ids: torch.Tensor
    attention_mask: torch.Tensor
    token_type_ids: torch.Tensor
    readable: torch.Tensor
    gold_spans: torch.Tensor

    def to(self, device: torch.device) -> Batch:
        """The same on another device."""
        return Batch(*(getattr(self, field.name).to(device) for field in fields(self)))


def _token_span(offsets: list[tuple[int, int]], place: tuple[int, int]) -> tuple[int, int] | None:
    inside = [i for i, (a, b) in enumerate(offsets) if a < place[1] and b > place[0]]
    return (inside[0], inside[-1]) if inside else None


def encode(drawn: Drawn, tokenizer: Tokenizer, rng: random.Random) -> Encoded:
    """Tokenise, crop the passage at random around the anchor, and place the gold spans."""
    question = tokenizer.encode(drawn.question, add_special_tokens=False).ids[:LONGEST_QUESTION]
    passage = tokenizer.encode(drawn.passage, add_special_tokens=False)
    offsets = passage.offsets
    total = LONG_LENGTH if drawn.long else USUAL_LENGTH
    room = total - len(question) - 3
    begin = 0
    if len(offsets) > room:
        first, last = _token_span(offsets, drawn.anchor) or (0, 0)
        earliest = max(0, min(first, last - room + 1))
        latest = max(earliest, min(first, len(offsets) - room))
        begin = rng.randint(earliest, latest)
    end = min(len(offsets), begin + room)
    shift = len(question) + 2 - begin
    found = (_token_span(offsets, place) for place in drawn.answers)
    spans = dict.fromkeys(
        (span[0] + shift, span[1] + shift) for span in found if span and span[0] >= begin and span[1] < end
    )
    ids = [CLASSIFY, *question, SEPARATE, *passage.ids[begin:end], SEPARATE]
    return Encoded(ids, len(question), tuple(spans) or ((0, 0),))


def collate(rows: list[Encoded]) -> Batch:
    """Pad to the longest row."""
    length = max(len(row.input_ids) for row in rows)
    shape = (len(rows), length)
    input_ids = torch.zeros(shape, dtype=torch.int64)
    attention_mask = torch.zeros(shape, dtype=torch.int64)
    token_type_ids = torch.zeros(shape, dtype=torch.int64)
    readable = torch.zeros(shape, dtype=torch.bool)
    for number, row in enumerate(rows):
        size, passage = len(row.input_ids), row.question_length + 2
        input_ids[number, :size] = torch.tensor(row.input_ids)
        attention_mask[number, :size] = 1
        token_type_ids[number, passage:size] = 1
        readable[number, passage : size - 1] = True
        readable[number, 0] = True
    spans = [(number, *span) for number, row in enumerate(rows) for span in row.spans]
    return Batch(input_ids, attention_mask, token_type_ids, readable, torch.tensor(spans))


def stream_batches(stream: ExampleStream, tokenizer: Tokenizer, size: int, first: int = 0) -> Iterator[Batch]:
    """Yield batches from number `first` on, each of rows of about the same length."""
    pool_number, skip = divmod(first, POOL_BATCHES)
    while True:
        begin = pool_number * POOL_BATCHES * size
        rng = random.Random(f"{stream.seed} pool {pool_number}")
        pool = [encode(stream.draw(index), tokenizer, rng) for index in range(begin, begin + POOL_BATCHES * size)]
        pool.sort(key=lambda row: len(row.input_ids))
        cuts = [pool[at : at + size] for at in range(0, len(pool), size)]
        rng.shuffle(cuts)
        yield from (collate(cut) for cut in cuts[skip:])
        pool_number, skip = pool_number + 1, 0
