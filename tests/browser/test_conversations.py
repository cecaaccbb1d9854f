"""The list of conversations: they are opened, renamed, deleted, brought back and searched, and none is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from rag_ui.chat import conversations
from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import Open
from tests.browser.looking import look_at
from tests.browser.newsroom import Newsroom
from tests.browser.scripted import DIARY_QUESTION, NO_QUESTION, QUESTION
from tests.hostile import HOSTILE

pytestmark = pytest.mark.browser

WORDS = ENGLISH.words.conversations


PLACE = """const { place } = JSON.parse(document.querySelector(".kept").dataset.limits);
const keys = () => Object.keys(localStorage).filter(key => key.startsWith(`${place}-`));"""
READ = f"""() => {{
    {PLACE}
    const parsed = key => {{ try {{ return JSON.parse(localStorage.getItem(key)); }} catch {{ return null; }} }};
    return keys().map(parsed).filter(one => Array.isArray(one?.questions));
}}"""
"""Reads the kept conversations."""
FULL = """words => {
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
        if (text.includes(words)) throw new DOMException("", "QuotaExceededError");
        set.call(this, key, text);
    };
}"""
"""Makes the browser's storage refuse texts with these words, as if it had no room for them."""
COPY = f"""copies => {{
    {PLACE}
    const one = JSON.parse(localStorage.getItem(keys()[0]));
    copies.forEach((copy, at) =>
        localStorage.setItem(`${{place}}-copy${{at}}`, copy.raw ?? JSON.stringify({{...one, ...copy}})));
}}"""
"""Puts copies of a kept conversation into the storage, each with fields of its own, or anything else."""


def names(newsroom: Newsroom) -> Any:
    return newsroom.page.locator(".kept-name")


def show_list(newsroom: Newsroom) -> None:
    newsroom.page.get_by_role("button", name=WORDS.list, exact=True).click()
    expect(newsroom.page.get_by_role("dialog", name=WORDS.list)).to_be_visible()


def converse(newsroom: Newsroom, *questions: str) -> None:
    """Begins a new conversation with these questions."""
    newsroom.begin_anew()
    for question in questions:
        newsroom.ask(question)


