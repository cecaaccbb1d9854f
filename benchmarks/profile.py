"""Where the time of a question goes: `python -m benchmarks.profile INDEX --questions FILE [--json OUT]`.

Each stage of a warm question (embed, dense, lexical, the rest of retrieval, read, compose), its median over the
questions, beside the floor: the arithmetic of the models' matrix products divided by what this machine was measured to
do of them in int8, by the same runtime with as many threads.
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
from rag.indexes.derive import derive
from rag.library import Library
from rag.models.load_embedder import load_embedder
from rag.models.onnx_session import WORKERS, map_parallel, open_session
from rag.retrieval.retriever import DEPTH
from rag.store.store import Store

LAYERS, WIDTH, INNER = 6, 384, 1536
"""Of MiniLM-L6, which both the embedder and the reader are."""
_SPECIAL = 2
_WARMING = 5
_REPEAT = 30

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Peak:
    """Operations a second of large matrix products in int8: by one thread, and by all workers at once."""

    alone: float
    together: float


def operations(tokens: int) -> int:
    """Multiplications and additions of the matrix products of one text.

    A layer has 2·n·(4·width² + 2·width·inner) in its weights and 4·n²·width in its attention, for n tokens.
    """
    return LAYERS * (2 * tokens * (4 * WIDTH**2 + 2 * WIDTH * INNER) + 4 * tokens**2 * WIDTH)


def measure_peak(rows: int = 256) -> Peak:
    """The best of some runs of the largest product of a layer, [rows, width] by [width, inner]."""
    done = 2 * rows * WIDTH * INNER * _REPEAT
    with tempfile.TemporaryDirectory() as folder:
        product = _product(Path(folder) / "product.onnx", rows)
        alone = min(_seconds(lambda: _repeat(product)) for _ in range(5))
        together = min(_seconds(lambda: map_parallel(_repeat, [product] * WORKERS)) for _ in range(5))
    return Peak(done / alone, WORKERS * done / together)


def _product(path: Path, rows: int) -> Callable[[], Any]:
    """A session that multiplies once when called."""
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
    """Median milliseconds of each stage, and of the whole question; the first questions are for warming up only."""
    embedder, timings = load_embedder(), []
    with Store.open(index) as store, Library.open(index) as library:
        derived = derive(store)
        for question in questions:
            start = time.perf_counter()
            vector = embedder.embed([question])[0]
            embedded = time.perf_counter()
            derived.dense.search(vector, DEPTH)
            searched = time.perf_counter()
            derived.lexical.search(question, DEPTH)
            found = time.perf_counter()
            stages = dict(library.answer(question).timings)
            own = {"embed": embedded - start, "dense": searched - embedded, "lexical": found - searched}
            parts = {name: 1000 * seconds for name, seconds in own.items()}
            timings.append({**parts, "retrieve, the rest": stages.pop("retrieve") - sum(parts.values()), **stages})
    kept = timings[_WARMING:]
    medians = {name: round(statistics.median(one[name] for one in kept), 2) for name in kept[0]}
    return {**medians, "all": round(statistics.median(sum(one.values()) for one in kept), 2)}


def measure_floor(index: Path, questions: Sequence[str], peak: Peak) -> Figures:
    """Median milliseconds that the models' arithmetic alone would take for the same questions."""
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
    """Stages, floor and peak of a library."""
    peak = measure_peak()
    gigas = {"one_thread": round(peak.alone / 1e9, 1), "all_workers": round(peak.together / 1e9, 1)}
    stages, floor = measure_stages(index, questions), measure_floor(index, questions, peak)
    return {"questions": len(questions) - _WARMING, "giga_operations_per_s": gigas, "ms": stages, "floor_ms": floor}


def main() -> None:
    """Measures, prints the stages as a table, and writes them as JSON where asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--questions", type=Path, required=True, help="JSON Lines, plain, .gz or .xz")
    parser.add_argument("--ask", type=int, default=60, help="so many of them")
    parser.add_argument("--json", type=Path)
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
