"""The page behind a real nginx from Debian: with its default headers, under a path, and with accounts."""

from __future__ import annotations

import socket
import subprocess
import time
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
from tests.programs import program

pytestmark = pytest.mark.browser

CONFIG = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; location {place} {{ {lines} }} }}
}}
"""
FORWARDED = "proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def nginx(folder: Path, place: str, lines: str) -> Iterator[str]:
    """Runs nginx with these lines for a location, and yields the address of the location."""
    folder.mkdir()
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(CONFIG.format(folder=folder, port=port, place=place, lines=lines))
    process = subprocess.Popen([program("nginx"), "-p", str(folder), "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}{place}"
    finally:
        process.terminate()
        process.wait(20)


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
