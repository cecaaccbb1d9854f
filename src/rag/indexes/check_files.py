"""Compares the files of both search indexes with the store from which they were made."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rag.core.index_layout import DENSE, LEXICAL
from rag.core.remedies import Remedy
from rag.indexes.dense import DenseIndex
from rag.indexes.derive_dense import catch_up_dense
from rag.indexes.lexical import TantivyIndex
from rag.store.check_rows import Tally
from rag.store.snapshot import Snapshot


def check_dense(path: Path, snapshot: Snapshot, tally: Tally, remedy: Remedy) -> None:
    """Compares the dense index, after catching up, with the ids and vectors of the store.

    Args:
        path: The folder of the dense index.
        snapshot: The newest generation.
        tally: Receives the findings.
        remedy: What repairs this damage.

    Raises:
        IndexDamagedError: If a file is missing or not what was written.
    """
    dense = DenseIndex.load(path)
    dense.check()
    if dense.dimension != snapshot.dimension or snapshot.at(dense.stamp.generation, dense.stamp.token) is None:
        tally.note(f"{DENSE}/ was made from another library", "", remedy)
        return
    try:
        catch_up_dense(dense, snapshot, dense.stamp.generation)
    except ValueError:
        tally.note(f"{DENSE}/ has passages that the library did not have then", "", remedy)
        return
    if len(dense) != snapshot.generation.passages:
        tally.note(f"{DENSE}/ has another number of passages", f"{len(dense)}/{snapshot.generation.passages}", remedy)
    for ids, vectors in snapshot.vectors(since=0):
        held = dense.holds(ids)
        for passage_id in ids[~held].tolist():
            tally.note(f"{DENSE}/ lacks passages", passage_id, remedy)
        agreed = dense.agree(ids[held], vectors[held])
        for passage_id in ids[held][~agreed].tolist():
            tally.note(f"{DENSE}/ has another vector than the library", passage_id, remedy)


def check_lexical(path: Path, snapshot: Snapshot, tally: Tally, remedy: Remedy) -> None:
    """Compares the tantivy files with the ids that the store had when the files were written.

    Args:
        path: The folder of the tantivy index.
        snapshot: The newest generation.
        tally: Receives the findings.
        remedy: What repairs this damage.

    Raises:
        IndexDamagedError: If the folder is missing or not what was written.
    """
    lexical = TantivyIndex.open(path)
    past = snapshot.at(lexical.generation, lexical.token)
    if past is None:
        tally.note(f"{LEXICAL}/ was made from another library", "", remedy)
        return
    for passage_id in np.setdiff1d(past.ids(), lexical.ids()).tolist():
        tally.note(f"{LEXICAL}/ lacks passages", passage_id, remedy)
    for passage_id in np.setdiff1d(lexical.ids(), past.ids()).tolist():
        tally.note(f"{LEXICAL}/ has passages that the library has not", passage_id, remedy)
