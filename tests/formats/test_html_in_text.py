"""HTML in files that are named as plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.formats.html_in_text import type_of_text
from rag.ingest.file_reader import FileReader, read_article

LEAD = "The mayor of Osk resigned on Monday, after a week of protests in front of the town hall."
REST = "Her deputy, Ida Lund, takes over until the election in May &amp; will not stand herself."
PIECE = f"<p>{LEAD}</p>\n<p>{REST}</p>\n"
PAGE = (
    "<html><head><title>Mayor of Osk resigns</title></head><body>"
    f"<article><h1>Mayor of Osk resigns</h1>{PIECE}</article></body></html>"
)


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "mayor.txt"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize("before", ["", "\ufeff", "<!DOCTYPE html>\n", "<?xml version='1.0'?>\n", "<!-- saved -->\n"])
def test_a_page_in_a_text_file_is_read_as_a_page(tmp_path: Path, before: str) -> None:
    article = read_article(write(tmp_path, before + PAGE))
    assert article.title == "Mayor of Osk resigns"
    assert article.text.endswith(f"{LEAD}\n\n{REST.replace('&amp;', '&')}")
    assert "<" not in article.text


@pytest.mark.parametrize(
    "piece",
    [
        PIECE,
        f"<div class='body'>{PIECE}</div>",
        f"\n<h2>Osk</h2>{PIECE}",
        f"Mayor of Osk resigns\n\n<p>Osk.</p>\n{PIECE}",
    ],
)
def test_the_body_that_a_system_exported_is_read_without_its_tags(tmp_path: Path, piece: str) -> None:
    article = read_article(write(tmp_path, piece))
    assert article.text.endswith(f"{LEAD}\n\n{REST.replace('&amp;', '&')}")
    assert [article.text[part.start : part.end] for part in article.sentences][-2:] == [
        LEAD,
        REST.replace("&amp;", "&"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{LEAD} The page said <p>.",
        f"<p> is the tag of a paragraph, said Ida Lund. {LEAD}",
        f"5 < 7, and {LEAD}",
        f"<pre>{LEAD}</pre>",
        f"{LEAD}</p>",
        f"Of <html> and its tags. {LEAD}</html>",
        f"<Applause> {LEAD}",
        f"Three examples:\n<p>one</p>\n{LEAD}\n<p>two</p>\n{REST}\n<p>three</p>",
    ],
)
def test_text_that_only_has_tags_in_it_stays_as_it_is(tmp_path: Path, text: str) -> None:
    assert read_article(write(tmp_path, text)).text == text


def test_one_reader_takes_both_in_turn(tmp_path: Path) -> None:
    with FileReader() as reader:
        texts = [reader.read_article(write(tmp_path, text)).text for text in (LEAD, PIECE, LEAD)]
    assert texts == [LEAD, f"{LEAD}\n\n{REST.replace('&amp;', '&')}", LEAD]


def test_a_long_start_that_never_ends_is_told_at_once() -> None:
    assert type_of_text(b"<!--" + b"-" * 1_000_000).name == "text"
    assert type_of_text(b"<div " + b"a" * 1_000_000).name == "text"
    assert type_of_text(b" " * 1_000_000).name == "text"
