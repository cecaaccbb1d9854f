"""The commands with a library in a database, run as a person runs them; and two programs that share it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.core.ports import Embedder
from rag.library import Library
from tests.cli.command import run
from tests.libraries import write
from tests.places import SEEDS

QUESTION = "Who acted as the go-between?"


@pytest.fixture
def address(postgres_url: str, tmp_path: Path) -> str:
    return f"{postgres_url}?schema=news&folder={tmp_path / 'local'}"


@pytest.mark.slow
def test_a_library_is_built_asked_checked_and_copied_by_the_commands(address: str, tmp_path: Path) -> None:
    missing = run("status", "--index", address, cwd=tmp_path)
    assert missing.returncode == 4 and "There is no index in postgresql://postgres@127.0.0.1" in missing.stderr
    assert address.split(":")[2].split("@", maxsplit=1)[0] not in missing.stderr  # the password
    updated = run("update", str(SEEDS), "--index", address, cwd=tmp_path)
    assert updated.returncode == 0, updated.stderr
    status = json.loads(run("status", "--json", "--index", address, cwd=tmp_path).stdout)
    assert status["place"].endswith("?schema=news")
    assert status["folder"] == str(tmp_path / "local")
    asked = json.loads(run("ask", "--json", QUESTION, "--index", address, cwd=tmp_path).stdout)
    assert run("check", "--index", address, cwd=tmp_path).returncode == 0
    copied = run("copy", address, str(tmp_path / "index"), cwd=tmp_path)
    assert copied.returncode == 0 and "Copied 1 article, generation 1, to " in copied.stdout
    again = json.loads(run("ask", "--json", QUESTION, "--index", str(tmp_path / "index"), cwd=tmp_path).stdout)
    assert asked == again and asked["status"] == "answered"
    refused = run("copy", address, str(tmp_path / "index"), cwd=tmp_path)
    assert refused.returncode == 2 and "name another place for the copy" in refused.stderr


@pytest.mark.slow
def test_work_is_done_for_a_database_and_refused_for_a_folder(address: str, tmp_path: Path) -> None:
    with Library.open(address, create=True):
        done = run("work", "--until-empty", "--index", address, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Embedded 0 texts\n"), done.stderr
    Library.open(tmp_path / "index", create=True).close()
    refused = run("work", "--index", str(tmp_path / "index"), cwd=tmp_path)
    assert refused.returncode == 2 and "lies in a folder" in refused.stderr


@pytest.fixture(params=["folder", "database"])
def two(
    request: pytest.FixtureRequest, address: str, tmp_path: Path, embedder: Embedder
) -> Iterator[tuple[Library, Library]]:
    """Two programs with one library: in a folder that both use, or in a database, each with a folder of its own."""
    places = [str(tmp_path / "index")] * 2
    if request.param == "database":
        places = [address, address.replace("local", "elsewhere")]
    with Library.open(places[0], create=True) as first, Library.open(places[1]) as second:
        yield first, second


def test_a_server_loads_what_another_program_adds_before_it_is_asked(
    two: tuple[Library, Library], tmp_path: Path
) -> None:
    first, server = two
    write(tmp_path / "news" / "a.txt", "The bridge opened in May, the mayor said.\n")
    with server.kept_loaded():
        first.update(tmp_path / "news")
        deadline = time.monotonic() + 60
        while server._newest.held.number == 0 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert server._newest.held.number == 1
    write(tmp_path / "news" / "b.txt", "The mill burned down in June.\n")
    first.update(tmp_path / "news")
    time.sleep(0.2)
    assert server._newest.held.number == 1  # after the block nothing is loaded before somebody asks
    assert "June" in server.answer("When did the mill burn down?").text
