"""An editor corrects the title, date and source of an article in the reader, and takes it back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from rag.library import Library
from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import PHONE, SCHEMES, WIDE, Open
from tests.browser.looking import ALL_RULES, CONTRAST_ONLY, look_at
from tests.browser.serving import served_library
from tests.libraries import story, write

pytestmark = pytest.mark.browser

WORDS = ENGLISH.words.reading
QUESTION = "What did the Halton mill cost?"
MILL = "The Halton mill\n\nThe Halton mill cost 3 million euros. It opened in 1990.\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("correcting")
    for name, text in (("mill", MILL), ("tram", story("The tram came to Halton in 2020."))):
        write(home / "news" / f"{name}.txt", text)
    with Library.open(home / "index", create=True) as library:
        library.update(home / "news")
        yield library


@pytest.fixture(scope="module")
def archive(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_library(library, tmp_path_factory.mktemp("log") / "log") as url:
        yield url


def correcting(page: Page, part: str) -> Locator:
    return page.locator(f".correcting-{part}")


def field(page: Page, name: str) -> Locator:
    return page.locator(f".correcting-form input[name={name}]")


def test_details_are_corrected_by_keyboard_shown_everywhere_and_taken_back(
    open_page: Open, archive: str, library: Library
) -> None:
    newsroom = open_page(archive)
    page, keys = newsroom.page, newsroom.page.keyboard
    newsroom.read(newsroom.ask(QUESTION).locator(".chip").first)
    correcting(page, "open").focus()
    keys.press("Enter")
    expect(field(page, "title")).to_be_focused()
    expect(field(page, "title")).to_have_value("The Halton mill")
    field(page, "title").fill("A mill and its price")
    keys.press("Escape")
    expect(correcting(page, "form")).to_be_hidden()
    expect(correcting(page, "open")).to_be_focused()
    keys.press("Enter")
    expect(field(page, "title")).to_have_value("The Halton mill")

    field(page, "published").fill("31 June 2024")
    keys.press("Enter")
    told = "'31 June 2024' is not a date; write it as 2025-04-12, 2025-04 or 2025"
    expect(correcting(page, "problem")).to_have_text(told)
    expect(field(page, "published")).to_be_focused()
    expect(field(page, "published")).to_have_attribute("aria-invalid", "true")
    field(page, "published").fill("2024-06")
    field(page, "title").fill("A mill and its price")
    field(page, "source").fill("Halton Gazette")
    keys.press("Enter")
    expect(correcting(page, "said")).to_have_text(WORDS.corrected)
    expect(correcting(page, "form")).to_be_hidden()
    expect(correcting(page, "open")).to_be_focused()
    expect(page.locator(".reader-title")).to_have_text("A mill and its price")
    facts = page.locator(".reader-facts span").all_inner_texts()
    assert (facts[:2], facts[-1]) == (["Halton Gazette", "June 2024"], "shown as [1]")
    assert newsroom.article_text() == MILL
    newsroom.open_tab(ENGLISH.words.tab_articles)
    expect(page.locator(".article", has_text="A mill and its price")).to_contain_text("June 2024")
    expect(newsroom.ask(QUESTION).locator(".chip .title").first).to_have_text("A mill and its price")

    newsroom.read(page.locator("#chat .chip").last)
    correcting(page, "open").click()
    expect(correcting(page, "original")).to_have_text("Its file has: The Halton mill · no date · no source")
    correcting(page, "undo").click()
    expect(correcting(page, "said")).to_have_text(WORDS.brought_back)
    expect(page.locator(".reader-title")).to_have_text("The Halton mill")
    assert library.corrections() == ()
    page.locator(".removal-ask").click()
    expect(correcting(page, "said")).to_be_empty()
    page.locator(".removal-no").click()


def test_each_step_of_it_fits_the_phone_and_has_enough_contrast(open_page: Open, archive: str) -> None:
    newsroom = open_page(archive)
    page = newsroom.page
    findings: list[str] = []

    def look(step: str) -> None:
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            rules = ALL_RULES if scheme == "light" else CONTRAST_ONLY
            findings.extend(look_at(newsroom, f"correcting-{step}-{scheme}", rules))

    for width in (WIDE, PHONE):
        page.set_viewport_size(width)
        newsroom.open_tab(ENGLISH.words.tab_articles) if width is WIDE else page.locator(".open-articles").click()
        page.locator(".article", has_text="story of the day").click()
        correcting(page, "open").click()
        field(page, "title").fill("")
        correcting(page, "save").click()
        expect(correcting(page, "problem")).to_have_text("An article has a title; give it one")
        look(f"told-{width['width']}")
        field(page, "title").fill("The tram")
        correcting(page, "save").click()
        expect(correcting(page, "said")).to_have_text(WORDS.corrected)
        look(f"saved-{width['width']}")
        correcting(page, "open").click()
        look(f"again-{width['width']}")
        correcting(page, "undo").click()
        expect(correcting(page, "said")).to_have_text(WORDS.brought_back)
        assert page.evaluate("document.documentElement.scrollWidth") == width["width"]
    assert findings == []


def test_on_a_small_phone_the_whole_form_can_be_reached(open_page: Open, archive: str) -> None:
    newsroom = open_page(archive, viewport={"width": 360, "height": 420})
    newsroom.page.locator(".open-articles").click()
    newsroom.page.locator(".article", has_text="story of the day").click()
    correcting(newsroom.page, "open").click()
    correcting(newsroom.page, "cancel").scroll_into_view_if_needed()
    expect(correcting(newsroom.page, "cancel")).to_be_in_viewport()
    correcting(newsroom.page, "cancel").click()
    expect(correcting(newsroom.page, "form")).to_be_hidden()
