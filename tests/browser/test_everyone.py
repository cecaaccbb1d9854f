"""Accessibility of the page: enlarged, without motion, by keyboard, by screen reader, and in right-to-left scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize, expect

from rag_ui.language.strings import ENGLISH
from tests.browser import arabic
from tests.browser.conftest import PHONE, WIDE, Open
from tests.browser.looking import look_at
from tests.browser.newsroom import Newsroom
from tests.browser.scripted import DIARY_QUESTION, QUESTION
from tests.browser.serving import served

pytestmark = pytest.mark.browser

ENLARGED: ViewportSize = {"width": WIDE["width"] // 2, "height": WIDE["height"] // 2}
"""The viewport of a usual window at a zoom of 200 %."""
LARGE_TEXT: ViewportSize = {"width": 320, "height": 640}
"""The narrowest viewport (320 CSS pixels) in which nothing may need sideways scrolling."""


@pytest.mark.parametrize(("name", "size"), [("enlarged", ENLARGED), ("narrow", LARGE_TEXT)])
def test_enlarged_all_of_it_can_be_reached_without_scrolling_sideways(
    open_page: Open, scripted_page: str, name: str, size: ViewportSize
) -> None:
    newsroom = open_page(scripted_page, viewport=size)
    card = newsroom.ask(DIARY_QUESTION)
    expect(newsroom.page.locator("#chat .question")).to_be_in_viewport(ratio=1)
    expect(newsroom.page.locator("#question .submit-button")).to_be_in_viewport(ratio=1)
    assert look_at(newsroom, f"{name}-light-answered") == []
    newsroom.read(card.locator(".chip").last)
    newsroom.wait_for_the_quote()
    assert look_at(newsroom, f"{name}-light-reading") == []
    for tab in (ENGLISH.words.tab_articles, ENGLISH.words.tab_add):
        newsroom.open_tab(tab)
        assert look_at(newsroom, f"{name}-light-{tab.split()[0].lower()}") == []
    newsroom.page.locator(".sheet-close").click()
    expect(newsroom.reader).to_be_hidden()


def test_nothing_moves_for_who_wants_no_motion(open_page: Open, scripted_page: str, hold: Path) -> None:
    newsroom = open_page(scripted_page)
    hold.touch()
    newsroom.box.fill(QUESTION)
    newsroom.box.press("Enter")
    newsroom.page.emulate_media(reduced_motion="reduce")
    expect(newsroom.page.locator("#chat .searching")).to_have_css("animation-name", "none")
    newsroom.page.emulate_media(reduced_motion="no-preference")
    expect(newsroom.page.locator("#chat .searching")).to_have_css("animation-name", "searching")
    hold.unlink()
    expect(newsroom.page.locator("#chat .answer")).to_be_visible()


def tab_to(newsroom: Newsroom, selector: str) -> None:
    """Presses the tab key until the part has the focus, and asserts that the focus is visible."""
    part = newsroom.page.locator(selector).first
    for _ in range(40):
        newsroom.page.keyboard.press("Tab")
        if part.evaluate("part => part === document.activeElement"):
            break
    expect(part).to_be_focused()
    assert part.evaluate("part => getComputedStyle(part).outlineStyle") == "solid", selector


def test_every_part_is_reached_by_keyboard_in_the_order_in_which_it_stands(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    newsroom.ask(DIARY_QUESTION)
    newsroom.page.evaluate("document.activeElement.blur()")
    for selector in ("#masthead summary", "#chat .edit", "#chat .chip", "#chat .confidence summary"):
        tab_to(newsroom, selector)
    for selector in ("#chat .copy", "#chat .rate", "#question .submit-button", "#tools button", "#tabs [role=tab]"):
        tab_to(newsroom, selector)
    tab_to(newsroom, f'#tabs [role=tab]:text-is("{ENGLISH.words.tab_articles}")')
    newsroom.page.keyboard.press("Enter")
    expect(newsroom.page.get_by_role("tab", name=ENGLISH.words.tab_articles, exact=True)).to_have_attribute(
        "aria-selected", "true"
    )
    for selector in (
        "[name=words]",
        ".choice summary",
        "[name=since]",
        "[name=until]",
        "[name=sort]",
        ".bar",
        ".articles-named summary",
        ".named",
        ".article",
    ):
        tab_to(newsroom, selector)
    newsroom.page.keyboard.press("Enter")
    expect(newsroom.page.locator(".reader-title")).to_have_text("Diary")


def test_what_changes_is_told_to_who_does_not_see_it(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    log = newsroom.page.get_by_role("log", name=ENGLISH.words.conversation, exact=True)
    expect(log).to_have_attribute("aria-live", "polite")
    newsroom.ask(QUESTION)
    expect(log.get_by_role("article", name=ENGLISH.words.answer)).to_be_visible()
    newsroom.ask("  ")
    expect(log.get_by_role("alert")).to_be_visible()
    newsroom.open_tab(ENGLISH.words.tab_articles)
    newsroom.page.get_by_label(ENGLISH.words.search_articles).fill("diary")
    expect(newsroom.page.get_by_role("status").filter(has_text="1 of 7 articles")).to_be_visible()


@pytest.fixture(scope="module")
def arabic_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(["tests.browser.arabic"], tmp_path_factory.mktemp("arabic") / "log") as url:
        yield url


@pytest.mark.parametrize("name", ["wide", "phone"])
def test_what_is_written_from_right_to_left_is_set_so_and_the_pages_own_words_are_not(
    open_page: Open, arabic_page: str, name: str
) -> None:
    newsroom = open_page(arabic_page, viewport=PHONE if name == "phone" else WIDE)
    card = newsroom.ask(arabic.QUESTION)
    for theirs in ("#chat .question", ".short", "blockquote", ".chip .title"):
        expect(newsroom.page.locator(theirs).first).to_have_css("direction", "rtl")
        expect(newsroom.page.locator(theirs).first).to_have_css("text-align", "start")
    expect(card).to_have_css("direction", "ltr")
    assert look_at(newsroom, f"{name}-light-arabic-answered") == []
    assert newsroom.read(card.locator(".chip")) == arabic.QUOTE
    newsroom.wait_for_the_quote()
    for theirs in (".reader-title", ".reader-text"):
        expect(newsroom.page.locator(theirs)).to_have_css("direction", "rtl")
    expect(newsroom.page.locator(".reader-facts")).to_have_css("direction", "ltr")
    assert look_at(newsroom, f"{name}-light-arabic-reading") == []
    newsroom.open_tab(ENGLISH.words.tab_articles)
    expect(newsroom.page.locator(".article .title")).to_have_css("direction", "rtl")
