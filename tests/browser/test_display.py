"""Theme and text size are chosen on the page and kept by the browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import Open
from tests.browser.looking import look_at

pytestmark = pytest.mark.browser

WORDS = ENGLISH.words.display
APPLY = """kept => {
    localStorage.setItem("display", kept);
    document.dispatchEvent(new Event("display-changed"));
}"""
"""Applies what the browser kept, which may be anybody's."""
DARK = re.compile(r"\bdark\b")


def test_theme_and_text_size_are_chosen_and_kept(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    page, html = newsroom.page, newsroom.page.locator("html")
    page.locator(".display summary").click()
    expect(page.get_by_label(WORDS.themes["system"])).to_be_checked()
    expect(page.get_by_label(WORDS.sizes["usual"])).to_be_checked()
    page.get_by_label(WORDS.themes["system"]).focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.get_by_label(WORDS.sizes["largest"]).check()
    assert look_at(newsroom, "wide-dark-display") == []
    newsroom.visit(scripted_page)
    expect(html).to_have_css("font-size", "21px")
    expect(page.locator("body")).to_have_class(DARK)
    page.emulate_media(color_scheme="dark")
    page.emulate_media(color_scheme="light")
    expect(page.locator("body")).to_have_class(DARK)
    page.locator(".display summary").click()
    page.get_by_label(WORDS.sizes["usual"]).check()
    page.get_by_label(WORDS.themes["system"]).check()
    expect(html).to_have_css("font-size", "16px")
    expect(page.locator("body")).not_to_have_class(DARK)

    for odd in ("{", "7", "null", '{"theme": "<b>", "size": "constructor"}'):
        page.evaluate(APPLY, odd)
        expect(html).to_have_css("font-size", "16px")
        expect(page.locator("body")).not_to_have_class(DARK)
