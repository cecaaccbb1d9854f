"""What was added last can be undone, an address is fetched, and what came in is linked."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag.answering.confidence import load_calibration
from rag.core.settings import PageSettings, Settings
from rag.library import Library
from rag.models.sentence_reader import SentenceReader
from rag.store.store import Store
from rag_ui.adding import stored_files
from rag_ui.adding.adding import Additions
from rag_ui.language.strings import ENGLISH, GERMAN
from tests.fakes import HashingEmbedder
from tests.files import json_lines, page, pdf, rss
from tests.libraries import story, write
from tests.site import Server, running, send

WORDS = ENGLISH.words.additions
BOATS = "The harbour master of Halton wrote on Monday that seven boats had drifted ashore near the old mill."
Open = Callable[..., Library]


@pytest.fixture
def open_library(tmp_path: Path) -> Iterator[Open]:
    opened: list[Library] = []

    def make(addresses: str = "all") -> Library:
        embedder = HashingEmbedder()
        settings = Settings(page=PageSettings.model_validate({"addresses": addresses}))
        store = Store.create(tmp_path / "index")
        calibration = load_calibration("sentence")
        opened.append(Library(store, embedder, SentenceReader(embedder), calibration, settings))
        return opened[-1]

    yield make
    for library in opened:
        library.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


def said(markup: str) -> str:
    return html.unescape(re.sub("<[^>]*>", " ", markup))


def key_of(markup: str) -> str:
    (key,) = re.findall('data-batch="([^"]*)"', markup)
    return str(key)


def held(library: Library) -> dict[str, str]:
    return {one.title: library.article(one.id).text for one in library.articles()}


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_came_in_is_linked_with_its_date_and_pages(open_library: Open, tmp_path: Path) -> None:
    (tmp_path / "print.pdf").write_bytes(pdf([[BOATS[:50], BOATS[50:]], ["The second page tells of a storm at sea."]]))
    rows = [{"title": f"Note {n}", "text": f"{BOATS} {n}", "date": "2025-04-0{n}"} for n in range(1, 6)]
    (tmp_path / "many.jsonl").write_bytes(json_lines(*rows, {"title": "Empty", "text": ""}))
    write(tmp_path / "dated.md", f"---\ntitle: Boats ashore\ndate: 2025-04-03\n---\n\n{BOATS}\n")
    library = open_library()
    files = [tmp_path / name for name in ("print.pdf", "many.jsonl", "dated.md")]
    *steps, last = Additions(library, ENGLISH).add(files)
    ids = {one.title: one.id for one in library.articles()}
    assert f'data-id="{ids["Boats ashore"]}"' in last
    assert f"{ENGLISH.count(2, WORDS.pages)}" in said(last)
    assert ENGLISH.date("2025-04-03") in said(last)
    assert ENGLISH.count(2, WORDS.more_articles) in said(last)
    assert "Line 6" in said(last), "why a record was left out stands beside its file"
    assert re.search('<span class="title" dir="auto">Boats ashore</span>', steps[-1]), (
        "the title is known before the end"
    )


def test_a_batch_is_undone_with_its_files_until_the_next_update(open_library: Open, tmp_path: Path) -> None:
    library = open_library()
    additions = Additions(library, ENGLISH)
    write(tmp_path / "first.txt", story("A ferry left the harbour this morning."))
    first = key_of([*additions.add([tmp_path / "first.txt"])][-1])
    before, files = held(library), files_in(tmp_path / "added")
    write(tmp_path / "boats.txt", story(BOATS))
    added = [*additions.add([tmp_path / "boats.txt", tmp_path / "first.txt"])][-1]
    assert additions.last_of(None) == added and additions.last_of("Ada") is None
    assert WORDS.undo_late in said(additions.undo(first))
    undone = additions.undo(key_of(added))
    assert WORDS.undone in said(undone) and ENGLISH.count(1, WORDS.out_again) in said(undone)
    assert (held(library), files_in(tmp_path / "added")) == (before, files), "the file that was there before stays"
    assert additions.last_of(None) is None
    assert not library.update(tmp_path / "added").added
    assert WORDS.undo_late in said(additions.undo(key_of(added)))
    assert key_of([*additions.add([tmp_path / "boats.txt"])][-1])


@pytest.mark.parametrize("key", [None, "", 7, ["x"], "0123456789abcdef"])
def test_a_key_that_the_page_does_not_send_undoes_nothing(open_library: Open, tmp_path: Path, key: object) -> None:
    additions = Additions(open_library(), ENGLISH)
    write(tmp_path / "boats.txt", story(BOATS))
    list(additions.add([tmp_path / "boats.txt"]))
    assert WORDS.undo_late in said(additions.undo(key))


def test_what_changed_since_is_not_undone_at_once(open_library: Open, tmp_path: Path) -> None:
    library = open_library()
    additions = Additions(library, GERMAN)
    write(tmp_path / "boats.txt", story(BOATS))
    added = [*additions.add([tmp_path / "boats.txt"])][-1]
    library.withdraw(library.articles()[0].id)
    assert additions.last_of(None) is None
    assert GERMAN.words.additions.undo_late in said(additions.undo(key_of(added)))
    assert len(files_in(tmp_path / "added")) == 1


def test_what_can_not_be_deleted_is_named(open_library: Open, tmp_path: Path) -> None:
    additions = Additions(open_library(), ENGLISH)
    write(tmp_path / "boats.txt", story(BOATS))
    added = [*additions.add([tmp_path / "boats.txt"])][-1]
    (stored,) = (tmp_path / "added").iterdir()
    stored.unlink()
    stored.mkdir()  # which `unlink` can't delete
    assert WORDS.not_deleted.format(files="boats.txt") in said(additions.undo(key_of(added)))


@pytest.mark.slow
def test_a_newer_state_of_an_address_replaces_the_older_one_and_gives_it_back(
    open_library: Open, server: Server, tmp_path: Path
) -> None:
    library = open_library()
    additions = Additions(library, ENGLISH)
    old, new = (page(BOATS.replace("seven", n), BOATS, head=f"<title>{n} boats</title>") for n in ("six", "eight"))
    server.answers["/a"] = send(200, old, Content_Type="text/html")
    first = [*additions.fetch(server.url("/a"))][-1]
    assert ENGLISH.articles_added(1, 1) in said(first) and "six boats" in said(first)
    (article,) = library.articles()
    assert article.url == server.url("/a")
    before, files = held(library), files_in(tmp_path / "added")
    assert ENGLISH.already_there(1) in said([*additions.fetch(server.url("/a"))][-1])
    server.answers["/a"] = send(200, new, Content_Type="text/html")
    second = [*additions.fetch(server.url("/a"))][-1]
    assert [one.id for one in library.articles()] == [article.id]
    assert list(held(library)) == ["eight boats"]
    undone = said(additions.undo(key_of(second)))
    assert WORDS.older_back in undone and WORDS.undone in undone
    assert (held(library), files_in(tmp_path / "added")) == (before, files)
    assert not library.update(tmp_path / "added").changed


@pytest.mark.slow
def test_a_feed_is_kept_where_the_command_keeps_it(open_library: Open, server: Server, tmp_path: Path) -> None:
    library = open_library()
    additions = Additions(library, ENGLISH)
    one, two = ({"title": f"Story {n}", "guid": str(n), "description": f"{BOATS} {n}"} for n in (1, 2))
    server.answers["/f"] = send(200, rss(one), Content_Type="application/rss+xml")
    list(additions.fetch(server.url("/f")))
    before, files = held(library), files_in(tmp_path / "feeds")
    server.answers["/f"] = send(200, rss(two), Content_Type="application/rss+xml")
    second = [*additions.fetch(server.url("/f"))][-1]
    assert list(held(library)) == ["Story 1", "Story 2"]
    additions.undo(key_of(second))
    assert (held(library), files_in(tmp_path / "feeds")) == (before, files)
    assert not library.update(tmp_path / "feeds").added


@pytest.mark.parametrize(
    ("addresses", "address", "words"),
    [
        ("public", "http://127.0.0.1:9/", "127.0.0.1"),
        ("public", "http://10.1.2.3/", "10.1.2.3"),
        ("public", "ftp://ex.org/feed", "ftp://ex.org/feed"),
        ("none", "https://ex.org/", WORDS.no_fetching),
    ],
)
def test_what_may_not_be_fetched_is_one_clear_line(
    open_library: Open, tmp_path: Path, addresses: str, address: str, words: str
) -> None:
    for strings in (ENGLISH, GERMAN):
        *_, last = Additions(open_library(addresses), strings).fetch(address)
        expected = strings.words.additions.no_fetching if words == WORDS.no_fetching else words
        assert expected in said(last) and "problem" in last
    assert not (tmp_path / "added").exists()


def test_what_is_no_article_is_refused_and_nothing_is_kept(open_library: Open, server: Server, tmp_path: Path) -> None:
    additions = Additions(open_library(), GERMAN)
    server.answers["/p"] = send(200, b"\x89PNG", Content_Type="image/png")
    assert "weder eine Seite noch ein Feed (image/png)" in said([*additions.fetch(server.url("/p"))][-1])
    server.answers["/p"] = send(404)
    assert "404" in said([*additions.fetch(server.url("/p"))][-1])
    assert not (tmp_path / "added").exists()


def test_the_older_state_of_a_file_goes_with_the_next_batch(tmp_path: Path) -> None:
    kept = tmp_path / f"{stored_files.BEFORE}12-a.html"
    kept.write_text("old")
    stored_files.forget_older([kept, tmp_path / "gone"])
    assert list(tmp_path.iterdir()) == []
