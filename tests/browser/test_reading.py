"""In an open article words are found, and the quotes of the conversation that are from it lead to their places."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import PHONE, SCHEMES, WIDE, Open
from tests.browser.looking import ALL_RULES, CONTRAST_ONLY, look_at
from tests.browser.newsroom import Newsroom
from tests.browser.scripted import DIARY, DIARY_CITATIONS, DIARY_QUESTION, FORMS, QUESTION

pytestmark = pytest.mark.browser

WORDS = ENGLISH.words.reading
REFUSED = FORMS["yes_no"]
HIGHLIGHTED = """name => [...(CSS.highlights.get(name) ?? [])].map(range => range.toString())"""
"""Reads the words that are marked: "found" for all, "found-here" for the one that is shown."""
IN_VIEW = """() => {
    const place = [...CSS.highlights.get("found-here")][0].getBoundingClientRect();
    const box = document.querySelector(".reader-text").getBoundingClientRect();
    return place.top >= box.top && place.bottom <= box.bottom;
}"""


def find(page: Page, part: str) -> Locator:
    return page.locator(f".find-{part}")


def read_diary(newsroom: Newsroom) -> None:
    newsroom.open_tab(ENGLISH.words.tab_articles)
    newsroom.page.locator(".article", has_text="Diary").click()
    expect(newsroom.page.locator(".reader-title")).to_have_text("Diary")
    expect(newsroom.page.locator(".reader-text")).to_be_visible()


def test_words_are_found_counted_and_gone_through_by_keyboard(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    page, keys = newsroom.page, newsroom.page.keyboard
    read_diary(newsroom)
    page.locator(".reader-text").focus()
    keys.press("Control+f")
    expect(find(page, "words")).to_be_focused()
    expect(find(page, "count")).to_be_empty()
    keys.type("SAW  boats")
    expect(find(page, "count")).to_have_text("1 of 2")
    assert page.evaluate(HIGHLIGHTED, "found") == ["saw boats", "saw boats"]
    page.wait_for_function(IN_VIEW)
    keys.press("Enter")
    expect(find(page, "count")).to_have_text("2 of 2")
    page.wait_for_function(IN_VIEW)
    keys.press("Enter")
    expect(find(page, "count")).to_have_text("1 of 2")
    keys.press("Shift+Enter")
    expect(find(page, "count")).to_have_text("2 of 2")
    find(page, "previous").click()
    expect(find(page, "count")).to_have_text("1 of 2")
    find(page, "words").fill("nowhere")
    expect(find(page, "count")).to_have_text(WORDS.not_found)
    expect(find(page, "next")).to_be_disabled()
    assert page.evaluate(HIGHLIGHTED, "found-here") == []
    keys.press("Escape")
    expect(find(page, "words")).to_be_hidden()
    expect(page.locator(".reader-text")).to_be_focused()
    expect(page.locator(".reader-title")).to_be_visible()
    assert newsroom.article_text() == DIARY.text


def test_what_is_found_leaves_marked_quotes_and_is_found_in_the_next_article_too(
    open_page: Open, scripted_page: str
) -> None:
    newsroom = open_page(scripted_page)
    page = newsroom.page
    newsroom.read(newsroom.ask(DIARY_QUESTION).locator(".chip").first)
    find(page, "open").click()
    find(page, "words").fill("boats.\n\nit   RAINED")
    assert page.evaluate(HIGHLIGHTED, "found") == ["boats. It rained"]
    expect(newsroom.mark).to_have_text(DIARY_CITATIONS[0].quote)
    find(page, "words").fill("ford")
    expect(find(page, "count")).to_contain_text("of 2")
    newsroom.read(newsroom.ask(QUESTION).locator(".chip").first)
    expect(find(page, "count")).to_have_text(WORDS.not_found)
    find(page, "words").fill("witness 1 😀")
    assert page.evaluate(HIGHLIGHTED, "found") == ["Witness 1 😀"]
    find(page, "close").click()
    assert page.evaluate("CSS.highlights.get('found').size") == 0


def test_the_quotes_of_the_conversation_are_listed_and_lead_to_their_places(
    open_page: Open, scripted_page: str
) -> None:
    newsroom = open_page(scripted_page)
    page = newsroom.page
    quotes, also = page.locator(".quote-here"), page.locator("mark.also")
    read_diary(newsroom)
    expect(page.locator(".reader-quotes")).to_be_hidden()
    newsroom.ask(REFUSED.question)
    newsroom.read(newsroom.ask(DIARY_QUESTION).locator(".chip").first)
    expect(page.locator(".reader-quotes summary")).to_have_text("3 quotes from it in this conversation")
    page.locator(".reader-quotes summary").click()
    refused, (first, second, _) = REFUSED.citations[0], DIARY_CITATIONS
    expect(quotes.locator(".words")).to_have_text([refused.quote, first.quote, second.quote])
    expect(quotes.locator(".about")).to_have_text([REFUSED.question, DIARY_QUESTION, DIARY_QUESTION])
    expect(quotes.nth(1)).to_have_attribute("aria-current", "true")
    expect(also).to_have_text([second.quote, refused.quote])
    assert [mark.get_attribute("data-number") for mark in also.all()] == ["2", None], "only the answer's own number"
    quotes.first.click()
    expect(newsroom.mark).to_have_text(refused.quote)
    newsroom.wait_for_the_quote()
    expect(quotes.first).to_have_attribute("aria-current", "true")
    also.first.click()
    expect(newsroom.mark).to_have_text(first.quote)

    read_diary(newsroom)
    expect(newsroom.mark).to_have_count(0)
    expect(also).to_have_text([first.quote, second.quote, refused.quote])
    expect(page.locator(".reader-quotes summary")).to_have_text("3 quotes from it in this conversation")
    assert newsroom.article_text() == DIARY.text
    also.nth(1).click()
    expect(newsroom.mark).to_have_text(second.quote)


def test_one_article_alone_needs_no_list_of_its_only_quote(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    newsroom.read(newsroom.ask(QUESTION).locator(".chip").first)
    expect(newsroom.page.locator(".reader-quotes")).to_be_hidden()
    newsroom.open_tab(ENGLISH.words.tab_articles)
    newsroom.page.locator(".article", has_text="Log 1").click()
    expect(newsroom.page.locator(".reader-quotes summary")).to_have_text("1 quote from it in this conversation")


def test_it_fits_the_phone_and_has_enough_contrast(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    page = newsroom.page
    newsroom.ask(REFUSED.question)
    newsroom.ask(DIARY_QUESTION)
    findings: list[str] = []
    for width in (WIDE, PHONE):
        page.set_viewport_size(width)
        newsroom.read(page.locator("#chat .answer").last.locator(".chip").first)
        page.locator(".reader-quotes").evaluate("quotes => (quotes.open = true)")
        if not find(page, "words").is_visible():
            find(page, "open").click()
        find(page, "words").fill("boats")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            rules = ALL_RULES if scheme == "light" else CONTRAST_ONLY
            findings += look_at(newsroom, f"finding-{width['width']}-{scheme}", rules)
        assert page.evaluate("document.documentElement.scrollWidth") == width["width"]
    page.keyboard.press("Escape")
    expect(find(page, "words")).to_be_hidden()
    expect(newsroom.reader).to_be_visible()
    assert findings == []
