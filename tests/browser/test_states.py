"""States that a real library does not show on demand: searching, disagreement, more than three citations, a fault."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from rag.schema import Answer, OtherAnswer
from rag_ui import strings
from tests.browser.conftest import Open, served
from tests.browser.fake_library import FakeLibrary, cite, make_article

pytestmark = pytest.mark.browser

SENTENCES = tuple(f"Witness {number} 😀 saw {number} boats.\r\n" for number in range(1, 7))
ARTICLES = tuple(
    make_article("Long ago. " * 300 + sentence, f"Log {number}") for number, sentence in enumerate(SENTENCES)
)
CITATIONS = tuple(
    cite(article, sentence, f"{number} boats", number)
    for number, (article, sentence) in enumerate(zip(ARTICLES, SENTENCES, strict=True), start=1)
)
ANSWERS = {
    "How many boats?": Answer(
        question="How many boats?",
        status="answered",
        text=" … ".join(SENTENCES[:5]),
        short_answer="1 boats",
        citations=CITATIONS[:5],
        confidence=0.7,
        other_answers=(OtherAnswer(short_answer="6 boats", confidence=0.4, citation=CITATIONS[5]),),
        generation=1,
    )
}


@pytest.fixture(scope="module")
def library() -> FakeLibrary:
    return FakeLibrary(ARTICLES, ANSWERS)


@pytest.fixture(scope="module")
def page_url(library: FakeLibrary) -> Iterator[str]:
    with served(library) as url:
        yield url


def test_while_it_searches_the_question_stands_and_the_next_can_be_typed(
    open_page: Open, page_url: str, library: FakeLibrary
) -> None:
    newsroom = open_page(page_url)
    library.go.clear()
    newsroom.box.fill("How many boats?")
    newsroom.box.press("Enter")
    expect(newsroom.page.locator("#chat .question")).to_have_text("How many boats?")
    expect(newsroom.page.locator("#chat .searching")).to_have_text("Searching 6 articles…")
    expect(newsroom.box).to_have_value("")
    newsroom.box.type("And how many")
    library.go.set()
    expect(newsroom.page.locator("#chat .answer")).to_be_visible()
    expect(newsroom.page.locator("#chat .searching")).to_have_count(0)
    expect(newsroom.box).to_have_value("And how many")


def test_each_of_many_citations_opens_its_own_article(open_page: Open, page_url: str) -> None:
    newsroom = open_page(page_url)
    chips = newsroom.ask("How many boats?").locator(".chip")
    expect(chips).to_have_count(6)
    for number, citation in reversed(list(enumerate(CITATIONS))):
        assert newsroom.read(chips.nth(number)) == citation.quote
        expect(newsroom.page.locator(".reader-title")).to_have_text(citation.title)
        expect(newsroom.page.locator(".reader-text mark strong")).to_have_text(citation.short or "")
        newsroom.wait_for_the_quote()


def test_an_answer_that_differs_stands_beside_the_first(open_page: Open, page_url: str) -> None:
    others = open_page(page_url).ask("How many boats?").locator(".others")
    expect(others.locator("h3")).to_have_text(strings.OTHER_ANSWERS)
    expect(others.locator(".short")).to_have_text("6 boats")


def test_the_start_of_the_last_answer_is_in_view(open_page: Open, page_url: str) -> None:
    newsroom = open_page(page_url)
    for _ in range(3):
        newsroom.ask("How many boats?")
    expect(newsroom.page.locator("#chat .question").last).to_be_in_viewport(ratio=1)
    expect(newsroom.page.locator("#chat .question").nth(1)).not_to_be_in_viewport()


def test_two_people_do_not_see_each_others_questions(open_page: Open, page_url: str) -> None:
    first, second = open_page(page_url), open_page(page_url)
    first.ask("How many boats?")
    second.ask("Who is there?")
    expect(first.page.locator("#chat .question")).to_have_text("How many boats?")
    expect(second.page.locator("#chat .question")).to_have_text("Who is there?")


def test_an_empty_archive_says_how_to_fill_it(open_page: Open) -> None:
    with served(FakeLibrary((), {})) as url:
        newsroom = open_page(url)
        expect(newsroom.page.locator("#chat .placeholder")).to_contain_text("rag update")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(open_page: Open, page_url: str, scheme: str) -> None:
    newsroom = open_page(page_url, color_scheme=scheme)
    card = newsroom.ask("How many boats?")
    newsroom.read(card.locator(".chip").first)
    for selector in (
        ".question",
        ".short",
        "blockquote",
        ".source",
        ".chip .number",
        ".percent",
        "mark",
        "mark strong",
    ):
        assert newsroom.contrast(selector) >= 4.5, selector
