"""The command `rag follow`, and what updates print, run as a person runs them."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.command import RAG, run
from tests.libraries import write
from tests.standing.news import MAYOR, TOLL, build, put
from tests.standing.servers import web_server

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Path:
    build(tmp_path).close()
    return tmp_path


def followed(home: Path) -> str:
    done = run("follow", *TOLL.split(), cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first.endswith(f": {TOLL}") and second == "Five (1 source)"
    return first.split()[1].rstrip(":")


def test_an_update_prints_what_changed_and_the_list_has_it(home: Path) -> None:
    name = followed(home)
    put(home, "more", "2025-03-03", "Sund Post", "Three people died in the flood in Osk, a doctor said.")
    done = run("update", "news", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[3:7] == [
        f"{TOLL} ({name})",
        "The answer is another one.",
        "Before: Five (1 source)",
        "Now: Three (1 source)",
    ]
    listed = run("follow", "--list", cwd=home)
    assert listed.stdout == run("follow", cwd=home).stdout
    head, since, answer = listed.stdout.splitlines()
    assert head == f"{name}  {TOLL}" and "changed last on" in since and answer.strip() == "Three (1 source)"
    told = json.loads(run("follow", "--list", "--json", cwd=home).stdout)
    assert told["changes"][0]["kinds"] == ["changed"] and told["questions"][0]["id"] == name
    assert "sources" in json.loads(run("follow", TOLL, "--json", cwd=home).stdout)["answer"]
    assert run("update", "news", "--json", cwd=home).stdout.lstrip().startswith("{")
    gone = run("follow", "--remove", name, cwd=home)
    assert gone.stdout == f"No longer followed: {TOLL}\n"
    assert run("follow", cwd=home).stdout == "No question is followed.\n"


def test_a_check_sends_what_could_not_be_sent_and_its_exit_code_tells(home: Path) -> None:
    followed(home)
    put(home, "more", "2025-03-03", "Sund Post", "Three people died in the flood in Osk, a doctor said.")
    with web_server() as hook:
        write(home / "index" / "rag.toml", f'[standing]\nwebhook = "{hook.url}"\n')
        hook.status = 500
        done = run("update", "news", cwd=home)
        line = "rag: The webhook at 127.0.0.1 answered with status 500; it is tried again at the next check\n"
        assert (done.returncode, done.stderr) == (0, line)
        done = run("follow", "--check", cwd=home)
        assert (done.returncode, done.stderr) == (1, line)
        hook.status = 204
        done = run("follow", "--check", "--json", cwd=home)
        assert (done.returncode, done.stderr, json.loads(done.stdout)["unsent"]) == (0, "", [])
        assert len(hook.got) == 3
        assert "key=secret" not in run("status", "--settings", cwd=home).stdout
        assert "key=secret" not in run("status", "--settings", "--json", cwd=home).stdout


def test_a_followed_folder_prints_changes_too(home: Path) -> None:
    assert run("follow", MAYOR, cwd=home).returncode == 0
    watching = subprocess.Popen([str(RAG), "watch", "news"], cwd=home, stdout=subprocess.PIPE, text=True)
    try:
        assert watching.stdout is not None
        time.sleep(0.1)
        put(home, "mayor", "2025-03-05", "Mell Times", "Bo Ek is the mayor of Mell. He took office on Sunday.")
        lines = []
        for line in watching.stdout:
            lines.append(line.strip())
            if line.startswith("Now: "):
                break
        assert lines[-3:] == ["The articles answer it now.", "Before: the articles don't say", "Now: Bo Ek (1 source)"]
    finally:
        watching.kill()
        watching.communicate()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--list", "--check"), "give a QUESTION with filters, or one of"),
        (("Who", "won?", "--check"), "give a QUESTION with filters, or one of"),
        (("--check", "--since", "2025"), "give a QUESTION with filters, or one of"),
        (("--remove", "12345678"), "No followed question has the id '12345678'; no question is followed"),
        (("Who won? When did it rain?",), "several questions; follow each for itself"),
        (("Who won?", "--source", "Nobody's"), "No article is from"),
    ],
)
def test_wrong_use_is_one_line_that_says_what_to_do(home: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run("follow", *arguments, cwd=home)
    assert done.returncode == 2 and words in done.stderr and len(done.stderr.splitlines()) == 1
