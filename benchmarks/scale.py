"""Measures libraries of growing size: `python -m benchmarks.scale --articles FILE --questions FILE [--json OUT]`.

A sample of the articles is indexed and then grown from one size to the next (see `benchmarks.growth`). Measured at each
size: the speed of building without embedding (whose cost per passage does not depend on the size), the space on disk,
the time to open the library when none of its files is in the page cache, the time to answer questions and to add and
remove articles, the peak memory of each, and the recall of the approximate dense index against the exact one.

Each measure runs in a separate process. Wall time is how long a person waits on this machine under its present load;
processor time is the cost.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import os
import platform
import resource
import shutil
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.corpus import read_articles, read_questions, write_articles

SIZES = (1_000, 10_000, 100_000, 300_000)
"""Numbers of passages at which a library is measured."""
_WARMING = 10
"""Number of first questions that only warm up the library."""
_NEW_ARTICLES = 5
"""Number of articles whose updates are timed. The median counts."""
_RECALL_FROM = 100_000
"""Least number of passages at which the approximate index is measured. Smaller libraries use the exact index."""

Figures = dict[str, Any]


def build_sample(articles: Path, count: int, work: Path) -> Figures:
    """Indexes the first `count` articles of a file with the real embedder, in the folder `work`."""
    from rag.library import Library

    (work / "articles").mkdir(parents=True)
    write_articles(list(itertools.islice(read_articles(articles), count)), work / "articles")
    with Library.open(work / "index", create=True) as library:
        took, report = timed(lambda: library.update(work / "articles"))
    return {"articles": report.articles, "passages": report.passages, "seconds": took}


def build(sample: Path, size: int, work: Path, smaller: Path | None) -> Figures:
    """Grows a copy of the library in `smaller` (None: an empty one) to about `size` passages, in the folder `work`."""
    from benchmarks.growth import GrowthEmbedder, read_sample, write_grown
    from rag.ingest.update import update_library
    from rag.models.load_embedder import load_embedder
    from rag.store.store import Store

    if smaller is not None:
        shutil.copytree(smaller / "index", work / "index")
    read = read_sample(sample / "index")
    embedder = GrowthEmbedder(read, load_embedder())
    with Store.create(work / "index") as store:
        articles, passages = store.counts()
        wanted = range(articles, max(round(size / read.passages_per_article), articles + 1))
        write_grown(read, wanted, work / "articles")
        took, report = timed(lambda: update_library(store, [work / "articles"], embedder))
    return {
        "articles": report.articles,
        "passages": report.passages,
        "seconds": took,
        "passages_per_cpu_s": round((report.passages - passages) / took["cpu"]),
        "disk_mb": disk_of(work / "index"),
    }


def open_cold(index: Path, question: str) -> Figures:
    """Times opening a library, and the first search in it, twice in one process.

    The first time its files are dropped from the page cache, the second time they are in it.
    """
    from rag.library import Library

    for path in index.rglob("*"):
        if path.is_file():
            _drop_from_cache(path)
    found: Figures = {}
    for state in ("cold", "warm"):
        found[f"{state}_s"], library = timed(partial(Library.open, index))
        found[f"{state}_search_s"], _ = timed(partial(library.retrieve, question))
        library.close()
    return found


def ask(index: Path | str, questions: Sequence[str]) -> Figures:
    """Times questions and their stages, in milliseconds. The first _WARMING questions only warm up the library."""
    from rag.library import Library

    with Library.open(index) as library:
        asked = [timed(partial(library.answer, question)) for question in questions][_WARMING:]
    stages = asked[0][1].timings
    return {
        **{f"{kind}_ms": _spread([took[kind] for took, _ in asked]) for kind in ("wall", "cpu")},
        "stages_ms": {
            stage: round(statistics.median(answer.timings[stage] for _, answer in asked), 1) for stage in stages
        },
    }


def _spread(seconds: Sequence[float]) -> dict[str, float]:
    """The median and the 95th percentile, in milliseconds."""
    ascending = sorted(1000 * value for value in seconds)
    return {
        "p50": round(statistics.median(ascending), 1),
        "p95": round(ascending[int(0.95 * len(ascending))], 1),
    }


def update(work: Path, articles: Path, skip: int) -> Figures:
    """Times updates of an open library: adding one article (median), checking all files, removing the added articles.

    The added articles come from the file `articles`, after its first `skip` ones, which the sample has.
    """
    from rag.library import Library

    news = work / "news"
    shutil.rmtree(news, ignore_errors=True)
    news.mkdir()
    fresh = [
        replace(
            article, title=f"{article.title} ({time.time_ns()})"
        )  # a new title, so no vector is known from an earlier run
        for article in itertools.islice(read_articles(articles), skip, skip + _NEW_ARTICLES + 1)
    ]
    files = [news / name for name in write_articles(fresh, news)]
    with Library.open(work / "index") as library:
        library.update(files[0])
        alone = [timed(partial(library.update, file))[0] for file in files[1:]]
        added = {kind: round(statistics.median(took[kind] for took in alone), 3) for kind in ("wall", "cpu")}
        files[0].write_text(files[0].read_text(encoding="utf-8").replace("the", "a"), encoding="utf-8")
        all_known, _ = timed(library.update)
        shutil.rmtree(news)
        news.mkdir()
        removed, report = timed(lambda: library.update(news, removed=True))
        if len(report.removed) != len(files):
            raise AssertionError(f"{len(report.removed)} of {len(files)} articles were removed")
    return {"add_s": added, "all_s": all_known, "remove_s": removed}


def recall(index: Path, questions: Sequence[str]) -> Figures:
    """Compares the exact and the approximate dense index on a library's vectors (see `_compare`)."""
    from rag.store.store import Store

    with Store.open(index) as store, store.snapshot() as snapshot:
        return _compare(lambda: snapshot.vectors(since=0), snapshot.generation.passages, questions, index.parent)


