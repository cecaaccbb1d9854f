"""States that a real library does not show on demand: searching, disagreement, more than three citations, an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from rag_ui.language.strings import ENGLISH
from rag_ui.views.opening import chosen
from tests.browser.conftest import PHONE, SCHEMES, Open
from tests.browser.looking import look_at
from tests.browser.scripted import ANSWERS, CITATIONS, DIARY_QUESTION, NO_QUESTION, QUESTION
from tests.browser.serving import served

pytestmark = pytest.mark.browser


def test_while_it_searches_the_question_stands_and_the_next_can_be_typed(
    same_page: Open, scripted_page: str, hold: Path
) -> None:
    newsroom = same_page(scripted_page)
    hold.touch()
    newsroom.box.fill(QUESTION)
    newsroom.box.press("Enter")
    expect(newsroom.page.locator("#chat .question")).to_have_text(QUESTION)
    expect(newsroom.page.locator("#chat .searching")).to_have_text("Searching and reading 7 articles…")
    expect(newsroom.box).to_have_value("")
    newsroom.box.type("And how many")
    hold.unlink()
    expect(newsroom.page.locator("#chat .answer")).to_be_visible()
    expect(newsroom.page.locator("#chat .searching")).to_have_count(0)
    expect(newsroom.box).to_have_value("And how many")


def test_the_page_is_there_before_its_example_questions(open_page: Open, tmp_path: Path) -> None:
    held = tmp_path / "hold.suggestions"
    held.touch()
    with served(["tests.browser.scripted", str(tmp_path / "hold")], tmp_path / "log") as url:
        newsroom, second = open_page(url), open_page(url)
        placeholder = newsroom.page.locator("#opening .lead")
        expect(placeholder).to_contain_text(ENGLISH.words.looking_for_examples)
        expect(newsroom.page.locator("#opening .example")).to_have_count(0)
        expect(second.ask(QUESTION).locator("blockquote").first).to_be_visible()
        held.unlink()
        expect(newsroom.page.locator("#opening .example")).to_have_text(list(chosen(list(ANSWERS))))
        expect(placeholder).to_contain_text(ENGLISH.words.examples[1])
        expect(second.page.locator("#chat .question")).to_have_text(QUESTION)
        newsroom.page.close()
        second.page.close()


def test_each_of_many_citations_opens_its_own_article(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    chips = newsroom.ask(QUESTION).locator(".chip")
    expect(chips).to_have_count(6)
    for number, citation in reversed(list(enumerate(CITATIONS))):
        assert newsroom.read(chips.nth(number)) == citation.quote
        expect(newsroom.page.locator(".reader-title")).to_have_text(citation.title)
        expect(newsroom.page.locator("mark.quoted strong")).to_have_text(citation.short or "")
        newsroom.wait_for_the_quote()


def test_an_answer_that_differs_stands_beside_the_first(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    card = newsroom.ask(QUESTION)
    expect(card.locator("h2.lead")).to_have_text(ENGLISH.side_by_side(2, "fact"))
    values = card.locator(".side")
    expect(values.locator(".short")).to_have_text(["1 boats", "6 boats"])
    expect(values.locator(".sources")).to_have_text([ENGLISH.sources(5), ENGLISH.sources(1)])
    first, other = values.nth(0).bounding_box(), values.nth(1).bounding_box()
    assert first and other
    assert first["y"] == other["y"]
    assert first["x"] + first["width"] < other["x"]
    newsroom.page.set_viewport_size(PHONE)
    first, other = values.nth(0).bounding_box(), values.nth(1).bounding_box()
    assert first and other
    assert first["x"] == other["x"]
    assert first["y"] + first["height"] < other["y"]


def test_the_start_of_the_last_answer_is_in_view(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    for _ in range(3):
        newsroom.ask(QUESTION)
    expect(newsroom.page.locator("#chat .question").last).to_be_in_viewport(ratio=1)
    expect(newsroom.page.locator("#chat .question").nth(1)).not_to_be_in_viewport()


def test_however_many_answers_follow_each_keeps_its_citations(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    asked = [QUESTION, DIARY_QUESTION] * 6
    for question in asked:
        newsroom.ask(question)
    expect(newsroom.page.locator("#chat .question")).to_have_text(asked)
    answers = newsroom.page.locator("#chat .answer")
    expect(answers).to_have_count(len(asked))
    for number in (10, 5, 1, 0):
        chip = (
            answers.nth(number).locator(".side .chip").last
            if number % 2 == 0
            else answers.nth(number).locator(".chip").last
        )
        expected = CITATIONS[2] if number % 2 else CITATIONS[5]
        assert newsroom.read(chip) == expected.quote
        expect(newsroom.page.locator(".reader-position")).to_have_text("3 of 3" if number % 2 else "6 of 6")
        newsroom.page.locator(".reader-back").click()
        expect(chip).to_be_focused()
    assert look_at(newsroom, "wide-light-long") == []


def test_two_people_do_not_see_each_others_questions(open_page: Open, scripted_page: str) -> None:
    first, second = open_page(scripted_page), open_page(scripted_page)
    first.ask(QUESTION)
    second.ask("Who is there?")
    expect(first.page.locator("#chat .question")).to_have_text(QUESTION)
    expect(second.page.locator("#chat .question")).to_have_text("Who is there?")


def test_an_empty_archive_says_how_to_fill_it(open_page: Open, empty_page: str) -> None:
    newsroom = open_page(empty_page)
    expect(newsroom.page.locator("#opening .lead")).to_contain_text("rag update")
    expect(newsroom.ask("Who is there?").locator(".not-said")).to_be_visible()


def test_what_came_near_is_no_answer_and_can_be_read(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    card = newsroom.ask(NO_QUESTION)
    expect(card.locator(".not-said")).to_have_text(ENGLISH.words.not_said)
    expect(card.locator(".near-misses em")).to_have_text(ENGLISH.words.not_an_answer)
    expect(card.locator(".short, .confidence")).to_have_count(0)
    assert newsroom.read(card.locator(".chip").nth(1)) == CITATIONS[1].quote


def test_text_stands_out_from_its_ground(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    newsroom.ask(NO_QUESTION)
    newsroom.read(newsroom.ask(DIARY_QUESTION).locator(".chip").first)
    ours = (
        ".facts li",
        ".question",
        ".source",
        ".chip .number",
        ".percent",
        ".reason",
        ".reader-facts span",
        ".reader-position",
        ".reader-next",
    )
    theirs = (
        ".short",
        "blockquote",
        ".near-misses blockquote",
        ".near-misses .number",
        "mark.quoted",
        "mark.quoted strong",
        "mark.also",
    )
    for scheme in SCHEMES:
        newsroom.page.emulate_media(color_scheme=scheme)
        for selector in (*ours, *theirs, ".submit-button"):
            assert newsroom.contrast(selector) >= 4.5, (scheme, selector)
