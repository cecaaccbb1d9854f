"""The process that reads foreign formats: started when first needed, reused, ended and started anew when it fails.

Bytes go in, JSON comes back. Whatever a file does to its parser (crash, hang, ask for all memory) costs that file,
and nobody else.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any, get_args

from pydantic import TypeAdapter, ValidationError

from rag.core.errors import ArticleError, Fact, Trouble
from rag.formats.extracted import Extracted
from rag.formats.file_types import FileType

SECONDS = 60.0
"""How long one file may take, by the clock; the worker limits itself to less time on the processor."""
_LARGEST_REPLY = 256 * 1024 * 1024
_MODULE = "rag.formats.worker"
_REPLY = TypeAdapter(dict[str, Any])
_ARTICLES = TypeAdapter(list[Extracted])
_FACTS = TypeAdapter(dict[str, Fact])
_log = logging.getLogger(__name__)


class Sandbox:
    """One worker process at a time. For one thread; close it when done."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def extract(self, file_type: FileType, data: bytes) -> list[Extracted]:
        """The articles in the bytes of a file. Raises ArticleError, with one line on what to do."""
        if file_type.reader is None:
            raise ValueError(f"{file_type.name} is not read in the worker")
        process = self._running()
        reply, late = self._ask(process, file_type.reader, data)
        if reply is None:
            self.close()
            _log.info("worker %d ended with code %s on a %s file", process.pid, process.returncode, file_type.name)
            raise _explain(file_type, process.returncode, late)
        if "wrong" in reply:
            if reply.get("spent"):
                self.close()
            raise ArticleError(
                str(reply["wrong"]), _reason_of(reply), remedy=str(reply.get("advice", "")), **_facts_of(reply)
            )
        try:
            return _ARTICLES.validate_python(reply["articles"])
        except (ValidationError, KeyError) as error:  # not what our worker writes: the file got the better of it
            self.close()
            raise _explain(file_type, None, late=False) from error

    def close(self) -> None:
        """Ends the worker; the next file gets a new one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                _close(pipe)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:  # it died between two files
            self.close()
        if self._process is None:
            # -P: no module is taken from the working folder, which may be a folder of strangers' files.
            here = str(Path(__file__).parent.parent.parent)
            paths = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", _MODULE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": paths},
            )
            _log.info("worker %d started", self._process.pid)
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], reader: str, data: bytes) -> tuple[dict[str, Any] | None, bool]:
        """The worker's reply, None where it died; and whether it was ended for being late."""
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        assert process.stdin and process.stdout
        timer = threading.Timer(self._seconds, end)
        timer.start()
        try:
            process.stdin.write(json.dumps({"reader": reader, "size": len(data)}).encode() + b"\n")
            process.stdin.write(data)
            process.stdin.flush()
            size = int(process.stdout.readline() or -1)
            reply = process.stdout.read(size) if 0 <= size <= _LARGEST_REPLY else b""
            found = _REPLY.validate_json(reply) if len(reply) == size else None
        except (OSError, ValueError):
            found = None
        finally:
            timer.cancel()
            timer.join()
        if found is None:
            process.kill()
            process.wait()
        return found, late.is_set()


def _reason_of(reply: dict[str, Any]) -> Trouble | None:
    """The reason that the worker gives; it has read a stranger's file, so that it may be anything."""
    return next((reason for reason in get_args(Trouble) if reason == reply.get("reason")), None)


def _facts_of(reply: dict[str, Any]) -> dict[str, Fact]:
    """The facts that the worker gives with it, likewise."""
    try:
        return _FACTS.validate_python(reply.get("facts"))
    except ValidationError:
        return {}


def _explain(file_type: FileType, code: int | None, late: bool) -> ArticleError:
    if late or (hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU):
        return ArticleError(
            f"Reading this {file_type.name} file takes too long",
            "too_slow",
            remedy="save it as plain text, or take it away",
        )
    return ArticleError(
        f"This {file_type.name} file breaks its reader, or asks for too much memory",
        "too_much_memory",
        remedy="save it as plain text",
    )


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except OSError:  # what was not yet written can't be any more
        pass
