"""The reader pane beside an answer: from one citation to the next, and back to the answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rag_ui.chat import written
from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import PHONE, Open
from tests.browser.scripted import (
    CITATIONS,
    DIARY,
    DIARY_ANSWER,
    DIARY_CITATIONS,
    DIARY_QUESTION,
    NO_QUESTION,
    QUESTION,
)

pytestmark = pytest.mark.browser

ROWS = """new Set([...document.querySelectorAll("#tools :is(button, summary)")].filter(way => way.checkVisibility())
    .map(way => Math.round(way.getBoundingClientRect().bottom))).size"""
"""Counts the rows of the ways below the question box."""


def test_previous_and_next_go_through_the_citations_of_the_answer(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    newsroom.ask(QUESTION)
    chips = newsroom.ask(DIARY_QUESTION).locator(".chip")
    newsroom.read(chips.first)
    position = newsroom.page.locator(".reader-position")
    previous, following = (newsroom.page.locator(f".reader-{way}") for way in ("previous", "next"))
    expect(previous).to_be_disabled()
    for number, citation in enumerate(DIARY_CITATIONS[1:], start=1):
        following.click()
        expect(newsroom.mark).to_have_text(citation.quote.strip())
        expect(position).to_have_text(f"{number + 1} of 3")
        expect(newsroom.page.locator(".reader-title")).to_have_text(citation.title)
        expect(chips.nth(number)).to_have_attribute("aria-current", "true")
        newsroom.wait_for_the_quote()
    expect(following).to_be_disabled()
    previous.click()
    expect(position).to_have_text("2 of 3")
    expect(newsroom.mark).to_have_text(DIARY_CITATIONS[1].quote)


def test_the_answers_other_quotes_are_marked_and_lead_to_themselves(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    newsroom.read(newsroom.ask(DIARY_QUESTION).locator(".chip").first)
    also = newsroom.page.locator("mark.also")
    expect(also).to_have_text(DIARY_CITATIONS[1].quote)
    assert newsroom.article_text() == DIARY.text
    also.click()
    expect(newsroom.mark).to_have_text(DIARY_CITATIONS[1].quote)
    expect(also).to_have_text(DIARY_CITATIONS[0].quote)


def test_a_click_on_a_quotes_words_opens_them_and_selecting_them_does_not(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    newsroom.ask(QUESTION)
    card = newsroom.ask(DIARY_QUESTION)
    card.locator(".more > summary").click()
    second, third = (card.locator("blockquote").nth(number) for number in (1, 2))
    second.click()
    expect(newsroom.mark).to_have_text(DIARY_CITATIONS[1].quote.strip())
    expect(card.locator(".chip").nth(1)).to_have_attribute("aria-current", "true")
    third.scroll_into_view_if_needed()
    box = third.bounding_box()
    assert box is not None
    newsroom.page.mouse.move(box["x"] + 5, box["y"] + 10)
    newsroom.page.mouse.down()
    newsroom.page.mouse.move(box["x"] + 90, box["y"] + 10, steps=5)
    newsroom.page.mouse.up()
    assert newsroom.page.evaluate("getSelection().toString().trim()")
    expect(card.locator(".chip").nth(1)).to_have_attribute("aria-current", "true")
    third.click()
    expect(newsroom.mark).to_have_text(DIARY_CITATIONS[2].quote.strip())


def test_back_to_the_answer_goes_to_the_chip_also_when_the_chat_was_drawn_anew(
    same_page: Open, scripted_page: str
) -> None:
    newsroom = same_page(scripted_page)
    chips = newsroom.ask(DIARY_QUESTION).locator(".chip")
    newsroom.ask(NO_QUESTION)
    newsroom.read(chips.nth(1))
    newsroom.page.locator(".reader-back").click()
    expect(chips.nth(1)).to_be_focused()
    expect(chips.nth(1)).to_be_in_viewport()
    expect(newsroom.mark).to_have_text(DIARY_CITATIONS[1].quote)


def test_the_first_quote_of_an_answer_is_shown_beside_it(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    title = newsroom.page.locator(".reader-title")
    for question, citation in ((DIARY_QUESTION, DIARY_CITATIONS[0]), (QUESTION, CITATIONS[0])):
        chip = newsroom.ask(question).locator(".chip").first
        expect(title).to_have_text(citation.title)
        expect(newsroom.mark).to_have_text(citation.quote.strip())
        expect(chip).to_have_attribute("aria-current", "true")
        newsroom.wait_for_the_quote()
        expect(newsroom.box).to_be_focused()
    expect(newsroom.ask(NO_QUESTION).locator(".near-misses")).to_be_visible()
    expect(newsroom.page.locator(".near-misses .chip").first).to_have_attribute("aria-current", "true")
    newsroom.open_tab(ENGLISH.words.tab_articles)
    newsroom.ask(DIARY_QUESTION)
    expect(title).to_be_visible()
    expect(title).to_have_text(DIARY.title)
    newsroom.ask("Is there nothing about it?")
    expect(title).to_be_hidden()
    newsroom.ask(DIARY_QUESTION)
    newsroom.visit(scripted_page)
    expect(title).to_have_text(DIARY.title)
    newsroom.page.get_by_role("button", name=ENGLISH.words.new_conversation).click()
    expect(newsroom.page.locator("#glance .glance")).to_be_visible()
    expect(title).to_be_hidden()


def test_a_tab_that_was_opened_while_an_answer_was_awaited_stays_in_front(
    same_page: Open, scripted_page: str, hold: Path
) -> None:
    newsroom = same_page(scripted_page)
    title, answers = newsroom.page.locator(".reader-title"), newsroom.page.locator("#chat .answer")
    hold.touch()
    newsroom.box.fill(DIARY_QUESTION)
    newsroom.box.press("Enter")
    expect(newsroom.page.locator("#chat .searching")).to_be_visible()
    newsroom.open_tab(ENGLISH.words.tab_add)
    hold.unlink()
    expect(answers.locator(".chip[aria-current]")).to_have_count(1)
    expect(title).to_have_text(DIARY.title)
    expect(title).to_be_hidden()
    newsroom.open_tab(ENGLISH.words.tab_source)
    expect(newsroom.mark).to_be_visible()
    newsroom.open_tab(ENGLISH.words.tab_add)
    assert newsroom.read(answers.locator(".chip").nth(1)) == DIARY_CITATIONS[1].quote
    expect(newsroom.mark).to_be_visible()


def test_on_a_phone_the_answer_stays_in_view(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page, viewport=PHONE)
    with newsroom.page.expect_console_message(lambda message: message.text == "answered"):
        newsroom.page.evaluate("document.addEventListener('answered', () => console.log('answered'))")
        newsroom.ask(DIARY_QUESTION)
    expect(newsroom.page.locator("#chat .chip").first).to_be_visible()
    expect(newsroom.page.locator("#chat .chip[aria-current]")).to_have_count(0)
    expect(newsroom.reader).to_be_hidden()
    expect(newsroom.page.get_by_role("button", name=ENGLISH.words.new_conversation)).to_be_in_viewport()
    expect(newsroom.page.get_by_role("button", name=ENGLISH.words.draft.title)).to_be_in_viewport()
    for width in (PHONE["width"], 360):
        newsroom.page.set_viewport_size({**PHONE, "width": width})
        assert newsroom.page.evaluate(ROWS) == 1, width  # a second row would take the place of answers


def test_an_answer_is_copied_with_its_references_and_its_confidence_explained(
    same_page: Open, scripted_page: str
) -> None:
    newsroom = same_page(scripted_page)
    newsroom.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = newsroom.ask(DIARY_QUESTION)
    card.locator(".copy[data-text]").click()
    expect(card.locator(".copy[data-text]")).to_have_text(ENGLISH.words.copied)
    copied = newsroom.page.evaluate("navigator.clipboard.readText()")
    assert copied == written.copied(DIARY_ANSWER, date.today(), ENGLISH)
    expect(card.locator(".confidence p")).to_be_hidden()
    card.locator(".confidence summary").press("Enter")
    expect(card.locator(".confidence p")).to_be_visible()
