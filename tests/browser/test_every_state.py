"""Every state of the page, at several widths, light and dark: axe-core finds nothing.

With `PICTURES=1` a picture of each is kept for people; with `PICTURES=all` at four widths instead of two.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rag_ui.language.strings import ENGLISH
from tests.browser.asked import FILES
from tests.browser.conftest import Open
from tests.browser.looking import WIDTHS, look_in_both_schemes
from tests.browser.newsroom import Newsroom
from tests.browser.scripted import DIARY_QUESTION, NO_QUESTION, QUESTION
from tests.browser.serving import served

pytestmark = pytest.mark.browser


def has_a_sheet(newsroom: Newsroom) -> bool:
    """Whether the pane lies over the chat, because the page is narrow."""
    return newsroom.page.locator(".open-articles").is_visible() or newsroom.page.locator(".sheet-close").is_visible()


def open_pane(newsroom: Newsroom, tab: str) -> None:
    if has_a_sheet(newsroom) and not newsroom.reader.is_visible():
        newsroom.page.locator(".open-articles").click()
    newsroom.open_tab(tab)


def close_pane(newsroom: Newsroom) -> None:
    if newsroom.page.locator(".sheet-close").is_visible():
        newsroom.page.locator(".sheet-close").click()


def start(newsroom: Newsroom) -> None:
    expect(newsroom.page.locator("#opening .example").first).to_be_visible()


def abstained(newsroom: Newsroom) -> None:
    newsroom.ask(NO_QUESTION)


def refused(newsroom: Newsroom) -> None:
    newsroom.ask("   ")


def answered(newsroom: Newsroom) -> None:
    newsroom.ask(QUESTION)


def explained(newsroom: Newsroom) -> None:
    card = newsroom.ask(DIARY_QUESTION)
    card.locator(".confidence summary").click()
    card.locator(".actions").scroll_into_view_if_needed()
    card.locator(".rate").first.click()


def reading(newsroom: Newsroom) -> None:
    newsroom.read(newsroom.page.locator("#chat .answer").last.locator(".chip").first)
    newsroom.wait_for_the_quote()


def conversations(newsroom: Newsroom) -> None:
    close_pane(newsroom)
    newsroom.page.locator("#show-conversations").click()
    newsroom.page.locator(".kept-rename").click()
    expect(newsroom.page.locator(".kept-renaming input")).to_be_focused()


def saving(newsroom: Newsroom) -> None:
    newsroom.page.locator(".kept-cancel").click()
    newsroom.page.keyboard.press("Escape")
    newsroom.page.locator(".saves summary").click()


def articles(newsroom: Newsroom) -> None:
    open_pane(newsroom, ENGLISH.words.tab_articles)
    expect(newsroom.page.locator(".article").first).to_be_visible()


def narrowed(newsroom: Newsroom) -> None:
    newsroom.choose("sources", "The Courier")
    newsroom.page.locator(".bar").last.click()
    expect(newsroom.page.locator("#scope .scope-chip")).to_have_count(3)


def choosing(newsroom: Newsroom) -> None:
    newsroom.page.locator(".choice summary").first.click()
    expect(newsroom.page.locator(".choice-list").first).to_be_visible()


def narrowed_question(newsroom: Newsroom) -> None:
    newsroom.page.keyboard.press("Escape")
    close_pane(newsroom)
    newsroom.ask(DIARY_QUESTION)


def adding(newsroom: Newsroom) -> None:
    open_pane(newsroom, ENGLISH.words.tab_add)
    expect(newsroom.page.locator("#files input[type=file]")).to_be_attached()


def added(newsroom: Newsroom) -> None:
    newsroom.page.locator("#files input[type=file]").set_input_files(FILES)
    expect(newsroom.page.locator("#outcome .added")).to_be_visible()


STATES: tuple[Callable[[Newsroom], None], ...] = (
    start,
    abstained,
    refused,
    answered,
    explained,
    reading,
    conversations,
    saving,
    articles,
    narrowed,
    choosing,
    narrowed_question,
    adding,
    added,
)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_state_is_accessible(open_page: Open, tmp_path: Path, width: str) -> None:
    with served(["tests.browser.scripted", str(tmp_path / "hold")], tmp_path / "log") as url:
        newsroom = open_page(url, viewport=WIDTHS[width])
        found = []
        for number, state in enumerate(STATES, start=1):
            state(newsroom)
            found += look_in_both_schemes(newsroom, width, f"{number:02}-{state.__name__}")
        newsroom.page.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_empty_archive_a_search_an_upload_and_a_server_that_is_away_are_accessible(
    open_page: Open, empty_page: str, tmp_path: Path, width: str
) -> None:
    newsroom = open_page(empty_page, viewport=WIDTHS[width])
    expect(newsroom.page.locator("#opening .lead")).to_contain_text("rag update")
    found = look_in_both_schemes(newsroom, width, "empty")
    newsroom.page.close()
    hold = tmp_path / "hold"
    with served(["tests.browser.scripted", str(hold)], tmp_path / "scripted.log") as url:
        newsroom = open_page(url, viewport=WIDTHS[width])
        hold.touch()
        newsroom.box.fill(QUESTION)
        newsroom.box.press("Enter")
        expect(newsroom.page.locator("#chat .searching")).to_be_visible()
        found += look_in_both_schemes(newsroom, width, "searching")
        hold.unlink()
        expect(newsroom.page.locator("#chat .answer")).to_be_visible()
        held = hold.with_suffix(".update")
        held.touch()
        open_pane(newsroom, ENGLISH.words.tab_add)
        newsroom.page.locator("#files input[type=file]").set_input_files(FILES)
        expect(newsroom.page.locator("#outcome progress")).to_be_visible()
        expect(newsroom.page.locator("#masthead .updating")).to_be_attached()
        found += look_in_both_schemes(newsroom, width, "embedding")
        held.unlink()
        expect(newsroom.page.locator("#outcome .added")).to_be_visible()
        with newsroom.away():
            expect(newsroom.page.locator("#notice")).to_have_text(ENGLISH.words.offline)
            found += look_in_both_schemes(newsroom, width, "offline")
        expect(newsroom.page.locator("#notice p")).to_be_empty()
        newsroom.forgive()
        newsroom.page.close()
    assert not found, "\n".join(found)
