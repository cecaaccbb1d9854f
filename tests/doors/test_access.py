"""Who is let in: tokens, this machine, this site, and not too often."""

from __future__ import annotations

import stat
from pathlib import Path

import httpx
import pytest

from rag.core.errors import RagError
from rag.core.index_layout import users_path
from rag.core.settings import DEFAULTS
from rag.doors.access import needed_right
from rag.doors.rest import make_application
from rag.doors.server import Address, start
from rag.doors.tokens import Tokens, make_token, read_tokens, write_tokens
from rag.library import Library
from rag_ui.web.accounts import Account, write_users
from rag_ui.web.passwords import hashed
from tests.doors.serving import Served, serving
from tests.verification.archive import build

ASKED = {"words": "pier"}
LAMP = {"title": "A lamp", "text": "The quay of Osk got a lamp in June 2024."}


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_only_the_hash_of_a_token_is_kept_where_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    token, secret = make_token("archive-bot", "edit, ask")
    other, _ = make_token("reader.2", "ask")
    write_tokens(file, [token, other])
    assert secret not in file.read_text() and secret.removeprefix("rag_") not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_tokens(file) == {"archive-bot": token, "reader.2": other}
    assert Tokens(file).check(secret) == token
    for wrong in ("", secret[:-1], f"{secret} ", token.digest, "\ud800"):
        assert Tokens(file).check(wrong) is None


@pytest.mark.parametrize(
    ("name", "rights"),
    [
        ("", "ask"),
        ("a:b", "ask"),
        ("a b", "ask"),
        ("a\nb", "ask"),
        ("x" * 101, "ask"),
        *(("bot", r) for r in ("", "all", "ask,all", "ask,")),
    ],
)
def test_what_names_no_token_is_refused(name: str, rights: str) -> None:
    with pytest.raises(RagError) as refused:
        make_token(name, rights)
    assert refused.value.remedy.told()


@pytest.mark.parametrize(
    "line", ["bot", "bot:ask", "bot:ask:xyz", f"bot:all:{'0' * 64}", f":ask:{'0' * 64}", f"bot::{'0' * 64}"]
)
def test_a_damaged_line_is_told_and_lets_nobody_in(tmp_path: Path, line: str) -> None:
    file = tmp_path / "tokens"
    file.write_text(f"\n{line}\n")
    with pytest.raises(RagError, match="Line 2 of"):
        read_tokens(file)


@pytest.mark.parametrize(
    ("method", "path", "right"),
    [
        ("POST", "/v1/ask", "ask"),
        ("POST", "/v1/verify", "ask"),
        ("GET", "/v1/articles", "ask"),
        ("GET", "/v1/nothing", "ask"),
        ("POST", "/mcp", "ask"),
        ("DELETE", "/mcp", "ask"),
        ("POST", "/v1/articles", "edit"),
        ("PUT", "/v1/articles/1", "edit"),
        ("DELETE", "/v1/articles/1", "edit"),
        ("POST", "/v1/articles/1/take-back", "edit"),
        ("POST", "/v1/update", "edit"),
        ("POST", "/v1/standing", "edit"),
        ("DELETE", "/v1/standing/12345678", "edit"),
        ("GET", "/v1/standing.atom", "ask"),
        ("GET", "/health/live", None),
        ("GET", "/v1/openapi.json", None),
    ],
)
def test_each_request_needs_a_right(method: str, path: str, right: str | None) -> None:
    assert needed_right(method, path) == right


def test_each_route_that_changes_the_library_needs_the_right_to_edit(served: Served) -> None:
    for path, operations in make_application(served.library).openapi()["paths"].items():
        for method, operation in operations.items():
            follows = path.startswith("/v1/standing") and method != "get"
            changes = follows or "idempotency-key" in str(operation).lower() or path == "/v1/update"
            needed = needed_right(method.upper(), path.replace("{article_id}", "1").replace("{question_id}", "1"))
            assert (needed == "edit") == changes, (method, path)


