"""Verifies a whole index: the truth, the embedder it was made with, and what was derived from it.

Opening an index checks only what it reads; this reads everything, changes nothing, and takes its time. A derived file
that is merely behind, as after a crash, is no finding: whoever opens the index catches it up.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from rag.core.errors import ModelError
from rag.core.index_layout import DENSE, LEXICAL, store_path
from rag.core.ports import Fingerprint
from rag.core.remedies import Remedy
from rag.core.reports import CheckReport
from rag.indexes.check_files import check_dense, check_lexical
from rag.models.model_files import locate
from rag.store.check_rows import Tally, check_rows
from rag.store.file_format import missing, open_reader
from rag.store.rows import Generation, read_fields
from rag.store.snapshot import Snapshot
from rag.store.store import Store

_FROM_ARTICLES, _ANEW = Remedy(action="rebuild_from_articles"), Remedy(action="rebuild")
_NAMED_AGAIN = Remedy("for each field that was named,", "name_fields")


def check_library(folder: Path) -> CheckReport:
    """All that is wrong with the index in this folder.

    Raises IndexMissingError where there is none, IndexFormatError where it is of another release, IndexBusyError.
    """
    if not Store.exists(folder):
        raise missing(folder)
    tally = Tally()
    generation = Generation(0, "", "", 0, 0)
    with tally.damage(_FROM_ARTICLES), closing(open_reader(store_path(folder))) as database:
        snapshot = Snapshot.of_newest(database)
        generation = snapshot.generation
        check_rows(database, generation, tally, _FROM_ARTICLES)
        with tally.damage(_NAMED_AGAIN):
            read_fields(database)
        if snapshot.fingerprint is not None:
            _check_embedder(snapshot.fingerprint, tally)
        if generation.passages:
            with tally.damage(_ANEW):
                check_dense(folder / DENSE, snapshot, tally, _ANEW)
            with tally.damage(_ANEW):
                check_lexical(folder / LEXICAL, snapshot, tally, _ANEW)
    _, _, _, articles, passages = generation
    return CheckReport(generation=generation.number, articles=articles, passages=passages, findings=tally.findings())


def _check_embedder(fingerprint: Fingerprint, tally: Tally) -> None:
    """Whether the model that made the vectors is at hand, by its weights' hash."""
    try:
        _, weights_sha256 = locate(fingerprint.name)
    except ModelError as error:
        tally.note(f"questions can't be embedded: {error.message}", "", error.remedy)
        return
    if weights_sha256 != fingerprint.weights_sha256:
        tally.note(
            f"the vectors were made by other weights of {fingerprint.name}",
            f"sha256 {fingerprint.weights_sha256[:12]}, not {weights_sha256[:12]}",
            Remedy(action="change_embedder", embedder=fingerprint.name),
        )
