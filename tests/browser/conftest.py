"""Fixtures: pages that a real server serves, and a headless Chromium that uses them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, ViewportSize, expect, sync_playwright

from rag.library import Library
from tests.browser.chromium import FLAGS, MISSING, find_chromium
from tests.browser.newsroom import Newsroom
from tests.browser.serving import served, served_library

WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
"""Viewports of a laptop and of a phone, in CSS pixels."""
PATIENCE = 30_000
"""Milliseconds before a test gives up: a hundred times what the page needs, for busy machines."""

Open = Callable[..., Newsroom]


@pytest.fixture(scope="session")
def seed_page(seed_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_library(seed_library, tmp_path_factory.mktemp("served") / "log") as url:
        yield url


@pytest.fixture(scope="session")
def scripted_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("scripted")
    with served(["-m", "tests.browser.scripted", str(folder / "hold")], folder / "log") as url:
        yield url


@pytest.fixture(scope="session")
def window() -> Iterator[BrowserContext]:
    """One browser window for all tests, so that Gradio's files are fetched once. Each test has its own tab."""
    path = find_chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        context = browser.new_context(reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield context
        browser.close()


@pytest.fixture
def open_page(window: BrowserContext) -> Iterator[Open]:
    """Opens pages in their own tabs. Asserts at the end: no foreign host, no failed request, no browser message."""
    opened: list[Newsroom] = []

    def visit(url: str, viewport: ViewportSize = WIDE, color_scheme: Literal["light", "dark"] = "light") -> Newsroom:
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
        assert newsroom.hosts == {"127.0.0.1"}
        assert newsroom.refused == []
        assert newsroom.complaints == []
