"""Encoded examples in flat arrays, stored in one file and batched on their own device."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from training.encoding import Encoded

SORTED_BATCHES = 32
"""Number of batches whose examples are sorted by length together, so that a batch needs little padding."""
LENGTH_STEP = 8
"""Batches are padded to a multiple of this number of tokens, which suits matrix units."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The tensors of one training step.

    Attributes:
        input_ids: int64 [batch, sequence].
        attention_mask: int64 [batch, sequence]: 0 for padding.
        token_type_ids: int64 [batch, sequence]: 1 after the question.
        readable: bool [batch, sequence]: True for passage tokens and position 0.
        gold_spans: int64 [spans, 3]: batch row, first token, last token (inclusive).
        labelled: bool [batch]: True for rows with gold spans.
        places: int64 [batch, sequence]: the tokens' places in the pool, which are also their places in `Labels`.
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
    """Encoded examples, one after the other.

    Attributes:
        tokens: int16 [tokens]: token ids of all examples.
        begins: int64 [examples + 1]: place of each example's first token, and the number of tokens.
        second: int16 [examples], see `Encoded`.
        first: int16 [examples], see `Encoded`.
        spans: int16 [spans, 2]: gold spans of all examples, see `Encoded`.
        span_begins: int64 [examples + 1]: place of each example's first span, and the number of spans.
    """

    tokens: torch.Tensor
    begins: torch.Tensor
    second: torch.Tensor
    first: torch.Tensor
    spans: torch.Tensor
    span_begins: torch.Tensor

    @classmethod
    def of(cls, rows: Sequence[Encoded]) -> Pool:
        """Makes a pool of encoded examples."""

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
        """Loads a pool from a file that `save` wrote."""
        return cls(**load_file(path))

    def save(self, path: Path) -> None:
        """Writes the pool into one safetensors file. The file gets its name when it is complete."""
        path.parent.mkdir(parents=True, exist_ok=True)
        partial_file = path.with_name(path.name + ".partial")
        save_file({field.name: getattr(self, field.name).contiguous() for field in fields(self)}, partial_file)
        partial_file.replace(path)

    def __len__(self) -> int:
        return len(self.second)

    def to(self, device: torch.device) -> Pool:
        """Copies the pool to a device."""
        return Pool(*(getattr(self, field.name).to(device) for field in fields(self)))

    @classmethod
    def concatenated(cls, pools: Sequence[Pool]) -> Pool:
        """Joins pools, one after the other."""

        def behind(name: str) -> torch.Tensor:
            parts = [getattr(pool, name) for pool in pools]
            if not name.endswith("begins"):
                return torch.cat(parts)
            counts = torch.cat([part.diff() for part in parts])
            return torch.cat([counts.new_zeros(1), counts.cumsum(0)])

        return cls(*(behind(field.name) for field in fields(cls)))

    def labelled(self) -> Pool:
        """Returns the examples that have gold spans."""
        rows = self.span_begins.diff() > 0
        tokens = torch.repeat_interleave(rows, self.begins.diff())

        def running(begins: torch.Tensor) -> torch.Tensor:
            counts = begins.diff()[rows]
            return torch.cat([counts.new_zeros(1), counts.cumsum(0)])

        return Pool(
            tokens=self.tokens[tokens],
            begins=running(self.begins),
            second=self.second[rows],
            first=self.first[rows],
            spans=self.spans,
            span_begins=running(self.span_begins),
        )

    def batch(self, rows: torch.Tensor) -> Batch:
        """Makes a batch, padded to the longest example's length, rounded up to a multiple of LENGTH_STEP.

        Args:
            rows: int64 [batch]: numbers of the examples, on the pool's device.
        """
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

    def rows_in_order(self, size: int, seed: int, first: int = 0, together: int = 1) -> Iterator[torch.Tensor]:
        """Yields the rows of one batch after the other, without end. The examples of a batch have similar lengths.

        Each pass over the pool has a different random order and uses each example once. A rest that does not fill a
        batch is left out.

        Args:
            size: Number of examples per batch, a multiple of `together`.
            seed: Seed of the order.
            first: Number of the first batch to yield, to resume a run.
            together: Number of successive examples that stay together.

        Yields:
            int64 [size]: numbers of the examples, on the pool's device.

        Raises:
            ValueError: If the pool has too few examples for one batch, or a batch would part examples.
        """
        if size % together or len(self) % together:
            raise ValueError(f"{len(self)} examples in batches of {size} can't be read {together} at a time")
        rows = torch.arange(len(self)).view(-1, together)
        sizes, size = self.begins.diff().cpu()[rows].amax(1), size // together
        in_a_pass = len(rows) // size
        if not in_a_pass:
            raise ValueError(
                f"{len(self)} examples don't fill a batch of {size * together}; draw more, or take smaller batches"
            )
        number = first // in_a_pass
        while True:
            order = torch.randperm(len(rows), generator=torch.Generator().manual_seed(1000 * seed + number))
            stretches = torch.split(order[: in_a_pass * size], SORTED_BATCHES * size)
            cuts = [
                cut for stretch in stretches for cut in torch.split(stretch[sizes[stretch].argsort(stable=True)], size)
            ]
            random.Random(f"{seed} {number}").shuffle(cuts)
            for cut in cuts[max(0, first - number * in_a_pass) :]:
                yield rows[cut].flatten().to(self.begins.device)
            number += 1
