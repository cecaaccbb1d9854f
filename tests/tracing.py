"""Runs a command under strace, and lists the addresses that it reaches for and the files that it writes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.programs import program

_CALLS = "connect,sendto,sendmsg,sendmmsg,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink"
_PORT = re.compile(r"sin6?_port=htons\((\d+)\)")
_ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_LOOPBACK = re.compile(r"127\.|::1$|::ffff:127\.")
_QUIET = ("CI", "ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS", "GRADIO_ANALYTICS_ENABLED", "HF_HUB_OFFLINE")
"""Variables that keep libraries quiet. They are removed, so that only this project's own code does that."""


@dataclass(frozen=True, slots=True)
class Trace:
    """The log of one command. It is read when a method is called.

    Attributes:
        log: The file that strace writes.
        home: The command's home and working folder. Its temporary folder lies in it.
    """

    log: Path
    home: Path

    def strange_addresses(self) -> list[str]:
        """Returns the addresses that are not this machine's, and all name servers."""
        found = []
        for line in self._lines("connect", "send"):
            address, port = _ADDRESS.search(line), _PORT.search(line)
            if address is None:
                continue
            named = address[1] or address[2]
            if not _LOOPBACK.match(named) or (port is not None and port[1] == "53"):
                found.append(f"{named} port {port[1] if port else '?'}")
        return found

    def written(self) -> set[str]:
        """Returns the files and folders that were made or opened for writing; those in the home as relative paths."""
        found = set()
        for line in self._lines("open", "creat", "mkdir", "rename", "link", "symlink"):
            path = _PATH.findall(line)[-1]
            is_read = "open" in line.partition("(")[0] and not re.search(r"O_WRONLY|O_RDWR|O_CREAT", line)
            # What failed wrote nothing. Devices are no files.
            if is_read or " = -1 " in line or path.startswith(("/dev/", "/proc/", "anon_inode:")):
                continue
            whole = os.path.normpath(self.home / path)
            found.add(str(Path(whole).relative_to(self.home)) if Path(whole).is_relative_to(self.home) else whole)
        return found

    def _lines(self, *calls: str) -> Iterator[str]:
        for line in self.log.read_text("utf-8", "replace").splitlines():
            call = line.partition(" ")[2].lstrip()
            if call.startswith(calls):
                yield call


@contextmanager
def traced(command: Sequence[str], home: Path, **options: object) -> Iterator[tuple[Trace, subprocess.Popen[str]]]:
    """Runs a command under strace during the block, in a home of its own, with a temporary folder in it.

    Args:
        command: The command.
        home: An empty folder, or one that an earlier call used.
        **options: Variables of the environment.

    Yields:
        The trace, and the process with its input and its output as pipes.
    """
    temporary = home / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    log = home.with_name(f"{home.name}-{len(list(home.parent.iterdir()))}.strace")
    kept = {name: value for name, value in os.environ.items() if name not in _QUIET and not name.startswith("XDG_")}
    here = {"HOME": str(home), "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    environment = {**kept, **here, **{name: str(value) for name, value in options.items()}}
    strace = [program("strace"), "-f", "--seccomp-bpf", "-qq", "-s", "4096", "-e", f"trace={_CALLS}", "-o", str(log)]
    with subprocess.Popen(
        [*strace, *command],
        cwd=home,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        try:
            yield Trace(log, home), process
        finally:
            interrupt(process)


def interrupt(process: subprocess.Popen[str]) -> None:
    """Interrupts the traced command as Ctrl-C does. strace ends with it."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    with suppress(FileNotFoundError, ProcessLookupError):
        for child in children.read_text().split():
            os.kill(int(child), signal.SIGINT)