def vectors_only(sample: Path, count: int, questions: Sequence[str]) -> Figures:
    """Compares the exact and the approximate dense index on `count` generated vectors, without a library."""
    from benchmarks.growth import moved_vectors, read_sample

    read = read_sample(sample / "index")
    return _compare(lambda: moved_vectors(read, count), count, questions, sample)


def _compare(batches: Callable[[], Any], count: int, questions: Sequence[str], folder: Path) -> Figures:
    """Measures the recall of the approximate index, and the cost of both indexes.

    recall@10 is the mean over the questions of |found ∩ nearest| / 10, where `nearest` are the exact index's ten.
    """
    import numpy as np

    from rag.indexes.dense import DenseIndex
    from rag.indexes.dense_approximate import sample_step
    from rag.models.load_embedder import load_embedder

    embedder = load_embedder()
    vectors = [embedder.embed([question])[0] for question in questions]
    every, file = sample_step(count), folder / "tried"
    found: list[list[set[int]]] = []
    figures: Figures = {"passages": count}
    for name in ("approximate", "exact"):
        dense = DenseIndex(len(vectors[0]), exact_limit=2**40)
        if name == "approximate":
            dense = DenseIndex.for_many(np.concatenate([batch[::every] for _, batch in batches()]), count)
        figures[f"{name}_build_s"], _ = timed(partial(_fill, dense, batches))
        figures[f"{name}_save_s"], _ = timed(partial(dense.save, file, 1))
        figures[f"{name}_load_s"], dense = timed(partial(DenseIndex.load, file))
        results = [timed(partial(dense.search, vector, 10)) for vector in vectors]
        found.append([set(ids.tolist()) for _, (ids, _) in results])
        figures[f"{name}_cpu_ms"] = _spread([took["cpu"] for took, _ in results])
    shutil.rmtree(file)
    shares = [len(one & other) / len(one) for one, other in zip(*found, strict=True)]
    return {"recall@10": round(statistics.fmean(shares), 4), **figures}


