"""Before the first question: the box in the middle, questions worth asking, and the archive at a glance."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from rag_ui.archive.histogram import MOST
from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import PHONE, WIDE, Open
from tests.browser.scripted import DIARY, QUESTION

pytestmark = pytest.mark.browser

FILL = """(bars, most) => {
    while (bars.children.length < most) bars.append(bars.firstChild.cloneNode(true));
}"""
"""Repeats a bar until there are as many as there may be."""
GAPS = """bars => {
    const places = [...bars.querySelectorAll("i")].map((bar) => bar.getBoundingClientRect());
    return places.slice(1).map((place, before) => place.left - places[before].right);
}"""
"""Pixels between each two bars."""


def test_the_box_is_in_the_middle_and_goes_down_with_the_first_answer(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    expect(newsroom.page.locator("#opening .example").first).to_be_visible()
    middle = newsroom.box.bounding_box()
    assert middle and 200 < middle["y"] < 500
    expect(newsroom.page.locator("#welcome")).to_be_visible()
    newsroom.ask(QUESTION)
    below = newsroom.box.bounding_box()
    assert below and below["y"] > 650
    for part in ("#welcome", "#opening", "#glance"):
        expect(newsroom.page.locator(part)).to_be_hidden()
    newsroom.page.get_by_role("button", name=ENGLISH.words.new_conversation).click()
    expect(newsroom.page.locator("#opening .example").first).to_be_visible()
    again = newsroom.box.bounding_box()
    assert again and abs(again["y"] - middle["y"]) < 30


def test_a_newest_article_opens(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    glance = newsroom.page.locator("#glance .glance")
    expect(glance).to_contain_text("7 articles · April 2025 – June 2025")
    glance.locator(".glance-article", has_text=DIARY.title).click()
    expect(newsroom.page.locator(".reader-title")).to_have_text(DIARY.title)
    expect(glance).to_be_hidden()


def test_a_person_of_the_archive_is_asked_about(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    newsroom.page.locator("#glance .glance-name", has_text="Ada Quill").click()
    expect(newsroom.page.locator("#chat .question")).to_have_text("What did Ada Quill say?")
    expect(newsroom.page.locator("#chat .answer")).to_have_count(1)


def test_a_source_of_the_archive_narrows_what_is_asked(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    newsroom.page.locator("#glance .glance-source", has_text="The Courier").click()
    chip = newsroom.page.locator("#scope .scope-chip")
    expect(chip).to_have_text("from The Courier")
    expect(newsroom.page.locator(".article .title")).to_have_text(["Diary"])
    expect(newsroom.page.locator("#opening .example").first).to_be_visible()
    chip.click()
    expect(chip).to_have_count(0)


def test_on_a_small_phone_bars_stand_apart_and_the_ways_in_one_row(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page, viewport={"width": 360, "height": 740})
    bars = newsroom.page.locator("#glance-below .glance-bars")
    bars.evaluate(FILL, MOST)
    assert bars.locator("i").count() == MOST
    assert min(bars.evaluate(GAPS)) >= 1
    ways = newsroom.page.locator("#tools :is(button, summary)").locator("visible=true")
    boxes = [way.bounding_box() for way in ways.all()]
    assert len({round(box["y"] + box["height"] / 2) for box in boxes if box}) == 1 < len(boxes)


def test_on_a_phone_the_glance_is_below_the_questions(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page, viewport=PHONE)
    example = newsroom.page.locator("#opening .example").last
    glance = newsroom.page.locator("#glance-below .glance")
    expect(glance).to_be_visible()
    above, below = example.bounding_box(), glance.bounding_box()
    assert above and below and above["y"] < below["y"]
    glance.locator(".glance-article").first.click()
    expect(newsroom.reader).to_be_visible()
    newsroom.page.locator(".sheet-close").click()
    newsroom.page.set_viewport_size(WIDE)
    expect(glance).to_be_hidden()
