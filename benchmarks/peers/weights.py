"""The weights that every system gets: this project's embedder, and its reader in the format of transformers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.reading import ask_all, figures
from rag.models.manifest import MODEL_FILE
from rag.models.model_files import locate_default, sha256_file
from rag.models.span_reader import SHIPPED, OnnxReader
from rag.models.transformers_reader import TransformersReader


@dataclass(frozen=True, slots=True)
class Weights:
    """Folders of the weights: the embedder for sentence-transformers, the reader for transformers."""

    embedder: Path
    reader: Path


def make_weights(work: Path) -> Weights:
    """Returns the weights. The shipped reader is exported first if that has not been done yet.

    Args:
        work: Folder for the exported reader.
    """
    folder = work / f"reader-{sha256_file(SHIPPED / MODEL_FILE)[:12]}"
    if not folder.exists():
        making = folder.with_suffix(".making")
        # A separate process, because training imports benchmarks and so benchmarks must not import training.
        subprocess.run([sys.executable, "-m", "training.restore", "--out", str(making)], check=True)
        making.rename(folder)
    return Weights(locate_default(), folder)


def compare_readers(weights: Weights, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Compares the shipped int8 reader with the exported fp32 weights.

    Args:
        weights: The weights.
        rows: Passages with an answer, in the reading format.

    Returns:
        The share of equal best spans, the median difference of their log-odds, and exact match and F1 of both.
    """
    shipped, exported = ask_all(OnnxReader(), rows), ask_all(TransformersReader(str(weights.reader)), rows)
    same = [one.prediction == other.prediction for one, other in zip(shipped, exported, strict=True)]
    apart = [abs(one.score - other.score) for one, other in zip(shipped, exported, strict=True)]
    scores = {
        name: {key: found[key] for key in ("exact_match", "f1")}
        for name, found in (
            ("shipped", figures(shipped, float("-inf"))),
            ("exported", figures(exported, float("-inf"))),
        )
    }
    return {
        "questions": len(rows),
        "same_answer": round(sum(same) / len(same), 4),
        "log_odds_apart_median": round(sorted(apart)[len(apart) // 2], 3),
        **scores,
    }
