"""The weights that every system gets: this project's embedder, and its reader in the transformers library's form."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.reading import ask_all, figures
from rag.models.model_files import locate_default, sha256_file
from rag.models.span_reader import MODEL_FILE, SHIPPED, OnnxReader
from rag.models.transformers_reader import TransformersReader


@dataclass(frozen=True, slots=True)
class Weights:
    """Folders with the weights, as sentence-transformers and as transformers read them."""

    embedder: Path
    reader: Path


def make_weights(work: Path) -> Weights:
    """The weights, with the reader's exported below `work` where the shipped one's have not been yet."""
    folder = work / f"reader-{sha256_file(SHIPPED / MODEL_FILE)[:12]}"
    if not folder.exists():
        making = folder.with_suffix(".making")
        # A process of its own: benchmarks import nothing of training, which imports them.
        subprocess.run([sys.executable, "-m", "training.restore", "--out", str(making)], check=True)
        making.rename(folder)
    return Weights(locate_default(), folder)


def compare_readers(weights: Weights, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """How alike the shipped int8 reader and the exported weights read passages that have an answer."""
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
