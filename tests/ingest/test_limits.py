"""What reading and hashing may cost: huge, sparse and endless files cost themselves and nothing else."""

from __future__ import annotations

import gzip
import lzma
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from rag.core.article import Sentence
from rag.core.errors import ArticleError
from rag.core.settings import MEBIBYTE, FileSettings
from rag.formats import unpack
from rag.ingest.changes import Known
from rag.ingest.file_reader import FileReader, read_text
from rag.ingest.hash_cache import Seen
from rag.ingest.records import look_into
from rag.ingest.scan import hash_file, scan_roots
from rag.text import passages
from rag.text.passages import split_passages

TERABYTE = 2**40
GOOD = "The minister met her counterpart in Rome on Monday, and the two of them talked for two hours."


def sparse(path: Path, size: int) -> Path:
    """Makes a file of so many zeros that takes no room on the disk."""
    with path.open("wb") as file:
        os.truncate(file.fileno(), size)
    return path


def skipped(folder: Path) -> dict[str, str]:
    scan = scan_roots([folder], folder.parent / "index")
    followed = scan_roots([folder], folder.parent / "index", hashing=Seen().hash)
    assert followed == scan, "a followed folder must go on in the same way"
    assert {Path(path).name for path in scan.files} == {"good.txt"}
    assert {Path(entry.path) for entry in scan.skipped} == scan.unseen, "an article that was known there must stay"
    return {Path(entry.path).name: entry.why for entry in scan.skipped}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD)
    return folder


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.json", "a.jsonl", "a.html", "a.docx", "a.txt.gz", "a.jsonl.xz"])
def test_a_terabyte_of_nothing_is_refused_before_it_is_read(news: Path, name: str) -> None:
    sparse(news / name, TERABYTE)
    assert "larger than" in skipped(news)[name]


def test_a_huge_side_file_costs_its_article_only(news: Path) -> None:
    (news / "a.txt").write_text(GOOD)
    sparse(news / "a.txt.meta.json", 20 * 2**30)
    assert "a.txt.meta.json, is too large; correct it or remove it" in skipped(news)["a.txt"]


def test_a_file_that_grows_while_it_is_hashed_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * (2 * MEBIBYTE))
    smaller = os.stat_result([*path.stat()[:6], 10, *path.stat()[7:10]])
    monkeypatch.setattr(os, "fstat", lambda descriptor: smaller)
    with pytest.raises(ArticleError, match="larger than 1 MB"):
        hash_file(path, FileSettings(max_megabytes=1))


def test_the_limits_of_the_settings_hold_for_hashing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * (3 * MEBIBYTE))
    assert hash_file(path, FileSettings(max_megabytes=3))
    with pytest.raises(ArticleError, match="larger than 2 MB"):
        hash_file(path, FileSettings(max_megabytes=2))


@pytest.mark.slow
@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_packed_line_ends_are_refused_at_the_limit(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / ("a.jsonl.gz" if pack is gzip.compress else "a.jsonl.xz")
    path.write_bytes(pack(b'{"text": "One."}\n' + b"\n" * (unpack.MOST_LINES + 2 * MEBIBYTE)))
    with FileReader() as reader, pytest.raises(ArticleError, match="more than 10,000,000 lines"):
        list(reader.read_records(path))


def test_a_file_of_bad_lines_is_read_no_further_and_keeps_what_it_had(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": 1, "text": "One."}\n' + b"x\n" * 500_000)
    known = {f"{path}#0": Known("id", "hash")}
    with FileReader() as reader:
        contents = look_into(scan_roots([path], tmp_path / "index"), known, {}, reader)
    assert f"{path}#1" in contents.scan.files
    assert not contents.scan.is_gone(f"{path}#0")
    *told, last = contents.scan.skipped
    assert len(told) == 21
    assert "records hold no article, so the rest is not read" in last.why


def test_many_bad_lines_among_good_ones_are_no_reason_to_stop(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [f'{{"id": {n}, "text": "Text {n}."}}\n' + "x\n" * 50 for n in range(100)]
    path.write_text("".join(lines))
    with FileReader() as reader:
        contents = look_into(scan_roots([path], tmp_path / "index"), {}, {}, reader)
    assert len(contents.scan.files) == 100
    assert contents.scan.skipped[-1].facts == {"number": 4980}


def test_data_without_spaces_is_no_article() -> None:
    with pytest.raises(ArticleError, match="100,000 characters without a space"):
        read_text(f"{GOOD}\n\n{'QUJD' * 40_000}".encode())


@pytest.mark.parametrize("text", ["a b c " * 30_000, "a" * 90_000, "One. " * 20_000])
def test_tokens_are_never_counted_of_much_text_at_once(text: str) -> None:
    def count(texts: Sequence[str]) -> list[int]:
        assert len(texts) <= passages.COUNTED_AT_ONCE
        assert all(len(text) <= passages.LONGEST_COUNTED for text in texts)
        return [len(text.split()) for text in texts]

    drafts = split_passages(text, [Sentence(0, len(text.rstrip()), "sentence")], count, 100)
    covered = "".join(text[draft.start : draft.end] for draft in drafts)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(len(text[draft.start : draft.end].split()) <= 100 for draft in drafts)
