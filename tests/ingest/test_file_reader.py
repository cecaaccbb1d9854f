"""Articles from files: encodings, unreadable files, files in folders, and metadata in the first lines."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.core.errors import ArticleError
from rag.ingest.file_reader import read_article, read_text
from rag.text.decode import hash_text
from tests.places import SEED

TEXT = "Türkiye’s talks cost €5 – “naïve”, he said.\r\nThey went on.\rThen they ended.\n"
BODY = "The minister met his counterpart in Rome on Monday. They talked for two hours."


def write(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_the_seed() -> None:
    article = read_article(SEED)
    assert article.text == SEED.read_bytes().decode("utf-8")
    assert article.content_hash == hashlib.sha256(SEED.read_bytes()).hexdigest()
    assert article.published == "2025-04"
    assert article.title == "The United States and Iran have reopened high-level diplomatic talks…"
    assert article.derived == {"title", "published"}
    assert (article.source, article.url, article.byline) == (None, None, None)
    assert article.text[article.sentences[0].start : article.sentences[0].end].endswith("Bahram/Getty Images")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    assert read_article(write(tmp_path / "a.txt", TEXT.encode(encoding))).text == TEXT


@given(st.binary(max_size=300))
def test_any_bytes_are_an_article_or_an_article_error(data: bytes) -> None:
    try:
        article = read_text(data)
    except ArticleError as error:
        check_message(error)
    else:
        assert article.title
        assert article.content_hash == hash_text(article.text)


def check_message(error: ArticleError) -> None:
    message = str(error)
    assert "\n" not in message
    assert "; " in message
    assert message.endswith(".")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\0" * 100, "binary"),
        (bytes(range(256)) * 4, "binary"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04", "zip"),
        (b"\xff\xfe\x00\xd8", "damaged"),
        (b"x" * 1_025, "larger than"),
    ],
)
def test_what_is_no_article(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(ArticleError, match=words) as caught:
        read_article(write(tmp_path / "a.txt", data), max_bytes=1_024)
    check_message(caught.value)


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    assert read_article(write(tmp_path / "a.txt", "x" * 1_024), max_bytes=1_024).text == "x" * 1_024


def test_a_vanished_file(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="not there") as caught:
        read_article(tmp_path / "gone.txt")
    check_message(caught.value)


@pytest.mark.parametrize("name", [".", "pipe.txt", "a\0b"])
def test_what_is_no_file(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ArticleError) as caught:
        read_article(tmp_path / name)
    check_message(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    path.chmod(0)
    with pytest.raises(ArticleError, match="permissions") as caught:
        read_article(path)
    check_message(caught.value)
