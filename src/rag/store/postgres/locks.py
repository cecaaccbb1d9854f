"""The advisory locks of a library in PostgreSQL. One ends with the connection that holds it."""

from __future__ import annotations

import hashlib
import os
import socket
import time
from datetime import datetime
from typing import NamedTuple

from rag.store.database import Database

_PAUSE = 0.05
"""Seconds between two tries."""
_NAME = "rag-update "
"""The beginning of the name by which the connection that holds the update lock is known in `pg_stat_activity`."""
_LONGEST = 63
"""Most bytes of such a name."""
_HELD = """
SELECT activity.application_name FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
WHERE pg_locks.locktype = 'advisory' AND pg_locks.granted AND pg_locks.objsubid = 1
AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND (CAST(pg_locks.classid AS bigint) << 32) | CAST(pg_locks.objid AS bigint) = ?
"""


CHANGES, REGISTER, VECTORS = 1, 2, 3
"""What is added to the number of the update lock for the locks of changes, the register and the copy of the vectors."""


class Holder(NamedTuple):
    """The process that holds the update lock.

    Attributes:
        started: When it got the lock, ISO 8601 with its zone.
        process: The process id.
        machine: The name of its machine.
    """

    started: str
    process: str
    machine: str


def key_of(schema: str) -> int:
    """The number of the update lock of the library in a schema. The three after it are free for its other locks."""
    return int.from_bytes(hashlib.sha256(f"rag {schema}".encode()).digest()[:8], signed=True) & ~3


def name_holder(database: Database) -> None:
    """Gives a connection the name that `read_holder` reads."""
    started = datetime.now().astimezone().isoformat(timespec="seconds")
    name = f"{_NAME}{started} {os.getpid()} {socket.gethostname()}"
    database.run("SELECT set_config('application_name', ?, false)", (name[:_LONGEST],))


def acquire(database: Database, key: int, timeout: float) -> bool:
    """Gets a lock for the rest of a connection.

    Args:
        database: The connection.
        key: The lock.
        timeout: Seconds to wait for another process.

    Returns:
        Whether it got the lock in time.
    """
    deadline = time.monotonic() + timeout
    while True:
        row = database.row("SELECT pg_try_advisory_lock(?)", (key,))
        if row is not None and row[0]:
            return True
        if time.monotonic() >= deadline:
            return False
        time.sleep(_PAUSE)


def read_holder(database: Database, key: int) -> Holder | None:
    """Reads which process holds the update lock; None if none does, or it is not known here.

    A standby does not know it, nor does another user of the server who may not see all connections.
    """
    row = database.row(_HELD, (key,))
    name = str(row[0] or "") if row else ""
    if not name.startswith(_NAME):
        return None
    started, process, machine = f"{name}  ".removeprefix(_NAME).split(" ", 2)
    return Holder(started, process, machine.strip())


def describe_holder(database: Database, key: int) -> str:
    """Tells which process holds the update lock."""
    holder = read_holder(database, key)
    if holder is None:
        return f"Another process is updating {database.name}"
    return f"Process {holder.process} on {holder.machine} has been updating {database.name} since {holder.started}"
