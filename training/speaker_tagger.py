"""Trains the speaker tagger: which words are someone's, and whose.

    python -m training.speaker_tagger --data ../shared/data --out training/runs/speaker

The network is the shipped reader's encoder, cut to its lowest layers, with two heads: one tags every token as part of a
source, a cue or a content (BIO, Ramshaw and Marcus 1995); the other points from every token of a content to the first
token of its source, by the product of a query and a key (biaffine attention, Dozat and Manning 2017, without its
linear terms). Position 0, [CLS], stands for no source. A killed run is resumed when it is started again.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import BertModel

from rag.models.span_reader import SHIPPED
from rag.models.speaker_tagger import ROLES, ROOM
from training.attribution_data import IGNORED, TagBatch, collate, load_tagged, windows
from training.checkpoint import Progress, latest_checkpoint, load_checkpoint, save_checkpoint
from training.encoding import CLASSIFY
from training.model import base_model_folder, load_tokenizer
from training.restore import restore_reader
from training.trainer import LAST, LOG, find_device

WIDTH = 64
"""Length of queries and keys."""
WARMUP_SHARE = 0.06
"""Share of the batches during which the learning rate rises."""
LOG_EVERY, SAVE_EVERY = 20, 100
"""Batches between two lines of the log, and between two checkpoints."""


class SpeakerTagger(torch.nn.Module):
    """Tags the tokens of a text and points from what is said to who says it."""

    def __init__(self, encoder: BertModel) -> None:
        """Creates the network with new heads.

        Args:
            encoder: The encoder.
        """
        super().__init__()
        hidden = encoder.config.hidden_size
        self.encoder = encoder
        self.tag_head = torch.nn.Linear(hidden, 1 + 2 * len(ROLES))
        self.query_head = torch.nn.Linear(hidden, WIDTH)
        self.key_head = torch.nn.Linear(hidden, WIDTH)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Computes the scores.

        Args:
            input_ids: int64 [batch, sequence], with [CLS] first.
            attention_mask: int64 [batch, sequence]; None if there is no padding.

        Returns:
            Tag scores [batch, sequence, 7], queries and keys, each [batch, sequence, WIDTH]. The product of one token's
            query and another's key scores the other as the source of the one.
        """
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=torch.ones_like(input_ids)
        ).last_hidden_state
        return self.tag_head(hidden), self.query_head(hidden) / WIDTH**0.5, self.key_head(hidden)


def new_tagger(start: Path, layers: int, attention: str = "sdpa") -> SpeakerTagger:
    """Creates a tagger on the lowest layers of a shipped reader, with frozen word embeddings.

    Args:
        start: The reader's folder.
        layers: Number of layers that are kept.
        attention: The implementation of attention, by the name that transformers gives it.
    """
    encoder = restore_reader(start, attention).encoder
    encoder.encoder.layer = encoder.encoder.layer[:layers]
    encoder.config.num_hidden_layers = layers
    return SpeakerTagger(encoder)


def tagging_loss(network: SpeakerTagger, batch: TagBatch) -> torch.Tensor:
    """Computes the sum of the cross-entropies of tags and of sources, a scalar."""
    scores, queries, keys = network(batch.input_ids, batch.attention_mask)
    tagged = torch.nn.functional.cross_entropy(scores.flatten(0, 1), batch.tags.flatten(), ignore_index=IGNORED)
    pointed = (queries @ keys.transpose(1, 2)).masked_fill(batch.attention_mask[:, None, :] == 0, -1e4)
    rows = batch.sources != IGNORED
    if not rows.any():
        return tagged
    return tagged + 0.5 * torch.nn.functional.cross_entropy(pointed[rows], batch.sources[rows])


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.speaker_tagger", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--out", type=Path, default=Path("training/runs/speaker"), help="folder of the run")
    parser.add_argument("--start", type=Path, default=SHIPPED, help="folder of the reader whose encoder is taken")
    parser.add_argument("--layers", type=int, default=4, help="layers of the encoder that are kept")
    parser.add_argument("--epochs", type=int, default=3, help="how often each text is read")
    parser.add_argument("--batch-size", type=int, default=16, help="windows per batch")
    parser.add_argument("--learning-rate", type=float, default=1.5e-4, help="greatest learning rate")
    parser.add_argument("--threads", type=int, default=2, help="processor threads")
    parser.add_argument("--seed", type=int, default=13, help="seed of the random numbers")
    return parser.parse_args()


class _Run:
    """One training: network, average, optimizer and progress."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.device = find_device()
        self.network = new_tagger(arguments.start, arguments.layers).to(self.device).train()
        self.trained = {n: p for n, p in self.network.named_parameters() if p.requires_grad}
        self.optimizer = torch.optim.AdamW(self.trained.values(), lr=0.0, weight_decay=0.01, fused=True)
        self.progress = Progress()
        if checkpoint := latest_checkpoint(arguments.out):
            self.progress = load_checkpoint(checkpoint, self.network, {}, self.optimizer)

    def batches(self) -> list[TagBatch]:
        """Draws all batches of the run in order; the same ones whenever the run is started."""
        arguments = self.arguments
        tokenizer = load_tokenizer(base_model_folder())
        texts = load_tagged(arguments.data / "attribution" / "train" / "polnear.jsonl.xz", tokenizer)
        rng = random.Random(arguments.seed)
        cut = [window for _ in range(arguments.epochs) for window in windows(texts, ROOM, rng)]
        size = arguments.batch_size
        return [collate(cut[first : first + size], CLASSIFY) for first in range(0, len(cut), size)]

    def step(self, batch: TagBatch, share: float) -> float:
        """Trains on one batch.

        Args:
            batch: The batch.
            share: The share of the run that is done, in [0, 1].

        Returns:
            The loss.
        """
        factor = min((share + 1e-3) / WARMUP_SHARE, (1 - share) / (1 - WARMUP_SHARE))
        self.optimizer.param_groups[0]["lr"] = self.arguments.learning_rate * factor
        loss = tagging_loss(self.network, batch)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(self.trained.values(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.progress.batches += 1
        self.progress.examples += len(batch.input_ids)
        return float(loss.detach())


def main() -> None:
    """Starts or continues training, and writes the weights into the run's folder."""
    arguments = parse_arguments()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    arguments.out.mkdir(parents=True, exist_ok=True)
    run = _Run(arguments)
    batches = run.batches()
    losses: list[float] = []
    began = time.monotonic()
    for number in range(run.progress.batches, len(batches)):
        losses.append(run.step(batches[number], number / len(batches)))
        if len(losses) == LOG_EVERY:
            line = {"batches": run.progress.batches, "of": len(batches), "loss": round(sum(losses) / LOG_EVERY, 4)}
            line["seconds"] = round(time.monotonic() - began, 1)
            with (arguments.out / LOG).open("a", encoding="utf-8") as log:
                log.write(json.dumps(line) + "\n")
            losses = []
        if run.progress.batches % SAVE_EVERY == 0:
            save_checkpoint(arguments.out, run.network, {}, run.optimizer, run.progress)
    save_file(run.network.state_dict(), arguments.out / LAST)


if __name__ == "__main__":
    main()
