"""A question is followed from its answer, and what changes is reported on the page with quotes that open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from rag.library import Library
from rag_ui.language.strings import ENGLISH
from rag_ui.web.accounts import Account, write_users
from rag_ui.web.passwords import hashed
from tests.browser.conftest import PHONE, Open
from tests.browser.looking import WIDTHS, look_in_both_schemes
from tests.browser.newsroom import Newsroom, sign_in
from tests.browser.serving import served_library
from tests.standing.news import MAYOR, TOLL, build, put

pytestmark = pytest.mark.browser

WORDS = ENGLISH.words.standing


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Library]:
    with build(tmp_path) as library:
        yield library


@pytest.fixture
def url(archive: Library, tmp_path: Path) -> Iterator[str]:
    with served_library(archive, tmp_path / "log") as url:
        yield url


def report_more(archive: Library, folder: Path) -> None:
    """Takes in an article that gives another number, which the next look of the page finds."""
    text = "Twelve people died in the flood in Osk, the mayor said on Monday. Two are missing."
    put(folder, "second", "2025-03-03", "Osk Gazette", text)
    archive.update(folder / "news")


def open_followed(newsroom: Newsroom) -> None:
    newsroom.page.get_by_role("tab", name=WORDS.tab).click()


def test_a_followed_question_is_reported_read_and_removed(
    url: str, open_page: Open, archive: Library, tmp_path: Path
) -> None:
    newsroom = open_page(url)
    page = newsroom.page
    follow = newsroom.ask(TOLL).locator(".follow")
    expect(follow).to_have_attribute("aria-pressed", "false")
    follow.click()
    open_followed(newsroom)
    expect(page.locator("#followed h2")).to_have_text(TOLL)
    expect(page.locator("#followed .followed-quiet")).to_have_text(WORDS.nothing_reported)
    assert [one.question for one in archive.standing().questions] == [TOLL]
    newsroom.open_tab(ENGLISH.words.tab_articles)
    report_more(archive, tmp_path)
    expect(page.get_by_role("tab", name=f"{WORDS.tab} {WORDS.unread[0].format(number=1)}")).to_be_visible()
    open_followed(newsroom)
    report = page.locator("#followed .report")
    expect(report.locator(".report-what")).to_have_text(WORDS.kinds["changed"])
    expect(report.locator("dd")).to_have_text(["Five (1 source)", "Twelve (1 source)"])
    expect(report.locator(".report-new")).to_be_visible()
    expect(page.locator("body[data-unread]")).to_have_count(0)
    assert newsroom.read(report.locator(".chip")) == report.locator("blockquote").inner_text()
    page.locator(".reader-back").click()
    expect(report.locator(".chip")).to_be_focused()
    page.locator("#followed .unfollow").click()
    expect(page.get_by_text(WORDS.none)).to_be_visible()
    expect(page.locator("#followed-tab-button")).to_be_focused()
    expect(follow).to_have_attribute("aria-pressed", "false")
    assert archive.standing().questions == ()


def test_the_answers_of_a_followed_question_say_so_also_after_a_reload_and_on_another_page(
    url: str, open_page: Open, archive: Library
) -> None:
    newsroom = open_page(url)
    newsroom.ask(MAYOR).locator(".follow").focus()
    newsroom.page.keyboard.press("Enter")
    pressed = newsroom.page.locator("#chat .follow[aria-pressed=true]")
    expect(pressed).to_have_count(1)
    newsroom.page.wait_for_function("asked => Object.values(localStorage).join().includes(asked)", arg=MAYOR)
    newsroom.visit(url)
    expect(pressed).to_have_count(1)
    archive.unfollow(*[one.id for one in archive.standing().questions])
    expect(newsroom.page.locator("#chat .follow[aria-pressed=false]")).to_have_count(1)
    other = open_page(url)
    expect(other.page.locator("#chat .answer")).to_have_count(1)  # the browser's pages share a conversation
    expect(other.ask("Thank you!").locator(".follow")).to_have_count(0)


def test_a_reader_sees_what_is_reported_and_can_follow_nothing(
    archive: Library, tmp_path: Path, window: BrowserContext
) -> None:
    archive.follow(TOLL)
    write_users(tmp_path / "users", [Account("ben", hashed("open"))])
    with (
        served_library(archive, tmp_path / "log", "--auth", f"@{tmp_path / 'users'}") as url,
        window.browser.new_context() as context,  # type: ignore[union-attr]
    ):
        newsroom = Newsroom(context.new_page())
        sign_in(newsroom.page, url, "ben", "open")
        newsroom.visit(url)
        card = newsroom.ask(MAYOR)
        expect(card.locator(".pin")).to_be_visible()
        expect(card.locator(".follow")).to_be_hidden()
        open_followed(newsroom)
        expect(newsroom.page.locator("#followed h2")).to_have_text(TOLL)
        expect(newsroom.page.locator("#followed .unfollow")).to_be_hidden()
        for selector in ("#chat .follow", "#followed .unfollow"):  # what a forged page would send
            newsroom.page.locator(selector).dispatch_event("click")
            expect(newsroom.page.get_by_text(WORDS.editors_only).last).to_be_visible()
        assert [one.question for one in archive.standing().questions] == [TOLL]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_followed_questions_are_accessible(
    url: str, open_page: Open, archive: Library, tmp_path: Path, width: str
) -> None:
    newsroom = open_page(url, viewport=WIDTHS[width])
    page = newsroom.page
    has_a_sheet = page.locator(".open-articles").is_visible()
    if has_a_sheet:
        page.locator(".open-articles").click()
    open_followed(newsroom)
    expect(page.get_by_text(WORDS.none)).to_be_visible()
    found = look_in_both_schemes(newsroom, width, "followed-none")
    archive.follow(MAYOR)
    archive.follow(TOLL, sources=("osk gazette",))
    report_more(archive, tmp_path)
    text = "Twelve people died in the flood in Osk. The town mourned, and the bells of Mell were rung at noon."
    put(
        tmp_path,
        "third",
        "2025-03-04",
        "Osk Gazette",
        f"{text} Fourteen people died in the flood in Osk, a nurse said.",
    )
    archive.update(tmp_path / "news")
    expect(page.locator("#followed .report").first).to_be_visible()
    found += look_in_both_schemes(newsroom, width, "followed")
    if has_a_sheet:
        page.locator(".sheet-close").click()
        expect(page.locator(".open-articles")).to_be_focused()
    newsroom.ask(TOLL).locator(".follow").click()
    found += look_in_both_schemes(newsroom, width, "following")
    assert not found, "\n".join(found)


def test_on_a_phone_a_quote_of_a_report_leads_back_to_the_list_in_the_same_sheet(
    url: str, open_page: Open, archive: Library, tmp_path: Path
) -> None:
    archive.follow(TOLL)
    report_more(archive, tmp_path)
    newsroom = open_page(url, viewport=PHONE)
    page = newsroom.page
    page.locator(".open-articles").click()
    open_followed(newsroom)
    newsroom.read(page.locator("#followed .chip").first)
    page.locator(".reader-back").click()
    expect(page.locator("#followed .chip").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(newsroom.reader).to_be_hidden()
    expect(page.locator(".open-articles")).to_be_focused()
