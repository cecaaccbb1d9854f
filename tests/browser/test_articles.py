"""The list of articles beside the chat: it is filtered while a person types, and opens whole articles."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import PHONE, SCHEMES, Open
from tests.browser.looking import look_at
from tests.browser.scripted import ARTICLES, DIARY, DIARY_QUESTION

pytestmark = pytest.mark.browser


def test_articles_are_found_as_one_types_and_by_source_and_date(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    newsroom.open_tab(ENGLISH.words.tab_articles)
    titles = newsroom.page.locator(".article .title")
    count = newsroom.page.locator(".articles-count")
    expect(titles).to_have_text(["Diary", *(article.title for article in ARTICLES)])
    newsroom.page.get_by_label(ENGLISH.words.search_articles).press_sequentially("diar")
    expect(titles).to_have_text(["Diary"])
    expect(count).to_have_text("1 of 7 articles")
    newsroom.page.get_by_label(ENGLISH.words.search_articles).fill("refused to row")
    expect(titles).to_have_text(["Diary"])
    expect(newsroom.page.locator(".article .snippet mark")).to_have_text("refused to row")
    expect(newsroom.page.get_by_label(ENGLISH.words.sort)).to_be_hidden()
    newsroom.page.get_by_label(ENGLISH.words.search_articles).fill("")
    expect(newsroom.page.get_by_label(ENGLISH.words.sort)).to_be_visible()
    newsroom.choose("sources", "The Courier")
    expect(titles).to_have_text(["Diary"])
    newsroom.page.locator("input[name=until]").fill("2020-01-01")
    expect(titles).to_have_count(0)
    expect(count).to_have_text(ENGLISH.words.found_none)


def test_the_arrow_of_each_choice_is_one_image_in_the_colours_of_the_page(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    newsroom.open_tab(ENGLISH.words.tab_articles)
    choices = newsroom.page.locator(".articles-filters :is(select, summary)").locator("visible=true")
    expect(choices).to_have_count(3)
    before = ""
    for scheme in SCHEMES:
        newsroom.page.emulate_media(color_scheme=scheme)
        expect(choices.first).not_to_have_css("background-image", before)  # the page takes a moment to change
        (arrow,) = choices.evaluate_all("all => [...new Set(all.map((one) => getComputedStyle(one).backgroundImage))]")
        assert arrow.count("url(") == 1 and "gradient" not in arrow
        before = arrow


def test_words_that_are_typed_while_the_list_comes_are_searched(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    newsroom.open_tab(ENGLISH.words.tab_articles)
    newsroom.page.evaluate(
        """() => {
            const field = document.querySelector(".articles-filters input[name=since]");
            for (const day of ["2020-01-01", "2021-01-01", "2025-06-01"]) {
                field.value = day;
                document.dispatchEvent(new Event("new-generation"));
            }
        }"""
    )
    expect(newsroom.page.locator(".article .title")).to_have_text(["Diary"])
    expect(newsroom.page.locator("#scope .scope-chip")).to_have_text("since 1 June 2025")


def test_questions_are_asked_of_the_section_that_was_chosen_and_what_has_no_choice_takes_no_room(
    open_page: Open, scripted_page: str
) -> None:
    newsroom = open_page(scripted_page)
    newsroom.open_tab(ENGLISH.words.tab_articles)
    expect(newsroom.page.locator(".choice[data-field=authors]")).to_be_hidden()
    newsroom.choose("sections", "Letters")
    expect(newsroom.page.locator(".article .title")).to_have_text(["Diary"])
    expect(newsroom.page.locator("#scope .scope-chip")).to_contain_text(["in Letters"])
    card = newsroom.ask(DIARY_QUESTION)
    expect(card).to_contain_text("in Letters")
    newsroom.page.locator("#scope .scope-chip").click()
    expect(newsroom.page.locator("#scope .scope-chip")).to_have_count(0)
    expect(newsroom.page.locator(".article .title")).to_have_count(1 + len(ARTICLES))


def test_the_list_is_in_the_order_that_is_asked_for(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    newsroom.open_tab(ENGLISH.words.tab_articles)
    logs = [article.title for article in ARTICLES]
    for order, expected in (("oldest", [*logs, "Diary"]), ("title", ["Diary", *logs]), ("newest", ["Diary", *logs])):
        newsroom.page.get_by_label(ENGLISH.words.sort).select_option(ENGLISH.words.sorts[order])
        expect(newsroom.page.locator(".article .title")).to_have_text(expected)


def test_an_article_of_the_list_opens_whole_and_leads_back_to_the_list(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    newsroom.open_tab(ENGLISH.words.tab_articles)
    diary = newsroom.page.locator(".article", has_text="Diary")
    diary.focus()
    newsroom.page.keyboard.press("Enter")
    expect(newsroom.page.locator(".reader-title")).to_have_text("Diary")
    expect(newsroom.page.locator(".reader-text")).to_be_visible()
    assert newsroom.article_text() == DIARY.text
    expect(newsroom.page.locator(".reader mark")).to_have_count(0)
    newsroom.page.locator(".reader-back").click()
    expect(diary).to_be_focused()


def test_a_citation_brings_the_source_to_the_front(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    newsroom.open_tab(ENGLISH.words.tab_articles)
    newsroom.read(newsroom.ask(DIARY_QUESTION).locator(".chip").first)
    newsroom.wait_for_the_quote()
    expect(newsroom.page.get_by_role("tab", name=ENGLISH.words.tab_source)).to_have_attribute("aria-selected", "true")


def test_on_a_phone_the_list_is_in_the_sheet(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page, viewport=PHONE)
    opener = newsroom.page.locator(".open-articles")
    for close in (newsroom.page.go_back, newsroom.page.locator(".sheet-close").click):
        opener.click()
        newsroom.page.locator(".article", has_text="Log 2").click()
        expect(newsroom.page.locator(".reader-title")).to_have_text("Log 2")
        expect(newsroom.page.locator(".reader-text")).to_be_visible()
        close()
        expect(newsroom.reader).to_be_hidden()
        expect(opener).to_be_focused()
    assert newsroom.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_the_filters_of_the_list_apply_to_questions_and_are_shown_above_the_box(
    open_page: Open, scripted_page: str
) -> None:
    newsroom = open_page(scripted_page)
    chips = newsroom.page.locator("#scope .scope-chip")
    newsroom.open_tab(ENGLISH.words.tab_articles)
    newsroom.choose("sources", "The Courier")
    newsroom.page.locator("input[name=since]").fill("2024-03-01")
    expect(chips).to_have_text(["from The Courier", "since 1 March 2024"])
    card = newsroom.ask(DIARY_QUESTION)
    expect(card.locator(".understood")).to_have_text(f"{ENGLISH.words.asked_of} from The Courier, since 1 March 2024")
    chips.first.click()
    expect(chips).to_have_text(["since 1 March 2024"])
    expect(newsroom.page.locator("#chosen-sources")).to_have_text(ENGLISH.words.all_sources)
    chips.first.focus()
    newsroom.page.keyboard.press("Enter")
    expect(chips).to_have_count(0)
    expect(newsroom.ask(DIARY_QUESTION).locator(".understood")).to_have_count(0)


def test_a_bar_of_the_histogram_narrows_list_and_questions_by_mouse_and_by_key(
    open_page: Open, scripted_page: str
) -> None:
    newsroom = open_page(scripted_page)
    newsroom.open_tab(ENGLISH.words.tab_articles)
    bars, chips = newsroom.page.locator(".bar"), newsroom.page.locator("#scope .scope-chip")
    titles = newsroom.page.locator(".article .title")
    expect(bars).to_have_count(3)
    said = ["April 2025: 6 articles", "May 2025: 0 articles", "June 2025: 1 article"]
    assert bars.evaluate_all("all => all.map(bar => bar.ariaLabel)") == said
    bars.first.click()
    expect(titles).to_have_text([article.title for article in ARTICLES])
    expect(chips).to_have_text(["since 1 April 2025", "until 30 April 2025"])
    expect(bars.first).to_be_focused()
    newsroom.page.keyboard.press("ArrowRight")
    expect(bars.last).to_be_focused()
    newsroom.page.keyboard.press("Enter")
    expect(titles).to_have_text(["Diary"])
    expect(bars.first).to_have_attribute("aria-pressed", "false")
    bars.first.click(modifiers=["Shift"])
    expect(titles).to_have_count(7)
    expect(chips).to_have_text(["since 1 April 2025", "until 30 June 2025"])
    expect(bars.last).to_have_attribute("aria-pressed", "true")
    for chip in ("since", "until"):
        newsroom.page.locator(f".scope-chip[data-filter={chip}]").click()
        expect(newsroom.page.locator(f".scope-chip[data-filter={chip}]")).to_have_count(0)
    bars.last.click()
    expect(titles).to_have_count(1)
    bars.last.click()
    expect(chips).to_have_count(0)


def middle(bar: Locator) -> tuple[float, float]:
    box = bar.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_drawing_over_bars_chooses_all_between_them(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page)
    newsroom.open_tab(ENGLISH.words.tab_articles)
    bars, chips = newsroom.page.locator(".bar"), newsroom.page.locator("#scope .scope-chip")
    expect(bars).to_have_count(3)
    mouse = newsroom.page.mouse
    april_to_june = ["since 1 April 2025", "until 30 June 2025"]
    mouse.move(*middle(bars.last))
    mouse.down()
    mouse.move(*middle(bars.first), steps=4)
    expect(bars.first).to_have_attribute("aria-pressed", "true")
    expect(chips).to_have_count(0)
    mouse.move(5, 5)
    mouse.up()
    expect(chips).to_have_text(april_to_june)
    expect(newsroom.page.locator(".article .title")).to_have_count(7)
    assert look_at(newsroom, "wide-light-brushed") == []

    mouse.move(*middle(bars.nth(1)))
    mouse.down()
    mouse.move(*middle(bars.last), steps=4)
    mouse.up()
    expect(chips).to_have_text(["since 1 May 2025", "until 30 June 2025"])
    expect(bars.first).to_have_attribute("aria-pressed", "false")
    bars.first.click()
    expect(chips).to_have_text(["since 1 April 2025", "until 30 April 2025"])
    mouse.move(*middle(bars.last))
    expect(bars.last).to_have_attribute("aria-pressed", "false")


def test_a_finger_draws_over_bars_and_leaves_the_choice_where_it_scrolls(open_page: Open, scripted_page: str) -> None:
    newsroom = open_page(scripted_page, viewport=PHONE)
    newsroom.page.locator(".open-articles").click()
    newsroom.open_tab(ENGLISH.words.tab_articles)
    bars, chips = newsroom.page.locator(".bar"), newsroom.page.locator("#scope .scope-chip")
    expect(bars).to_have_count(3)
    device = newsroom.page.context.new_cdp_session(newsroom.page)
    device.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": x, "y": y} for x, y in points]
        device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    (left, y), (right, _) = middle(bars.first), middle(bars.last)
    touch("touchStart", (right, y))
    touch("touchEnd")
    expect(chips).to_have_text(["since 1 June 2025", "until 30 June 2025"])
    touch("touchStart", (left, y))
    for part in range(1, 9):
        touch("touchMove", (left + (right - left) * part / 8, y))
    touch("touchEnd")
    expect(chips).to_have_text(["since 1 April 2025", "until 30 June 2025"])
    touch("touchStart", (left, y))
    for part in range(1, 9):
        touch("touchMove", (left + 2 * part, y - 30 * part))
    touch("touchEnd")
    expect(bars.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(chips).to_have_text(["since 1 April 2025", "until 30 June 2025"])
