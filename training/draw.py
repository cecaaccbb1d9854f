"""Draws the training examples from the data and stores them, encoded, in one file.

    python -m training.draw --data ../shared/data --count 320000 --out training/runs/pool.safetensors

Training needs only this file and the starting weights.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from safetensors.torch import load_file
from tokenizers import Tokenizer

from training.data import load_reading, load_unanswerable
from training.encoding import encode
from training.found import find_unanswerable
from training.made import made_examples
from training.model import base_model_folder, load_tokenizer
from training.neighbours import nearest_words
from training.news import load_quiz_rows, load_searched, near_windows, quiz_examples
from training.pool import Pool
from training.stream import ExampleStream

TRAIN_FILES = {
    "squad": ("squad11",),
    "qed": ("qed",),
    "shifts": ("squadshifts_reddit", "squadshifts_amazon_reviews"),
}
"""Training files of each kind of example."""
WORD_EMBEDDINGS = "embeddings.word_embeddings.weight"
"""Name of the word embeddings in the base model's weights."""
_AT_ONCE = 10_000
"""Number of examples that a worker draws at a time."""


def load_stream(data: Path, near_words: Mapping[str, Sequence[str]], seed: int) -> ExampleStream:
    """Loads the training files, and those parts of the dev files that may be trained on.

    Args:
        data: Folder of the data sets.
        near_words: For each word its near words, for edited questions.
        seed: Seed of the stream.
    """
    sources = {
        kind: [
            example
            for name in names
            for example in load_reading(data / "reading" / "train" / f"{name}.jsonl.xz")
            if example.answers
        ]
        for kind, names in TRAIN_FILES.items()
    }
    sources["hard"] = load_unanswerable(data)
    sources["searched"] = load_searched(data)
    quiz = load_quiz_rows(data, kept=False)
    sources["quiz"] = quiz_examples(quiz)
    sources["windows"] = near_windows(quiz)
    sources["made"] = made_examples(data)
    paragraphs = [example.passage for example in sources["squad"]]
    sources["found"] = find_unanswerable(quiz, [*sources["qed"], *sources["searched"]], paragraphs)
    return ExampleStream(sources, near_words, seed)


def prepare_stream(data: Path, tokenizer: Tokenizer, seed: int) -> ExampleStream:
    """Loads the training data, with near words from the base model's word embeddings.

    Args:
        data: Folder of the data sets.
        tokenizer: The base model's tokenizer.
        seed: Seed of the stream.
    """
    weights = load_file(base_model_folder() / "model.safetensors")[WORD_EMBEDDINGS]
    return load_stream(data, nearest_words(tokenizer.get_vocab(), weights.numpy()), seed)


def _draw(stream: ExampleStream, begin: int, end: int) -> Pool:
    tokenizer = load_tokenizer(base_model_folder())
    rng = random.Random(f"{stream.seed} crops {begin}")
    return Pool.of([encode(stream.draw(index), tokenizer, rng) for index in range(begin, end)])


def draw_pool(stream: ExampleStream, count: int, workers: int) -> Pool:
    """Draws the stream's first examples. The number of workers does not change which examples these are.

    One worker runs in this process. More workers are forked. Forking works only once per process: afterwards the
    process has threads, which a fork lacks, so a second fork would wait forever.

    Args:
        stream: The stream.
        count: Number of examples.
        workers: Number of worker processes.
    """
    stretches = [(begin, min(count, begin + _AT_ONCE)) for begin in range(0, count, _AT_ONCE)]
    if workers == 1:
        return Pool.concatenated([_draw(stream, *stretch) for stretch in stretches])
    with ProcessPoolExecutor(workers, get_context("fork")) as executor:
        drawn = executor.map(partial(_draw, stream), *zip(*stretches, strict=True))
        return Pool.concatenated(list(drawn))


def main() -> None:
    """Draws the examples, writes the file, and prints the sizes of its parts."""
    parser = argparse.ArgumentParser(prog="python -m training.draw", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--count", type=int, default=320_000, help="number of examples")
    parser.add_argument("--seed", type=int, default=13, help="seed of the random draws")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="number of processes")
    parser.add_argument(
        "--out", type=Path, default=Path("training/runs/pool.safetensors"), help="file for the examples"
    )
    asked = parser.parse_args()
    stream = prepare_stream(asked.data, load_tokenizer(base_model_folder()), asked.seed)
    sizes = {kind: len(examples) for kind, examples in stream.sources.items()}
    print(json.dumps({"sources": sizes}), flush=True)
    pool = draw_pool(stream, asked.count, asked.workers)
    pool.save(asked.out)
    print(json.dumps({"examples": len(pool), "tokens": len(pool.tokens), "spans": len(pool.spans)}))


if __name__ == "__main__":
    main()
