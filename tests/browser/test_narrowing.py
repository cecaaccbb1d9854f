"""The list of articles is narrowed by several sources, and by the people and places that the articles name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import PHONE, SCHEMES, WIDE, Open
from tests.browser.looking import ALL_RULES, CONTRAST_ONLY, look_at
from tests.browser.newsroom import Newsroom
from tests.browser.serving import served_library
from tests.said.archive import NEWS, build

pytestmark = pytest.mark.browser

WORDS = ENGLISH.words
WIKI = {"quay": ("2024-10-01", "Wikinews", "The quay of Norway was closed. Peter Moe said the quay of Norway was old.")}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("narrowing")
    with build(home, {**NEWS, **WIKI}) as library, served_library(library, home / "log") as url:
        yield url


def titles(page: Page) -> list[str]:
    return [title.removeprefix("The ") for title in page.locator(".article .title").all_inner_texts()]


def test_several_sources_are_listed_and_asked_and_lifted_one_by_one(open_page: Open, archive: str) -> None:
    newsroom = open_page(archive)
    page, chips = newsroom.page, newsroom.page.locator("#scope .scope-chip")
    newsroom.open_tab(WORDS.tab_articles)
    newsroom.choose("sources", "Mell Times", "Wikinews")
    expect(chips).to_have_text(["from Mell Times", "from Wikinews"])
    expect(page.locator("#chosen-sources")).to_have_text("Mell Times, Wikinews")
    expect(page.locator(".articles-count")).to_have_text("4 of 9 articles")
    assert titles(page) == ["quay", "short", "dinner", "copy"]
    card = newsroom.ask("What did Otto Vik say?")
    expect(card.locator(".understood")).to_have_text("Only articles from Mell Times or from Wikinews")
    expect(card).not_to_contain_text("Osk Gazette")
    chips.first.click()
    expect(chips).to_have_text(["from Wikinews"])
    newsroom.open_tab(WORDS.tab_articles)
    expect(page.locator(".articles-count")).to_have_text("1 of 9 articles")
    page.locator(".choice[data-field=sources] summary").click()
    expect(page.get_by_role("checkbox", name="Wikinews")).to_be_checked()
    page.locator(".choice[data-field=sources] .choice-every").click()
    expect(chips).to_have_count(0)
    expect(page.locator(".article")).to_have_count(9)


def test_a_choice_is_made_by_keyboard_and_escape_closes_it_and_not_the_pane(open_page: Open, archive: str) -> None:
    newsroom = open_page(archive, viewport=PHONE)
    page, keys = newsroom.page, newsroom.page.keyboard
    page.locator(".open-articles").click()
    expect(page.locator(".articles-count")).to_have_text("9 articles")
    summary = page.locator(".choice[data-field=sources] summary")
    expect(summary).to_be_visible()
    summary.focus()
    keys.press("Enter")
    keys.press("Tab")
    expect(page.get_by_role("checkbox", name="Mell Times")).to_be_focused()
    keys.press("Space")
    expect(page.locator(".articles-count")).to_have_text("3 of 9 articles")
    expect(page.get_by_role("checkbox", name="Mell Times")).to_be_focused()
    keys.press("Escape")
    expect(page.locator(".choice-list").first).to_be_hidden()
    expect(summary).to_be_focused()
    expect(newsroom.reader).to_be_visible()


def named(newsroom: Newsroom, name: str) -> str:
    """Waits for the people and places of the list, and returns the count beside a name."""
    expect(newsroom.page.locator(".articles-named[aria-busy]")).to_have_count(0)
    return newsroom.page.locator(f".named[data-name='{name}'] .number").inner_text()


def test_questions_are_asked_of_the_articles_that_name_who_is_chosen(open_page: Open, archive: str) -> None:
    newsroom = open_page(archive)
    page, chips = newsroom.page, newsroom.page.locator("#scope .scope-chip")
    newsroom.open_tab(WORDS.tab_articles)
    for name in ("Otto Vik", "Runa Vik"):
        named(newsroom, name)
        page.locator(".named", has_text=name).click()
    expect(chips).to_have_text(["that name Otto Vik", "that name Runa Vik"])
    expect(page.locator(".articles-count")).to_have_text("1 of 9 articles")
    assert look_at(newsroom, "wide-light-named") == []
    card = newsroom.ask("What did Otto Vik say?")
    expect(card.locator(".understood")).to_have_text("Only articles that name Otto Vik and that name Runa Vik")
    expect(card.locator("blockquote")).to_contain_text("the soup was cold")
    newsroom.open_tab(WORDS.tab_articles)
    chips.last.click()
    expect(chips).to_have_text(["that name Otto Vik"])
    expect(page.locator(".articles-count")).to_have_text("6 of 9 articles")
    expect(page.locator(".articles-span span")).to_have_text(["March 2024", "July 2024", "October 2024"])
    expect(page.locator(".articles-undated")).to_have_text("and 1 without a date")
    named(newsroom, "Runa Vik")
    expect(page.locator(".named", has_text="Runa Vik")).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".named-chosen")).to_have_text("Otto Vik")


def test_people_and_places_narrow_the_list_and_the_search(open_page: Open, archive: str) -> None:
    newsroom = open_page(archive)
    page = newsroom.page
    newsroom.open_tab(WORDS.tab_articles)
    assert (named(newsroom, "Otto Vik"), named(newsroom, "Norway")) == ("6", "1")
    page.locator(".named", has_text="Otto Vik").click()
    expect(page.locator(".articles-count")).to_have_text("6 of 9 articles")
    expect(page.locator(".article .snippet mark").first).to_have_text("Otto Vik")
    assert named(newsroom, "Runa Vik") == "1"
    page.get_by_label(WORDS.search_articles).fill("ferry OR soup")
    expect(page.locator(".articles-count")).to_have_text("2 of 9 articles")
    page.locator(".named", has_text="Runa Vik").click()
    expect(page.locator(".articles-count")).to_have_text("1 of 9 articles")
    assert titles(page) == ["dinner"]
    expect(page.locator(".named", has_text="Otto Vik")).to_have_attribute("aria-pressed", "true")
    page.get_by_label(WORDS.search_articles).fill("hedgehog")
    expect(page.locator(".article")).to_have_count(0)
    assert named(newsroom, "Otto Vik") == ""
    for name in ("Otto Vik", "Runa Vik"):  # what was chosen can be lifted, though nothing fits
        page.locator(".named", has_text=name).click()
    page.get_by_label(WORDS.search_articles).fill("")
    expect(page.locator(".article")).to_have_count(9)


def test_what_is_typed_does_not_wait_for_people_and_places(open_page: Open, archive: str) -> None:
    newsroom = open_page(archive)
    page = newsroom.page
    newsroom.open_tab(WORDS.tab_articles)
    assert named(newsroom, "Otto Vik") == "6"
    page.get_by_label(WORDS.search_articles).press_sequentially("bridge roof soup", delay=30)
    page.get_by_label(WORDS.search_articles).fill("roof")
    expect(page.locator(".articles-count")).to_have_text("1 of 9 articles")
    assert named(newsroom, "Runa Vik") == "1"
    expect(page.locator(".named", has_text="Otto Vik")).to_have_count(0)


def test_each_step_fits_the_phone_and_has_enough_contrast(open_page: Open, archive: str) -> None:
    newsroom = open_page(archive)
    page = newsroom.page
    findings: list[str] = []
    for width in (WIDE, PHONE):
        page.set_viewport_size(width)
        newsroom.open_tab(WORDS.tab_articles) if width is WIDE else page.locator(".open-articles").click()
        named(newsroom, "Otto Vik")
        page.locator(".articles-named").evaluate("named => (named.open = true)")
        page.locator(".named", has_text="Otto Vik").click()
        named(newsroom, "Otto Vik")
        newsroom.choose("sources", "Mell Times")
        named(newsroom, "Otto Vik")
        page.locator(".choice[data-field=sources] summary").click()
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            rules = ALL_RULES if scheme == "light" else CONTRAST_ONLY
            findings += look_at(newsroom, f"narrowed-{width['width']}-{scheme}", rules)
        page.get_by_role("checkbox", name="Mell Times").uncheck()
        page.keyboard.press("Escape")
        page.locator(".named", has_text="Otto Vik").click()
        named(newsroom, "Otto Vik")
        assert page.evaluate("document.documentElement.scrollWidth") == width["width"]
    assert findings == []


def test_a_page_in_another_tab_has_its_own_choice(window: BrowserContext, archive: str) -> None:
    first, second = (Newsroom(window.new_page()) for _ in range(2))
    for newsroom in (first, second):
        newsroom.visit(archive)
        newsroom.open_tab(WORDS.tab_articles)
        named(newsroom, "Otto Vik")
    first.page.locator(".named", has_text="Otto Vik").click()
    expect(first.page.locator(".articles-count")).to_have_text("6 of 9 articles")
    expect(second.page.locator(".articles-count")).to_have_text("9 articles")
    assert named(second, "Norway") == "1"
    for newsroom in (first, second):
        newsroom.page.close()
