"""Multiplies the rows of a library in a folder: `python -m benchmarks.multiply --index FOLDER --passages COUNT`.

For libraries larger than can be taken in during an afternoon: each article gets copies under other ids and paths, whose
vectors are moved as `benchmarks.growth` moves them. All rows have their checksums. The copies count as articles of
their own, which an update would not do, so such a library is for measuring sizes and times only.
"""

from __future__ import annotations

import argparse
import hashlib
import secrets
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.growth import NOISE
from rag.core.index_layout import store_path
from rag.indexes.derive import refresh_files
from rag.store.columns import GROUP, PASSAGE, PLACE, SPEECH, VECTOR, VERSION
from rag.store.database import checksum
from rag.store.store import Store

_VERSIONS = "id <= :last AND removed_generation IS NULL"
_ARTICLES = f"removed_generation IS NULL AND id IN (SELECT article_id FROM version WHERE {_VERSIONS})"
_OF_VERSIONS = f"version_id IN (SELECT id FROM version WHERE {_VERSIONS})"
_PASSAGES = f"removed_generation IS NULL AND {_OF_VERSIONS}"
_OF_PASSAGES = f"passage_id IN (SELECT id FROM passage WHERE {_PASSAGES})"
_NEW_VECTOR = {
    "passage_id": "passage_id + :passage",
    "text_hash": "other_hash(text_hash, :number)",
    "vector": "moved(vector, passage_id + :passage)",
}


def _copied_id(article_id: str, number: int) -> str:
    return hashlib.sha256(f"{article_id} {number}".encode()).hexdigest()[:12]


def _moved(vector: bytes, passage_id: int) -> bytes:
    """A vector with noise, of length 1."""
    real = np.frombuffer(vector, "<f4")
    noise = np.random.default_rng(passage_id).standard_normal(len(real), np.float32)
    moved = real + NOISE / np.linalg.norm(noise) * noise
    unit: bytes = (moved / np.linalg.norm(moved)).astype("<f4").tobytes()
    return unit


def _other_hash(text_hash: bytes, number: int) -> bytes:
    return hashlib.sha256(text_hash + b"%d" % number).digest()[:16]


def _sum_of(values: Sequence[str]) -> str:
    return f"checksum({', '.join(values)})"


def _last_id(database: sqlite3.Connection, table: str) -> int:
    ((last,),) = database.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
    return int(last)


def _alive(database: sqlite3.Connection, table: str) -> int:
    ((count,),) = database.execute(f"SELECT count(*) FROM {table} WHERE removed_generation IS NULL")
    return int(count)


def _copy_rows(database: sqlite3.Connection, generation: int, number: int, last: int) -> None:
    """Copies the current rows of all versions up to one. A new id is the old one and the last id before."""
    given = {"generation": generation, "number": number, "last": last}
    given |= {table: _last_id(database, table) for table in ("version", "passage")}
    for table, names, changed, where in (
        ("article", PLACE, {"id": "copied_id(id, :number)", "path": "path || '.' || :number || '.txt'"}, _ARTICLES),
        ("text_group", GROUP, {"version_id": "version_id + :version", "group_id": "group_id + :version"}, _OF_VERSIONS),
        ("speech", SPEECH, {"version_id": "version_id + :version"}, _OF_VERSIONS),
        ("vector", VECTOR, _NEW_VECTOR, _OF_PASSAGES),
        ("passage", PASSAGE, {"id": "id + :passage", "version_id": "version_id + :version"}, _PASSAGES),
        ("version", VERSION, {"id": "id + :version", "article_id": "copied_id(article_id, :number)"}, _VERSIONS),
    ):
        values = [{"added_generation": ":generation", **changed}.get(name, name) for name in names]
        text = ("text",) if table == "version" else ()
        columns = ", ".join((*names, "checksum", *text))
        rows = f"SELECT {', '.join((*values, _sum_of(values), *text))} FROM {table} WHERE {where}"
        database.execute(f"INSERT INTO {table} ({columns}) {rows}", given)
    database.execute(f"INSERT INTO band SELECT key, version_id + :version FROM band WHERE {_OF_VERSIONS}", given)
    database.execute(f"INSERT INTO speaker SELECT word, passage_id + :passage FROM speaker WHERE {_OF_PASSAGES}", given)


def multiply(index: Path, wanted: int) -> None:
    """Copies articles until a library has about so many passages, as one new generation."""
    with Store.open(index) as store:
        before = store.newest
    database = sqlite3.connect(store_path(index), isolation_level=None)
    database.create_function("checksum", -1, checksum)
    for function in (_copied_id, _moved, _other_hash):
        database.create_function(function.__name__.lstrip("_"), 2, function)
    database.execute("BEGIN IMMEDIATE")
    last, passages, number = _last_id(database, "version"), before.passages, 0
    while passages < wanted:
        number += 1
        share = min(1.0, (wanted - passages) / before.passages)
        _copy_rows(database, before.number + 1, number, round(share * last))
        passages = _alive(database, "passage")
    created = datetime.now(UTC).isoformat(timespec="seconds")
    made = (before.number + 1, secrets.token_hex(8), created, _alive(database, "article"), passages)
    database.execute(f"INSERT INTO generation VALUES ({', '.join('?' * 6)})", (*made, checksum(*made)))
    database.execute("COMMIT")
    database.close()
    with Store.open(index) as store:
        refresh_files(store)


def main() -> None:
    """Multiplies the rows of the library."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.multiply", description=__doc__)
    parser.add_argument("--index", type=Path, required=True, help="the index folder, which is changed")
    parser.add_argument("--passages", type=int, required=True, help="number of passages wanted")
    arguments = parser.parse_args()
    multiply(arguments.index, arguments.passages)


if __name__ == "__main__":
    main()
