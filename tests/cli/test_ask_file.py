"""`rag ask --from FILE --to FILE`, run as a person runs it."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.command import RAG, run
from tests.libraries import write
from tests.verification.archive import build

pytestmark = pytest.mark.slow
ASKED = "When will the pier at Osk close?"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    build(home).close()
    return home


def test_a_file_is_answered_and_bad_rows_are_named(home: Path) -> None:
    write(home / "questions.csv", f"question,since\n{ASKED},\n{ASKED},someday\nWho won the cup in Lima?,\n")
    done = run("ask", "--from", "questions.csv", "--to", "answers.csv", cwd=home)
    assert done.returncode == 1
    assert "rag: questions.csv, row 3: 'someday' is not a date; write it as" in done.stderr
    assert "1 answered, 1 not said by the articles, 1 could not be asked." in done.stdout
    with (home / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["status"] for row in rows] == ["answered", "failed", "silent"]
    assert rows[0]["short_answer"] == "May" and rows[0]["question"] == ASKED


def test_without_bad_rows_the_exit_code_is_0_also_without_the_word_ask(home: Path) -> None:
    write(home / "good.jsonl", json.dumps({"question": ASKED}) + "\n")
    done = run("--from", "good.jsonl", "--to", "good-answers.docx", cwd=home)
    assert done.returncode == 0, done.stderr
    again = run("ask", "--from", "good.jsonl", "--to", "good-answers.xlsx", cwd=home)
    assert again.returncode == 0
    again = run("ask", "--from", "good.jsonl", "--to", "good-answers.xlsx", cwd=home)
    assert "1 of them were there already." in again.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "questions.csv"), "takes --from and --to"),
        (("--to", "answers.csv"), "takes --from and --to"),
        (("Who?", "--from", "questions.csv", "--to", "answers.csv"), "takes --from and --to"),
        (("--from", "missing.csv", "--to", "answers.csv"), "Can't read missing.csv"),
        (("--from", "questions.csv", "--to", "questions.csv"), "is the file of questions"),
        (("--from", "questions.csv", "--to", "answers.pdf"), "not written to '.pdf' files"),
        ((), "There is no question"),
    ],
)
def test_wrong_use_is_one_line_that_says_what_to_do(home: Path, arguments: tuple[str, ...], words: str) -> None:
    write(home / "questions.csv", f"question\n{ASKED}\n")
    done = run("ask", *arguments, cwd=home)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_kill_loses_only_what_is_being_answered(home: Path) -> None:
    write(home / "many.csv", "question\n" + "".join(f"What does report {n} of Osk say?\n" for n in range(60)))
    command = [str(RAG), "ask", "--from", "many.csv", "--to", "many-answers.csv"]
    part = home / "many-answers.csv.part"
    with subprocess.Popen(command, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        ends = time.monotonic() + 60
        while time.monotonic() < ends and not (part.exists() and part.read_bytes().count(b"\n") > 5):
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    kept = part.read_bytes().count(b"\n")
    assert 5 < kept < 60
    assert not (home / "many-answers.csv").exists()
    done = run("ask", "--from", "many.csv", "--to", "many-answers.csv", cwd=home)
    assert done.returncode == 0, done.stderr
    assert f"{kept} of them were there already." in done.stdout
    assert not part.exists()
