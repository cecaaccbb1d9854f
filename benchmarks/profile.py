"""Measures the time of each stage of a question: `python -m benchmarks.profile INDEX --questions FILE [--json OUT]`.

Reports the median time of each stage of a warm question (embed, dense, lexical, the rest of retrieval, read, compose).
Each time is compared with its floor: the number of operations in the models' matrix products, divided by this machine's
measured peak rate for int8 products, with the same runtime and the same number of threads.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpus import read_questions
from rag.core.settings import DEFAULTS
from rag.indexes.derive import derive
from rag.library import Library
from rag.models.load_embedder import load_embedder
from rag.models.onnx_session import WORKERS, map_parallel, open_session
from rag.store.store import Store

LAYERS, WIDTH, INNER = 6, 384, 1536
"""Layers, hidden width and feed-forward width of MiniLM-L6. The embedder and the reader both have this form."""
_SPECIAL = 2
"""Special tokens around a text."""
_WARMING = 5
"""Number of first questions that only warm up the library."""
_REPEAT = 30
"""Products per timing, so that the time is long against the clock's resolution."""

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Peak:
    """Peak rate of large int8 matrix products, in operations per second: of one thread, and of all workers together."""

    alone: float
    together: float


def operations(tokens: int) -> int:
    """Counts the multiplications and additions in the matrix products of one text.

    For n tokens, a layer needs 2·n·(4·width² + 2·width·inner) for its weights and 4·n²·width for its attention.

    Args:
        tokens: Number of tokens, special ones included.
    """
    return LAYERS * (2 * tokens * (4 * WIDTH**2 + 2 * WIDTH * INNER) + 4 * tokens**2 * WIDTH)


def measure_peak(rows: int = 256) -> Peak:
    """Measures the largest product of a layer, [rows, width] by [width, inner], and keeps the best of five runs."""
    done = 2 * rows * WIDTH * INNER * _REPEAT
    with tempfile.TemporaryDirectory() as folder:
        product = _product(Path(folder) / "product.onnx", rows)
        alone = min(_seconds(lambda: _repeat(product)) for _ in range(5))
        together = min(_seconds(lambda: map_parallel(_repeat, [product] * WORKERS)) for _ in range(5))
    return Peak(done / alone, WORKERS * done / together)


def _product(path: Path, rows: int) -> Callable[[], Any]:
    """Builds a model of one int8 product and returns a function that runs it once."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    draw = np.random.default_rng(0)
    given = draw.integers(0, 255, (rows, WIDTH)).astype(np.uint8)
    weight = draw.integers(-63, 64, (WIDTH, INNER)).astype(np.int8)  # seven bits, as the models' weights have
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["given", "weight"], ["product"])],
        "product",
        [helper.make_tensor_value_info("given", TensorProto.UINT8, given.shape)],
        [helper.make_tensor_value_info("product", TensorProto.INT32, (rows, INNER))],
        [numpy_helper.from_array(weight, "weight")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.save(model, path)
    session = open_session(path)
    return lambda: session.run(None, {"given": given})


def _repeat(product: Callable[[], Any]) -> None:
    for _ in range(_REPEAT):
        product()


def _seconds(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def measure_stages(index: Path, questions: Sequence[str]) -> Figures:
    """Measures each stage of a question. The first questions only warm up the library.

    Args:
        index: The index folder.
        questions: The questions.

    Returns:
        Median milliseconds of each stage; "all" is the median of the whole question.
    """
    embedder, timings = load_embedder(), []
    with Store.open(index) as store, Library.open(index) as library:
        derived = derive(store)
        for question in questions:
            start = time.perf_counter()
            vector = embedder.embed([question])[0]
            embedded = time.perf_counter()
            derived.dense.search(vector, DEFAULTS.search.hits_per_ranking)
            searched = time.perf_counter()
            derived.lexical.search(question, DEFAULTS.search.hits_per_ranking)
            found = time.perf_counter()
            stages = dict(library.answer(question).timings)
            own = {"embed": embedded - start, "dense": searched - embedded, "lexical": found - searched}
            parts = {name: 1000 * seconds for name, seconds in own.items()}
            timings.append({**parts, "retrieve, the rest": stages.pop("retrieve") - sum(parts.values()), **stages})
    kept = timings[_WARMING:]
    medians = {name: round(statistics.median(one[name] for one in kept), 2) for name in kept[0]}
    return {**medians, "all": round(statistics.median(sum(one.values()) for one in kept), 2)}


def measure_floor(index: Path, questions: Sequence[str], peak: Peak) -> Figures:
    """Computes how long the models' matrix products alone would take for the same questions.

    Args:
        index: The index folder.
        questions: The questions.
        peak: The machine's measured peak rate.

    Returns:
        Median milliseconds for "embed" and "read".
    """
    embedder = load_embedder()
    embed, read = [], []
    with Library.open(index) as library:
        for question in questions[_WARMING:]:
            asked, *passages = embedder.count_tokens([question, *(h.passage.text for h in library.retrieve(question))])
            embed.append(1000 * operations(asked + _SPECIAL) / peak.alone)
            windows = (operations(asked + tokens + _SPECIAL + 1) for tokens in passages)
            read.append(1000 * sum(windows) / peak.together)
    return {"embed": round(statistics.median(embed), 2), "read": round(statistics.median(read), 2)}


def profile(index: Path, questions: Sequence[str]) -> Figures:
    """Measures the peak rate, the stages and the floor for a library.

    Args:
        index: The index folder.
        questions: The questions.
    """
    peak = measure_peak()
    gigas = {"one_thread": round(peak.alone / 1e9, 1), "all_workers": round(peak.together / 1e9, 1)}
    stages, floor = measure_stages(index, questions), measure_floor(index, questions, peak)
    return {"questions": len(questions) - _WARMING, "giga_operations_per_s": gigas, "ms": stages, "floor_ms": floor}


def main() -> None:
    """Measures, prints the stages as a table, and writes them as JSON if `--json` is given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=__doc__)
    parser.add_argument("index", type=Path, help="index folder")
    parser.add_argument("--questions", type=Path, required=True, help="JSON Lines file of questions: plain, .gz or .xz")
    parser.add_argument("--ask", type=int, default=60, help="number of questions, from the start of the file")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    questions = [q.question for q in itertools.islice(read_questions(arguments.questions), arguments.ask)]
    found = profile(arguments.index, questions)
    print(f"{'stage':20}{'ms':>8}{'floor':>8}")
    for stage, milliseconds in found["ms"].items():
        print(f"{stage:20}{milliseconds:8.2f}{found['floor_ms'].get(stage, ''):>8}")
    print(f"measured peak, billion operations a second: {found['giga_operations_per_s']}")
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
