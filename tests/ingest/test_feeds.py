"""Feeds from a server on this machine: conditional requests, redirects, limits, and forbidden addresses."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from rag.core.errors import FetchError
from rag.core.ip_addresses import Address
from rag.ingest.fetching.feeds import feed_file, fetch_feed, fetch_feeds
from tests.cli.command import run
from tests.files import rss
from tests.site import Answer, Server, running, send

pytestmark = pytest.mark.slow

FEED = rss({"title": "One", "link": "https://ex.org/1", "description": "The first story."})


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


def only_this_machine(address: Address) -> bool:
    return str(address) == "127.0.0.1"


def test_a_feed_is_written_and_not_fetched_again_unchanged(server: Server, tmp_path: Path) -> None:
    server.answers["/feed"] = send(200, FEED, ETag='"v1"', Last_Modified="Sat, 12 Apr 2025 08:30:00 GMT")
    assert fetch_feed(server.url(), tmp_path, is_allowed=only_this_machine)
    path = feed_file(server.url(), tmp_path)
    assert path.read_bytes() == FEED
    server.answers["/feed"] = send(304)
    assert not fetch_feed(server.url(), tmp_path, is_allowed=only_this_machine)
    asked = server.asked[-1][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"v1"', "Sat, 12 Apr 2025 08:30:00 GMT")
    assert path.read_bytes() == FEED
    path.unlink()
    server.answers["/feed"] = send(200, FEED)
    assert fetch_feed(server.url(), tmp_path, is_allowed=only_this_machine)
    assert "If-None-Match" not in server.asked[-1][1]


def test_redirects_are_followed(server: Server, tmp_path: Path) -> None:
    server.answers["/feed"] = send(301, Location="/new")
    server.answers["/new"] = send(200, FEED)
    assert fetch_feed(server.url(), tmp_path, is_allowed=only_this_machine)
    assert feed_file(server.url(), tmp_path).read_bytes() == FEED


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (send(302, Location="file:///etc/passwd"), "not an address"),
        (send(302, Location="javascript:alert(1)"), "not an address"),
        (send(302, Location="http://127.0.0.2/feed"), "private network"),
        (send(302, Location="http://user:word@127.0.0.1/"), "not an address"),
        (send(302, Location="/feed"), "redirects too often"),
        (send(302), "redirects too often"),
        (send(404), "answers 404"),
        (send(500), "answers 500"),
        (send(200, b"<html>Log in</html>"), "did not send a readable feed"),
        (send(200, b""), "did not send a readable feed"),
        (send(200, FEED, Content_Length="99999"), "can't be fetched"),
        (send(200, b"x" * 2**20 * 33), "larger than 32 MB"),
    ],
)
def test_what_is_refused_leaves_the_file_as_it_was(server: Server, tmp_path: Path, answer: Answer, words: str) -> None:
    server.answers["/feed"] = answer
    path = feed_file(server.url(), tmp_path)
    path.write_bytes(b"as it was")
    with pytest.raises(FetchError, match=words) as caught:
        fetch_feed(server.url(), tmp_path, is_allowed=only_this_machine)
    assert "\n" not in str(caught.value)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"as it was"]


@pytest.mark.parametrize("late", [True, False])
def test_a_server_that_dawdles_is_given_up(server: Server, tmp_path: Path, late: bool) -> None:
    def dawdle(handler: BaseHTTPRequestHandler) -> None:
        send(200, Content_Length="100")(handler)
        with suppress(OSError):
            for _ in range(30):
                handler.wfile.write(b" ")
                time.sleep(0.1)

    def dawdle_before(handler: BaseHTTPRequestHandler) -> None:
        with suppress(OSError):
            for byte in b"HTTP/1.0 200 OK\r\nServer: a very slow one that never ends\r\n\r\n":
                handler.wfile.write(bytes([byte]))
                time.sleep(0.1)

    server.answers["/feed"] = dawdle if late else dawdle_before
    with pytest.raises(FetchError, match="longer than 1 seconds"):
        fetch_feed(server.url(), tmp_path, is_allowed=only_this_machine, seconds=1)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.1.2.3", "169.254.169.254", "[::ffff:10.0.0.1]"]
)
def test_private_addresses_are_refused_unless_allowed(server: Server, tmp_path: Path, host: str) -> None:
    (problem,) = fetch_feeds([server.url(host=host)], tmp_path)
    assert "private network" in str(problem)
    assert problem.remedy.action == "allow_private_addresses"
    assert server.asked == []


def test_allowed_private_addresses_are_asked_and_one_bad_feed_stops_nothing(server: Server, tmp_path: Path) -> None:
    server.answers |= {"/feed": send(200, FEED), "/bad": send(404)}
    (problem,) = fetch_feeds([server.url("/bad"), server.url()], tmp_path, allow_private=True)
    assert "/bad answers 404" in str(problem)
    assert feed_file(server.url(), tmp_path).exists()


@pytest.mark.parametrize(
    "url", ["", "feed.xml", "ftp://ex.org/feed", "http://", "http://u:p@ex.org/", "http://ex.org:0/"]
)
def test_what_is_no_address(tmp_path: Path, url: str) -> None:
    with pytest.raises(FetchError, match="http://"):
        fetch_feed(url, tmp_path)


def test_an_address_beyond_ascii_is_asked(server: Server, tmp_path: Path) -> None:
    server.answers["/caf%C3%A9?q=%C3%A9"] = send(200, FEED)
    assert fetch_feed(server.url("/café?q=%C3%A9"), tmp_path, is_allowed=only_this_machine)


def test_the_command_fetches_and_updates(server: Server, tmp_path: Path) -> None:
    server.answers |= {"/feed": send(200, FEED), "/bad": send(404)}
    update = ["update", "--feed", server.url(), "--feed", server.url("/bad")]
    refused = run(*update, cwd=tmp_path)
    assert (refused.returncode, refused.stderr.count("private network"), server.asked) == (1, 2, [])
    done = run(*update, "--private-addresses", "--json", cwd=tmp_path)
    # On a slow machine, lines of progress stand there too.
    assert (done.returncode, done.stderr.count("/bad answers 404")) == (1, 1)
    (added,) = json.loads(done.stdout)["added"]
    assert added.startswith(str(feed_file(server.url(), tmp_path / "feeds")) + "#")
