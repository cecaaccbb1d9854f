"""Each form of answer is drawn in its own way, accessible at every width, light and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import PHONE, WIDE, Open
from tests.browser.looking import CONTRAST_ONLY, look_at
from tests.browser.scripted import FORMS, QUESTION

pytestmark = pytest.mark.browser

SHOWN = {
    "said": ".person .speaker",
    "timeline": "ol.timeline > li .when",
    "list": "ul.items > li > .telling",
    "compare": ".beside > .side > h2",
    "yes_no": ".beside > .side > h2",
    "overview": "figure > blockquote",
}
"""What of each form there are two of."""
FACTS = """about => [...about.children].map((fact, _, facts) => {
    const { left, top } = fact.getBoundingClientRect();
    const before = facts.map((one) => one.getBoundingClientRect()).filter((one) => one.left < left);
    const dot = getComputedStyle(fact, "::before");
    const isCutOff = getComputedStyle(about).overflowX === "hidden"
        && left + parseFloat(dot.left) < about.getBoundingClientRect().left;
    const beginsLine = before.every((one) => Math.abs(one.top - top) > 5);
    return [fact.className, beginsLine, dot.content === '"·"' && !isCutOff];
})"""
"""Of each fact below a title: what it is, whether it begins a line, and whether a dot is seen before it."""


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_drawn_in_its_own_way_and_is_accessible(same_page: Open, scripted_page: str, form: str) -> None:
    newsroom = same_page(scripted_page)
    card = newsroom.ask(FORMS[form].question)
    expect(card.locator(SHOWN[form])).to_have_count(2)
    found = look_at(newsroom, f"wide-light-form-{form}")
    newsroom.page.emulate_media(color_scheme="dark")
    found += look_at(newsroom, f"wide-dark-form-{form}", CONTRAST_ONLY)
    newsroom.page.set_viewport_size(PHONE)
    found += look_at(newsroom, f"phone-dark-form-{form}")
    assert newsroom.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    newsroom.page.set_viewport_size(WIDE)
    assert found == []


def test_sides_are_side_by_side_and_below_each_other_on_a_phone(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    sides = newsroom.ask(FORMS["compare"].question).locator(".side")
    one, other = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
    assert one and other and one["y"] == other["y"]
    newsroom.page.set_viewport_size(PHONE)
    one, other = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
    assert one and other and one["x"] == other["x"]


def test_a_dot_stands_between_two_facts_of_a_line_and_at_no_end_of_one(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    about = newsroom.ask(FORMS["compare"].question).locator(".about").first
    for width, wraps in ((1280, True), (360, False)):  # beside the other side there is no room for the date
        newsroom.page.set_viewport_size({"width": width, "height": 800})
        dated = ["dated", wraps, not wraps]
        assert about.evaluate(FACTS) == [["source", True, False], ["byline", True, False], dated], width
    newsroom.page.set_viewport_size(WIDE)


def test_what_says_the_same_is_folded_and_opened_by_its_number(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    card = newsroom.ask(QUESTION)
    fold = card.locator("details.more").first
    expect(fold.locator("xpath=summary")).to_have_text("4 more sources")
    expect(fold.locator("figure").first).to_be_hidden()
    card.locator(".ref").nth(2).click()
    expect(fold.locator("figure").first).to_be_visible()
    expect(fold.locator(".chip").nth(1)).to_have_attribute("aria-current", "true")
    newsroom.page.locator(".reader-facts span", has_text="[3]").wait_for()


def test_the_confidence_is_on_one_line_at_every_width(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    summary = newsroom.ask(FORMS["overview"].question).locator(".confidence summary")
    expect(summary).to_have_text(ENGLISH.confidence(0.8))
    for width in (1440, 1280, 820, 390, 320):
        newsroom.page.set_viewport_size({"width": width, "height": 800})
        box = summary.bounding_box()
        assert box and box["height"] < (46 if width <= 820 else 30), width
    expect(newsroom.page.locator(".percent").last).to_be_hidden()
    summary.click()
    expect(newsroom.page.locator(".percent").last).to_have_text("80%")
