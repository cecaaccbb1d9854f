"""The command `rag dossier`, run as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.dossier.results import Dossier
from tests.cli.command import run
from tests.dossier.archive import build

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    build(home).close()
    return home


def test_a_dossier_is_printed_or_written_to_a_file_of_each_kind(home: Path) -> None:
    shown = run("dossier", "the", "flood", "in", "Mell", "--until", "2024-03-05", cwd=home)
    assert shown.returncode == 0 and shown.stdout.startswith("# the flood in Mell\n\n") and "[^1]: " in shown.stdout
    for ending, begins in ((".md", b"# the flood"), (".html", b"<!doctype html>"), (".docx", b"PK")):
        file = home / f"dossier{ending}"
        done = run("dossier", "the flood in Mell", "--to", str(file), cwd=home)
        assert done.returncode == 0 and f"Wrote {file}: " in done.stdout
        assert file.read_bytes().startswith(begins)


def test_json_has_the_whole_dossier(home: Path) -> None:
    done = run("dossier", "the flood in Mell", "--json", "--since", "2024-03-10", cwd=home)
    assert Dossier.model_validate(json.loads(done.stdout)).sections


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("the flood", "--to", "dossier.pdf"), 2, "name a .md, .html or .docx file"),
        (("the flood", "--to", "nowhere/dossier.md"), 2, "Can't write nowhere/dossier.md"),
        (("the flood", "--to", "dossier.md", "--json"), 2, "name a .md, .html or .docx file"),
        (("the price of herring", "--to", "herring.md"), 3, "The articles say nothing about the price of herring"),
    ],
)
def test_what_can_t_be_written_is_said(home: Path, arguments: tuple[str, ...], status: int, words: str) -> None:
    done = run("dossier", *arguments, cwd=home)
    assert (done.returncode, done.stdout) == (status, "") and words in done.stderr
    assert not (home / "herring.md").exists()