def _fill(dense: Any, batches: Callable[[], Any]) -> None:
    for ids, vectors in batches():
        dense.add(ids, vectors)


def run(arguments: argparse.Namespace) -> Figures:
    """Takes all measures at all sizes. A library that already exists is measured without growing it again."""
    work: Path = arguments.work
    figures: Figures = {"machine": platform.platform(), "processors": os.cpu_count()}
    questions = [row.question for row in itertools.islice(read_questions(arguments.questions), arguments.ask)]
    sample = work / "sample"
    if not sample.exists():
        figures["sample"] = alone(build_sample, arguments.articles, arguments.sample, sample)
    figures["vectors_only"] = [alone(vectors_only, sample, count, questions) for count in arguments.vectors_only]
    figures["sizes"] = []
    smaller = None
    for size in arguments.sizes:
        here = work / str(size)
        found: Figures = {"size": size}
        built = here / "built.json"
        if not built.exists():
            shutil.rmtree(here, ignore_errors=True)
            found["build"] = alone(build, sample, size, here, smaller)
            built.write_text(json.dumps(found["build"]), encoding="utf-8")
        found["build"] = json.loads(built.read_text(encoding="utf-8"))
        found["open"] = alone(open_cold, here / "index", questions[0])
        found["ask"] = alone(ask, here / "index", questions)
        found["update"] = alone(update, here, arguments.articles, arguments.sample)
        if size >= _RECALL_FROM:
            found["recall"] = alone(recall, here / "index", questions)
        print(json.dumps(found), flush=True)
        smaller = here
        figures["sizes"].append(found)
    return figures


def alone(measure: Callable[..., Figures], *arguments: object) -> Figures:
    """Runs a measure in a new process, and adds that process's peak memory in MB."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        found = pool.submit(measure, *arguments).result()
        peak = pool.submit(_peak_memory).result()
    return {**found, "peak_mb": peak}


def _peak_memory() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def timed(action: Callable[[], Any]) -> tuple[dict[str, float], Any]:
    """Runs an action. Returns its wall and processor seconds, and its result."""
    wall, processor = time.perf_counter(), time.process_time()
    result = action()
    return {
        "wall": round(time.perf_counter() - wall, 5),
        "cpu": round(time.process_time() - processor, 5),
    }, result


def disk_of(index: Path) -> dict[str, float]:
    """Disk space in MB of each file or folder in the index folder. Parts of up to 128 KiB are left out."""
    sizes = {
        part.name: sum(file.stat().st_size for file in (part.rglob("*") if part.is_dir() else [part]))
        for part in sorted(index.iterdir())
    }
    return {name: round(size / 2**20, 1) for name, size in sizes.items() if size > 2**17}


def _drop_from_cache(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def main() -> None:
    """Measures, prints the figures, and writes them and their plot if `--json` and `--plot` are given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--articles", type=Path, required=True, help="JSON Lines file of articles: plain, .gz or .xz")
    parser.add_argument("--questions", type=Path, required=True, help="JSON Lines file of questions, likewise")
    parser.add_argument("--work", type=Path, required=True, help="folder in which the libraries are grown and kept")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of passages")
    parser.add_argument(
        "--vectors-only", type=int, nargs="+", default=[], help="numbers of vectors for dense indexes without a library"
    )
    parser.add_argument("--sample", type=int, default=160, help="number of real articles to grow from")
    parser.add_argument("--ask", type=int, default=100, help="number of questions")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--plot", type=Path, help="write a plot of the figures to this PNG file")
    arguments = parser.parse_args()
    figures = run(arguments)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if arguments.plot:
        from benchmarks.scale_plot import plot

        plot(figures["sizes"], arguments.plot)


if __name__ == "__main__":
    main()
