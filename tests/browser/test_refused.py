"""What the page says if the server can't be reached, is too busy, or gets too much: nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Locator, expect

from rag.core.settings import DEFAULTS, MEBIBYTE
from rag_ui.language.strings import ENGLISH
from rag_ui.web.gate import MAX_BODY
from tests.browser.conftest import PATIENCE, Open
from tests.browser.looking import look_at
from tests.browser.newsroom import Newsroom
from tests.browser.scripted import CITATIONS, DIARY_QUESTION, QUESTION
from tests.browser.serving import served

BURST = DEFAULTS.page.request_burst
UPLOAD_MEGABYTES = 4
"""The limit of the page that refuses an upload, low so that the browser has little to read."""
pytestmark = pytest.mark.browser


@pytest.fixture
def own_hold(tmp_path: Path) -> Path:
    """While this file exists, `page_of_its_own` answers nothing."""
    return tmp_path / "hold"


@pytest.fixture
def page_of_its_own(own_hold: Path) -> Iterator[str]:
    """A page whose server has no other users."""
    with served(["tests.browser.scripted", str(own_hold)], own_hold.with_suffix(".log")) as url:
        yield url


def notice(newsroom: Newsroom) -> Locator:
    return newsroom.page.get_by_role("alert").and_(newsroom.page.locator("#notice p"))


@contextmanager
def asking_without_end(url: str) -> Iterator[None]:
    """Runs a program at the page's own address that uses up all requests that one address may send."""
    told, over = threading.Event(), threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=url, timeout=PATIENCE / 1000) as client:
            while not over.is_set():
                if client.post("gradio_api/queue/join", json={}).status_code == 429:
                    told.set()

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        assert told.wait(PATIENCE / 1000)
        yield
    finally:
        over.set()
        thread.join()


def until_refused(newsroom: Newsroom) -> None:
    """Asks until a question is refused, and asserts that every question before was answered."""
    answers = newsroom.page.locator("#chat .answer")
    while not notice(newsroom).text_content():
        before = answers.count()
        newsroom.box.fill(DIARY_QUESTION)
        newsroom.box.press("Enter")
        expect(notice(newsroom).filter(has_text=ENGLISH.words.too_often).or_(answers.nth(before))).to_be_visible()
    expect(notice(newsroom)).to_have_text(ENGLISH.words.too_often)


def test_while_the_server_is_away_the_page_says_so_and_afterwards_goes_on(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    newsroom.ask(QUESTION)
    with newsroom.away():
        newsroom.box.fill(DIARY_QUESTION)
        newsroom.box.press("Enter")
        expect(notice(newsroom)).to_have_text(ENGLISH.words.offline)
        expect(newsroom.page.locator(".toast-body")).not_to_be_visible()
    expect(newsroom.page.locator("#notice p")).to_be_empty()
    expect(newsroom.box).to_have_value(DIARY_QUESTION)
    expect(newsroom.page.locator("#chat .question")).to_have_text(QUESTION)
    newsroom.forgive()
    newsroom.ask(DIARY_QUESTION)


def test_a_question_that_a_reload_cut_off_stands_in_the_box(open_page: Open, scripted_page: str, hold: Path) -> None:
    newsroom = open_page(scripted_page)
    hold.touch()
    newsroom.box.fill(QUESTION)
    newsroom.box.press("Enter")
    expect(newsroom.page.locator("#chat .searching")).to_be_visible()
    newsroom.visit(scripted_page)
    newsroom.forgive()
    hold.unlink()
    expect(newsroom.box).to_have_value(QUESTION)
    expect(newsroom.page.locator("#chat .searching")).to_have_count(0)


def test_who_asks_too_often_is_told_to_wait_and_sees_all_that_was_there(open_page: Open, page_of_its_own: str) -> None:
    newsroom = open_page(page_of_its_own)
    chip = newsroom.ask(QUESTION).locator(".chip").first
    with asking_without_end(page_of_its_own):
        until_refused(newsroom)
    assert look_at(newsroom, "wide-light-too-often") == []
    expect(newsroom.box).to_have_value(DIARY_QUESTION)
    chip.click(trial=True)
    expect(newsroom.page.locator(".toast-body")).not_to_be_visible()
    expect(newsroom.page.locator("#notice p")).to_be_empty()
    newsroom.forgive()
    answers = newsroom.page.locator("#chat .answer")
    before = answers.count()
    newsroom.box.press("Enter")
    expect(answers).to_have_count(before + 1)
    newsroom.page.close()


def test_who_comes_while_too_many_wait_is_told_so(open_page: Open, page_of_its_own: str, own_hold: Path) -> None:
    newsroom = open_page(page_of_its_own)
    own_hold.touch()
    with httpx.Client(base_url=f"{page_of_its_own}gradio_api/call/", timeout=PATIENCE / 1000) as client:
        asked = [client.post("answer", json={"data": [QUESTION]}).status_code for _ in range(160)]
    assert len(asked) < BURST and asked[-1] == 503
    newsroom.box.fill(QUESTION)
    newsroom.box.press("Enter")
    expect(notice(newsroom)).to_have_text(ENGLISH.words.busy)
    expect(newsroom.box).to_have_value(QUESTION)
    own_hold.unlink()
    newsroom.forgive()
    newsroom.page.close()


def test_a_question_longer_than_a_request_may_be_is_refused_in_one_line(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    newsroom.box.fill("why " * (MAX_BODY // 4))
    newsroom.box.press("Enter")
    expect(notice(newsroom)).to_have_text(ENGLISH.too_large(MAX_BODY, is_upload=False))
    newsroom.forgive()
    newsroom.ask(QUESTION)


def test_files_too_large_together_are_refused_in_one_line_and_others_are_taken(open_page: Open, tmp_path: Path) -> None:
    most, limit = UPLOAD_MEGABYTES * MEBIBYTE, {"RAG_PAGE_UPLOAD_MEGABYTES": str(UPLOAD_MEGABYTES)}
    with served(["tests.browser.scripted", str(tmp_path / "hold")], tmp_path / "log", **limit) as url:
        newsroom = open_page(url)
        newsroom.open_tab(ENGLISH.words.tab_add)
        large = tmp_path / "large.txt"
        with large.open("wb") as file:
            file.truncate(most + 1)
        upload = newsroom.page.locator("#files input[type=file]")
        upload.set_input_files(large)
        expect(notice(newsroom)).to_have_text(ENGLISH.too_large(most, is_upload=True))
        assert look_at(newsroom, "wide-light-too-large") == []
        newsroom.forgive()
        upload.set_input_files({"name": "buoy.txt", "mimeType": "text/plain", "buffer": b"A red buoy drifted ashore."})
        expect(newsroom.page.locator("#outcome")).to_contain_text(ENGLISH.articles_added(1, len(CITATIONS) + 2))
        newsroom.forgive()  # Gradio asks for the progress of the refused upload too, at times seconds later
        newsroom.page.close()
