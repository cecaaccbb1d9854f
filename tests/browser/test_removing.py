"""An article is removed from the archive in the reader, and brought back, by keyboard and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from rag.library import Library
from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import PHONE, SCHEMES, WIDE, Open
from tests.browser.looking import ALL_RULES, CONTRAST_ONLY, look_at
from tests.browser.serving import served_library
from tests.libraries import story, write

pytestmark = pytest.mark.browser

WORDS = ENGLISH.words
QUESTION = "What did the Halton mill cost?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Two articles, and a copy of the first."""
    home = tmp_path_factory.mktemp("removing")
    mill = "The Halton mill\n\nThe Halton mill cost 3 million euros. It opened in 1990.\n"
    for name, text in (("mill", mill), ("copy", mill), ("tram", story("The tram came to Halton in 2020."))):
        write(home / "news" / f"{name}.txt", text)
    with Library.open(home / "index", create=True) as library:
        library.update(home / "news")
        yield library


@pytest.fixture(scope="module")
def archive(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_library(library, tmp_path_factory.mktemp("log") / "log") as url:
        yield url


def removal(page: Page, part: str) -> Locator:
    return page.locator(f".removal-{part}")


def test_an_article_is_removed_and_brought_back_by_keyboard(open_page: Open, archive: str, library: Library) -> None:
    newsroom = open_page(archive)
    page, keys = newsroom.page, newsroom.page.keyboard
    card = newsroom.ask(QUESTION)
    newsroom.read(card.locator(".chip").first)
    removal(page, "ask").focus()
    keys.press("Enter")
    expect(removal(page, "no")).to_be_focused()
    keys.press("Escape")
    expect(removal(page, "question")).to_be_hidden()
    expect(removal(page, "ask")).to_be_focused()
    keys.press("Enter")
    keys.press("Tab")
    keys.press("Enter")
    expect(removal(page, "said")).to_have_text(f"{WORDS.removed} 1 copy of the same file went with it.")
    expect(removal(page, "undo")).to_be_focused()
    expect(page.locator(".correcting-open")).to_be_hidden()
    expect(page.locator("#masthead .facts")).to_contain_text("1 article")
    newsroom.open_tab(WORDS.tab_articles)
    expect(page.locator(".article .title")).to_have_text(["A story of the day"])
    expect(newsroom.ask(QUESTION)).not_to_contain_text("3 million")

    newsroom.read(card.locator(".chip").first)  # the older answer's quote can still be read
    expect(removal(page, "said")).to_have_text(WORDS.removed)
    expect(page.locator(".reader-became")).to_be_hidden()  # said once
    removal(page, "undo").focus()
    keys.press("Enter")
    expect(removal(page, "said")).to_have_text(WORDS.returned)
    expect(removal(page, "ask")).to_be_focused()
    newsroom.open_tab(WORDS.tab_articles)
    expect(page.locator(".article .title")).to_have_count(3)
    assert library.withdrawn() == ()
    assert "3 million" in newsroom.ask(QUESTION).inner_text()


def test_each_step_of_it_fits_the_phone_and_has_enough_contrast(open_page: Open, archive: str) -> None:
    newsroom = open_page(archive)
    page = newsroom.page
    findings: list[str] = []

    def look(step: str) -> None:
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            rules = ALL_RULES if scheme == "light" else CONTRAST_ONLY
            findings.extend(look_at(newsroom, f"removing-{step}-{scheme}", rules))

    for width in (WIDE, PHONE):
        page.set_viewport_size(width)
        if width is WIDE:
            newsroom.open_tab(WORDS.tab_articles)
        else:
            page.locator(".open-articles").click()
        page.locator(".article", has_text="story of the day").click()
        removal(page, "ask").click()
        look(f"asked-{width['width']}")
        removal(page, "yes").click()
        removal(page, "undo").wait_for()
        look(f"removed-{width['width']}")
        removal(page, "undo").click()
        removal(page, "ask").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") == width["width"]
    assert findings == []


def test_what_another_person_removed_meanwhile_can_be_brought_back_here(
    open_page: Open, archive: str, library: Library
) -> None:
    newsroom = open_page(archive)
    page = newsroom.page
    newsroom.open_tab(WORDS.tab_articles)
    page.locator(".article", has_text="story of the day").click()
    removal(page, "ask").click()
    library.withdraw("tram.txt")
    removal(page, "yes").click()
    expect(removal(page, "said")).to_have_text(WORDS.removed)
    (removed,) = library.withdrawn()
    Path(removed.path).rename(f"{removed.path}.away")
    removal(page, "undo").click()
    expect(removal(page, "said")).to_have_text(WORDS.returns_later)
    Path(f"{removed.path}.away").rename(removed.path)
    assert library.update().articles == 3


def test_an_article_that_changes_while_it_is_read_stays_as_it_is_and_says_so(
    open_page: Open, archive: str, library: Library
) -> None:
    newsroom = open_page(archive)
    page, became = newsroom.page, newsroom.page.locator(".reader-became")
    newsroom.open_tab(WORDS.tab_articles)
    page.locator(".article", has_text="story of the day").click()
    expect(page.locator(".reader-text")).to_contain_text("in 2020")
    newsroom.open_tab(WORDS.tab_articles)
    tram = Path(library.status().folder).parent / "news" / "tram.txt"
    before = tram.read_text()
    for text, state in ((before.replace("2020", "2021"), "replaced"), (before, "current")):
        tram.write_text(text)
        library.update(tram.parent)
        expect(became).to_have_text(WORDS.edition_states[state])
        expect(page.locator("#masthead .facts")).to_contain_text("3 articles")
        expect(page.locator(".articles-list")).to_be_visible()  # the tab in front stays there
        expect(page.locator(".reader-text")).to_contain_text("in 2020")
