"""The page in German: its own words are, the articles' are as they stand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from rag.library import Library
from rag_ui import english, german
from tests.browser.conftest import Open
from tests.browser.serving import served
from tests.browser.test_asking import GAS, NOT_SAID

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def german_page(seed_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    command = ["-m", "rag.cli", "chat", "--index", seed_library.status().folder, "--port", "0", "--no-browser"]
    with served([*command, "--language", "de"], tmp_path_factory.mktemp("german") / "log") as url:
        yield url


def test_the_page_speaks_german_about_english_articles(
    open_page: Open, german_page: str, seed_library: Library
) -> None:
    newsroom = open_page(german_page)
    expect(newsroom.page.locator("html")).to_have_attribute("lang", "de")
    expect(newsroom.page).to_have_title(german.TITLE)
    expect(newsroom.page.locator("#chat .placeholder")).to_contain_text(german.EXAMPLES)
    card = newsroom.ask(GAS)
    assert newsroom.read(card.locator(".chip").first) == seed_library.answer(GAS).citations[0].quote
    expect(newsroom.page.locator(".reader-facts")).to_contain_text(german.CITED_AS)
    expect(newsroom.ask(NOT_SAID).locator(".not-said")).to_have_text(german.NOT_SAID)
    for tab in (german.TAB_SOURCE, german.TAB_ARTICLES, german.TAB_ADD):
        newsroom.open_tab(tab)
    shown = newsroom.page.locator("body").inner_text()
    ours = [words for name, words in vars(english).items() if name.isupper() and isinstance(words, str)]
    assert [words for words in ours if len(words) > 12 and "{" not in words and words in shown] == []
