"""A page that other machines may use: without the password nothing of it is available, with it everything is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, expect

from rag.library import Library
from rag_ui.accounts import GUESSES
from tests.browser.asked import GAS
from tests.browser.newsroom import Newsroom
from tests.browser.serving import served

pytestmark = pytest.mark.browser

HOST = "127.0.0.2"
"""An address of this machine that does not count as `localhost`."""


@pytest.fixture(scope="module")
def locked_page(seed_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("locked")
    (folder / "passwords").write_text("ada:s3cret\n")
    command = ["-m", "rag.cli", "chat", "--index", seed_library.status().folder, "--port", "0", "--no-browser"]
    with served([*command, "--host", HOST, "--auth", f"@{folder / 'passwords'}"], folder / "log") as url:
        yield url


def test_with_the_password_the_page_answers(locked_page: str, window: BrowserContext) -> None:
    assert window.browser is not None
    with window.browser.new_context(http_credentials={"username": "ada", "password": "s3cret"}) as context:
        newsroom = Newsroom(context.new_page())
        newsroom.watch()
        newsroom.visit(locked_page)
        expect(newsroom.ask(GAS).locator("blockquote").first).to_be_visible()
        assert newsroom.hosts == {HOST}
        assert newsroom.complaints == []


@pytest.mark.parametrize("path", ["", "config", "theme.css", "gradio_api/info", "gradio_api/call/answer"])
def test_without_it_nothing_is_there(locked_page: str, path: str) -> None:
    refused = httpx.get(f"{locked_page}{path}")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Basic")
    assert httpx.get(locked_page, auth=("ada", "s3cret")).status_code == 200


def test_nobody_guesses_for_long(locked_page: str) -> None:
    with httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.3")) as guesser:
        tried = [guesser.get(locked_page, auth=("ada", str(guess))).status_code for guess in range(GUESSES + 2)]
        assert tried[:GUESSES] == [401] * GUESSES
        assert tried[-1] == 429
        assert guesser.get(locked_page, auth=("ada", "s3cret")).status_code == 429
    assert httpx.get(locked_page, auth=("ada", "s3cret")).status_code == 200


def test_other_machines_are_not_served_without_a_password(seed_library: Library, tmp_path: Path) -> None:
    command = ["-m", "rag.cli", "chat", "--index", seed_library.status().folder, "--host", HOST, "--no-browser"]
    with pytest.raises(AssertionError, match="did not start"), served(command, tmp_path / "log"):
        pass
    said = (tmp_path / "log").read_text()
    assert said.startswith(f"rag: Other machines can reach {HOST}, so it needs a password") and said.count("\n") == 1
