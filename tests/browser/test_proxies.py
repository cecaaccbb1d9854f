"""The page behind a real nginx from Debian: with its default headers, under a path, and with accounts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from rag.library import Library
from rag_ui.web.accounts import Account, write_users
from rag_ui.web.passwords import hashed
from rag_ui.web.sign_in import GUESSES
from tests.browser.asked import GAS
from tests.browser.conftest import Open
from tests.browser.serving import served_library
from tests.nginx import free_port, running_nginx

pytestmark = pytest.mark.browser

FORWARDED = "proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;"


@contextmanager
def nginx(folder: Path, place: str, lines: str) -> Iterator[str]:
    """Runs nginx with these lines for a location, and yields the address of the location."""
    port = free_port()
    with running_nginx(folder, f"server {{ listen 127.0.0.1:{port}; location {place} {{ {lines} }} }}", port):
        yield f"http://127.0.0.1:{port}{place}"


@pytest.fixture(scope="module")
def path_page(seed_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page that knows that it is served under the path `/archive`."""
    log = tmp_path_factory.mktemp("path") / "log"
    with served_library(seed_library, log, "--root-path", "/archive") as url:
        yield url


@pytest.mark.parametrize(
    ("place", "target", "is_under_a_path"),
    [
        ("/", "", False),  # nginx as it comes: its own host, and no word about the client
        ("/archive/", "/", False),  # under a path that it removes, with nothing said to the page
        ("/archive/", "/", True),
        ("/archive/", "", True),  # under a path that it leaves in the request
    ],
)
def test_the_page_answers_behind_nginx(
    seed_page: str, path_page: str, open_page: Open, tmp_path: Path, place: str, target: str, is_under_a_path: bool
) -> None:
    url = path_page if is_under_a_path else seed_page
    inside = url.removesuffix("archive/").rstrip("/")
    with nginx(tmp_path / "nginx", place, f"proxy_pass {inside}{target};") as public:
        newsroom = open_page(public)
        expect(newsroom.ask(GAS).locator("blockquote").first).to_be_visible()
        newsroom.page.close()


def test_people_sign_in_behind_nginx_and_each_is_counted_by_its_own_address(
    seed_library: Library, tmp_path: Path
) -> None:
    write_users(tmp_path / "users", [Account("ada", hashed("s3cret"), "editor")])
    auth = ("--auth", f"@{tmp_path / 'users'}", "--trusted-proxy", "127.0.0.1", "--root-path", "/archive")
    with served_library(seed_library, tmp_path / "log", *auth) as url:
        inside = url.removesuffix("/archive/")
        with nginx(tmp_path / "nginx", "/archive/", f"proxy_pass {inside}/; {FORWARDED}") as public:
            with httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.3")) as guesser:
                wrong = [guesser.get(public, auth=("eve", str(guess))).status_code for guess in range(GUESSES + 1)]
            assert wrong == [401] * GUESSES + [429]
            with httpx.Client(base_url=public, follow_redirects=True) as client:
                form = {"user": "ada", "password": "s3cret"}
                signed_in = client.post("login", data=form, headers={"Origin": public.removesuffix("/archive/")})
                assert signed_in.status_code == 200 and str(signed_in.url) == public
                event = client.post("gradio_api/call/answer", json={"data": [GAS]}).json()["event_id"]
                assert '"answered"' in client.get(f"gradio_api/call/answer/{event}").text
