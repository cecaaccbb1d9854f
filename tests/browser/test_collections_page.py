"""The pages of several collections: one start page, one sign-in, and only what a person may see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rag.collections.names import Limit
from rag.core.index_layout import store_path
from rag.store.store import Store
from rag_ui.language.strings import ENGLISH
from rag_ui.web.accounts import Account, write_users
from rag_ui.web.passwords import hashed
from tests.browser.conftest import PHONE, SCHEMES, WIDE, Open
from tests.browser.endpoint import call
from tests.browser.looking import look_at
from tests.browser.newsroom import Newsroom
from tests.browser.serving import served
from tests.collections.archive import build

pytestmark = pytest.mark.browser

WORDS = ENGLISH.words
CUP = "Who won the pier cup?"
POLITICS = Limit.to(["politics"])


@pytest.fixture(scope="module")
def open_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Pages that need no account, of two collections and a damaged one."""
    home = tmp_path_factory.mktemp("collections")
    folder = build(home)
    Store.create(folder / "ruin" / "index").close()
    store_path(folder / "ruin" / "index").write_bytes(b"no database" * 1000)
    command = ["rag.cli", "chat", "--no-browser", "--port", "0", "--collections", str(folder)]
    with served(command, home / "log") as url:
        yield url


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of pages for which people sign in, and the folder of collections with an audit log."""
    home = tmp_path_factory.mktemp("locked")
    folder = build(home)
    (folder / "rag.toml").write_text('[audit]\nfile = "audit.jsonl"\nquestions = 1\n')
    password = hashed("open")
    accounts = [Account("ada", password, "editor", POLITICS), Account("ben", password, "reader", POLITICS)]
    write_users(folder / "users", [*accounts, Account("chief", password, "editor")])
    command = ["rag.cli", "serve", "--page", "--port", "0", "--host", "127.0.0.2", "--collections", str(folder)]
    with served(command, home / "log") as url:
        yield url, folder


@pytest.fixture
def person(window: BrowserContext) -> Iterator[Page]:
    """A tab whose cookies no other test has."""
    assert window.browser is not None
    with window.browser.new_context() as context:
        yield context.new_page()


def sign_in(page: Page, url: str, name: str) -> None:
    page.goto(url)
    page.get_by_label(WORDS.user_name).fill(name)
    page.get_by_label(WORDS.password).fill("open")
    page.get_by_role("button", name=WORDS.sign_in).click()


def ask_all(page: Page, question: str, label: str = WORDS.start.ask) -> None:
    page.get_by_label(label).fill(question)
    page.get_by_role("button", name=WORDS.ask, exact=True).click()
    page.locator(".answers .answer").first.wait_for()


def log_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "audit.jsonl").read_text().splitlines()]


def test_all_are_asked_on_the_start_page_and_a_link_leads_to_the_answer_in_its_collection(
    open_page: Open, open_pages: str
) -> None:
    newsroom = open_page(f"{open_pages}c/politics/")
    page = newsroom.page
    expect(page.locator("#account .collection span")).to_have_text("politics")
    page.get_by_role("link", name=WORDS.start.collections).click()
    expect(page.locator(".collections a")).to_have_text(["politics", "ruin", "sports"])
    expect(page.locator(".collections li").first).to_have_text("politics2 articles")
    expect(page.locator(".collections li").nth(1)).to_contain_text("damaged")
    ask_all(page, CUP)
    first, second, third = page.locator(".answers .answer").all()
    expect(first.locator("h2")).to_have_text("sports")
    expect(first.locator(".short")).to_have_text("Nils Aker")
    expect(first.locator("blockquote").first).to_have_text("The pier cup of Osk was won by Nils Aker on Saturday.")
    expect(first.locator("figcaption").first).to_contain_text("The pier cup")
    expect(first.locator(".confidence summary").first).to_be_visible()
    expect(second.locator("h2")).to_have_text("politics")
    expect(second.locator(".not-said")).to_have_text(WORDS.not_said)
    expect(third.locator("h2")).to_have_text("ruin")
    expect(third.locator(".problem")).to_contain_text("damaged")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for name, size in (("wide", WIDE), ("phone", PHONE)):
            page.set_viewport_size(size)
            page.reload()
            assert look_at(newsroom, f"{name}-{scheme}-start") == []
    page.set_viewport_size(WIDE)
    first.get_by_role("link").click()
    expect(page.locator("#chat .question")).to_have_text(CUP)
    expect(page.locator("#chat .answer .short").first).to_have_text("Nils Aker")
    assert page.url == f"{open_pages}c/sports/"
    newsroom.read(page.locator("#chat .chip").first)
    assert look_at(newsroom, "wide-light-collection") == []
    page.goto(f"{open_pages}ask")
    expect(page).to_have_url(open_pages)


def test_a_damaged_collection_says_so_and_the_endpoint_of_another_answers(open_pages: str) -> None:
    ruined = httpx.get(f"{open_pages}c/ruin/", timeout=60)
    assert ruined.status_code == 503 and ruined.text.startswith("ruin is damaged") and "/" not in ruined.text
    name, data = call(f"{open_pages}c/sports/", CUP)
    assert name == "complete" and "Nils Aker" in str(data)


def test_what_can_not_be_asked_is_said_on_the_start_page(open_pages: str) -> None:
    for question, said in (("", "empty"), ("x" * 3000, "3,000 characters")):
        told = httpx.post(f"{open_pages}ask", data={"question": question}, timeout=60)
        assert told.status_code == 422 and said in told.text
    assert httpx.post(f"{open_pages}ask", headers={"Origin": "http://evil.example"}).status_code == 403
    told = httpx.post(f"{open_pages}ask", data={"question": "<script>alert(1)</script> pier?"}, timeout=60)
    assert "<script>alert" not in told.text and told.headers["x-frame-options"] == "DENY"


def test_a_reader_signs_in_once_and_learns_of_no_other_collection(locked: tuple[str, Path], person: Page) -> None:
    url, folder = locked
    sign_in(person, f"{url}c/politics/", "ben")
    expect(person.get_by_text("ben (reader)")).to_be_visible()
    expect(person.get_by_role("tab", name=WORDS.tab_add)).to_be_hidden()
    person.get_by_role("link", name=WORDS.start.collections).click()
    expect(person.locator(".collections a")).to_have_text("politics")
    expect(person.locator("form label")).to_have_text(WORDS.welcome)  # nothing of "all", where one is to be seen
    ask_all(person, CUP, WORDS.welcome)
    expect(person.locator(".answers h2")).to_have_text("politics")
    assert "sports" not in person.content()
    entry = log_of(folder)[-1]
    assert (entry["who"], entry["door"], entry["collection"], entry["question"]) == ("ben", "page", "politics", CUP)
    for who in ("ben", "ada"):
        with httpx.Client(base_url=url, auth=(who, "open"), timeout=60) as http:
            for method, path in (
                *(("GET", path) for path in ("", "config", "theme.css", "gradio_api/info", "assets/x.js", "nothing")),
                *(("POST", path) for path in ("ask", "gradio_api/queue/join", "gradio_api/upload")),
            ):
                sent: Any = {"files": {"files": ("a.txt", b"Boats.")}} if method == "POST" else {}
                hidden, missing = (http.request(method, f"c/{name}/{path}", **sent) for name in ("sports", "ghosts"))
                assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content), path
                assert hidden.status_code == 404
            assert http.get("c/politics/config").status_code == 200
            asks = {"Accept": "text/html,*/*"}
            pages = [http.get(f"c/{name}/", headers=asks) for name in ("sports", "ghosts", "politics")]
            assert [each.status_code for each in pages] == [404, 404, 200] and pages[0].content == pages[1].content
            assert f"<p>{WORDS.nothing_here}</p>" in pages[0].text and "sports" not in pages[0].text
            assert pages[0].headers["x-frame-options"] == "DENY"
            assert http.get("nothing/at/all", headers=asks).content == pages[0].content
    nobody = [httpx.get(f"{url}c/{name}/", headers={"Accept": "text/html"}) for name in ("sports", "ghosts")]
    assert [each.status_code for each in nobody] == [401, 401] and nobody[0].content == nobody[1].content
    person.get_by_role("button", name=WORDS.sign_out).click()
    person.goto(f"{url}c/politics/")
    expect(person.get_by_label(WORDS.password)).to_be_visible()


def test_what_an_editor_does_in_one_collection_is_in_no_other_and_stands_in_the_log(
    locked: tuple[str, Path], person: Page, tmp_path: Path
) -> None:
    url, folder = locked
    sign_in(person, f"{url}c/politics/", "ada")
    newsroom, before = Newsroom(person), len(log_of(folder))
    lamp = tmp_path / "lamp.txt"
    lamp.write_text("A lamp for the quay\n\nThe quay of Osk got a lamp in June 2024. It cost 900 crowns.\n")
    newsroom.open_tab(WORDS.tab_add)
    person.locator("#files input[type=file]").set_input_files(lamp)
    expect(person.locator("#outcome")).to_contain_text(ENGLISH.articles_added(1, 3))
    card = newsroom.ask("What did the lamp for the quay cost?")
    person.locator(".saves summary").click()
    with person.expect_download():
        person.get_by_role("button", name=WORDS.conversations.saves["markdown"]).click()
    newsroom.read(card.locator(".chip").first)
    person.locator(".correcting-open").click()
    person.locator(".correcting-form input[name=published]").fill("2024-06")
    person.locator(".correcting-save").click()
    expect(person.locator(".correcting-said")).to_have_text(WORDS.reading.corrected)
    person.locator(".removal-ask").click()
    person.locator(".removal-yes").click()
    expect(person.locator(".removal-said")).to_have_text(WORDS.removed)
    entries = log_of(folder)[before:]
    assert [entry["action"] for entry in entries] == ["add", "ask", "export", "correct", "remove"]
    assert {(entry["who"], entry["door"], entry["collection"], entry["status"]) for entry in entries} == {
        ("ada", "page", "politics", 200)
    }
    assert entries[1]["question"] == "What did the lamp for the quay cost?" and "article" not in entries[1]
    assert entries[3]["article"] == entries[4]["article"]
    assert [*(folder / "politics" / "added").rglob("*.txt")] and not (folder / "sports" / "added").exists()
    with httpx.Client(base_url=url, auth=("chief", "open"), timeout=60) as http:
        assert http.get("").text.count(ENGLISH.articles(2)) == 2
