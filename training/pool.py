"""Encoded examples in flat arrays: kept in one file, batched on whatever device they are on."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from training.encoding import Encoded

SORTED_BATCHES = 32  # batches cut from a stretch of the pool that is sorted by length
LENGTH_STEP = 8  # tokens: what matrix units take at once


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one training step: int64 and bool [batch, sequence], spans [spans, 3], labelled bool [batch].

    `places` are the tokens' places in the pool, where what a teacher said of them stands too.
    """

    input_ids: torch.Tensor
    attention_mask: torch.Tensor
    token_type_ids: torch.Tensor
    readable: torch.Tensor
    gold_spans: torch.Tensor
    labelled: torch.Tensor
    places: torch.Tensor


@dataclass(frozen=True, slots=True)
class Pool:
    """Examples one behind the other: int16 tokens, spans [spans, 2], and where each example's own begin.

    `begins` and `span_begins` have one element more than there are examples; `second` and `first` are as in `Encoded`.
    """

    tokens: torch.Tensor
    begins: torch.Tensor
    second: torch.Tensor
    first: torch.Tensor
    spans: torch.Tensor
    span_begins: torch.Tensor

    @classmethod
    def of(cls, rows: Sequence[Encoded]) -> Pool:
        """The pool of these examples."""

        def running(counts: Iterator[int]) -> torch.Tensor:
            return torch.tensor([0, *counts]).cumsum(0)

        return cls(
            tokens=torch.tensor(list(chain.from_iterable(row.input_ids for row in rows)), dtype=torch.int16),
            begins=running(len(row.input_ids) for row in rows),
            second=torch.tensor([row.second for row in rows], dtype=torch.int16),
            first=torch.tensor([row.first for row in rows], dtype=torch.int16),
            spans=torch.tensor([span for row in rows for span in row.spans], dtype=torch.int16).view(-1, 2),
            span_begins=running(len(row.spans) for row in rows),
        )

    @classmethod
    def load(cls, path: Path) -> Pool:
        """The pool of a file that `save` wrote."""
        return cls(**load_file(path))

    def save(self, path: Path) -> None:
        """Write all of it into one safetensors file, which appears under its name when complete."""
        path.parent.mkdir(parents=True, exist_ok=True)
        partial_file = path.with_name(path.name + ".partial")
        save_file({field.name: getattr(self, field.name).contiguous() for field in fields(self)}, partial_file)
        partial_file.replace(path)

    def __len__(self) -> int:
        return len(self.second)

    def to(self, device: torch.device) -> Pool:
        """The same on another device."""
        return Pool(*(getattr(self, field.name).to(device) for field in fields(self)))

    @classmethod
    def concatenated(cls, pools: Sequence[Pool]) -> Pool:
        """The pools' examples, one pool behind the other."""

        def behind(name: str) -> torch.Tensor:
            parts = [getattr(pool, name) for pool in pools]
            if not name.endswith("begins"):
                return torch.cat(parts)
            counts = torch.cat([part.diff() for part in parts])
            return torch.cat([counts.new_zeros(1), counts.cumsum(0)])

        return cls(*(behind(field.name) for field in fields(cls)))

    def batch(self, rows: torch.Tensor) -> Batch:
        """The examples of these numbers, padded to about the longest, on the pool's device, where `rows` is."""
        begins, sizes = self.begins[rows], self.begins[rows + 1] - self.begins[rows]
        position = torch.arange(-(-int(sizes.max()) // LENGTH_STEP) * LENGTH_STEP, device=rows.device)
        inside = position < sizes[:, None]
        places = begins[:, None] + torch.minimum(position, sizes[:, None] - 1)
        passage = (position >= self.first[rows][:, None]) & (position < sizes[:, None] - 1)
        span_counts = self.span_begins[rows + 1] - self.span_begins[rows]
        row = torch.repeat_interleave(torch.arange(len(rows), device=rows.device), span_counts)
        rank = torch.arange(len(row), device=rows.device) - (span_counts.cumsum(0) - span_counts)[row]
        spans = self.spans[self.span_begins[rows][row] + rank].long()
        return Batch(
            input_ids=torch.where(inside, self.tokens[places].long(), 0),
            attention_mask=inside.long(),
            token_type_ids=(inside & (position >= self.second[rows][:, None])).long(),
            readable=passage | (position == 0),
            gold_spans=torch.cat([row[:, None], spans], 1),
            labelled=span_counts > 0,
            places=places,
        )

    def rows_in_order(self, size: int, seed: int, first: int = 0) -> Iterator[torch.Tensor]:
        """Without an end, the rows of each batch from number `first` on, each batch of about one length.

        Every pass over the pool has an order of its own and takes each example once, but for the last few that don't
        fill a batch.
        """
        sizes = self.begins.diff().cpu()
        in_a_pass = len(self) // size
        if not in_a_pass:
            raise ValueError(f"{len(self)} examples don't fill a batch of {size}; draw more, or take smaller batches")
        number = first // in_a_pass
        while True:
            order = torch.randperm(len(self), generator=torch.Generator().manual_seed(1000 * seed + number))
            stretches = torch.split(order[: in_a_pass * size], SORTED_BATCHES * size)
            cuts = [
                cut for stretch in stretches for cut in torch.split(stretch[sizes[stretch].argsort(stable=True)], size)
            ]
            random.Random(f"{seed} {number}").shuffle(cuts)
            yield from (cut.to(self.begins.device) for cut in cuts[max(0, first - number * in_a_pass) :])
            number += 1
