"""Fixtures: pages that a real server serves, and a headless Chromium that uses them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, ViewportSize, expect, sync_playwright

from rag.library import Library
from tests.browser.chromium import FLAGS, MISSING, find_chromium
from tests.browser.newsroom import Newsroom
from tests.browser.serving import served, served_library

Scheme = Literal["light", "dark"]
WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
"""Viewports of a laptop and of a phone, in CSS pixels."""
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PATIENCE = 30_000
"""Milliseconds before a test gives up: a hundred times what the page needs, for busy machines."""

Open = Callable[..., Newsroom]


@pytest.fixture(scope="session")
def seed_page(seed_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_library(seed_library, tmp_path_factory.mktemp("served") / "log") as url:
        yield url


@pytest.fixture(scope="session")
def hold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """While this file exists, the scripted page answers nothing."""
    return tmp_path_factory.mktemp("scripted") / "hold"


@pytest.fixture(scope="session")
def scripted_page(hold: Path) -> Iterator[str]:
    """A page with scripted answers. Tests that change its articles or use up its limits serve one of their own."""
    with served(["tests.browser.scripted", str(hold)], hold.with_suffix(".log")) as url:
        yield url


@pytest.fixture(scope="session")
def empty_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("empty")
    with Library.open(folder / "index", create=True) as library, served_library(library, folder / "log") as url:
        yield url


@pytest.fixture(scope="session")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """One browser window for all tests. Its profile keeps Gradio's scripts as the browser compiled them."""
    path = find_chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"), executable_path=path, args=list(FLAGS), reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield context
        context.close()


@pytest.fixture
def open_page(window: BrowserContext) -> Iterator[Open]:
    """Opens pages in their own tabs. Asserts at the end: no foreign host, no failed request, no browser message."""
    opened: list[Newsroom] = []

    def visit(url: str, viewport: ViewportSize = WIDE, color_scheme: Scheme = "light") -> Newsroom:
        newsroom = Newsroom(window.new_page())
        opened.append(newsroom)
        newsroom.page.set_viewport_size(viewport)
        newsroom.page.emulate_media(color_scheme=color_scheme)
        newsroom.watch()
        newsroom.visit(url)
        return newsroom

    yield visit
    for newsroom in opened:
        if not newsroom.page.is_closed():
            # The next test's page must begin without a conversation, so this page can't store anything any more.
            newsroom.page.evaluate("localStorage.clear(); Storage.prototype.setItem = () => {}")
            newsroom.page.close()
    for newsroom in opened:
        check_requests(newsroom)


@pytest.fixture(scope="module")
def tab(window: BrowserContext) -> Iterator[Newsroom]:
    """The tab of `same_page`."""
    newsroom = Newsroom(window.new_page())
    newsroom.watch()
    yield newsroom
    newsroom.page.close()


@pytest.fixture
def same_page(tab: Newsroom) -> Iterator[Open]:
    """Opens a page with a new conversation in one tab for all tests of a file, because to load it takes seconds.

    It is for tests that leave a page whose conversation can be begun anew. At the end it asserts what `open_page` does.
    """

    def visit(url: str) -> Newsroom:
        tab.forgive()
        tab.page.set_viewport_size(WIDE)
        tab.page.emulate_media(color_scheme="light")
        if tab.page.url == url:
            tab.begin_anew()
        else:
            tab.visit(url)
        return tab

    yield visit
    tab.page.evaluate("localStorage.clear()")
    check_requests(tab)


def check_requests(newsroom: Newsroom) -> None:
    """Asserts that the page asked no foreign host, that no request failed, and that the browser said nothing."""
    assert newsroom.hosts == {"127.0.0.1"}
    assert newsroom.refused == []
    assert newsroom.complaints == []
