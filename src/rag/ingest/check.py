"""Checks a whole index: the store, the embedder that made it, and the derived files.

Opening an index checks only what is read. This check reads everything and changes nothing, so it takes longer. A
derived file that is merely behind, or that an update was or is writing, is not a finding, because the next opening
completes it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from rag.core.errors import IndexDamagedError, ModelError
from rag.core.index_layout import DENSE, LEXICAL
from rag.core.place import AnyPlace
from rag.core.ports import Fingerprint
from rag.core.remedies import Remedy
from rag.core.reports import CheckReport, Finding
from rag.formats.file_types import file_of
from rag.indexes.check_files import check_dense, check_lexical
from rag.ingest.scan import is_in
from rag.models.model_files import locate
from rag.store.backend import Backend, missing
from rag.store.backends import backend_of
from rag.store.check_rows import Tally, check_rows
from rag.store.database import Database
from rag.store.known_files import read_roots
from rag.store.rows import Generation, read_fields
from rag.store.snapshot import Snapshot

_FROM_ARTICLES, _ANEW = Remedy(action="rebuild_from_articles"), Remedy(action="rebuild")
_FOLDERS = Remedy(action="update_from_folders")
_LOOKS = 2
"""Number of times that damage of a derived file must show, because another process may just have written it."""
_NAMED_AGAIN = Remedy("for each field that was named,", "name_fields")


def check_library(index: AnyPlace) -> CheckReport:
    """Checks an index.

    Args:
        index: The index folder, or the address of a database.

    Returns:
        The findings.

    Raises:
        IndexMissingError: If there is no index.
        IndexFormatError: If another release wrote it in a format that this one can't read.
        IndexBusyError: If another program is writing to it.
    """
    backend = backend_of(index)
    if not backend.exists():
        raise missing(backend.place)
    tally = Tally()
    generation = Generation(0, "", "", 0, 0)
    with tally.damage(_FROM_ARTICLES), backend.snapshot() as database:
        snapshot = Snapshot.of_newest(database)
        generation = snapshot.generation
        check_rows(database, generation, tally, _FROM_ARTICLES)
        with tally.damage(_NAMED_AGAIN):
            read_fields(database)
        if snapshot.fingerprint is not None:
            _check_embedder(snapshot.fingerprint, tally)
        _check_roots(database, tally)
    findings = (*tally.findings(), *_check_files(backend, generation))
    _, _, _, articles, passages = generation
    return CheckReport(generation=generation.number, articles=articles, passages=passages, findings=findings)


def _check_files(backend: Backend, generation: Generation) -> tuple[Finding, ...]:
    """Checks the derived files. What is wrong while they are being written is no finding."""
    for _ in range(_LOOKS):
        unfinished = backend.is_unfinished()
        findings = _look_at_files(backend, generation)
        if not findings or unfinished or backend.is_unfinished():
            return ()
    return findings


def _look_at_files(backend: Backend, generation: Generation) -> tuple[Finding, ...]:
    tally, folder = Tally(), backend.place.folder
    with suppress(IndexDamagedError), backend.snapshot() as database:  # damage is reported by its own check
        snapshot = Snapshot.of_newest(database).at(generation.number, generation.token)
        if snapshot is None or not generation.passages:
            return ()
        if backend.shared_vectors() is None:
            with tally.damage(_ANEW):
                check_dense(folder / DENSE, snapshot, tally, _ANEW)
        with tally.damage(_ANEW):
            check_lexical(folder / LEXICAL, snapshot, tally, _ANEW)
    return tally.findings()


def _check_roots(database: Database, tally: Tally) -> None:
    """Notes articles that lie in no folder that the library follows: an update would never look at their files."""
    with tally.damage(_FROM_ARTICLES):
        roots = read_roots(database)
        for (path,) in database.rows("SELECT CAST(path AS TEXT) FROM article WHERE removed_generation IS NULL"):
            # Only paths made by an update are absolute.
            if Path(path).is_absolute() and not any(is_in(file_of(path), root) for root in roots):
                tally.note("articles in no folder that the index follows", path, _FOLDERS)


def _check_embedder(fingerprint: Fingerprint, tally: Tally) -> None:
    """Notes if the model that made the vectors is missing or has other weights."""
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
