"""Hostile text in an article, its title, its file's name and the question stays text: nothing runs, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from rag.library import Library
from tests.browser.conftest import Open
from tests.browser.newsroom import Newsroom
from tests.browser.serving import served_library

pytestmark = pytest.mark.browser

RUNS = "window.attacked=true"
MARKUP = f"<script>{RUNS}</script><img src=x onerror={RUNS}><svg onload={RUNS}></svg>"
TEMPLATES = f"${{{RUNS}}} {{{{value}}}} {{{{#each value}}}}{{{{this}}}}{{{{/each}}}} `{RUNS}`"
LINKS = (
    f'[read on](javascript:{RUNS}) ![x](http://elsewhere.example/x.png) **bold** <a href="javascript:{RUNS}">here</a>'
)
ENTITIES = "&lt;b&gt; &amp;amp; \" ' </mark></blockquote></section> <!-- --> ]]> \\u003cscript\\u003e"

SENTENCE = (
    f"The harbour master Ada Quill wrote {MARKUP} and {TEMPLATES} and {LINKS} and {ENTITIES} on the quay wall in May."
)
TITLE = f"Quay {MARKUP} ${{{RUNS}}} {{{{value}}}}"
NAME = "quay <img src=x onerror=window.attacked=true> ${window.attacked=true} {{value}}.txt"
QUESTION = "What did the harbour master Ada Quill write on the quay wall?"


@pytest.fixture(scope="module")
def hostile_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("hostile")
    article = (
        f"{TITLE}\n\nMay 3, 2024\n\nThe tide was low that week.\r\n\r\n{SENTENCE} The wall was painted over in June.\n"
    )
    (folder / "articles").mkdir()
    (folder / "articles" / NAME).write_bytes(article.encode())
    with Library.open(folder / "index", create=True) as library:
        library.update(folder / "articles")
        yield library


@pytest.fixture(scope="module")
def hostile_page(hostile_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_library(hostile_library, tmp_path_factory.mktemp("served") / "log") as url:
        yield url


def attacked(page: Page) -> bool:
    return page.evaluate("window.attacked === true")


def foreign_elements(newsroom: Newsroom) -> int:
    """Counts the elements in the answers and the reader that can only come from an article."""
    brought = "script, img, svg, a:not(.reader-link), b, iframe, object"
    inside = ".answer, .question, .problem, .reader"
    return newsroom.page.locator(inside).locator(brought).count()


def test_an_article_stays_text(open_page: Open, hostile_page: str, hostile_library: Library) -> None:
    newsroom = open_page(hostile_page)
    card = newsroom.ask(QUESTION)
    chip = card.locator(".chip").first
    citation = [
        *(answer := hostile_library.answer(QUESTION)).citations,
        *answer.near_misses,
    ][0]
    article = hostile_library.article(citation.article_id)

    assert newsroom.read(chip) == citation.quote
    assert newsroom.article_text() == article.text
    assert card.locator("blockquote").first.evaluate("element => element.textContent") == citation.quote
    assert newsroom.page.locator(".reader-title").evaluate("element => element.textContent") == article.title
    assert chip.locator(".title").evaluate("element => element.textContent") == article.title
    assert NAME in (card.text_content() or "")
    assert foreign_elements(newsroom) == 0
    assert not attacked(newsroom.page)


def test_a_question_stays_text(open_page: Open, hostile_page: str) -> None:
    newsroom = open_page(hostile_page)
    for question in (MARKUP, TEMPLATES, LINKS, ENTITIES, "# Ada\n\n- Quill", "  $$x$$ Ada &#36;{1}"):
        newsroom.ask(question)
        shown = newsroom.page.locator("#chat .question").last
        assert shown.evaluate("element => element.textContent") == question
        expect(shown.locator("*")).to_have_count(0)
        assert foreign_elements(newsroom) == 0
        assert not attacked(newsroom.page)
