"""HTML in files that are named as plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.core.errors import ArticleError
from rag.formats.file_types import HTML, HTML_PIECE, TEXT
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


READ = f"{LEAD}\n\n{REST.replace('&amp;', '&')}"


@pytest.mark.parametrize(
    "before", ["", "\ufeff", "<!DOCTYPE html>\n", "<?xml version='1.0'?>\n", "<!-- a -->\n<!-- b -->"]
)
def test_a_page_in_a_text_file_is_read_as_a_page(tmp_path: Path, before: str) -> None:
    article = read_article(write(tmp_path, before + PAGE))
    assert article.title == "Mayor of Osk resigns"
    assert article.text.endswith(READ)
    assert "<" not in article.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_page_may_have_any_encoding(tmp_path: Path, encoding: str) -> None:
    page = PAGE.replace("Ida Lund", "Ída Lünd").encode(encoding)
    assert "Ída Lünd" in read_article(write(tmp_path, page)).text


@pytest.mark.parametrize(
    "piece",
    [
        PIECE,
        f"<div class='body'>\n\n{PIECE}\n</div>",
        f"\n<h2>Osk</h2>{PIECE}",
        f"<!-- wp:paragraph -->\n<p>Osk.</p>\n<!-- /wp:paragraph -->\n\n{PIECE}<!-- end -->",
        PIECE.replace("\n", "\r\n"),
    ],
)
def test_the_body_that_a_system_exported_is_read_without_its_tags(tmp_path: Path, piece: str) -> None:
    article = read_article(write(tmp_path, piece))
    assert article.text.endswith(READ)
    assert [article.text[part.start : part.end] for part in article.sentences][-2:] == READ.split("\n\n")


@pytest.mark.parametrize(
    "text",
    [
        f"{LEAD} The page said <p>.",
        f"<p> is the tag of a paragraph, said Ida Lund. {LEAD}",
        f"<p> is the tag that opens a paragraph.\n\n{LEAD}\n\nIt always ends with </p>",
        f"<html> turns 30 this year\n\nBy Ada Lind\n\n{LEAD} It ends with </html>.",
        f"<!DOCTYPE html>\n\nThat line opens every page. It says <script> next, and </script>. {LEAD}",
        f"5 < 7, and {LEAD}",
        f"<pre>{LEAD}</pre>",
        f"{LEAD}</p>",
        f"<Applause> {LEAD}",
        f'<div align="center">\n\n# Osk\n\n</div>\n\n## News\n\n{LEAD}\n\n- one\n\n<p align="center">x</p>',
        f"The bug, line by line\n\n<div onclick='x()'></div>\n<p></p>\n<div></div>\n{LEAD}",
    ],
)
def test_text_that_only_has_tags_in_it_stays_as_it_is(tmp_path: Path, text: str) -> None:
    assert read_article(write(tmp_path, text)).text == text


def test_what_no_reader_finds_an_article_in_stays_as_it_is(tmp_path: Path) -> None:
    empty = "<html><head><title>Osk</title></head><body><script>go('ferry')</script></body></html>"
    assert read_article(write(tmp_path, empty)).text == empty
    form = "<div><form><input value='a'><label>Your name</label></form></div>"
    assert read_article(write(tmp_path, form)).text == form
    with pytest.raises(ArticleError, match="empty"):
        read_article(write(tmp_path, "<p></p>\n<div> </div>"))


def test_a_form_around_the_whole_article_is_read(tmp_path: Path) -> None:
    text = read_article(
        write(tmp_path, f"<div><form method='post'>{PIECE}{PIECE}<select>No</select></form></div>")
    ).text
    assert text == f"{READ}\n\n{READ}"


def test_elements_that_are_never_closed_cut_nothing_off(tmp_path: Path) -> None:
    lines = [f"Sentence {number} is said by the mayor." for number in range(1000)]
    piece = "".join(f"<p><font size=2>{line}\n" for line in lines) + "</p>"
    assert read_article(write(tmp_path, piece)).text.split("\n\n") == lines


def test_one_reader_takes_both_in_turn(tmp_path: Path) -> None:
    with FileReader() as reader:
        texts = [reader.read_article(write(tmp_path, text)).text for text in (LEAD, PIECE, LEAD)]
    assert texts == [LEAD, READ, LEAD]


@pytest.mark.parametrize("part", ["<!-- ", "<!-- -->", "<div ", " ", "\n", "\n ", "<p>\n\n", "</p>\n", "<html", "<"])
def test_the_work_grows_with_the_length_alone(part: str) -> None:
    text = f"<p>{part * 200_000}</p>"
    assert type_of_text(text) in (TEXT, HTML_PIECE)
    assert type_of_text(f"<html>{text}") in (TEXT, HTML)
