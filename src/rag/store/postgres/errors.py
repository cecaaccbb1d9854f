"""Turns errors of PostgreSQL's driver into this library's errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from rag.core.errors import DatabaseUnreachableError, IndexBusyError, IndexNotWritableError, RagError
from rag.store.database import damaged

_BUSY = (errors.LockNotAvailable, errors.SerializationFailure, errors.DeadlockDetected, errors.UniqueViolation)
_UNWRITABLE = (
    (errors.ReadOnlySqlTransaction, "{name} is a standby, which can only be read", "name the primary server"),
    (
        errors.InsufficientPrivilege,
        "This user of {name} may not do that ({said})",
        "name a user who may, or have the right granted",
    ),
    (
        (errors.DiskFull, errors.OutOfMemory, errors.ConfigurationLimitExceeded),
        "{name} can't be read and written ({said})",
        "check the free space and the limits of the server",
    ),
)
"""What keeps a user from writing: the driver's errors, what is told, and what to do."""
_DAMAGED = (
    errors.DataCorrupted,
    errors.IndexCorrupted,
    errors.UndefinedTable,
    errors.UndefinedColumn,
    errors.InvalidSchemaName,
)


@contextmanager
def typed_errors(name: str) -> Iterator[None]:
    """Turns errors of the driver into this library's errors.

    Args:
        name: The name of the library's place.
    """
    try:
        yield
    except psycopg.Error as error:
        raise _typed(name, error) or error from error


def _typed(name: str, error: psycopg.Error) -> RagError | None:
    """Chooses this library's error for one of the driver; None for a bug, which must stay visible."""
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if isinstance(error, _BUSY):
        return IndexBusyError(f"Another process is updating {name}", remedy="wait for it to end and try again")
    if isinstance(error, _DAMAGED):
        return damaged(name, said)
    for kinds, what, remedy in _UNWRITABLE:
        if isinstance(error, kinds):
            return IndexNotWritableError(what.format(name=name, said=said), remedy=remedy, path=name)
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return _unreachable(name, said)
    return None


def _unreachable(name: str, why: str) -> DatabaseUnreachableError:
    return DatabaseUnreachableError(
        f"The database {name} can't be reached ({why})",
        remedy="check that the server runs and lets this user in, then try again: nothing that was stored is lost",
        path=name,
    )
