"""Copies a library's file while others ask and write, checks a copy, and puts one in the place of another.

All copies are made by SQLite's online backup, which reads one committed state. A copy made by the file system may miss
what is only in SQLite's log, or hold half of a transaction.
"""

from __future__ import annotations

import contextlib
from contextlib import closing
from pathlib import Path

from rag.core.atomic_files import sync_file, sync_folder
from rag.core.errors import BackupError, IndexDamagedError, IndexNotWritableError, RagError
from rag.store.check_rows import require_sound
from rag.store.rows import Generation
from rag.store.sqlite.connection import SqliteConnection
from rag.store.sqlite.file_format import is_older, open_any, open_reader
from rag.store.sqlite.upgrade import upgrade_file


def write_backup(library: Path, backup: Path) -> Generation:
    """Writes a backup of a library into one file. It replaces an older backup when it is whole and was checked.

    Args:
        library: The library's SQLite file.
        backup: The file to write.

    Returns:
        The generation in the backup.

    Raises:
        BackupError: If the file can't be written, or is something else than a backup.
        IndexDamagedError: If the library is damaged. Then no backup is written.
    """
    _check_target(library, backup)
    fresh = backup.with_name(f"{backup.name}.new")
    try:
        copy_library(library, fresh)
        with closing(SqliteConnection(fresh)) as database:
            # A file by itself: no log beside it, and it can be read where nothing can be written.
            database.run("PRAGMA journal_mode = DELETE")
        generation = verify_library(fresh)
        sync_file(fresh)
        fresh.replace(backup)
        sync_folder(backup.parent)
    except (OSError, IndexNotWritableError) as error:
        raise _unwritable(backup, error) from error
    finally:
        remove_library(fresh)
    return generation


def read_backup(backup: Path, fresh: Path) -> Generation:
    """Copies a backup to a new file, brings an older format up to date, and checks all of it.

    Args:
        backup: A file that `write_backup` wrote, or a library's SQLite file.
        fresh: The file to write. Its folder must exist.

    Returns:
        The generation in the backup.

    Raises:
        BackupError: If there is no such file, it is not a library, it is damaged, or the copy can't be written.
        IndexFormatError: If a newer release wrote it.
    """
    if not backup.is_file() or backup.stat().st_size == 0:
        raise BackupError(f"There is no backup {backup}", remedy="name a file that was written as a backup")
    try:
        copy_library(backup, fresh)
        if is_older(fresh):
            upgrade_file(fresh)
        return verify_library(fresh)
    except IndexDamagedError as error:
        raise BackupError(f"{backup} can't be restored: {error.message}", remedy="name another backup") from error
    except (OSError, IndexNotWritableError) as error:
        raise _unwritable(fresh, error) from error


def copy_library(source: Path, target: Path) -> None:
    """Copies one committed state of a library's file to a new file, whatever is written meanwhile.

    Raises:
        IndexDamagedError: If SQLite can't read the file.
        IndexNotWritableError: If the copy can't be written.
    """
    remove_library(target)
    with closing(open_any(source)) as original, closing(SqliteConnection(target, "mode=rwc")) as copy:
        original.copy_to(copy)


def verify_library(path: Path) -> Generation:
    """Checks every row of a library's file.

    Returns:
        The newest generation.

    Raises:
        IndexDamagedError: If anything in the file is damaged.
    """
    with closing(open_reader(path)) as database:
        database.run("BEGIN")
        return require_sound(database)


def exchange_library(fresh: Path, path: Path) -> None:
    """Puts the content of one library's file in the place of another's.

    If SQLite can read the other file, this is one transaction, which open readers follow as they follow an update.

    Args:
        fresh: The file with the new content. It may be gone afterwards.
        path: The library's file, which may be missing. The caller must hold the update lock.
    """
    with closing(SqliteConnection(fresh)) as source:
        if path.exists():
            with contextlib.suppress(IndexDamagedError), closing(SqliteConnection(path)) as target:
                source.copy_to(target)
                target.run("PRAGMA journal_mode = WAL")
                return
        source.run("PRAGMA journal_mode = WAL")
        source.run("PRAGMA wal_checkpoint(TRUNCATE)")
    # SQLite can't read the old file, so no process uses it. Its log is deleted first, then it is replaced.
    for name in (f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
    fresh.replace(path)
    sync_folder(path.parent)


def remove_library(path: Path) -> None:
    """Deletes a library's file and what SQLite keeps beside it, if they are there and can be deleted."""
    for name in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            path.with_name(f"{path.name}{name}").unlink()


def _check_target(library: Path, backup: Path) -> None:
    """Raises BackupError if writing the backup would destroy something else, or can't succeed."""
    if backup.is_dir():
        raise BackupError(f"{backup} is a folder", remedy="name a file in it")
    if not backup.parent.is_dir():
        raise BackupError(f"There is no folder {backup.parent}", remedy="create it, or name another file")
    if not backup.exists():
        return
    if backup.samefile(library):
        raise BackupError(f"{backup} is the index itself", remedy="name another file")
    if backup.stat().st_size:
        try:
            open_any(backup).close()
            is_older(backup)
        except RagError as error:
            raise BackupError(f"{backup} is not a backup", remedy="name another file") from error


def _unwritable(path: Path, error: OSError | IndexNotWritableError) -> BackupError:
    why = error.strerror or "unknown" if isinstance(error, OSError) else error.message
    return BackupError(f"{path} can't be written ({why})", remedy="check the permissions and the free space")
