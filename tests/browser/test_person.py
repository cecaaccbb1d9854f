"""The page of a person: what the articles have her say, opened from her name, by date, leading to the articles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from rag.library import Library
from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import PHONE, Open
from tests.browser.looking import WIDTHS, look_in_both_schemes
from tests.browser.newsroom import Newsroom
from tests.browser.serving import served_library
from tests.said.archive import build

pytestmark = pytest.mark.browser

WORDS = ENGLISH.words.person


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with build(tmp_path_factory.mktemp("person")) as library:
        yield library


@pytest.fixture(scope="module")
def url(archive: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_library(archive, tmp_path_factory.mktemp("served-person") / "log") as url:
        yield url


def open_person(newsroom: Newsroom, name: str) -> None:
    """Opens a person from the archive at a glance, and waits for the statements."""
    label = WORDS.open.format(name=name)
    newsroom.page.get_by_role("button", name=label).locator("visible=true").first.click()
    found(newsroom.page)


def found(page: Page) -> Locator:
    expect(page.locator("#person[aria-busy]")).to_have_count(0)
    expect(page.locator("#person .person-found")).not_to_be_empty()
    return page.locator("#person blockquote")


def test_what_a_person_says_stands_by_date_the_newest_first_and_leads_to_the_articles(
    url: str, open_page: Open, archive: Library
) -> None:
    newsroom = open_page(url)
    page = newsroom.page
    open_person(newsroom, "Otto Vik")
    said = archive.said("Otto Vik")
    by_date = [
        sorted(part, key=lambda one: one.published or "", reverse=True) for part in (said.statements, said.unclear)
    ]
    expected = [one.quote for part in by_date for one in part]
    assert found(page).all_inner_texts() == expected
    expect(page.locator("#person .person-name")).to_have_text("Otto Vik")
    expect(page.locator("#person .person-same").first).to_contain_text("Mell Times")
    expect(page.locator("#person h3").first).to_have_text(WORDS.unclear.format(name="Vik"))
    chip = page.locator("#person .chip").nth(1)
    assert newsroom.read(chip) == expected[1]
    expect(page.locator("#person")).to_be_hidden()
    page.locator(".reader-next").click()
    assert newsroom.marked(page.locator("#person .chip").nth(2)) == expected[2]
    page.locator(".reader-back").click()
    expect(page.locator("#person .chip").nth(2)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#person")).to_be_hidden()
    expect(page.locator(".reader-text")).to_be_visible()


def test_a_subject_and_what_others_say_narrow_the_page_and_another_of_the_name_is_a_click_away(
    url: str, open_page: Open, archive: Library
) -> None:
    newsroom = open_page(url)
    page = newsroom.page
    open_person(newsroom, "Otto Vik")
    page.get_by_label(WORDS.about).fill("the ferry")
    page.keyboard.press("Enter")
    expect(page.locator("#person .person-found")).to_contain_text("1 statement")
    said = archive.said("Otto Vik", "the ferry")
    assert found(page).all_inner_texts() == [one.quote for one in (*said.statements, *said.unclear)]
    page.get_by_role("button", name=WORDS.others).click()
    expect(page.locator("#person .person-found")).to_contain_text("Nobody says anything about Otto Vik and the ferry")
    expect(page.get_by_role("button", name=WORDS.others)).to_have_attribute("aria-pressed", "true")
    page.locator("#person .person-names button", has_text="Runa Vik").click()
    expect(page.locator("#person .person-name")).to_have_text("Runa Vik")
    assert found(page).first.inner_text() == archive.said("Runa Vik").statements[-1].quote
    expect(page.get_by_label(WORDS.about)).to_have_value("")


def test_the_name_above_a_quote_opens_the_person_who_says_it_and_a_family_name_asks_who_is_meant(
    url: str, open_page: Open
) -> None:
    newsroom = open_page(url)
    page = newsroom.page
    card = newsroom.ask("What did Tora Lind say about the piers?")
    card.locator(".person-open").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#person .person-name")).to_be_focused()
    expect(page.locator("#person .person-name")).to_have_text("Tora Lind")
    assert "the piers were sound" in found(page).last.inner_text()
    page.locator("#person .person-close").click()
    expect(card.locator(".person-open").first).to_be_focused()
    newsroom.ask("What did Vik say about the harbour?").locator(".person-open[data-speaker=Vik]").first.click()
    expect(page.locator("#person .person-found")).to_contain_text("Several people named 'Vik' speak")
    page.locator("#person .person-names button", has_text="Runa Vik").click()
    expect(page.locator("#person .person-name")).to_have_text("Runa Vik")
    newsroom.ask("What did Otto Vik say about the soup?")
    expect(page.locator(".reader-text mark.quoted")).to_be_visible()
    expect(page.locator("#person")).to_be_hidden()


def test_on_a_phone_the_person_is_a_sheet_from_the_list_of_articles_and_closes_to_where_it_was_opened(
    url: str, open_page: Open
) -> None:
    newsroom = open_page(url, viewport=PHONE)
    page = newsroom.page
    opener = newsroom.ask("What did Tora Lind say about the piers?").locator(".person-open").first
    opener.click()
    newsroom.read(page.locator("#person .chip").first)
    page.locator(".reader-back").click()
    expect(page.locator("#person .chip").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(newsroom.reader).to_be_hidden()
    expect(opener).to_be_focused()
    page.locator(".open-articles").click()
    page.locator(".articles-named summary").click()
    open_person(newsroom, "Otto Vik")
    expect(page.locator("#person blockquote").first).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_of_a_person_is_accessible(url: str, open_page: Open, width: str) -> None:
    newsroom = open_page(url, viewport=WIDTHS[width])
    page = newsroom.page
    expect(page.locator(".glance .person-icon").locator("visible=true").first).to_be_visible()
    found_faults = look_in_both_schemes(newsroom, width, "person-glance")
    open_person(newsroom, "Otto Vik")
    found_faults += look_in_both_schemes(newsroom, width, "person")
    page.get_by_role("button", name=WORDS.others).click()
    found(page)
    found_faults += look_in_both_schemes(newsroom, width, "person-others")
    newsroom.open_tab(ENGLISH.words.tab_articles)
    if not page.locator(".articles-named[open]").count():
        page.locator(".articles-named summary").click()
    expect(page.locator(".articles .person-icon").first).to_be_visible()
    found_faults += look_in_both_schemes(newsroom, width, "person-names")
    assert not found_faults, "\n".join(found_faults)
