"""Fifty hostile strings in text, title, source, file name and question: none runs, and all are shown as text."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import Open
from tests.browser.hostile import ARTICLES, QUESTION
from tests.browser.newsroom import Newsroom
from tests.browser.serving import served
from tests.hostile import HOSTILE

pytestmark = pytest.mark.browser

TEXT = "element => element.textContent"


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(["tests.browser.hostile"], tmp_path_factory.mktemp("hostile") / "log") as url:
        yield url


def is_unharmed(newsroom: Newsroom) -> bool:
    """Returns whether no script ran, and answers, reader and list have no element that came from a hostile string."""
    brought = newsroom.page.locator(
        "script, img, svg, iframe, object, a:not(.reader-link), style, link, meta, base, video, math"
    )
    inside = newsroom.page.locator(".answer, .question, .reader, .articles").locator(brought)
    return newsroom.page.evaluate("window.attacked === undefined") and inside.count() == 0


def test_in_articles_they_are_text_wherever_they_are_shown(open_page: Open, hostile_page: str) -> None:
    newsroom = open_page(hostile_page)
    quotes = newsroom.ask(QUESTION).locator("blockquote")
    assert quotes.evaluate_all(f"all => all.map({TEXT})") == list(HOSTILE)
    newsroom.page.locator("#chat .chip").first.click()
    for number, article in enumerate(ARTICLES, start=1):
        expect(newsroom.page.locator(".reader-position")).to_have_text(f"{number} of {len(HOSTILE)}")
        expect(newsroom.page.locator(".reader-facts")).to_contain_text(f"[{number}]")
        assert newsroom.page.locator(".reader-title").evaluate(TEXT) == article.title
        assert newsroom.article_text() == article.text
        assert newsroom.mark.evaluate(TEXT) == HOSTILE[number - 1]
        expect(newsroom.page.locator(".reader-link")).to_be_hidden()
        if number < len(HOSTILE):
            newsroom.page.locator(".reader-next").click()
    newsroom.open_tab(ENGLISH.words.tab_articles)
    titles = newsroom.page.locator(".article .title")
    expect(titles).to_have_count(len(HOSTILE))
    assert sorted(titles.evaluate_all(f"all => all.map({TEXT})")) == sorted(HOSTILE)
    assert is_unharmed(newsroom)


def test_in_a_question_they_are_text(open_page: Open, hostile_page: str) -> None:
    newsroom = open_page(hostile_page)
    for half in (HOSTILE[:25], HOSTILE[25:]):
        question = "\n".join(half).replace("\r", "")
        newsroom.ask(question)
        assert newsroom.page.locator("#chat .question").last.evaluate(TEXT) == question
    assert is_unharmed(newsroom)


def test_in_a_link_they_are_text(open_page: Open, hostile_page: str) -> None:
    newsroom = open_page(hostile_page)
    questions, problems = (newsroom.page.locator(f"#chat .{kind}") for kind in ("question", "problem"))
    halves = ["\n".join(half).replace("\r", "") for half in (HOSTILE[:25], HOSTILE[25:])]
    for number, question in enumerate(halves, start=1):
        newsroom.leave(hostile_page)
        newsroom.page.goto(f"{hostile_page}#{urlencode({'q': question, 'since': HOSTILE[number]})}")
        expect(problems).to_have_count(1)
        assert questions.last.evaluate(TEXT).startswith(question[:300])
        assert HOSTILE[number] in problems.last.evaluate(TEXT)
    assert is_unharmed(newsroom)
