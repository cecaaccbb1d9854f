"""Which files are hashed again: only those that may have changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.ingest.hash_cache import Seen
from rag.ingest.scan import hash_file, scan_roots
from tests.libraries import write


class Counting:
    """Hashes files and notes their paths."""

    def __init__(self) -> None:
        self.hashed: list[str] = []

    def __call__(self, path: Path) -> str:
        self.hashed.append(path.name)
        return hash_file(path)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    write(tmp_path / "news" / "bridge.txt", "The bridge reopened.")
    write(tmp_path / "news" / "fire.txt", "The mill burned.")
    return tmp_path / "news"


def put_in_place(path: Path) -> None:
    """Replaces a file by another one with the same size and modification time."""
    times = path.stat()
    fresh = path.with_suffix(".new")
    fresh.write_text("The bridge collapsed"[: times.st_size].ljust(times.st_size), encoding="utf-8")
    os.utime(fresh, ns=(times.st_atime_ns, times.st_mtime_ns))
    fresh.replace(path)


CHANGES: dict[str, Callable[[Path], object]] = {
    "written": lambda path: path.write_text("The bridge closed.", encoding="utf-8"),
    "touched": lambda path: os.utime(path, (0, 0)),
    "replaced": put_in_place,
    "side file": lambda path: path.with_name(path.name + ".meta.json").write_text("{}", encoding="utf-8"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_only_what_may_have_changed_is_hashed_again(news: Path, change: Callable[[Path], object]) -> None:
    counting = Counting()
    seen = Seen(counting, quiet=0)
    first = scan_roots([news], news.parent / "index", hashing=seen.hash)
    again = scan_roots([news], news.parent / "index", hashing=seen.hash)
    assert counting.hashed == ["bridge.txt", "fire.txt"]
    assert first.files == again.files == scan_roots([news], news.parent / "index").files
    change(news / "bridge.txt")
    third = scan_roots([news], news.parent / "index", hashing=seen.hash)
    assert counting.hashed == ["bridge.txt", "fire.txt", "bridge.txt"]
    assert third.files == scan_roots([news], news.parent / "index").files


def test_what_a_side_file_says_is_followed(news: Path) -> None:
    seen, article = Seen(quiet=0), news / "bridge.txt"
    beside = news / "bridge.txt.meta.json"
    hashes = [seen.hash(article)]
    for text in ('{"title": "One"}', '{"title": "Two, longer"}'):
        write(beside, text)
        hashes.append(seen.hash(article))
    beside.unlink()
    assert len(set(hashes)) == 3
    assert seen.hash(article) == hashes[0]


@pytest.mark.parametrize("name", ["bridge.txt", "bridge.txt.meta.json"])
def test_what_is_told_to_be_forgotten_is_hashed_again(news: Path, name: str) -> None:
    counting = Counting()
    seen = Seen(counting, quiet=0)
    for file in ("bridge.txt", "fire.txt"):
        seen.hash(news / file)
    seen.forget([str(news / name), str(news / "unheard-of.txt")])
    for file in ("bridge.txt", "fire.txt"):
        seen.hash(news / file)
    assert counting.hashed == ["bridge.txt", "fire.txt", "bridge.txt"]


def test_what_was_just_written_is_not_trusted(news: Path) -> None:
    """Another write within a tick of the clock would leave size and times as they are."""
    counting = Counting()
    seen = Seen(counting, quiet=3600)
    for _ in range(2):
        seen.hash(news / "bridge.txt")
    assert counting.hashed == ["bridge.txt", "bridge.txt"]


def test_a_file_that_went_away_is_an_error_and_comes_back_as_it_is(news: Path) -> None:
    seen, article = Seen(quiet=0), news / "bridge.txt"
    before = seen.hash(article)
    article.rename(news / "away.txt")
    with pytest.raises(FileNotFoundError):
        seen.hash(article)
    write(article, "The bridge closed.")
    assert seen.hash(article) == hash_file(article) != before
