"""A draft is checked on the page: what the articles say of each sentence stands beside it, and opens in its article."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rag.formats.office.write_docx import Paragraph, Run, make_docx
from rag.library import Library
from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import PHONE, Open
from tests.browser.looking import WIDTHS, look_in_both_schemes
from tests.browser.newsroom import Newsroom
from tests.browser.serving import served_library
from tests.drafts.newsroom import make

pytestmark = pytest.mark.browser

WORDS = ENGLISH.words.draft
DRAFT = (
    "The Norna Line employs 85 people in Mell. The council of Osk approved the bridge over the Mell by 15 votes to 9."
    "\n\n"
    "Is that so? The school in Hult has 310 pupils and a swimming pool. A tram was ordered in Sund <b>yesterday</b>."
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with make(tmp_path_factory.mktemp("draft")) as library:
        yield library


@pytest.fixture(scope="module")
def url(archive: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_library(archive, tmp_path_factory.mktemp("served-draft") / "log") as url:
        yield url


def check(newsroom: Newsroom, text: str = DRAFT) -> None:
    page = newsroom.page
    if not page.locator("#draft-text").is_visible():
        page.locator("#show-draft").click()
    page.locator("#draft-text").fill(text)
    page.get_by_role("button", name=WORDS.check, exact=True).click()
    expect(page.locator(".draft-change")).to_be_focused()


def test_each_sentence_has_its_verdict_and_its_quote_beside_it_which_opens_in_its_article(
    url: str, open_page: Open, archive: Library
) -> None:
    newsroom = open_page(url)
    page = newsroom.page
    check(newsroom)
    checked = archive.check_draft(DRAFT)
    verdicts = [WORDS.verdicts[one.verdict] for one in checked.statements]
    notes = page.locator(".draft-note")
    assert [note.split(" ", 1)[1] for note in page.locator(".draft-verdict").all_inner_texts()] == verdicts
    assert {one.verdict for one in checked.statements} == {"stated", "stated_otherwise", "partly", "not_found"}
    sentences = page.locator(".draft-sentence")
    assert sentences.all_inner_texts() == [one.statement for one in checked.statements]
    expect(sentences.nth(1).locator("mark")).to_have_text("15 votes to 9")
    expect(notes.nth(1)).to_contain_text("For “15 votes to 9” the article has “14 votes to 9”.")
    expect(notes.nth(1).locator("blockquote strong").first).to_have_text("14 votes to 9")
    beside, sentence = notes.nth(1).bounding_box(), sentences.nth(1).bounding_box()
    assert beside and sentence
    assert beside["x"] > sentence["x"] + sentence["width"] - 1
    assert newsroom.read(notes.nth(1).locator(".chip").first) == checked.statements[1].citations[0].quote
    page.locator(".reader-back").click()
    expect(notes.nth(1).locator(".chip").first).to_be_focused()
    page.get_by_role("button", name=WORDS.close).click()
    expect(page.locator("#show-draft")).to_be_focused()
    expect(newsroom.box).to_be_visible()
    page.locator(".reader-back").click()
    expect(notes.nth(1).locator(".chip").first).to_be_focused()


def test_a_file_is_checked_changed_and_saved_as_word_and_is_gone_after_a_reload(
    url: str, open_page: Open, tmp_path: Path
) -> None:
    newsroom = open_page(url)
    page = newsroom.page
    page.locator("#show-draft").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#draft-text")).to_be_focused()
    file = tmp_path / "draft.docx"
    file.write_bytes(b"PK no document")
    page.locator(".draft-file").set_input_files(file)
    expect(page.locator(".draft-state")).to_have_text(WORDS.not_read)
    file.write_bytes(make_docx([Paragraph((Run(line),)) for line in DRAFT.split("\n\n")]))
    page.locator(".draft-file").set_input_files(file)
    expect(page.locator("#draft-text")).to_have_value(DRAFT)
    check(newsroom, DRAFT)
    with page.expect_download() as download:
        page.locator(".draft-save").click()
    assert download.value.suggested_filename == "checked-draft.docx"
    with zipfile.ZipFile(download.value.path()) as word:
        assert "14 votes to 9" in word.read("word/footnotes.xml").decode()
    page.locator(".draft-change").click()
    expect(page.locator("#draft-text")).to_be_focused()
    expect(page.locator("#draft-text")).to_have_value(DRAFT)
    check(newsroom, "Is that so?")
    expect(page.locator(".draft-state")).to_have_text(WORDS.nothing)
    newsroom.visit(url)
    page.locator("#show-draft").click()
    expect(page.locator("#draft-text")).to_have_value("")
    assert "Norna" not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")


def test_a_question_that_is_asked_leaves_the_draft_which_stays(url: str, open_page: Open) -> None:
    newsroom = open_page(url)
    page = newsroom.page
    check(newsroom)
    page.locator(".glance .ask").locator("visible=true").first.click()
    expect(page.locator("#chat .answer")).to_be_visible()
    expect(page.locator("#draft")).to_be_hidden()
    page.locator("#show-draft").click()
    expect(page.locator(".draft-note").first).to_be_visible()


def test_on_a_phone_a_note_stands_under_its_sentence_and_its_quote_opens_as_a_sheet(url: str, open_page: Open) -> None:
    newsroom = open_page(url, viewport=PHONE)
    page = newsroom.page
    check(newsroom)
    boxes = [page.locator(which).first.bounding_box() for which in (".draft-sentence", ".draft-note")]
    assert boxes[0] and boxes[1]
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"] - 1
    chip = page.locator(".draft-note .chip").first
    newsroom.read(chip)
    page.keyboard.press("Escape")
    expect(newsroom.reader).to_be_hidden()
    expect(chip).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS)
def test_checking_a_draft_is_accessible(url: str, open_page: Open, width: str) -> None:
    newsroom = open_page(url, viewport=WIDTHS[width])
    page = newsroom.page
    page.locator("#show-draft").click()
    found = look_in_both_schemes(newsroom, width, "draft-form")
    check(newsroom)
    found += look_in_both_schemes(newsroom, width, "draft-checked")
    page.locator(".draft-line").last.scroll_into_view_if_needed()
    found += look_in_both_schemes(newsroom, width, "draft-notes")
    assert not found, "\n".join(found)
