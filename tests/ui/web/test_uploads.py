"""The temporary folder of uploads and the space that they may take."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from rag_ui.web.uploads import DAY, UploadSpace, delete_old, delete_uploads, upload_folder
from tests.libraries import write
from tests.places import ROOT


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_the_folder_is_private_and_gone_at_the_end() -> None:
    before = os.environ.get("GRADIO_TEMP_DIR")
    with upload_folder() as folder:
        assert folder.stat().st_mode & 0o077 == folder.parent.stat().st_mode & 0o077 == 0
        assert os.environ["GRADIO_TEMP_DIR"] == str(folder)
        write(folder / "abc" / "boats.txt", "Boats.")
    assert not folder.exists() and os.environ.get("GRADIO_TEMP_DIR") == before


def test_what_a_killed_server_left_is_deleted_and_what_a_running_one_has_is_not(temporary: Path) -> None:
    code = (
        f"import tempfile, os; tempfile.tempdir = {str(temporary)!r}\n"
        "from rag_ui.web.uploads import upload_folder\n"
        "with upload_folder() as folder: (folder / 'x').write_text('x'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    (left,) = temporary.glob("newsroom-rag-*/uploads-*")
    with upload_folder() as first, upload_folder() as second:
        assert not left.exists()
        assert first.exists() and second.exists()


def test_an_upload_that_nobody_adds_goes_after_a_day(tmp_path: Path) -> None:
    folder = tmp_path / "waiting"
    for name in ("old", "new"):
        write(folder / name / "boats.txt", "Boats.")
    age(folder / "old" / "boats.txt", DAY + 60)
    delete_old(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["new"]
    delete_old(tmp_path / "missing")


def test_only_uploads_are_deleted_when_they_were_added(tmp_path: Path) -> None:
    write(tmp_path / "mine.txt", "Mine.")
    with upload_folder() as folder:
        write(folder / "abc" / "boats.txt", "Boats.")
        delete_uploads([folder / "abc" / "boats.txt", tmp_path / "mine.txt", folder / ".." / ".." / "mine.txt"])
        assert not (folder / "abc" / "boats.txt").exists()
    assert (tmp_path / "mine.txt").exists()


def test_files_that_wait_and_that_arrive_count_too(tmp_path: Path) -> None:
    write(tmp_path / "added" / "a", "x" * 40)
    write(tmp_path / "waiting" / "hash" / "b", "x" * 20)
    space = UploadSpace(100, tmp_path / "added", tmp_path / "waiting", tmp_path / "missing")
    with space.reserved(30) as first, space.reserved(10) as second, space.reserved(1) as third:
        assert (first, second, third) == (30, 10, 0)
    with space.reserved(41) as room:
        assert room == 0
    with space.reserved(40) as room:
        assert room == 40
