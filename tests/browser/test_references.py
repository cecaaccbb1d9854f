"""The number of a citation shows its quote, and a quote is copied with its reference in the styles that people need."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from rag_ui.chat.references import references
from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import Open
from tests.browser.looking import look_at
from tests.browser.scripted import CITATIONS, DIARY, DIARY_CITATIONS, DIARY_QUESTION, QUESTION

pytestmark = pytest.mark.browser

SCROLL = """element => new Promise(scrolled => {
    element.addEventListener("scroll", () => requestAnimationFrame(scrolled), { once: true });
    element.scrollTop = element.scrollTop > 0 ? 0 : 200;
})"""
"""Scrolls to the top, or a little down from there, and waits until the page has noticed it."""


def test_resting_on_a_number_or_focusing_it_shows_the_quote(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    card, preview = newsroom.ask(QUESTION), newsroom.page.locator(".preview")
    expect(preview).to_be_hidden()
    card.locator(".ref").nth(2).hover()
    expect(preview).to_be_visible()
    expect(preview.locator(".preview-title")).to_have_text(CITATIONS[2].title)
    expect(preview.locator(".preview-about")).to_contain_text("April 2025")
    expect(preview.locator(".preview-quote")).to_have_text(CITATIONS[2].quote.strip())
    expect(preview).to_be_in_viewport(ratio=1)
    assert look_at(newsroom, "wide-light-preview") == []
    expect(preview).to_be_hidden()
    newsroom.box.focus()
    for _ in range(20):
        newsroom.page.keyboard.press("Shift+Tab")
        if newsroom.page.evaluate("document.activeElement.matches('.ref')"):
            break
    expect(preview).to_be_visible()
    assert newsroom.page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "preview"
    newsroom.page.keyboard.press("Escape")
    expect(preview).to_be_hidden()


def test_a_card_goes_along_with_its_number_and_only_with_it(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    newsroom.read(newsroom.ask(DIARY_QUESTION).locator(".chip").first)
    preview, text = newsroom.page.locator(".preview"), newsroom.page.locator(".reader-text")
    newsroom.page.locator("#chat .ref").first.focus()
    newsroom.page.keyboard.press("Shift+Tab")
    newsroom.page.keyboard.press("Tab")
    expect(preview).to_be_visible()
    text.evaluate(SCROLL)
    expect(preview).to_be_visible()
    newsroom.page.locator("mark.also").hover()
    expect(preview.locator(".preview-quote")).to_have_text(DIARY_CITATIONS[1].quote)
    text.evaluate(SCROLL)
    expect(preview).to_be_hidden()


def test_the_number_of_another_quote_in_the_article_shows_it_too(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    newsroom.read(newsroom.ask(DIARY_QUESTION).locator(".chip").first)
    newsroom.page.locator("mark.also").hover()
    expect(newsroom.page.locator(".preview-quote")).to_have_text(DIARY_CITATIONS[1].quote)
    expect(newsroom.page.locator(".preview-title")).to_have_text(DIARY.title)


def test_a_quote_is_copied_with_its_reference_in_each_style(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    newsroom.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    menu = newsroom.ask(DIARY_QUESTION).locator(".cite").first
    written = references(DIARY_CITATIONS[0], ENGLISH)
    for style, name in ENGLISH.words.references.styles.items():
        if menu.get_attribute("open") is None:
            menu.locator("summary").click()
        menu.get_by_role("button", name=name, exact=True).click()
        expect(menu.get_by_role("button", name=ENGLISH.words.copied)).to_be_visible()
        assert newsroom.page.evaluate("navigator.clipboard.readText()") == written[style]
        expect(menu.get_by_role("button", name=name, exact=True)).to_be_visible()
    assert json.loads(written["csl"])[0]["title"] == DIARY.title
    assert look_at(newsroom, "wide-light-cite") == []
    newsroom.page.keyboard.press("Escape")
    expect(menu.locator(".copy-reference").first).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").click()
    newsroom.box.click()
    expect(menu.locator(".copy-reference").first).to_be_hidden()
