"""Asking: nothing that is sent is swallowed, an answer can be stopped, a question edited in its place, and the keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import Open
from tests.browser.looking import look_at
from tests.browser.newsroom import Newsroom
from tests.browser.scripted import DIARY_QUESTION, NO_QUESTION, QUESTION

pytestmark = pytest.mark.browser

WORDS = ENGLISH.words.asking


def send(newsroom: Newsroom, question: str) -> None:
    newsroom.box.fill(question)
    newsroom.box.press("Enter")


def test_what_is_sent_meanwhile_is_asked_next_in_its_order(same_page: Open, scripted_page: str, hold: Path) -> None:
    newsroom = same_page(scripted_page)
    questions, waiting = newsroom.page.locator("#chat .question"), newsroom.page.locator(".asker-next li span")
    hold.touch()
    send(newsroom, QUESTION)
    send(newsroom, DIARY_QUESTION)
    send(newsroom, "Is it there?")
    send(newsroom, NO_QUESTION)
    expect(waiting).to_have_text([DIARY_QUESTION, "Is it there?", NO_QUESTION])
    expect(questions).to_have_text([QUESTION])
    newsroom.page.get_by_role("button", name=WORDS.take_out.format(question="Is it there?")).click()
    newsroom.box.press_sequentially("And how")
    assert look_at(newsroom, "wide-light-next") == []
    hold.unlink()
    expect(newsroom.page.locator("#chat .answer")).to_have_count(3)
    expect(questions).to_have_text([QUESTION, DIARY_QUESTION, NO_QUESTION])
    expect(newsroom.box).to_have_value("And how")
    expect(newsroom.page.locator(".asker-next")).to_be_hidden()


def test_what_is_typed_right_behind_enter_stays(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    newsroom.box.fill(QUESTION)
    newsroom.box.press("Enter")
    newsroom.box.press_sequentially("What else?")
    expect(newsroom.page.locator("#chat .answer")).to_have_count(1)
    expect(newsroom.page.locator("#chat .question")).to_have_text(QUESTION)
    expect(newsroom.box).to_have_value("What else?")


@pytest.mark.parametrize("written", ["box.value.length, box.value.length", "0, box.value.length"])
def test_what_is_written_before_the_page_read_the_question_stays(
    same_page: Open, scripted_page: str, written: str
) -> None:
    newsroom = same_page(scripted_page)
    newsroom.box.fill(QUESTION)
    newsroom.box.evaluate(
        f"""box => {{
            box.dispatchEvent(new KeyboardEvent("keydown", {{ key: "Enter", bubbles: true, cancelable: true }}));
            box.dispatchEvent(new KeyboardEvent("keypress", {{ key: "Enter", bubbles: true, cancelable: true }}));
            box.setRangeText("What else?", {written}, "end");
            box.dispatchEvent(new Event("input", {{ bubbles: true }}));
        }}"""
    )
    expect(newsroom.page.locator("#chat .answer")).to_have_count(1)
    expect(newsroom.page.locator("#chat .question")).to_have_text(QUESTION)
    expect(newsroom.box).to_have_value("What else?")


def test_an_answer_can_be_stopped(same_page: Open, scripted_page: str, hold: Path) -> None:
    newsroom = same_page(scripted_page)
    stop = newsroom.page.get_by_role("button", name=WORDS.stop, exact=True)
    expect(stop).to_be_hidden()
    hold.touch()
    send(newsroom, QUESTION)
    expect(newsroom.page.locator("#chat .searching")).to_be_visible()
    stop.click()
    expect(newsroom.page.locator("#chat .problem")).to_have_text(WORDS.stopped)
    expect(stop).to_be_hidden()
    hold.unlink()
    newsroom.ask(DIARY_QUESTION)
    expect(newsroom.page.locator("#chat .question")).to_have_text([QUESTION, DIARY_QUESTION])
    expect(newsroom.page.locator("#chat .answer")).to_have_count(1)


def test_only_the_end_of_what_was_asked_ends_the_wait(same_page: Open, scripted_page: str, hold: Path) -> None:
    newsroom = same_page(scripted_page)
    stop = newsroom.page.get_by_role("button", name=WORDS.stop, exact=True)
    hold.touch()
    send(newsroom, QUESTION)
    expect(newsroom.page.locator("#chat .searching")).to_be_visible()
    for other in ("link", "edit", "back"):
        newsroom.page.evaluate(
            "ended => document.dispatchEvent(new CustomEvent('answered', { detail: { ended, answers: 0 } }))", other
        )
    expect(stop).to_be_visible()
    send(newsroom, DIARY_QUESTION)
    expect(newsroom.page.locator(".asker-next li span")).to_have_text([DIARY_QUESTION])
    hold.unlink()
    expect(newsroom.page.locator("#chat .answer")).to_have_count(2)
    expect(stop).to_be_hidden()


def test_an_edited_question_stands_in_its_place_and_the_edit_can_be_undone(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    questions, answers = newsroom.page.locator("#chat .question"), newsroom.page.locator("#chat .answer")
    said = [newsroom.ask(question).locator("blockquote").first.inner_text() for question in (QUESTION, NO_QUESTION)]
    newsroom.box.fill("half a thought")
    newsroom.page.locator("#chat .edit").first.click()
    expect(newsroom.box).to_have_value(QUESTION)
    expect(newsroom.page.locator(".asker-edited")).to_be_visible()
    newsroom.page.keyboard.press("Escape")
    expect(newsroom.page.locator(".asker-edited")).to_be_hidden()
    expect(newsroom.box).to_have_value("half a thought")
    newsroom.page.locator("#chat .edit").first.click()
    send(newsroom, DIARY_QUESTION)
    expect(questions).to_have_text([DIARY_QUESTION, NO_QUESTION])
    expect(answers.first.locator("blockquote").first).to_have_text("Ada Quill saw boats.")
    expect(answers.nth(1).locator("blockquote").first).to_have_text(said[1])
    expect(newsroom.box).to_have_value("half a thought")
    expect(newsroom.page.locator(".reader-title")).to_have_text("Diary")
    newsroom.page.get_by_role("button", name=WORDS.undo_edit).click()
    expect(questions).to_have_text([QUESTION, NO_QUESTION])
    expect(answers.first.locator("blockquote").first).to_have_text(said[0])
    expect(newsroom.page.get_by_role("button", name=WORDS.undo_edit)).to_have_count(0)


def test_arrows_bring_earlier_questions_back(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    for question in (QUESTION, DIARY_QUESTION):
        newsroom.ask(question)
    steps = (("ArrowUp", DIARY_QUESTION), ("ArrowUp", QUESTION), ("ArrowUp", QUESTION), ("ArrowDown", DIARY_QUESTION))
    for key, shown in (*steps, ("ArrowDown", "")):
        newsroom.box.press(key)
        expect(newsroom.box).to_have_value(shown)
    newsroom.box.fill("My own")
    newsroom.box.press("ArrowUp")
    expect(newsroom.box).to_have_value("My own")


def test_keys_lead_to_the_box_and_to_the_list_of_keys(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    newsroom.ask(QUESTION)
    for key in ("/", "Control+k"):
        newsroom.page.locator("#chat .chip").first.focus()
        newsroom.page.keyboard.press(key)
        expect(newsroom.box).to_be_focused()
    newsroom.box.press_sequentially("/?")
    expect(newsroom.box).to_have_value("/?")
    newsroom.page.locator("#chat .chip").first.focus()
    newsroom.page.keyboard.press("?")
    keys = newsroom.page.get_by_role("dialog", name=WORDS.keys)
    expect(keys).to_be_visible()
    assert look_at(newsroom, "wide-light-keys") == []
    newsroom.page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    newsroom.page.locator("#show-keys").click()
    expect(keys).to_be_visible()
    keys.get_by_role("button", name=ENGLISH.words.close).click()
    newsroom.page.locator("#masthead summary").click()
    expect(newsroom.page.locator("#masthead .behind div")).to_be_visible()
    newsroom.page.keyboard.press("Escape")
    expect(newsroom.page.locator("#masthead .behind div")).to_be_hidden()


def test_an_answer_on_its_way_does_not_come_into_a_new_conversation(
    same_page: Open, scripted_page: str, hold: Path
) -> None:
    newsroom = same_page(scripted_page)
    hold.touch()
    send(newsroom, QUESTION)
    send(newsroom, DIARY_QUESTION)
    expect(newsroom.page.locator("#chat .searching")).to_be_visible()
    newsroom.page.get_by_role("button", name=ENGLISH.words.new_conversation).click()
    expect(newsroom.page.locator("#opening")).to_be_visible()
    hold.unlink()
    newsroom.ask(NO_QUESTION)
    expect(newsroom.page.locator("#chat .question")).to_have_text(NO_QUESTION)
