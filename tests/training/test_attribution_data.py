"""Marked attributions become the targets of the speaker tagger, token by token."""

from __future__ import annotations

import random

import pytest
import torch
from tokenizers import Tokenizer

from training.attribution_data import IGNORED, Tagged, collate, tag_text, windows
from training.encoding import CLASSIFY
from training.model import base_model_folder, load_tokenizer

TEXT = "Keller said the bridge is safe.\n“It is dry,” Lind told them.\n"


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(base_model_folder())


def place(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def marked(source: str | None, cue: str, content: str) -> dict[str, list[list[int]]]:
    return {"source": [place(source)] if source else [], "cue": [place(cue)], "content": [place(content)]}


def words_of(tokenizer: Tokenizer, tagged: Tagged, *tags: int) -> str:
    kept = [token for token, tag in zip(tagged.ids, tagged.tags, strict=True) if tag in tags]
    return str(tokenizer.decode(kept))


def test_each_role_has_its_tags(tokenizer: Tokenizer) -> None:
    tagged = tag_text(
        tokenizer, TEXT, [marked("Keller", "said", "the bridge is safe"), marked("Lind", "told", "It is dry")]
    )
    assert words_of(tokenizer, tagged, 1, 2) == "keller lind"
    assert words_of(tokenizer, tagged, 3, 4) == "said told"
    assert words_of(tokenizer, tagged, 5, 6) == "the bridge is safe it is dry"
    assert [tagged.tags.count(tag) for tag in (1, 3, 5)] == [2, 2, 2]


def test_contents_point_to_the_first_token_of_their_source(tokenizer: Tokenizer) -> None:
    tagged = tag_text(tokenizer, TEXT, [marked("Lind", "told", "It is dry"), marked(None, "said", "the bridge")])
    lind = tagged.tags.index(1)
    assert [s for s in tagged.sources if s != IGNORED] == [-1, -1, lind, lind, lind]


def test_a_batch_counts_only_sources_inside_the_window(tokenizer: Tokenizer) -> None:
    tagged = tag_text(tokenizer, TEXT, [marked("Lind", "told", "It is dry"), marked(None, "said", "the bridge")])
    end = tagged.tags.index(1)  # the window ends before the source
    whole, cut = collate([(tagged, 0, len(tagged.ids))], CLASSIFY), collate([(tagged, 0, end)], CLASSIFY)
    assert whole.input_ids[0].tolist() == [CLASSIFY, *tagged.ids]
    assert set(whole.sources[whole.sources != IGNORED].tolist()) == {0, end + 1}
    assert set(cut.sources[cut.sources != IGNORED].tolist()) == {0}
    both = collate([(tagged, 0, len(tagged.ids)), (tagged, 0, 4)], CLASSIFY)
    assert torch.equal(both.attention_mask.sum(1), torch.tensor([len(tagged.ids) + 1, 5]))
    assert (both.tags[1, 5:] == IGNORED).all()


def test_windows_cover_each_text_and_depend_on_the_seed_alone(tokenizer: Tokenizer) -> None:
    tagged = tag_text(tokenizer, TEXT * 20, [])
    cut = windows([[tagged, tagged]], 60, random.Random(1))
    assert cut == windows([[tagged, tagged]], 60, random.Random(1))
    covered = {number for _, begin, end in cut for number in range(begin, end)}
    assert len(covered) > len(tagged.ids) - 8
    assert all(end - begin <= 60 for _, begin, end in cut)
