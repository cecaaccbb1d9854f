"""Verifies a whole index: the truth, the embedder it was made with, and what was derived from it.

Opening an index checks only what it reads; this reads everything, changes nothing, and takes its time. A derived file
that is merely behind, as after a crash, is no finding: whoever opens the index catches it up.
"""

from __future__ import annotations

import shlex
from contextlib import closing
from pathlib import Path

from rag.core.errors import ModelError
from rag.core.index_layout import DEFAULT, DENSE, LEXICAL, store_path
from rag.core.ports import Fingerprint
from rag.core.reports import CheckReport
from rag.indexes.check_files import check_dense, check_lexical
from rag.models.model_files import locate
from rag.store.check_rows import Tally, check_rows
from rag.store.file_format import missing, open_reader
from rag.store.rows import Generation, read_fields
from rag.store.snapshot import Snapshot
from rag.store.store import Store


def check_library(folder: Path) -> CheckReport:
    """All that is wrong with the index in this folder.

    Raises IndexMissingError where there is none, IndexFormatError where it is of another release, IndexBusyError.
    """
    if not Store.exists(folder):
        raise missing(folder)
    tally = Tally()
    generation = Generation(0, "", "", 0, 0)
    from_articles, anew = _command("rebuild --from-articles", folder), _command("rebuild", folder)
    named_again = _command("update --field text=NAME", folder) + ", with all fields that were named"
    with tally.damage(from_articles), closing(open_reader(store_path(folder))) as database:
        snapshot = Snapshot.of_newest(database)
        generation = snapshot.generation
        check_rows(database, generation, tally, from_articles)
        with tally.damage(named_again):
            read_fields(database)
        if snapshot.fingerprint is not None:
            _check_embedder(snapshot.fingerprint, tally, folder)
        if generation.passages:
            with tally.damage(anew):
                check_dense(folder / DENSE, snapshot, tally, anew)
            with tally.damage(anew):
                check_lexical(folder / LEXICAL, snapshot, tally, anew)
    _, _, _, articles, passages = generation
    return CheckReport(generation=generation.number, articles=articles, passages=passages, findings=tally.findings())


def _check_embedder(fingerprint: Fingerprint, tally: Tally, folder: Path) -> None:
    """Whether the model that made the vectors is at hand, by its weights' hash."""
    try:
        _, weights_sha256 = locate(fingerprint.name)
    except ModelError as error:
        what, _, advice = str(error).partition("; ")
        tally.note(f"questions can't be embedded: {what}", "", advice)
        return
    if weights_sha256 != fingerprint.weights_sha256:
        tally.note(
            f"the vectors were made by other weights of {fingerprint.name}",
            f"sha256 {fingerprint.weights_sha256[:12]}, not {weights_sha256[:12]}",
            _command(f"update --embedder {shlex.quote(fingerprint.name)}", folder),
        )


def _command(verb: str, folder: Path) -> str:
    return f"run: rag {verb}" if folder == Path(DEFAULT) else f"run: rag {verb} --index {shlex.quote(str(folder))}"
