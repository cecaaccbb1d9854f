"""Which files of a folder are articles, in which order, and which ones are reported as skipped."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from rag.ingest.find import find_articles
from tests.places import SEED

TEXT = "The minister met his counterpart in Rome on Monday. They talked for two hours."


def write(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_can_not_be_looked_into(tmp_path: Path) -> None:
    inside = write(tmp_path / "locked" / "a.txt", TEXT)
    inside.parent.chmod(0)
    try:
        found, skipped = find_articles([tmp_path, inside])
    finally:
        inside.parent.chmod(0o755)
    assert found == []
    assert [entry.path for entry in skipped] == [str(inside.parent), str(inside)]


def test_a_path_that_no_file_can_have() -> None:
    found, skipped = find_articles([Path("a\0b")])
    assert found == []
    assert [entry.path for entry in skipped] == ["a\0b"]


def test_finds_articles_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/C.TXT", "sub/deep/d.txt", ".hidden.txt", ".git/e.txt", "README.txt", "readme"):
        write(tmp_path / name, TEXT)
    found, skipped = find_articles([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "a.txt",
        "b.txt",
        "sub/C.TXT",
        "sub/deep/d.txt",
    ]
    assert skipped == []


def test_no_file_twice(tmp_path: Path) -> None:
    first = write(tmp_path / "a.txt", TEXT)
    (tmp_path / "link.txt").symlink_to(first)
    assert find_articles([first, tmp_path, tmp_path / "a.txt"])[0] == [first]


def test_names_what_it_passes_over(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    image = write(tmp_path / "zebra.png", b"\x89PNG")
    missing = tmp_path / "missing"
    found, skipped = find_articles([missing, tmp_path])
    assert found == []
    assert [entry.path for entry in skipped] == [str(missing), str(tmp_path / "broken.txt"), str(pipe), str(image)]
    assert all(entry.why.endswith(".") for entry in skipped)


def test_a_file_named_itself_is_taken_whatever_its_name(tmp_path: Path) -> None:
    path = write(tmp_path / "README.txt", TEXT)
    assert find_articles([path]) == ([path], [])


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "other" / "secret.txt", TEXT)
    inside = write(tmp_path / "folder" / "a.txt", TEXT)
    (tmp_path / "folder" / "out").symlink_to(tmp_path / "other")
    (tmp_path / "folder" / "loop").symlink_to(tmp_path / "folder")
    found, skipped = find_articles([tmp_path / "folder"])
    assert found == [inside]
    assert [entry.path for entry in skipped] == [str(tmp_path / "folder" / "out")]


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.png")
    shutil.copy(SEED, path)
    _, skipped = find_articles([tmp_path])
    assert [entry.path for entry in skipped] == [f"{tmp_path}/\ufffd.png"]
