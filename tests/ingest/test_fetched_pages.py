"""A page that is fetched by its address becomes one file that can be read, and nothing else is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.core.errors import ArticleError, FetchError, RagError
from rag.core.ip_addresses import Address
from rag.formats.extracted import Extracted
from rag.ingest.fetching.pages import fetch_page
from rag.ingest.file_reader import FileContent, FileReader
from tests.files import page, pdf, rss
from tests.site import Server, running, send

pytestmark = pytest.mark.slow

WORDS = "The harbour master of Halton wrote on Monday that seven boats had drifted ashore near the old mill."
PAGE = page(WORDS, WORDS.replace("seven", "eight"), head="<title>Boats ashore</title><img src=/picture.png>")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


def only_this_machine(address: Address) -> bool:
    return str(address) == "127.0.0.1"


def fetch(server: Server, folder: Path, path: str = "/a") -> Path:
    return fetch_page(server.url(path), folder, is_allowed=only_this_machine)


def read(file: Path) -> list[FileContent | Extracted | object]:
    with FileReader() as reader:
        return list(reader.read_records(file)) if file.suffix == ".xml" else [reader.read_article(file)]


def test_a_page_is_one_file_that_states_its_address(server: Server, tmp_path: Path) -> None:
    server.asked.clear()
    server.answers |= {"/a": send(302, Location="/b"), "/b": send(200, PAGE, Content_Type="text/html")}
    (article,) = read(fetch(server, tmp_path))
    assert isinstance(article, FileContent)
    assert WORDS in article.text
    assert (article.title, article.url) == ("Boats ashore", server.url("/b"))
    assert [path for path, _ in server.asked] == ["/a", "/b"], "neither the picture nor anything else"
    stated = PAGE.replace(b"<title>", b"<link rel=canonical href=https://ex.org/boats><title>")
    server.answers["/b"] = send(200, stated, Content_Type="text/html")
    (tmp_path / "again").mkdir()
    file = fetch(server, tmp_path / "again")
    (article,) = read(file)
    assert isinstance(article, FileContent) and article.url == "https://ex.org/boats"
    assert [other.name for other in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    ("kind", "body", "suffix"),
    [
        ("application/pdf", pdf([[WORDS]]), ".pdf"),
        ("", pdf([[WORDS]]), ".pdf"),
        ("text/plain; charset=utf-8", WORDS.encode(), ".txt"),
        ("application/rss+xml", rss({"title": "One", "description": WORDS}), ".xml"),
        ("text/html", b"<!-- news -->\n" + rss({"title": "One", "description": WORDS}), ".xml"),
        ("text/html; charset=latin-1", page(WORDS + " Die Flut kam früh.").decode().encode("latin-1"), ".html"),
    ],
)
def test_what_came_is_told_by_its_content_and_its_kind(
    server: Server, tmp_path: Path, kind: str, body: bytes, suffix: str
) -> None:
    server.answers["/a"] = send(200, body, **({"Content_Type": kind} if kind else {}))
    file = fetch(server, tmp_path)
    (article,) = read(file)
    assert isinstance(article, FileContent | Extracted)
    assert "seven boats" in " ".join(article.text.split())
    assert file.suffix == suffix
    assert ("latin" not in kind) or "früh" in article.text


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("image/png", b"x", "no_page"),
        ("text/html", b"<html></html>", "no_article"),
        ("application/xml", b"<a>no feed</a>", "no_article"),
        ("application/pdf", b"%PDF-1.4 broken", "damaged"),
    ],
)
def test_what_is_no_article_leaves_no_file(server: Server, tmp_path: Path, kind: str, body: bytes, reason: str) -> None:
    server.answers["/a"] = send(200, body, Content_Type=kind)
    with pytest.raises((ArticleError, FetchError)) as caught:
        fetch(server, tmp_path)
    assert caught.value.reason == reason
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://localhost/", "http://10.0.0.7/", "file:///etc/passwd", "x"]
)
def test_private_and_other_addresses_are_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(RagError) as caught:
        fetch_page(url, tmp_path)
    assert caught.value.reason in ("private_network", "bad_address")
    assert list(tmp_path.iterdir()) == []
