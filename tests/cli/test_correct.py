"""Titles, dates and sources are corrected, listed and taken back in the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.libraries import story, write

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write(tmp_path / "news" / "bridge.txt", story("The bridge over the Lune reopened on Monday."))
    write(tmp_path / "news" / "fire.txt", story("A fire destroyed the Halton mill on Sunday."))
    assert run("update", "news", cwd=tmp_path).returncode == 0
    return tmp_path


def test_articles_are_corrected_listed_and_taken_back(home: Path) -> None:
    done = run("correct", "news/bridge.txt", "--title", "Bridge reopens", "--date", "2025-04", cwd=home)
    assert done.returncode == 0
    head, path, original = done.stdout.splitlines()
    assert head.endswith("  Bridge reopens (2025-04)")
    assert (path.strip(), original.strip()) == (
        f"{home}/news/bridge.txt",
        "its file has: A story of the day (no source, no date)",
    )
    assert run("correct", cwd=home).stdout == done.stdout + "1 corrected\n"
    (listed,) = json.loads(run("correct", "--json", cwd=home).stdout)
    assert (listed["published"], listed["original"]["published"]) == ("2025-04", None)
    assert "Bridge reopens" in run("search", "bridge", "--since", "2025", cwd=home).stdout
    file = home / "index" / "corrections.jsonl"
    file.write_text(file.read_text().replace("Bridge reopens", "Lune bridge") + "nonsense\n")
    edited = run("update", cwd=home)
    assert edited.returncode == 1
    assert "corrected as corrections.jsonl says: 1" in edited.stdout
    assert "corrections.jsonl: Line 2 is no correction (Invalid JSON" in edited.stdout
    assert "Line 2 is no correction" in run("correct", "fire", "--source", "Gazette", cwd=home).stderr
    file.write_text(file.read_text().replace("nonsense\n", ""))
    assert "A story of the day" in run("correct", "--undo", "Lune bridge", cwd=home).stdout
    assert run("correct", cwd=home).stdout == "0 corrected\n"


def test_what_is_wrong_is_one_line_with_what_to_do_and_exit_code_2(home: Path) -> None:
    for arguments, said in (
        (["fire", "--date", "12/13/2025"], "'12/13/2025' is not a date; write it as 2025-04-12, 2025-04 or 2025"),
        (["fire", "--title", " "], "An article has a title; give it one"),
        (["fire"], "A correction needs one article, and what is right; rag correct ARTICLE --date 2025-04-12"),
        (["fire", "bridge", "--date", "2025"], "A correction needs one article"),
        (["nothing", "--date", "2025"], "There is no article 'nothing'"),
        (["--undo", "fire"], "'A story of the day' is not corrected"),
        (["--undo"], "--undo needs an article and nothing else; list the corrected ones: rag correct"),
    ):
        done = run("correct", *arguments, cwd=home)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), arguments
        assert said in done.stderr
