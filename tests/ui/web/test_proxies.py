"""Who asks, if a proxy stands before the page."""

from __future__ import annotations

from typing import Any

import pytest

from rag.core.errors import RagError
from rag_ui.language.strings import ENGLISH
from rag_ui.web.proxies import Proxied, check_root_path, read_proxies
from tests.asynchronous import run_to_end

TRUSTED = read_proxies(["10.0.0.5", "192.168.7.0/24", "::1"], ENGLISH)


def passed_on(peer: str, path: str = "/", root_path: str = "", **headers: str) -> dict[str, Any]:
    """The scope of a request after it went through the middleware."""
    seen: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope)

    named = {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http",
        "client": (peer, 5),
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in ({"host": "inside:7860"} | named).items()],
    }
    run_to_end(Proxied(app, TRUSTED, root_path)(scope, None, None))  # type: ignore[arg-type]
    return seen[0]


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # not a proxy that was named
        ("10.0.0.5", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.5", "1.2.3.4, 198.51.100.1", "198.51.100.1"),  # the client wrote the first itself
        ("10.0.0.5", "198.51.100.1, 192.168.7.8", "198.51.100.1"),  # two proxies
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.5", "unknown", "10.0.0.5"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("10.0.0.5", "127.0.0.1:80", "10.0.0.5"),
        ("10.0.0.5", "192.168.7.8", "192.168.7.8"),
    ],
)
def test_the_client_is_believed_only_from_a_named_proxy(peer: str, forwarded: str, client: str) -> None:
    scope = passed_on(peer, x_forwarded_for=forwarded)
    assert scope["client"][0] == client


def test_scheme_and_host_are_believed_only_from_a_named_proxy() -> None:
    stated = {"x_forwarded_proto": "https", "x_forwarded_host": "news.example"}
    known, stranger = passed_on("10.0.0.5", **stated), passed_on("203.0.113.9", **stated)
    assert (known["scheme"], dict(known["headers"])) == ("https", {b"host": b"news.example"})
    assert (stranger["scheme"], dict(stranger["headers"])) == ("http", {b"host": b"inside:7860"})


def test_no_header_of_a_proxy_reaches_gradio() -> None:
    sent = {"forwarded": "for=1.2.3.4", "x_real_ip": "1.2.3.4", "x_forwarded_prefix": "/x", "x_forwarded_server": "y"}
    for peer in ("10.0.0.5", "203.0.113.9"):
        assert dict(passed_on(peer, **sent)["headers"]) == {b"host": b"inside:7860"}


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("/archive/", "/"),
        ("/archive/config", "/config"),
        ("/config", "/config"),
        ("/archives/x", "/archives/x"),
        ("/", "/"),
        ("/x/archive/", "/x/archive/"),
    ],
)
def test_the_path_of_the_page_may_be_left_in_the_request(path: str, inside: str) -> None:
    scope = passed_on("127.0.0.1", path, "/archive")
    assert (scope["path"], scope["raw_path"]) == (inside, inside.encode())


@pytest.mark.parametrize(
    ("given", "kept"), [("", ""), ("/", ""), ("archive", "/archive"), ("/a/b/", "/a/b"), (" /a ", "/a")]
)
def test_a_root_path_is_written_one_way(given: str, kept: str) -> None:
    assert check_root_path(given, ENGLISH) == kept


@pytest.mark.parametrize("given", ["https://news.example/a", "/a b", "/a?b", "/a//b", "/ä", "/a\x1b", '/"'])
def test_what_is_no_path_is_refused(given: str) -> None:
    with pytest.raises(RagError, match="--root-path"):
        check_root_path(given, ENGLISH)


@pytest.mark.parametrize("given", ["", "proxy", "10.0.0.0/99", "10.0.0.5:80"])
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(RagError, match="--trusted-proxy"):
        read_proxies([given], ENGLISH)
