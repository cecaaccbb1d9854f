"""Questions about the seed article, from the input box to the quote in the article."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rag.library import Library
from rag_ui.language.strings import ENGLISH
from rag_ui.views.opening import chosen
from tests.browser.asked import GAS, NOT_SAID, TRUST
from tests.browser.conftest import PHONE, Open
from tests.browser.looking import look_at

pytestmark = pytest.mark.browser


def test_the_marked_words_are_the_quote_are_the_text(same_page: Open, seed_page: str, seed_library: Library) -> None:
    newsroom = same_page(seed_page)
    card = newsroom.ask(GAS)
    chip = card.locator(".chip").first
    place = json.loads(chip.get_attribute("data-place") or "")
    article = seed_library.article(place["article_id"], place["content_hash"])
    quote = seed_library.answer(GAS).citations[0].quote

    assert newsroom.read(chip) == quote == article.text[place["start"] : place["end"]]
    assert newsroom.article_text() == article.text
    assert card.locator("blockquote").first.evaluate("element => element.textContent") == quote
    assert "more than 30%" in quote
    newsroom.wait_for_the_quote()
    expect(newsroom.page.locator(".reader-title")).to_have_text(article.title)
    expect(newsroom.page.locator(".reader-facts")).to_contain_text("April 2025")
    expect(newsroom.page.locator(".reader-facts")).to_contain_text("shown as [1]")


def test_the_short_answer_is_marked_inside_the_quote(same_page: Open, seed_page: str, seed_library: Library) -> None:
    short = seed_library.answer(GAS).citations[0].short
    newsroom = same_page(seed_page)
    newsroom.read(newsroom.ask(GAS).locator(".chip").first)
    marked = newsroom.page.locator("mark.quoted strong")
    assert "".join(marked.evaluate_all("all => all.map(one => one.textContent)")) == (short or "")


def test_a_second_click_scrolls_to_the_quote_again(same_page: Open, seed_page: str) -> None:
    newsroom = same_page(seed_page)
    chip = newsroom.ask(TRUST).locator(".chip").first
    newsroom.read(chip)
    newsroom.wait_for_the_quote()
    newsroom.page.locator(".reader-text").evaluate("element => element.scrollTo(0, 0)")
    assert not newsroom.sees_the_quote()
    chip.click()
    newsroom.wait_for_the_quote()


def test_every_answer_in_the_chat_keeps_its_citations(same_page: Open, seed_page: str) -> None:
    newsroom = same_page(seed_page)
    cards = [newsroom.ask(question) for question in (GAS, TRUST)]
    quotes = [card.locator("blockquote").first.text_content() for card in cards]
    assert quotes[0] != quotes[1]
    for card, quote in [*zip(cards, quotes, strict=True), (cards[0], quotes[0])]:
        card.locator(".chip").first.click()
        expect(newsroom.mark).to_have_text(quote or "", use_inner_text=False)
        expect(card.locator(".chip").first).to_have_attribute("aria-current", "true")
    expect(newsroom.page.locator(".chip[aria-current]")).to_have_count(1)


def test_no_answer_is_a_state_of_its_own(same_page: Open, seed_page: str) -> None:
    newsroom = same_page(seed_page)
    card = newsroom.ask(NOT_SAID)
    expect(card.locator(".not-said")).to_have_text(ENGLISH.words.not_said)
    expect(card.locator(".reason")).not_to_be_empty()
    expect(card.locator(".short")).to_have_count(0)
    assert card.locator("figure").count() == card.locator(".near-misses figure").count()


def test_an_example_question_is_answered_at_a_click(same_page: Open, seed_page: str, seed_library: Library) -> None:
    newsroom = same_page(seed_page)
    examples = newsroom.page.locator("#opening .example")
    expect(examples).to_have_text(list(chosen(seed_library.suggestions(12))))
    question = examples.first.text_content()
    examples.first.click()
    expect(newsroom.page.locator("#chat .question")).to_have_text(question or "")
    expect(newsroom.page.locator("#chat .answer blockquote").first).to_be_visible()


def test_a_follow_up_is_completed_and_can_be_asked_as_it_was_written(same_page: Open, seed_page: str) -> None:
    newsroom = same_page(seed_page)
    newsroom.ask("Who mediated the talks?")
    understood = newsroom.ask("Who else?").locator(".understood q")
    expect(understood).to_have_text("Who else mediated the talks?")
    newsroom.page.get_by_text(ENGLISH.words.ask_exactly).click()
    expect(newsroom.page.locator("#chat .understood q")).to_have_count(0)
    expect(newsroom.page.locator("#chat .question")).to_have_text(["Who mediated the talks?", "Who else?"])
    expect(newsroom.page.locator("#chat .answer")).to_have_count(2)
    expect(newsroom.page.get_by_text(ENGLISH.words.ask_exactly)).to_have_count(0)


def test_the_head_says_what_the_archive_holds(same_page: Open, seed_page: str, seed_library: Library) -> None:
    status = seed_library.status()
    newsroom = same_page(seed_page)
    expect(newsroom.page.locator("#masthead .facts li")).to_have_text(
        ["1 article", "April 2025", ENGLISH.words.opening.behind + "".join(ENGLISH.behind(status))]
    )
    models = newsroom.page.get_by_text(ENGLISH.behind(status)[-1])
    expect(models).to_be_hidden()
    newsroom.page.locator("#masthead summary").press("Enter")
    expect(models).to_be_in_viewport(ratio=1)
    assert look_at(newsroom, "wide-light-models") == []
    newsroom.page.set_viewport_size(PHONE)
    expect(models).to_be_in_viewport(ratio=1)
    assert look_at(newsroom, "phone-light-models") == []


def test_a_question_that_cannot_be_asked_gets_one_line(open_page: Open, seed_page: str) -> None:
    newsroom = open_page(seed_page)
    asked = (("   ", "ask in"), ("?" * 30, "ask in"), ("why " * 10_000, "shorten it to at most 2,000"))
    for question, advice in asked:
        problem = newsroom.ask(question)
        expect(problem).to_contain_text(advice)
        assert len(problem.text_content() or "") < 200
    expect(newsroom.page.locator(".toast-wrap")).to_be_empty()
    expect(newsroom.ask(GAS).locator(".chip").first).to_be_visible()


def test_by_keyboard_alone(same_page: Open, seed_page: str) -> None:
    newsroom = same_page(seed_page)
    card = newsroom.ask(GAS)
    chip = card.locator(".chip").first
    newsroom.page.locator("body").evaluate("() => document.activeElement.blur()")
    for _ in range(16):
        newsroom.page.keyboard.press("Tab")
        if chip.evaluate("element => element === document.activeElement"):
            break
    expect(chip).to_be_focused()
    assert chip.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    newsroom.page.keyboard.press("Enter")
    assert newsroom.marked(chip) == card.locator("blockquote").first.text_content()
    newsroom.page.locator(".reader-text").focus()
    newsroom.page.keyboard.press("Escape")
    expect(chip).to_be_focused()


def test_on_a_phone_the_article_is_a_sheet(open_page: Open, seed_page: str) -> None:
    newsroom = open_page(seed_page, viewport=PHONE)
    expect(newsroom.reader).to_be_hidden()
    chip = newsroom.ask(GAS).locator(".chip").first
    ways: tuple[Callable[[], object], ...] = (
        lambda: newsroom.page.keyboard.press("Escape"),
        newsroom.page.go_back,
        newsroom.page.locator(".reader-back").click,
    )
    for close in ways:
        newsroom.read(chip)
        newsroom.wait_for_the_quote()
        assert newsroom.reader.bounding_box() == {"x": 0, "y": 0, **PHONE}
        expect(newsroom.page.locator("#conversation")).to_have_attribute("inert", "")
        expect(newsroom.page.locator(".reader-back")).to_be_focused()
        close()
        expect(newsroom.reader).to_be_hidden()
        expect(newsroom.page.locator("#conversation")).not_to_have_attribute("inert", "")
        expect(chip).to_be_focused()
    width = newsroom.page.evaluate("document.documentElement.scrollWidth")
    assert width == PHONE["width"]


def test_the_shipped_text_is_the_file(seed_library: Library) -> None:
    summary = seed_library.articles()[0]
    seed = Path(__file__).parents[2] / "seeds" / Path(summary.path).name
    assert seed_library.article(summary.id).text.encode() == seed.read_bytes()
