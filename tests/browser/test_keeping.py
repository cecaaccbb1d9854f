"""A conversation survives a reload and a restart, can be started again, and can be saved as a file."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import expect

from rag.core.schema import Answer
from rag.formats.office.docx import extract
from rag.library import Library
from rag_ui.chat.link import write
from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import PHONE, Open
from tests.browser.looking import look_at
from tests.browser.scripted import CITATIONS, DIARY_QUESTION, QUESTION
from tests.browser.serving import served_library

pytestmark = pytest.mark.browser

GAS = "How much of the world's liquefied natural gas passes the choke point?"
NOT_SAID = "What is the enrichment level of Iran's uranium?"


def test_a_conversation_stays_over_a_reload_and_a_restart(
    open_page: Open, seed_library: Library, tmp_path: Path
) -> None:
    with served_library(seed_library, tmp_path / "first") as url:
        newsroom = open_page(url)
        newsroom.ask(NOT_SAID)
        card = newsroom.ask(GAS)
        said = card.inner_text()
        newsroom.visit(url)
        expect(newsroom.page.locator("#chat .answer")).to_have_count(2)
        assert newsroom.page.locator("#chat .answer").last.inner_text() == said
        quote = newsroom.page.locator("#chat .answer").last.locator("blockquote").first.text_content()
        assert newsroom.read(newsroom.page.locator("#chat .answer").last.locator(".chip").first) == quote
        newsroom.leave(url)
    port = url.rstrip("/").rpartition(":")[2]
    with served_library(seed_library, tmp_path / "second", port=port) as again:
        assert again == url
        newsroom.visit(again)
        expect(newsroom.page.locator("#chat .answer")).to_have_count(2)
        newsroom.page.get_by_role("button", name=ENGLISH.words.new_conversation).click()
        expect(newsroom.page.locator("#chat .answer")).to_have_count(0)
        expect(newsroom.box).to_be_focused()
        newsroom.visit(again)
        expect(newsroom.page.locator("#opening .example").first).to_be_visible()
        expect(newsroom.page.locator("#chat .answer")).to_have_count(0)
        newsroom.page.get_by_role("button", name=ENGLISH.words.conversations.list).click()
        newsroom.page.locator(".kept-show").click()
        expect(newsroom.page.locator("#chat .question")).to_have_text([NOT_SAID, GAS])
        assert newsroom.page.locator("#chat .answer").last.inner_text() == said
        newsroom.leave(again)


def test_two_pages_each_go_on_with_their_own_conversation(open_page: Open, scripted_page: str) -> None:
    first, second = open_page(scripted_page), open_page(scripted_page)
    first.ask(QUESTION)
    second.ask(DIARY_QUESTION)
    third = open_page(scripted_page)
    expect(third.page.locator("#chat .question")).to_have_text(DIARY_QUESTION)
    for newsroom, question in ((first, QUESTION), (second, DIARY_QUESTION)):
        newsroom.visit(scripted_page)
        expect(newsroom.page.locator("#chat .question")).to_have_text(question)


def test_on_paper_the_whole_conversation_is_there_and_nothing_else(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page, color_scheme="dark")
    asked = [QUESTION, DIARY_QUESTION] * 3
    for question in asked:
        newsroom.ask(question)
    printed = pypdfium2.PdfDocument(newsroom.page.pdf(format="A4"))
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in printed).split())
    assert len(printed) > 2
    assert [text.count(question) for question in (QUESTION, DIARY_QUESTION)] == [3, 3]
    assert text.count(CITATIONS[5].quote.strip()) == 3
    for word in (
        ENGLISH.words.question_placeholder,
        ENGLISH.words.tab_add,
        ENGLISH.words.copy,
        ENGLISH.words.edit,
        ENGLISH.words.conversations.list,
        *ENGLISH.words.conversations.saves.values(),
    ):
        assert word not in text


def test_a_conversation_is_saved_as_a_file(open_page: Open, seed_page: str, seed_library: Library) -> None:
    newsroom = open_page(seed_page)
    newsroom.ask(GAS)
    saved = {}
    for name in ENGLISH.words.conversations.saves.values():
        newsroom.page.locator(".saves summary").click()
        with newsroom.page.expect_download() as download:
            newsroom.page.get_by_role("button", name=name).click()
        saved[download.value.suggested_filename] = download.value.path().read_bytes()
        expect(newsroom.page.locator(".saves summary")).to_be_focused()
    citation = seed_library.answer(GAS).citations[0]
    markdown = saved["conversation.md"].decode()
    assert citation.quote in markdown
    assert citation.content_hash in markdown
    (document,) = extract(saved["conversation.docx"])
    assert citation.quote in document.text
    assert f"[{ENGLISH.place(citation.start, citation.end)}]" in document.text
    (turn,) = json.loads(saved["conversation.json"])
    assert turn["question"] == GAS
    assert turn["answer"]["citations"] == [citation.model_dump(mode="json")]


def test_a_note_beside_a_quote_is_the_persons_and_stays_with_the_conversation(open_page: Open, seed_page: str) -> None:
    newsroom = open_page(seed_page, PHONE)
    page, words = newsroom.page, ENGLISH.words.marks
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = newsroom.ask(GAS)
    button = card.get_by_role("button", name=words.note_quote.format(number=1))
    quotes = card.locator("blockquote").all_inner_texts()
    typed = "<b>Ask</b> the ministry\nagain."
    button.press("Enter")
    field = page.get_by_role("textbox", name=words.your_note)
    expect(field).to_be_focused()
    expect(page.locator(".note-dialog blockquote")).to_have_text(quotes[0])
    field.press_sequentially(typed.splitlines()[0])
    assert look_at(newsroom, "phone-light-noting") == []
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(card.get_by_role("note")).to_be_hidden()

    button.press("Enter")
    field.fill(typed)
    with page.expect_response("**/run/predict"):
        page.keyboard.press("Control+Enter")
    expect(button).to_be_focused()
    note = card.get_by_role("note", name=words.your_note)
    expect(note.locator(".note-text")).to_have_text(typed, use_inner_text=True)
    assert card.locator("blockquote").all_inner_texts() == quotes
    assert look_at(newsroom, "phone-light-noted") == []
    assert "ministry" in page.evaluate("Object.values(localStorage).join()")

    card.get_by_role("button", name=ENGLISH.words.copy, exact=True).click()
    expect(card.get_by_role("button", name=ENGLISH.words.copied)).to_be_visible()
    assert "ministry" not in page.evaluate("navigator.clipboard.readText()")
    page.locator(".saves summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=ENGLISH.words.conversations.saves["markdown"]).click()
    assert f"**{words.saved_note}**:\n\\<b\\>Ask\\</b\\> the ministry" in download.value.path().read_text("utf-8")

    newsroom.leave(seed_page)
    newsroom.visit(seed_page)
    expect(note.locator(".note-text")).to_have_text(typed, use_inner_text=True)
    newsroom.ask(NOT_SAID)
    expect(page.get_by_role("note")).to_have_count(1)
    button.click()
    with page.expect_response("**/run/predict"):
        page.locator(".note-dialog").get_by_role("button", name=ENGLISH.words.conversations.delete).click()
    expect(note).to_be_hidden()
    page.wait_for_function("!Object.values(localStorage).join().includes('ministry')")


def test_a_question_can_be_edited_and_another_asked_at_a_click(open_page: Open, seed_page: str) -> None:
    newsroom = open_page(seed_page)
    card = newsroom.ask(NOT_SAID)
    newsroom.page.locator("#chat .edit").first.click()
    expect(newsroom.box).to_have_value(NOT_SAID)
    expect(newsroom.box).to_be_focused()
    offered = card.locator(".ask").first
    question = offered.text_content() or ""
    offered.click()
    expect(newsroom.page.locator("#chat .question").last).to_have_text(question)
    expect(newsroom.page.locator("#chat .answer").last.locator("blockquote").first).to_be_visible()
    expect(newsroom.page.locator("#chat .question")).to_have_text([NOT_SAID, question])
    expect(newsroom.box).to_have_value(NOT_SAID)
    expect(newsroom.page.locator(".asker-edited")).to_be_visible()


def test_a_link_to_an_answer_asks_again_and_tells_if_the_archive_says_otherwise_now(
    open_page: Open, seed_page: str
) -> None:
    newsroom = open_page(seed_page)
    newsroom.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = newsroom.ask(GAS)
    said = card.inner_text().replace(ENGLISH.words.copied, ENGLISH.words.copy_link)
    card.get_by_role("button", name=ENGLISH.words.copy_link).click()
    expect(card.get_by_role("button", name=ENGLISH.words.copied)).to_be_visible()
    copied = newsroom.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{seed_page}#q=")

    answers = newsroom.page.locator("#chat .answer")
    by_hand = copied.replace("answer=", "answer=0")
    other = f"{seed_page}{write(Answer(question=GAS, status='no_answer', reason='not_said', generation=1))}"
    for link, note in ((copied, ""), (by_hand, ""), (other, f"{ENGLISH.words.link_differs}\n\n")):
        before = answers.count()
        newsroom.page.goto(link)
        expect(answers).to_have_count(before + 1)
        assert answers.last.inner_text() == note + said
        expect(newsroom.page.locator("#chat .question").last).to_have_text(GAS)
        assert newsroom.page.url == seed_page
    newsroom.visit(seed_page)
    expect(answers).to_have_count(4)


def test_a_thumb_is_kept_beside_the_index_and_over_a_reload(
    open_page: Open, seed_page: str, seed_library: Library
) -> None:
    file = Path(seed_library.status().folder).with_name("feedback.jsonl")
    newsroom = open_page(seed_page)
    newsroom.ask(GAS)
    thumbs = [newsroom.page.get_by_role("button", name=words) for words in ENGLISH.words.ratings.values()]
    for thumb, other in (thumbs, thumbs[::-1]):
        thumb.focus()
        with newsroom.page.expect_response("**/run/predict"):
            newsroom.page.keyboard.press("Enter")
        expect(thumb).to_have_attribute("aria-pressed", "true")
        expect(other).to_have_attribute("aria-pressed", "false")
        expect(thumb).to_be_focused()
    (row,) = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert (row["question"], row["rating"]) == (GAS, "down")
    newsroom.leave(seed_page)
    newsroom.visit(seed_page)
    expect(thumbs[1]).to_have_attribute("aria-pressed", "true")
