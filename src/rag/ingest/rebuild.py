"""Rebuilds a library from the articles' files, beside the old one, and exchanges them when it is complete.

Until then the old library serves, and it stays as it was if anything fails. The exchange is SQLite's online backup into
the old file: one transaction, which open readers follow as they follow an update.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from rag.core.errors import ArticleError, IndexDamagedError, IndexNotWritableError
from rag.core.index_layout import CORRECTIONS, REBUILD
from rag.core.place import AnyPlace
from rag.core.ports import Embedder
from rag.core.program_fault import attempt
from rag.core.remedies import Remedy
from rag.core.reports import UpdateReport
from rag.core.settings import DEFAULTS, FileSettings
from rag.indexes.derive import refresh_files
from rag.ingest.corrections import keep_file, read_corrections
from rag.ingest.file_reader import read_again
from rag.ingest.load import Intake, Progress
from rag.ingest.missing_files import find_missing
from rag.ingest.scan import Scan, hash_file, scan_roots
from rag.ingest.shared_staging import AnyStaging, staging_of
from rag.ingest.update import follow
from rag.models.model_files import DEFAULT_EMBEDDER
from rag.store.backend import Backend, missing
from rag.store.backends import backend_of
from rag.store.carry_history import carry_history, forget_repeated, read_files, read_gathered, rescue_withdrawals
from rag.store.database import Database
from rag.store.known_files import read_roots
from rag.store.rows import read_fingerprint
from rag.store.store import Store


def rebuild_library(
    index: AnyPlace,
    paths: Sequence[Path],
    embedder: Embedder,
    *,
    progress: Progress | None = None,
    timeout: float = DEFAULTS.updates.wait_seconds,
    files: FileSettings = DEFAULTS.files,
    removes: bool = False,
) -> UpdateReport:
    """Reads and embeds all articles again.

    Undamaged texts that older citations quote are kept. Articles of feeds that still exist are kept too, in a
    generation of their own, because most of them are in no file any more. If an error is raised, the library is as it
    was.

    Args:
        index: The index folder, or the address of a database.
        paths: Files and folders of articles; if empty, those that the library knows.
        embedder: Embeds the passages.
        progress: Called with the number of passages embedded.
        timeout: Seconds to wait for another update to end.
        files: What reading one file may cost.
        removes: Whether a person confirmed that all missing files were deleted.

    Raises:
        IndexMissingError: If there is no library.
        IndexFormatError: If a newer release wrote it.
        IndexDamagedError: If the file belongs to another program.
        IndexBusyError: If another process is updating the index.
        IndexNotWritableError: If the folder can't be written.
        ArticleError: If a file or folder of articles is missing, or none is known, or a folder lost most of its files.
    """
    backend = backend_of(index)
    if not backend.exists():
        raise missing(backend.place)
    folder = backend.place.folder
    with backend.lock(timeout), _remains(backend) as old:
        hashing = partial(hash_file, limits=files)
        roots = paths or (_roots_of(old) if old else [])
        scan = scan_roots(roots, folder, hashing=hashing, removes=removes)
        _check_roots(scan, read_files(old) if old else {})
        beside = backend.beside(REBUILD)
        beside.remove()
        try:
            with staging_of(backend) as staging:
                with Store.create(beside.place) as fresh:
                    _copy_corrections(backend, beside)
                    ended = _carry(old, fresh, scan, embedder, staging, progress) if old else 0
                    report = follow(fresh, scan, embedder, staging, progress, files=files)
                    forget_repeated(beside, ended)
                backend.replace(beside)
                staging.discard()
        finally:
            beside.remove()
        # The exchange is done, so an error from here on would wrongly report that the rebuild failed.
        with contextlib.suppress(IndexNotWritableError, IndexDamagedError), Store.open(index) as store:
            refresh_files(store)
        return report


def _roots_of(old: Database) -> list[Path]:
    """The folders and files that the old library's updates were given; empty if they can't be read."""
    with contextlib.suppress(IndexDamagedError):
        return read_roots(old)
    return []


def _carry(
    old: Database,
    fresh: Store,
    scan: Scan,
    embedder: Embedder,
    staging: AnyStaging,
    progress: Progress | None,
) -> int:
    """Copies the history and what was withdrawn, then the articles of the feeds, which get the returned generation."""
    ended = carry_history(old, fresh.backend)
    with fresh.begin_update() as change:
        change.files.withdraw(rescue_withdrawals(old))
        gathered = read_gathered(old, scan.files)
        intake = Intake(change, embedder, staging, progress, corrections=read_corrections(fresh))
        intake.keep((article.path, key, attempt(partial(read_again, article))) for article, key in gathered)
        change.commit()
    return ended


def _copy_corrections(backend: Backend, beside: Backend) -> None:
    """Copies what people corrected, so that it is applied to what is read again."""
    with contextlib.suppress(IndexDamagedError):
        if not backend.is_older():  # an older format has none, and bringing it up to date needs the lock
            with Store.open(backend.place) as store:
                keep_file(store)
    try:
        content = backend.read_file(CORRECTIONS)
    except OSError as error:
        name = backend.describe_file(CORRECTIONS)
        raise IndexNotWritableError(
            f"{name} can't be read ({error.strerror})", remedy="check its permissions, then rebuild again", path=name
        ) from error
    if content is not None:
        beside.write_file(CORRECTIONS, content)


def _check_roots(scan: Scan, known: Mapping[str, str]) -> None:
    """Raises ArticleError if files are missing: an update would keep their articles, but a rebuild would lose them.

    Args:
        scan: The files found.
        known: The hash of each article of the old library, by path.
    """
    if not scan.roots:
        raise ArticleError(
            "The library doesn't know its articles' folders", remedy=Remedy(action="rebuild_from_folders")
        )
    for root in scan.roots:
        if not root.absolute.exists():
            raise ArticleError(
                f"{root.given} is missing, and its articles would be lost",
                remedy=Remedy("bring it back, or", "rebuild_from_folders"),
            )
    moved = set(scan.files.values())
    gone = [path for path, file_hash in known.items() if scan.is_gone(path) and file_hash not in moved]
    for folder, lost in find_missing(known, gone, scan, []).items():
        raise ArticleError(
            f"{lost.facts['missing']} of {lost.facts['known']} files are missing in {folder}, and their articles would"
            " be lost",
            remedy=Remedy("bring them back, or", "rebuild_without_missing"),
        )


def embedder_of(index: AnyPlace) -> str:
    """Returns the name of the embedder that made a library; the default if it can't be read."""
    with _remains(backend_of(index)) as old, contextlib.suppress(IndexDamagedError):
        fingerprint = read_fingerprint(old) if old else None
        return fingerprint.name if fingerprint else DEFAULT_EMBEDDER
    return DEFAULT_EMBEDDER


@contextmanager
def _remains(backend: Backend) -> Iterator[Database | None]:
    old = backend.remains()
    try:
        yield old
    finally:
        if old is not None:
            old.close()
