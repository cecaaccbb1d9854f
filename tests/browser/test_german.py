"""The page in German: its own words are German, the articles' words stay as they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from rag.library import Library
from rag_ui.language import english, german
from tests.browser.asked import GAS, NOT_SAID
from tests.browser.conftest import PHONE, WIDE, Open
from tests.browser.endpoint import call
from tests.browser.looking import look_at
from tests.browser.newsroom import Newsroom
from tests.browser.serving import served_library
from tests.ui.wording import pieces_of

pytestmark = pytest.mark.browser


SHOWN = """() => [document.body.innerText, ...["aria-label", "title", "placeholder"].flatMap(name =>
    [...document.querySelectorAll(`[${name}]`)]
        .filter(part => part.checkVisibility())
        .map(part => part.getAttribute(name)))].join("\\n")"""
"""Reads what can be seen on the page or is read out."""
LONG = 12
"""Characters above which a piece of a text is looked for. Shorter ones may stand in an English article by chance."""


@pytest.fixture(scope="module")
def german_page(seed_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_library(seed_library, tmp_path_factory.mktemp("german") / "log", "--language", "de") as url:
        yield url


@pytest.mark.parametrize("browser_language", ["de-DE", "fr-FR"])
def test_the_language_is_the_pages_whatever_the_browsers_is(
    window: BrowserContext, scripted_page: str, browser_language: str
) -> None:
    assert window.browser is not None
    with window.browser.new_context(locale=browser_language) as other:
        newsroom = Newsroom(other.new_page())
        newsroom.visit(scripted_page)
        newsroom.open_tab(english.WORDS.tab_add)
        expect(newsroom.page.locator("html")).to_have_attribute("lang", "en")
        box = newsroom.page.get_by_test_id("upload-text")
        expect(box).to_contain_text({"de-DE": "Datei", "fr-FR": "fichier"}[browser_language])
        expect(newsroom.page.locator("html")).to_have_attribute("lang", "en")


def test_the_page_speaks_german_about_english_articles(
    open_page: Open, german_page: str, seed_library: Library
) -> None:
    newsroom = open_page(german_page)
    expect(newsroom.page.locator("html")).to_have_attribute("lang", "de")
    expect(newsroom.page).to_have_title(german.WORDS.title)
    expect(newsroom.page.locator("#opening .lead")).to_contain_text(german.WORDS.examples[1])
    newsroom.box.fill("?")
    newsroom.box.press("Enter")
    expect(newsroom.page.locator("#chat .problem")).to_have_text(german.WORDS.problems["no_word"])
    card = newsroom.ask(GAS)
    copied = card.locator(".copy[data-text]").get_attribute("data-text") or ""
    assert any(f"\n\n{words}, " in copied for words in german.WORDS.confidence.values())
    assert "Zeichen " in copied
    assert newsroom.read(card.locator(".chip").first) == seed_library.answer(GAS).citations[0].quote
    expect(newsroom.page.locator(".reader-facts")).to_contain_text(german.WORDS.shown_as)
    expect(newsroom.ask(NOT_SAID).locator(".not-said")).to_have_text(german.WORDS.not_said)
    shown = []
    for tab in (german.WORDS.tab_source, german.WORDS.tab_articles, german.WORDS.standing.tab, german.WORDS.tab_add):
        newsroom.open_tab(tab)
        shown.append(newsroom.page.evaluate(SHOWN))
    newsroom.page.get_by_role("button", name=german.WORDS.conversations.list).click()
    expect(newsroom.page.locator(".kept-about")).to_contain_text("2 Fragen")
    shown.append(newsroom.page.evaluate(SHOWN))
    newsroom.page.keyboard.press("Escape")
    assert look_at(newsroom, "wide-light-german") == []
    newsroom.page.set_viewport_size(PHONE)
    assert look_at(newsroom, "phone-light-german") == []
    newsroom.page.set_viewport_size(WIDE)
    expect(newsroom.page.get_by_role("button", name=german.WORDS.drop_files, exact=True)).to_be_visible()
    expect(newsroom.page.get_by_role("log", name=german.WORDS.conversation, exact=True)).to_be_visible()
    box = newsroom.page.get_by_test_id("upload-text")
    assert box.evaluate("box => getComputedStyle(box, '::after').content") == f'"{german.WORDS.drop_files}"'
    untranslated = {piece for piece in pieces_of(english.WORDS) if len(piece) > LONG}
    assert german.WORDS.add_lead in shown[-2]
    assert [piece for piece in sorted(untranslated) if any(piece in text for text in shown)] == []


def test_the_endpoint_says_what_is_wrong_in_german(german_page: str) -> None:
    name, data = call(german_page, "x" * 2_001)
    assert name == "error"
    assert isinstance(data, dict)
    assert data["error"] == "Die Frage hat 2.001 Zeichen: Fragen Sie mit höchstens 2.000."
