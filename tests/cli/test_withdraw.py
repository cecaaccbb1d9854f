"""Articles are withdrawn, listed and taken back in the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.libraries import story, write


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write(tmp_path / "news" / "bridge.txt", story("The bridge over the Lune reopened on Monday."))
    write(tmp_path / "news" / "fire.txt", story("A fire destroyed the Halton mill on Sunday."))
    assert run("update", "news", cwd=tmp_path).returncode == 0
    return tmp_path


@pytest.mark.slow
def test_articles_are_withdrawn_listed_counted_and_taken_back(home: Path) -> None:
    done = run("withdraw", "news/bridge.txt", "fire", cwd=home)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "2 withdrawn, 0 articles left")
    listed = run("withdraw", cwd=home).stdout
    assert listed.count("A story of the day, withdrawn 20") == 2
    assert listed.endswith("2 withdrawn\n") and f"{home}/news/fire.txt" in listed
    assert [article["title"] for article in json.loads(run("withdraw", "--json", cwd=home).stdout)] == [
        "A story of the day"
    ] * 2
    assert "2 articles withdrawn; to list: rag withdraw" in run("status", cwd=home).stdout
    updated = run("update", cwd=home)
    assert updated.returncode == 0
    assert updated.stdout.startswith("left out as withdrawn: 2\n0 added")
    assert "x news/fire.txt" in run("update", "news", "-v", cwd=home).stdout
    assert "1 added" in run("withdraw", "--undo", "fire.txt", cwd=home).stdout
    assert "1 article withdrawn" in run("status", cwd=home).stdout
    assert run("withdraw", "--undo", "bridge.txt", cwd=home).stdout.endswith("2 articles, 2 passages, generation 4\n")
    assert "withdrawn" not in run("status", cwd=home).stdout


@pytest.mark.slow
def test_a_wrong_name_is_one_line_with_what_to_do_and_exit_code_2(home: Path) -> None:
    run("withdraw", "fire", cwd=home)
    for arguments, said in (
        (["nothing like it"], "There is no article 'nothing like it'; name it by its id"),
        (["fire"], "was withdrawn on 20"),
        (["fire"], "; to undo that, run: rag withdraw --undo ARTICLE"),
        (["--undo", "bridge"], "There is no withdrawn article 'bridge'; name one of: "),
        (["--undo"], "--undo needs an article; list the withdrawn ones with: rag withdraw"),
    ):
        done = run("withdraw", *arguments, cwd=home)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), arguments
        assert said in done.stderr
    assert run("withdraw", cwd=home / "news").returncode == 4