@pytest.mark.slow
def test_tokens_let_programs_in_as_far_as_they_may_and_end_at_once(tmp_path: Path) -> None:
    (asks, asking), (edits, editing) = make_token("asks", "ask"), make_token("edits", "edit")
    with serving(tmp_path) as served:
        http, file = served.http, tmp_path / "index" / "tokens"
        assert http.post("/v1/search", json=ASKED).status_code == 200  # there is no token yet
        write_tokens(file, [asks, edits])
        nobody = http.post("/v1/search", json=ASKED)
        assert (nobody.status_code, nobody.headers["www-authenticate"][:6]) == (401, "Bearer")
        for wrong in ({"Authorization": f"Basic {asking}"}, bearer("rag_x")):
            assert http.post("/v1/search", json=ASKED, headers=wrong).status_code == 401
        assert http.get("/health/ready").status_code == 200
        assert http.post("/v1/search", json=ASKED, headers=bearer(asking)).status_code == 200
        assert http.post("/v1/articles", json=LAMP, headers=bearer(asking)).status_code == 403
        assert http.post("/mcp", json={}, headers=bearer(editing)).status_code == 403
        assert http.post("/v1/search", json=ASKED, headers=bearer(editing)).status_code == 403
        assert http.post("/v1/articles", json=LAMP, headers=bearer(editing)).status_code == 201
        write_tokens(file, [edits])
        assert http.post("/v1/search", json=ASKED, headers=bearer(asking)).status_code == 401


def test_tokens_that_are_damaged_meanwhile_let_nobody_in_and_the_log_says_where(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(tmp_path) as served:
        token, secret = make_token("bot", "ask")
        write_tokens(tmp_path / "index" / "tokens", [token])
        assert served.http.post("/v1/search", json=ASKED, headers=bearer(secret)).status_code == 200
        (tmp_path / "index" / "tokens").write_text("no token\n")
        refused = served.http.post("/v1/search", json=ASKED, headers=bearer(secret))
    assert refused.status_code == 503 and str(tmp_path) not in refused.text
    assert refused.json()["detail"] and "Line 1 of" in caplog.text


def test_other_machines_are_let_in_only_with_tokens(served: Served) -> None:
    with pytest.raises(RagError, match="no program has a token"):
        start(served.library, Address("0.0.0.0", 0))


def test_without_tokens_only_the_names_of_this_machine_are_answered(served: Served) -> None:
    refused = served.http.post("/v1/search", json=ASKED, headers={"Host": "elsewhere.example"})
    assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
    assert served.http.post("/v1/search", json=ASKED, headers={"Host": "localhost:80"}).status_code == 200


@pytest.mark.parametrize("name", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host"])
def test_without_tokens_what_a_proxy_passes_on_is_refused(served: Served, name: str) -> None:
    refused = served.http.post("/v1/search", json=ASKED, headers={name: "203.0.113.9"})
    assert refused.status_code == 400 and "add a token" in refused.text


def test_where_people_must_sign_in_programs_need_a_token(tmp_path: Path) -> None:
    build(tmp_path).close()
    with Library.open(tmp_path / "index") as library:
        running = start(library, Address("127.0.0.1", 0))
        try:
            assert httpx.get(f"{running.url}v1/status").status_code == 200
            write_users(users_path(tmp_path / "index"), [Account("ada", hashed("crane over the quay"))])
            assert httpx.get(f"{running.url}v1/status").status_code == 401
        finally:
            running.close()


@pytest.mark.parametrize("header", [{"Origin": "http://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_other_sites_are_refused(served: Served, header: dict[str, str]) -> None:
    for path in ("/v1/search", "/mcp", "/v1/articles"):
        assert served.http.post(path, json=ASKED, headers=header).status_code == 403, path


def test_large_bodies_are_refused_except_for_articles(served: Served) -> None:
    large = {"words": "x" * 1_100_000}
    assert served.http.post("/v1/search", json=large).status_code == 413
    assert served.http.post("/v1/articles", json=large).status_code == 422

    def pieces() -> list[bytes]:
        return [b'{"words": "', *[b"x" * 100_000] * 11, b'"}']

    sent = served.http.post("/v1/search", content=iter(pieces()), headers={"Content-Type": "application/json"})
    assert sent.status_code >= 400 and sent.headers["content-type"] == "application/problem+json"


@pytest.mark.slow
def test_who_asks_too_often_has_to_wait(tmp_path: Path) -> None:
    page = DEFAULTS.page.model_copy(update={"request_burst": 3, "requests_per_second": 0.01})
    serving_few = DEFAULTS.model_copy(update={"page": page})
    with Library.open(tmp_path / "index", create=True, settings=serving_few) as library:
        running = start(library, Address(port=0))
        codes = [httpx.get(f"{running.url}health/live").status_code for _ in range(5)]
        codes += [httpx.post(f"{running.url}v1/search", json=ASKED).status_code for _ in range(4)]
        running.close()
    assert codes[:5] == [200] * 5 and codes[-1] == 429


def test_characters_that_no_text_can_hold_are_no_fault_of_the_server(served: Served) -> None:
    content = b'{"words": "pier\\ud800 quay"}'
    sent = served.http.post("/v1/search", content=content, headers={"Content-Type": "application/json"})
    assert sent.status_code < 500