def test_conversations_are_opened_renamed_deleted_and_brought_back(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    page, sent = newsroom.page, watch_what_is_sent(newsroom.page)
    converse(newsroom, DIARY_QUESTION, NO_QUESTION)
    converse(newsroom, QUESTION)
    show_list(newsroom)
    expect(names(newsroom)).to_have_text([QUESTION, DIARY_QUESTION])
    expect(page.locator(".kept-about")).to_contain_text(["1 question", "2 questions"])
    expect(page.locator("[aria-current] .kept-name")).to_have_text(QUESTION)

    page.get_by_role("button", name=WORDS.rename_this.format(name=DIARY_QUESTION)).click()
    expect(page.get_by_role("textbox", name=WORDS.name)).to_have_value(DIARY_QUESTION)
    page.keyboard.type("Zebra crossing")
    page.keyboard.press("Enter")
    expect(names(newsroom)).to_have_text([QUESTION, "Zebra crossing"])
    page.keyboard.press("Enter")  # the focus is where it was, so it is renamed again
    page.keyboard.type("Nothing")
    page.keyboard.press("Escape")
    expect(names(newsroom)).to_have_text([QUESTION, "Zebra crossing"])

    for words, found in (("WHALES", ["Zebra crossing"]), ("boats", [QUESTION, "Zebra crossing"]), ("zèbra", None)):
        page.get_by_role("searchbox", name=WORDS.search).fill(words)
        expect(names(newsroom)).to_have_text(found or ["Zebra crossing"])
    page.get_by_role("searchbox").fill("whales how many zebra")
    expect(page.locator(".kept-found")).to_have_text(WORDS.found.format(found=1, every=2))
    page.get_by_role("searchbox").fill("giraffe")
    expect(page.locator(".kept-found")).to_have_text(WORDS.none_found)
    page.get_by_role("searchbox").fill("")

    page.get_by_role("button", name=WORDS.delete_this.format(name=QUESTION)).click()
    expect(page.locator("#chat .question")).to_have_count(0)
    assert [one["questions"] for one in page.evaluate(READ)] == [[DIARY_QUESTION, NO_QUESTION]]
    page.get_by_role("button", name=ENGLISH.words.undo).click()
    expect(page.locator("#chat .question")).to_have_text(QUESTION)
    show_list(newsroom)
    names(newsroom).nth(1).click()
    expect(page.locator("#chat .question")).to_have_text([DIARY_QUESTION, NO_QUESTION])
    expect(newsroom.box).to_be_focused()
    newsroom.ask(QUESTION)
    show_list(newsroom)
    expect(names(newsroom)).to_have_text(["Zebra crossing", QUESTION])
    expect(page.locator(".kept-about").first).to_contain_text("3 questions")
    page.keyboard.press("Escape")
    assert sent and not any("Zebra" in text for text in sent)


def watch_what_is_sent(page: Page) -> list[str]:
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(request.post_data or "")

    page.on("request", note)
    return sent


def test_a_pinned_answer_is_listed_first_gone_to_and_not_pushed_out(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    page, marks = newsroom.page, ENGLISH.words.marks
    converse(newsroom, NO_QUESTION, DIARY_QUESTION, NO_QUESTION)
    pin = page.locator("#chat .pin").nth(1)
    pin.press("Enter")
    expect(pin).to_have_attribute("aria-pressed", "true")
    page.wait_for_function(f"() => ({READ})()[0].pins.length")
    assert page.evaluate(READ)[0]["pins"] == [DIARY_QUESTION]
    converse(newsroom, QUESTION)
    old = [{"name": f"Old {number}", "changed": number + 1, "pins": []} for number in range(conversations.MOST - 2)]
    page.evaluate(COPY, [{"name": "Oldest", "changed": 0, "pins": [HOSTILE[0]]}, *old])
    newsroom.ask(DIARY_QUESTION)
    expect(page.locator(".kept-told [role=status]")).to_have_text(WORDS.pushed_out.format(names="Old 0"))
    page.locator(".kept-dismiss").click()

    show_list(newsroom)
    pins = page.get_by_role("region", name=marks.pinned).locator(".kept-pin-question")
    expect(pins).to_have_text([DIARY_QUESTION, HOSTILE[0]])
    assert look_at(newsroom, "wide-light-pinned") == []
    page.get_by_role("searchbox").fill("boats saw")
    expect(pins).to_have_text([DIARY_QUESTION])
    page.locator(".kept-pin").press("Enter")
    expect(page.locator("#chat .question")).to_have_text([NO_QUESTION, DIARY_QUESTION, NO_QUESTION])
    expect(pin).to_be_focused()
    expect(page.locator("#chat .question").nth(1)).to_be_in_viewport()
    expect(page.locator("#chat .chip[aria-current]").first).to_contain_text("Diary")
    page.locator("#chat .bubble-wrap").evaluate("part => part.scrollTo(0, 0)")
    show_list(newsroom)
    page.locator(".kept-pin").first.click()
    expect(pin).to_be_focused()
    with page.expect_response("**/run/predict"):
        pin.click()
    show_list(newsroom)
    expect(pins).to_have_text([HOSTILE[0]])
    page.keyboard.press("Escape")


def test_two_tabs_keep_their_own_and_both_what_each_adds_to_the_same(open_page: Open, scripted_page: str) -> None:
    first = open_page(scripted_page)
    first.ask(QUESTION)
    second = open_page(scripted_page)
    expect(second.page.locator("#chat .question")).to_have_text(QUESTION)
    first.ask(DIARY_QUESTION)
    second.ask(NO_QUESTION)
    show_list(second)
    expect(names(second)).to_have_count(2)
    kept = sorted(one["questions"] for one in second.page.evaluate(READ))
    assert kept == [[QUESTION, NO_QUESTION], [QUESTION, DIARY_QUESTION]]
    show_list(first)
    second.page.locator(".kept-delete").first.click()
    expect(names(first)).to_have_text(QUESTION)
    first.page.keyboard.press("Escape")
    first.ask(NO_QUESTION)
    (one,) = first.page.evaluate(READ)
    assert one["questions"] == [QUESTION, DIARY_QUESTION, NO_QUESTION]


def test_what_stands_in_the_storage_is_text_and_no_quote_is_believed(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    converse(newsroom, QUESTION)
    (one,) = newsroom.page.evaluate(READ)
    odd = ("", "{", "null", "7", "[]", json.dumps({**one, "questions": "x"}), json.dumps({**one, "changed": None}))
    forged = one["kept"].replace("saw 1 boats", "saw 9 boats")
    rows = json.dumps([{"question": 1}, *json.loads(one["kept"])])
    copies = [
        *({"raw": raw} for raw in odd),
        *({"name": name} for name in HOSTILE),
        {"name": "Forged", "kept": forged},
        {"name": "No JSON", "kept": "{"},
        {"name": "In part", "kept": rows},
    ]
    newsroom.page.evaluate(COPY, copies)
    show_list(newsroom)
    shown = newsroom.page.locator(".kept-name").evaluate_all("all => all.map(one => one.textContent)")
    assert sorted(shown) == sorted([*HOSTILE, "Forged", "No JSON", "In part", QUESTION])
    assert newsroom.page.locator("#conversations li").locator("script, img, svg, a, b, iframe").count() == 0
    assert newsroom.page.evaluate("window.attacked === undefined")
    for name, said in (("Forged", WORDS.all_lost), ("No JSON", WORDS.all_lost), ("In part", WORDS.lost[0])):
        if not newsroom.page.get_by_role("dialog", name=WORDS.list).is_visible():
            show_list(newsroom)
        newsroom.page.locator(".kept-show", has_text=name).click()
        expect(newsroom.page.locator(".toast-body").last).to_contain_text(said.format(number=1))
        newsroom.page.locator(".toast-close").last.click()
        expect(newsroom.page.locator(".toast-body")).to_have_count(0)
        expect(newsroom.page.locator("#chat .question")).to_have_text(QUESTION)
    newsroom.ask(NO_QUESTION)
    kept = {(one["name"], *one["questions"]) for one in newsroom.page.evaluate(READ)}
    assert ("In part", QUESTION) in kept, "what could not be shown stays as it was"
    assert (None, QUESTION, NO_QUESTION) in kept


def test_a_full_list_tells_which_conversation_left_it_and_saves_it(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    converse(newsroom, QUESTION)
    old = [{"name": f"Old {number}", "changed": number} for number in range(conversations.MOST)]
    newsroom.page.evaluate(COPY, old)
    newsroom.ask(DIARY_QUESTION)
    told = newsroom.page.locator(".kept-told")
    expect(told.get_by_role("status")).to_have_text(WORDS.pushed_out.format(names="Old 0"))
    with newsroom.page.expect_download() as download:
        told.get_by_role("button", name=WORDS.save_it).click()
    saved = json.loads(download.value.path().read_text("utf-8"))
    assert {turn["question"] for turn in saved} == {QUESTION}
    assert len(newsroom.page.evaluate(READ)) == conversations.MOST
    told.get_by_role("button", name=ENGLISH.words.close).click()
    expect(told).to_be_hidden()
    newsroom.page.evaluate(FULL, NO_QUESTION)
    newsroom.ask(NO_QUESTION)
    expect(told.get_by_role("status")).to_have_text(WORDS.not_kept)
    expect(told.get_by_role("button", name=WORDS.save_it)).to_be_hidden()
    kept = newsroom.page.evaluate(READ)
    assert len(kept) == conversations.MOST, "those that were to make room are there again"
    assert not any(NO_QUESTION in one["questions"] for one in kept)
    newsroom.visit(scripted_page)


def test_list_and_menu_are_used_by_keyboard(same_page: Open, scripted_page: str) -> None:
    newsroom = same_page(scripted_page)
    page = newsroom.page
    converse(newsroom, QUESTION)
    converse(newsroom, DIARY_QUESTION)
    button = page.get_by_role("button", name=WORDS.list, exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.locator(".kept-show").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#chat .question")).to_have_text(QUESTION)
    menu = page.locator(".saves summary")
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=WORDS.saves["word"])).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(page.get_by_role("button", name=WORDS.saves["word"])).to_be_hidden()
