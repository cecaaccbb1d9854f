"""Measures a library in PostgreSQL beside the same library in a folder.

    python -m benchmarks.shared_scale --index FOLDER --database URL --questions FILE --articles FILE --work FOLDER

The library, which `benchmarks.scale` has grown, is copied into the database. Then the folder, the database with vectors
in this machine's memory, and the database with vectors searched there by pgvector are measured in turn: opening,
asking, adding one article, disk and peak memory; and how many of the ten nearest passages pgvector finds.

Each measure runs in a separate process. Only the ratios mean something: the server is on the same machine.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.corpus import read_articles, read_questions, write_articles
from benchmarks.scale import Figures, alone, ask, disk_of, timed

_NEW_ARTICLES = 5
"""Number of articles whose updates are timed. The median counts."""
_NEAREST = 10
"""Number of nearest passages that are compared."""


def copy(index: Path, address: str) -> Figures:
    """Copies the library into the database."""
    from rag.ingest.copy import copy_library

    copied, _ = timed(partial(copy_library, index, address))
    return {"copied_s": copied["wall"], "disk_mb": disk(address)}


def index_vectors(address: str) -> Figures:
    """Has pgvector index the vectors of the library in the database."""
    from rag.library import Library

    indexed, library = timed(partial(Library.open, f"{address}&vectors=database"))
    library.close()
    return {"indexed_s": indexed["wall"], "disk_mb": disk(address)}


def disk(address: str) -> dict[str, float]:
    """Disk space in MB of the largest tables with their indexes."""
    from rag.store.backends import backend_of

    database = backend_of(address).open()
    sql = (
        "SELECT relname, pg_total_relation_size(oid) FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = CAST(current_schema() AS regnamespace) ORDER BY 2 DESC"
    )
    sizes = {name: round(size / 2**20, 1) for name, size in database.rows(sql) if size > 2**20}
    database.close()
    return sizes


def open_again(place: str) -> Figures:
    """Times opening a library whose search indexes are there."""
    from rag.library import Library

    took = []
    for _ in range(3):
        seconds, library = timed(partial(Library.open, place))
        took.append(seconds["wall"])
        library.close()
    return {"open_s": round(statistics.median(took), 2)}


def add_one(place: str, articles: Path, work: Path, skip: int) -> Figures:
    """Times updates of an open library with one new article (median)."""
    from rag.library import Library

    read = itertools.islice(read_articles(articles), skip, skip + _NEW_ARTICLES + 1)
    fresh = [replace(article, title=f"{article.title} ({time.time_ns()})") for article in read]
    work.mkdir(parents=True, exist_ok=True)
    files = [work / name for name in write_articles(fresh, work)]
    with Library.open(place) as library:
        library.update(files[0])
        took = [timed(partial(library.update, file))[0]["wall"] for file in files[1:]]
    return {"add_s": round(statistics.median(took), 2)}


def recall(index: Path, there: str, questions: Sequence[str]) -> Figures:
    """The share of the ten nearest passages, by exact search, that pgvector finds; and the time of a search."""
    import numpy as np

    from rag.indexes.derive import derive
    from rag.models.load_embedder import load_embedder
    from rag.store.store import Store

    embedder = load_embedder()
    vectors = np.stack([embedder.embed([question])[0] for question in questions])
    with Store.open(index) as store, store.snapshot() as snapshot:
        best: list[dict[int, float]] = [{} for _ in questions]
        for ids, batch in snapshot.vectors(since=0):
            for known, scores in zip(best, (batch @ vectors.T).T, strict=True):
                nearest = np.argsort(-scores)[:_NEAREST]
                known.update(zip(ids[nearest].tolist(), scores[nearest].tolist(), strict=True))
    exact = [set(sorted(known, key=lambda one: -known[one])[:_NEAREST]) for known in best]
    with Store.open(there) as store:
        dense = derive(store).dense
        dense.search(vectors[0], _NEAREST)
        found = [timed(partial(dense.search, vector, _NEAREST)) for vector in vectors]
    shares = [len(nearest & set(ids.tolist())) / _NEAREST for nearest, (_, (ids, _)) in zip(exact, found, strict=True)]
    return {
        "recall@10": round(statistics.fmean(shares), 4),
        "search_ms": round(1000 * statistics.median(took["wall"] for took, _ in found), 1),
    }


def run(arguments: argparse.Namespace) -> Figures:
    """Takes all measures."""
    questions = [row.question for row in itertools.islice(read_questions(arguments.questions), arguments.ask)]
    address = f"{arguments.database}?schema=scale&folder={arguments.work / 'local'}"
    figures: Figures = {"machine": platform.platform(), "processors": os.cpu_count()}
    figures["copy"] = alone(copy, arguments.index, address)
    figures["folder_disk_mb"] = disk_of(arguments.index)
    places: dict[str, Any] = {
        "folder": str(arguments.index),
        "database": address,
    }
    if not arguments.no_pgvector:
        figures["indexed"] = alone(index_vectors, address)
        places["database, vectors there"] = f"{address}&vectors=database"
    for number, (name, place) in enumerate(places.items()):
        asked = alone(ask, place, questions)
        added = alone(add_one, place, arguments.articles, arguments.work / f"news{number}", arguments.skip)
        figures[name] = {**alone(open_again, place), "ask": asked, "add": added}
        print(json.dumps({name: figures[name]}), flush=True)
    if not arguments.no_pgvector:
        figures["pgvector"] = alone(recall, arguments.index, places["database, vectors there"], questions)
    return figures


def main() -> None:
    """Measures, prints the figures, and writes them if `--json` is given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shared_scale", description=__doc__)
    parser.add_argument("--index", type=Path, required=True, help="the index folder of a grown library")
    parser.add_argument("--database", required=True, help="an empty database: postgresql://HOST/NAME")
    parser.add_argument("--articles", type=Path, required=True, help="JSON Lines file of articles, for the updates")
    parser.add_argument("--questions", type=Path, required=True, help="JSON Lines file of questions")
    parser.add_argument("--work", type=Path, required=True, help="folder for what lies on this machine")
    parser.add_argument("--skip", type=int, default=160, help="number of articles that the library has")
    parser.add_argument("--ask", type=int, default=60, help="number of questions")
    parser.add_argument("--no-pgvector", action="store_true", help="leave out the vectors that are searched there")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    arguments = parser.parse_args()
    figures = run(arguments)
    print(json.dumps(figures), flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
