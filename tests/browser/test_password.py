"""A page that other machines may use: without an account nothing of it is available, with one everything is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, expect

from rag.library import Library
from rag_ui.language.strings import ENGLISH
from rag_ui.web.accounts import Account, write_users
from rag_ui.web.passwords import hashed
from rag_ui.web.sign_in import GUESSES
from tests.browser.asked import GAS
from tests.browser.dragging import drag
from tests.browser.newsroom import Newsroom, sign_in
from tests.browser.serving import served_library

pytestmark = pytest.mark.browser

HOST = "127.0.0.2"
"""An address of this machine that does not count as `localhost`."""
WORDS = ENGLISH.words


@pytest.fixture(scope="module")
def locked_page(seed_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("locked")
    accounts = [Account("ada", hashed("s3cret"), "editor"), Account("ben", hashed("open"))]
    write_users(folder / "users", accounts)
    with served_library(seed_library, folder / "log", "--host", HOST, "--auth", f"@{folder / 'users'}") as url:
        yield url


def test_who_signs_in_is_answered_until_signing_out(locked_page: str, window: BrowserContext) -> None:
    assert window.browser is not None
    with window.browser.new_context() as context:
        page = context.new_page()
        sign_in(page, locked_page, "ada", "wrong")
        expect(page.get_by_role("alert")).to_have_text(WORDS.wrong_password)
        newsroom = Newsroom(page)
        sign_in(page, locked_page, "ada", "s3cret")
        newsroom.watch()
        newsroom.visit(locked_page)
        expect(newsroom.ask(GAS).locator("blockquote").first).to_be_visible()
        expect(page.get_by_text("ada (editor)")).to_be_visible()
        expect(page.get_by_role("tab", name=WORDS.tab_add)).to_be_visible()
        assert newsroom.hosts == {HOST}
        assert newsroom.complaints == []
        page.get_by_role("button", name=WORDS.sign_out).click()
        expect(page.get_by_label(WORDS.password)).to_be_visible()
        assert all(cookie["name"] == "" for cookie in context.cookies())


def test_a_reader_reads_and_adds_and_removes_nothing(
    locked_page: str, seed_library: Library, window: BrowserContext
) -> None:
    assert window.browser is not None
    with window.browser.new_context() as context:
        page = context.new_page()
        sign_in(page, locked_page, "ben", "open")
        expect(page.get_by_text("ben (reader)")).to_be_visible()
        expect(page.get_by_role("tab", name=WORDS.tab_add)).to_be_hidden()
        drag(page, "dragEnter", [__file__])
        expect(page.locator(".drop-anywhere")).to_be_hidden()
        drag(page, "drop", [__file__])
        page.get_by_role("tab", name=WORDS.tab_articles).click()
        page.locator(".article").first.click()
        expect(page.locator(".reader-text")).to_be_visible()
        expect(page.get_by_role("button", name=WORDS.remove)).to_be_hidden()
        expect(page.get_by_role("button", name=WORDS.reading.correct)).to_be_hidden()
    with httpx.Client(base_url=locked_page, auth=("ben", "open")) as client:
        refused = client.post("gradio_api/upload", files={"files": ("boats.txt", b"Seven boats left.")})
        assert (refused.status_code, refused.json()["detail"]) == (403, WORDS.editors_only)
        config = client.get("config").json()
        article = {"article_id": seed_library.articles()[0].id}
        events = config["dependencies"]
        # The list of conversations has a "delete" too, and an edited question an "undo". The reader alone has both.
        having = {
            way: {part for event in events for part, name in event["targets"] if name == way}
            for way in ("delete", "undo", "submit")
        }
        (reader,), (cover,) = having["delete"] & having["undo"], having["submit"] & having["undo"]
        removing = ([reader, "delete"], [reader, "undo"], [cover, "submit"], [cover, "undo"])
        editing = [
            event for event in events if event["api_name"] == "add" or any(way in event["targets"] for way in removing)
        ]
        assert len(editing) == 5
        for event in editing:
            session = {"session_hash": f"ben-{event['id']}"}
            inputs = [None] * len(event["inputs"])
            asked = {"fn_index": event["id"], "data": inputs, "event_data": article, **session}
            assert client.post("gradio_api/queue/join", json=asked).status_code == 200
            with client.stream("GET", "gradio_api/queue/data", params=session) as replies:
                assert any("Only editors" in line for line in replies.iter_lines())
    assert (len(seed_library.articles()), seed_library.withdrawn()) == (1, ())


@pytest.mark.parametrize("path", ["", "config", "theme.css", "gradio_api/info", "gradio_api/call/answer"])
def test_without_an_account_nothing_is_there(locked_page: str, path: str) -> None:
    refused = httpx.get(f"{locked_page}{path}")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Basic")
    assert httpx.get(locked_page, auth=("ada", "s3cret")).status_code == 200


def test_nobody_guesses_for_long_from_one_address(locked_page: str) -> None:
    with httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.3")) as guesser:
        tried = [guesser.get(locked_page, auth=(f"x{guess}", "y")).status_code for guess in range(GUESSES + 2)]
        assert tried[:GUESSES] == [401] * GUESSES
        assert tried[-1] == 429
        assert guesser.get(locked_page, auth=("ada", "s3cret")).status_code == 429
    assert httpx.get(locked_page, auth=("ada", "s3cret")).status_code == 200


def test_nobody_guesses_the_password_of_one_person_for_long_from_many_addresses(locked_page: str) -> None:
    tried = []
    for guess in range(GUESSES + 1):
        with httpx.Client(transport=httpx.HTTPTransport(local_address=f"127.0.1.{guess + 1}")) as guesser:
            tried.append(guesser.post(f"{locked_page}login", data={"user": "eve", "password": str(guess)}).status_code)
    assert tried == [401] * GUESSES + [429]


def test_a_form_of_another_site_signs_nobody_in(locked_page: str) -> None:
    form = {"user": "ada", "password": "s3cret"}
    other = httpx.post(f"{locked_page}login", data=form, headers={"Origin": "http://elsewhere.example"})
    assert other.status_code == 403 and not other.cookies
    own = httpx.post(f"{locked_page}login", data=form)
    assert own.status_code == 303 and "HttpOnly" in own.headers["set-cookie"]


def test_other_machines_are_not_served_without_a_password(seed_library: Library, tmp_path: Path) -> None:
    not_started = pytest.raises(AssertionError, match="did not start")
    with not_started, served_library(seed_library, tmp_path / "log", "--host", HOST):
        pass
    said = (tmp_path / "log").read_text()
    assert (
        said.startswith(f"rag: Other machines can reach {HOST}, so it needs people who may sign in")
        and said.count("\n") == 1
    )
