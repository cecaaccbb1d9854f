"""The audit log: whole lines, private, rotated, from several threads and processes, and never a reason to fail."""

from __future__ import annotations

import json
import logging
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from rag.core.settings import MEBIBYTE
from rag.core.settings_written import AuditSettings
from rag_ui.web.audit import Act, AuditLog

ASKED = Act("ada", "page", "politics", "ask", 200, question="Who?\nWhere? “Ö”")
SETTINGS = AuditSettings(file="audit.jsonl")
WRITING = """
import sys
from pathlib import Path
from rag.core.settings_written import AuditSettings
from rag_ui.web.audit import Act, AuditLog
log = AuditLog(Path(sys.argv[1]), AuditSettings(megabytes=1, files=50))
for number in range(200):
    log.write(Act(sys.argv[2], "rest", "", "ask", 200, article=f"{number}-" + "x" * 1500))
"""


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("ascii").splitlines()]


def test_a_line_says_who_asked_for_what_and_the_question_only_if_it_is_wanted(tmp_path: Path) -> None:
    for questions in (0, 1):
        log = AuditLog.of(AuditSettings(file="audit.jsonl", questions=questions), tmp_path)
        assert log is not None
        log.write(ASKED)
    without, with_question = lines(tmp_path / "audit.jsonl")
    time = without.pop("time")
    assert time.endswith("+00:00") and len(time) == 29
    assert without == {"who": "ada", "door": "page", "collection": "politics", "action": "ask", "status": 200}
    assert with_question["question"] == ASKED.question
    assert AuditLog.of(AuditSettings(), tmp_path) is None
    elsewhere = tmp_path / "logs" / "all.jsonl"
    elsewhere.parent.mkdir()
    assert AuditLog.of(AuditSettings(file=str(elsewhere)), tmp_path) and elsewhere.exists()


def test_only_the_owner_reads_the_log(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    file.touch(0o644)
    AuditLog(file, SETTINGS).write(ASKED)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_full_file_is_kept_under_the_next_number_and_the_oldest_goes(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    log = AuditLog(file, AuditSettings(megabytes=1, files=2))
    for letter in "abcd":
        file.write_bytes(letter.encode() * (MEBIBYTE - 10))
        log.write(ASKED)
    assert [each.name for each in sorted(tmp_path.glob("*.jsonl*")) if not each.name.endswith("lock")] == [
        "audit.jsonl",
        "audit.jsonl.1",
        "audit.jsonl.2",
    ]
    assert len(lines(file)) == 1
    assert [file.with_name(f"audit.jsonl.{n}").read_bytes()[:1] for n in (1, 2)] == [b"d", b"c"]


def test_a_log_that_cannot_be_written_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "audit.jsonl"
    file.mkdir()
    with caplog.at_level(logging.WARNING, "rag_ui"):
        log = AuditLog(file, SETTINGS)
        for _ in range(3):
            log.write(ASKED)
        assert [record.getMessage()[:13] for record in caplog.records] == ["the audit log"]
        file.rmdir()
        log.write(ASKED)
        assert len(lines(file)) == 1
        file.unlink()
        file.mkdir()
        log.write(ASKED)
    assert len(caplog.records) == 2


@pytest.mark.slow
def test_threads_and_processes_write_whole_lines_and_lose_none(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    log = AuditLog(file, AuditSettings(megabytes=1, files=50))

    def write(name: str) -> None:
        for number in range(200):
            log.write(Act(name, "rest", "", "ask", 200, article=f"{number}-" + "x" * 1500))

    processes = [subprocess.Popen([sys.executable, "-c", WRITING, str(file), f"process {n}"]) for n in range(2)]
    threads = [threading.Thread(target=write, args=(f"thread {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [process.wait() for process in processes] == [0, 0]
    written = [line for each in tmp_path.glob("audit.jsonl*") if not each.name.endswith("lock") for line in lines(each)]
    assert len(list(tmp_path.glob("audit.jsonl.[0-9]*"))) >= 1
    whose = sorted((line["who"], int(line["article"].partition("-")[0])) for line in written)
    names = [f"process {n}" for n in range(2)] + [f"thread {n}" for n in range(4)]
    assert whose == sorted((name, number) for name in names for number in range(200))
