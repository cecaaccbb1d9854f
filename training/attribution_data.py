"""Encodes texts whose attributions were marked by people for the training of the speaker tagger.

The marks are those of PolNeAR 1.0 (Newell, Margolin and Ruths 2018): a source, a cue and a content each.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from benchmarks.corpus import read_rows
from rag.models.speaker_tagger import ROLES, encode_lines

IGNORED = -100
"""The target of tokens that do not count."""
_LINE = re.compile(r"[^\n]+")
_CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_FLAT_SHARE = 0.3
"""Share of the windows whose quotation marks are made straight. Many archives have such marks only."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text's tokens with their targets.

    Attributes:
        ids: The token ids, without [CLS] at the beginning.
        tags: For each token 0, or 1 + 2 * role for the first token of a role, 2 + 2 * role for the others.
        sources: For each token of a content the index of its source's first token; -1 if the attribution has no source;
            IGNORED for other tokens.
    """

    ids: list[int]
    tags: list[int]
    sources: list[int]


@dataclass(frozen=True, slots=True)
class TagBatch:
    """Windows of equal length after padding.

    Attributes:
        input_ids: int64 [batch, sequence].
        attention_mask: int64 [batch, sequence]; 0 for padding.
        tags: int64 [batch, sequence]: see `Tagged`; IGNORED where nothing counts.
        sources: int64 [batch, sequence]: the position of the source in the window, 0 for none; IGNORED elsewhere.
    """

    input_ids: torch.Tensor
    attention_mask: torch.Tensor
    tags: torch.Tensor
    sources: torch.Tensor


def tag_text(tokenizer: Tokenizer, text: str, attributions: list[dict[str, Any]]) -> Tagged:
    """Encodes one text.

    A token that belongs to several attributions, of which one lies in another, gets the targets of the shortest one.

    Args:
        tokenizer: The tokenizer, without padding and truncation.
        text: The text.
        attributions: Dictionaries with `source`, `cue` and `content`: lists of half-open character intervals.
    """
    encoded = encode_lines(tokenizer, text, [line.span() for line in _LINE.finditer(text)])
    tags = [0] * len(encoded.ids)
    sources = [IGNORED] * len(encoded.ids)

    def inside(place: list[int]) -> list[int]:
        return [
            n for n, (start, end) in enumerate(encoded.offsets) if start < place[1] and end > place[0] and end > start
        ]

    for attribution in sorted(attributions, key=_length, reverse=True):
        named = [number for place in attribution["source"] for number in inside(place)]
        for role, name in enumerate(ROLES):
            for place in attribution[name]:
                for order, number in enumerate(inside(place)):
                    tags[number] = 1 + 2 * role + (order > 0)
                    if name == "content":
                        sources[number] = named[0] if named else -1
    return Tagged(list(encoded.ids), tags, sources)


def _length(attribution: dict[str, Any]) -> int:
    return sum(end - start for start, end in attribution["content"])


def load_tagged(path: Path, tokenizer: Tokenizer) -> list[list[Tagged]]:
    """Loads the texts of a file, each as it is and with straight quotation marks."""
    found = []
    for row in read_rows(path):
        forms = (row["text"], row["text"].translate(_CURLY))
        found.append([tag_text(tokenizer, form, row["attributions"]) for form in forms])
    return found


def windows(texts: list[list[Tagged]], room: int, rng: random.Random) -> list[tuple[Tagged, int, int]]:
    """Cuts each text into windows that begin at random places, in random order.

    Args:
        texts: The texts, each in its forms.
        room: Most tokens of a window.
        rng: The random numbers.

    Returns:
        The text, the first token and the end of each window.
    """
    found = []
    for curly, flat in texts:
        form = flat if rng.random() < _FLAT_SHARE else curly
        begin = -rng.randrange(room // 2)
        while begin < len(form.ids):
            found.append((form, max(0, begin), min(len(form.ids), begin + room)))
            begin += room
    rng.shuffle(found)
    return [window for window in found if window[2] - window[1] > room // 8]


def collate(cut: list[tuple[Tagged, int, int]], classify: int) -> TagBatch:
    """Makes a batch of windows; a source outside of its window does not count.

    Args:
        cut: The windows.
        classify: The id of [CLS].
    """
    longest = 1 + max(end - begin for _, begin, end in cut)
    shape = (len(cut), longest)
    ids, mask = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    tags, sources = torch.full(shape, IGNORED), torch.full(shape, IGNORED)
    for row, (text, begin, end) in enumerate(cut):
        size = end - begin
        ids[row, 0] = classify
        ids[row, 1 : 1 + size] = torch.tensor(text.ids[begin:end])
        mask[row, : 1 + size] = 1
        tags[row, 1 : 1 + size] = torch.tensor(text.tags[begin:end])
        sources[row, 1 : 1 + size] = torch.tensor(list(_shifted(text.sources[begin:end], begin, end)))
    return TagBatch(ids, mask, tags, sources)


def _shifted(sources: list[int], begin: int, end: int) -> Iterator[int]:
    for place in sources:
        if place == -1:
            yield 0
        else:
            yield place - begin + 1 if begin <= place < end else IGNORED
