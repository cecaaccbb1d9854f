"""Files to articles: encodings, what can't be read, what is found in folders, and what the first lines tell."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.core.errors import ArticleError
from rag.ingest.file_reader import FileContent, hash_text, read_article, read_text
from rag.ingest.find import find_articles
from rag.text.decode import decode
from rag.text.first_lines import shorten

SEED = Path(__file__).parents[2] / "seeds" / "000_eea9ec4ad108f1ec.txt"
TEXT = "Türkiye’s talks cost €5 – “naïve”, he said.\r\nThey went on.\rThen they ended.\n"
BODY = "The minister met his counterpart in Rome on Monday. They talked for two hours."


def read(text: str) -> FileContent:
    return read_text(text.encode())


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


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_both_byte_orders(encoding: str) -> None:
    for order in ("le", "be"):
        assert decode(f"\ufeff{TEXT}".encode(f"{encoding}-{order}")) == TEXT


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Привет мир, это новости из Москвы.", "cp1251"),
        ("Привет мир, это новости из Москвы.", "koi8-r"),
        ("日本語のニュースです。東京から。", "shift_jis"),
        ("The price is £5 and he said it’s fine.", "cp1252"),
        ("Señor Peña left the café.", "latin-1"),
    ],
)
def test_older_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_text_comes_back_as_it_was_written(text: str) -> None:
    if not text.startswith(("%PDF-", "PK", "GIF8")):
        assert decode(text.encode("utf-8")) == text.removeprefix("\ufeff")
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert decode(text.encode(encoding)) == text


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


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("date 2025-04 © Jane Doe/Getty Images", "2025-04"),
        ("2025-04-12", "2025-04-12"),
        ("2025-04-12T08:30:00Z", "2025-04-12"),
        ("April 12, 2025", "2025-04-12"),
        ("Sept. 4, 2024", "2024-09-04"),
        ("12 April 2025", "2025-04-12"),
        ("Saturday, 12 April 2025", "2025-04-12"),
        ("April 2025", "2025-04"),
        ("Published: April 12, 2025", "2025-04-12"),
        ("Updated 3:04 PM EDT, Mon June 5, 2023", "2023-06-05"),
        ("Updated: 13 April 2025; Published: 12 April 2025", "2025-04-12"),
        ("Published: 12 April 2025; Updated: 13 April 2025", "2025-04-12"),
        ("By Jane Doe | April 12, 2025", "2025-04-12"),
        ("Photo: Jane Doe/AP, 2001-01-01\n\nApril 12, 2025", "2025-04-12"),
        ("2025-02-30", None),
        ("What happened on September 11, 2001", None),
        ("The committee met on September 11, 2001 and left.", None),
    ],
)
def test_dates(line: str, published: str | None) -> None:
    article = read(f"{line}\n\n{BODY}")
    assert article.published == published
    assert ("published" in article.derived) == (published is not None)


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE", "JANE DOE"),
        ("By Jane Doe and John van Dam | Reuters", "Jane Doe and John van Dam"),
        ("By Jane Doe, April 12, 2025", "Jane Doe"),
        ("By the numbers", None),
    ],
)
def test_bylines(line: str, byline: str | None) -> None:
    assert read(f"{line}\n\n{BODY}").byline == byline


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"LONDON, April 4 (Reuters) - {BODY}", "Reuters"),
        (f"New York CNN — {BODY}", "CNN"),
        (f"(CNN) {BODY}", "CNN"),
        (BODY, None),
    ],
)
def test_sources(text: str, source: str | None) -> None:
    article = read(text)
    assert article.source == source
    assert article.title == "The minister met his counterpart in Rome on Monday"


def test_an_address_line_is_the_address() -> None:
    assert read(f"https://example.com/news/1\n\n{BODY}").url == "https://example.com/news/1"


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("Iran and US hold talks", "Iran and US hold talks"),
        ("World\n\nIran and US hold talks in Rome\n\nBy Jane Doe", "Iran and US hold talks in Rome"),
        ("TÃ¼rkiye and Iran hold talks", "Türkiye and Iran hold talks"),
        ("Diplomacy Without Trust\n\nWar scenarios", "The minister met his counterpart in Rome on Monday"),
        ("Washington", "The minister met his counterpart in Rome on Monday"),
        ("© Jane Doe/Getty Images", "The minister met his counterpart in Rome on Monday"),
        ('"It was a long day. We won."', "The minister met his counterpart in Rome on Monday"),
    ],
)
def test_titles(front: str, title: str) -> None:
    assert read(f"{front}\n\n{BODY}").title == title


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.integers(45, 120))
def test_shortened_titles_keep_the_limit(sentence: str, limit: int) -> None:
    assert len(shorten(sentence, limit)) <= limit


def test_shortened_titles_end_where_a_clause_ends() -> None:
    lead = "The minister met his counterpart in Rome on Monday afternoon, holding the first talks in many long years."
    assert shorten(lead) == "The minister met his counterpart in Rome on Monday afternoon…"
