"""The process that reads foreign formats: started on demand, reused, and replaced when it fails.

Bytes go in and JSON comes back. If a file makes its parser crash, hang or use too much memory, only that file is lost.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import IO, Any, get_args

from pydantic import TypeAdapter, ValidationError

from rag.core.errors import ArticleError, Fact, Trouble
from rag.core.settings import DEFAULTS, MEBIBYTE, FileSettings
from rag.formats.extracted import Extracted, Refused
from rag.formats.file_types import FileType, max_bytes_of

_REPLY_SHARE = 8
"""Bytes of a reply for each byte that a file may have: escapes in JSON take up to six, and the fields some more."""
_MODULE = "rag.formats.worker"
_PASSED_ON = (
    *("PATH", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TESSDATA_PREFIX"),
    *("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ"),
)
"""The environment variables that the worker gets. Others may hold passwords and keys."""
_REPLY = TypeAdapter(dict[str, Any])
_ARTICLES = TypeAdapter(list[Extracted | Refused])
_FACTS = TypeAdapter(dict[str, Fact])
_log = logging.getLogger(__name__)


class Sandbox:
    """Runs one worker process at a time. `limits` are what one file may cost. For one thread; close it after use."""

    def __init__(self, limits: FileSettings = DEFAULTS.files) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def extract(self, file_type: FileType, data: bytes) -> list[Extracted]:
        """Reads the articles of a file in the worker, as `extract_records` does.

        Raises:
            ArticleError: If the file, or a record in it, can't be read.
            ValueError: If the format has no reader.
        """
        articles: list[Extracted] = []
        for found in self.extract_records(file_type, data):
            if isinstance(found, Refused):
                raise found.error()
            articles.append(found)
        return articles

    def extract_records(
        self, file_type: FileType, data: bytes, fields: Mapping[str, str] = MappingProxyType({})
    ) -> list[Extracted | Refused]:
        """Reads the records of a file in the worker.

        Args:
            file_type: The format, which must have a reader.
            data: The bytes of the file, unpacked.
            fields: Field names that are used instead of the usual ones, in formats that have fields.

        Returns:
            The articles in order, and for each record without one the reason.

        Raises:
            ArticleError: If the file can't be read; the message is one line that says what to do.
            ValueError: If the format has no reader.
        """
        if file_type.reader is None:
            raise ValueError(f"{file_type.name} is not read in the worker")
        process = self._running()
        reply, late = self._ask(process, file_type, data, fields)
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
        except (ValidationError, KeyError) as error:  # our worker never writes this: the file took control of it
            self.close()
            raise _explain(file_type, None, late=False) from error

    def close(self) -> None:
        """Ends the worker. The next file starts a new one."""
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
            # -P: no module is imported from the working folder, which may contain files from unknown sources.
            here = str(Path(__file__).parent.parent.parent)
            memory = self._limits.memory_megabytes * MEBIBYTE
            paths = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))
            environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", _MODULE, str(memory), str(self._limits.processor_seconds)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", "OMP_THREAD_LIMIT": "1"},
            )
            _log.info("worker %d started", self._process.pid)
        return self._process

    def _ask(
        self, process: subprocess.Popen[bytes], file_type: FileType, data: bytes, fields: Mapping[str, str]
    ) -> tuple[dict[str, Any] | None, bool]:
        """The worker's reply, or None if it died or wrote too much, and whether it was ended for taking too long."""
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        assert process.stdin and process.stdout
        # A file of many articles may be larger than one article's, and then has as many times the time.
        times = 1 + len(data) // (self._limits.max_megabytes * MEBIBYTE)
        request: dict[str, Any] = {"reader": file_type.reader, "size": len(data), "times": times}
        if file_type.has_fields:
            request["fields"] = dict(fields)
        most = _REPLY_SHARE * max_bytes_of(file_type, self._limits)
        seconds = self._limits.scan_seconds if file_type.has_pages else times * self._limits.seconds
        timer = threading.Timer(seconds, end)
        timer.start()
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.write(data)
            process.stdin.flush()
            size = int(process.stdout.readline() or -1)
            reply = process.stdout.read(size) if 0 <= size <= most else b""
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
    """The reason in the worker's reply, if it is a known one: a file may have taken control of the worker."""
    return next((reason for reason in get_args(Trouble) if reason == reply.get("reason")), None)


def _facts_of(reply: dict[str, Any]) -> dict[str, Fact]:
    """The facts in the worker's reply, if they are valid."""
    try:
        return _FACTS.validate_python(reply.get("facts"))
    except ValidationError:
        return {}


def _explain(file_type: FileType, code: int | None, late: bool) -> ArticleError:
    if late or (hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU):
        return ArticleError(
            f"Reading this {file_type.name} file takes too long",
            "too_slow",
            remedy="save it as plain text, or remove it",
        )
    return ArticleError(
        f"This {file_type.name} file fails, or needs too much memory",
        "too_much_memory",
        remedy="save it as plain text",
    )


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except OSError:  # the process is gone, so buffered bytes can't be written
        pass
