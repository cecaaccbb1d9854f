"""Changes by e-mail and webhook, with real servers: sent once, tried again, in time, and only if that is set."""

from __future__ import annotations

import email
import email.policy
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.core.errors import StandingError
from rag.core.settings import DEFAULTS
from rag.core.settings_written import StandingSettings
from rag.library import Library
from rag.standing.mail import mail_changes
from rag.standing.results import SentChanges, StandingChange
from rag.standing.webhook import post_changes
from tests.standing.news import TOLL, build, put
from tests.standing.servers import Mailbox, mail_server, web_server

NEW = "Three people died in the flood in Osk, a doctor said."


@pytest.fixture(scope="module")
def change(tmp_path_factory: pytest.TempPathFactory) -> StandingChange:
    """A real change."""
    folder = tmp_path_factory.mktemp("change")
    with build(folder) as library:
        library.follow(TOLL)
        put(folder, "more", "2025-03-03", "Sund Post", NEW)
        library.update(folder / "news")
        return library.standing().changes[0]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with build(tmp_path) as library:
        library.follow(TOLL)
        put(tmp_path, "more", "2025-03-03", "Sund Post", NEW)
        yield library


def sending(library: Library, **settings: object) -> Library:
    """Gives a library these settings."""
    library._settings = DEFAULTS.model_copy(update={"standing": StandingSettings.model_validate(settings)})
    return library


def mailing(box: Mailbox, **more: object) -> StandingSettings:
    told = {"mail_server": "127.0.0.1", "mail_port": box.port, "mail_security": "none"}
    addresses = {"mail_from": "archive@example.org", "mail_to": "desk@example.org, night@example.org"}
    return StandingSettings.model_validate({**told, **addresses, **more})


def test_a_webhook_gets_the_changes_as_json_once(library: Library, tmp_path: Path) -> None:
    with web_server() as hook:
        sending(library, webhook=hook.url).update(tmp_path / "news")
        library.update(tmp_path / "news")
        assert library.check_standing().unsent == ()
    ((path, headers, body),) = hook.got
    assert (path, headers["Content-Type"]) == ("/hook?key=secret", "application/json")
    assert SentChanges.model_validate_json(body).changes == library.standing().changes
    (change,) = library.standing().changes
    assert [quote.quote for quote in change.new] == [NEW]


def test_what_fails_is_told_in_a_line_without_the_secret_and_tried_again(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with web_server() as hook:
        hook.status = 500
        report = sending(library, webhook=hook.url).update(tmp_path / "news")
        assert len(report.added) == 1
        told = "The webhook at 127.0.0.1 answered with status 500; it is tried again at the next check"
        assert caplog.messages == [told]
        assert library.check_standing().unsent == (told,)
        hook.status = 200
        put(tmp_path, "next", "2025-03-04", "Lune Post", "Eleven people died in the flood in Osk, Bo Ek said.")
        library.update(tmp_path / "news")
        assert [len(SentChanges.model_validate_json(body).changes) for *_, body in hook.got] == [1, 1, 2]
        assert library.check_standing().unsent == ()
        assert len(hook.got) == 3


def test_a_slow_webhook_is_left_after_the_time_that_is_set(change: StandingChange) -> None:
    with web_server() as hook:
        hook.seconds = 30
        settings = StandingSettings(webhook=hook.url, send_seconds=1)
        begun = time.monotonic()
        with pytest.raises(StandingError, match="took longer than 1 seconds"):
            post_changes([change], settings)
        assert time.monotonic() - begun < 5
        hook.seconds = 0


@pytest.mark.parametrize("status", [302, 404, 503])
def test_a_redirect_is_not_followed_and_is_no_success(change: StandingChange, status: int) -> None:
    with web_server() as hook:
        hook.status = status
        with pytest.raises(StandingError, match=f"status {status}"):
            post_changes([change], StandingSettings(webhook=hook.url))
        assert len(hook.got) == 1


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://127.0.0.1:9/secret", "127.0.0.1 can't be reached"),
        ("https://127.0.0.1:9/secret", "127.0.0.1 can't be reached"),
        ("http://127.0.0.1:99999/secret", "no valid port"),
        ("http://127.0.0.1:9/s\u00e9cret", "can't be reached"),
    ],
)
def test_an_address_that_is_wrong_is_one_clear_error(change: StandingChange, address: str, words: str) -> None:
    with pytest.raises(StandingError, match=words) as raised:
        post_changes([change], StandingSettings(webhook=address))
    assert "cret" not in str(raised.value)


def test_an_e_mail_has_all_changes_of_a_check_with_their_quotes(library: Library, tmp_path: Path) -> None:
    with mail_server() as box:
        library._settings = DEFAULTS.model_copy(update={"standing": mailing(box)})
        library.update(tmp_path / "news")
        library.update(tmp_path / "news")
    (envelope,) = box.got
    assert envelope.mail_from == "archive@example.org"
    assert envelope.rcpt_tos == ["desk@example.org", "night@example.org"]
    message = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert message["Subject"] == f"The answer is another one: {TOLL}"
    assert message["Auto-Submitted"] == "auto-generated" and "1-1." in message["Message-ID"]
    text = message.get_body().get_content()  # type: ignore[union-attr]
    assert f"[1] {NEW}" in text and "Before: Five (1 source)" in text.splitlines()


def test_a_question_cannot_add_a_header_to_an_e_mail(change: StandingChange) -> None:
    odd = change.model_copy(update={"question": "Who?\r\nBcc: x@example.org\r\n\r\nnothing \u202e“é”"})
    with mail_server() as box:
        mail_changes([odd, change], mailing(box), "register")
    message = email.message_from_bytes(box.got[0].content, policy=email.policy.default)
    assert message["Bcc"] is None and message["Subject"].endswith("and 1 more change")


def test_a_server_that_wants_a_password_gets_it_and_no_error_has_it(change: StandingChange) -> None:
    with mail_server(password=b"12345 secret") as box:
        mail_changes([change], mailing(box, mail_user="desk", mail_password="12345 secret"), "register")
        assert len(box.got) == 1
        with pytest.raises(StandingError, match="did not take an e-mail \\(535") as raised:
            mail_changes([change], mailing(box, mail_user="desk", mail_password="wrong secret"), "register")
        assert "wrong" not in str(raised.value)
        with pytest.raises(StandingError, match="did not take an e-mail"):
            mail_changes([change], mailing(box, mail_security="starttls"), "register")  # it offers none
        assert len(box.got) == 1


def test_a_receiver_that_is_refused_keeps_nobody_else_from_it(
    change: StandingChange, caplog: pytest.LogCaptureFixture
) -> None:
    with mail_server() as box:
        box.refused = "night@example.org"
        mail_changes([change], mailing(box), "register")
        assert box.got[0].rcpt_tos == ["desk@example.org"]
        assert caplog.messages == ["The mail server 127.0.0.1 refused night@example.org; correct standing.mail_to"]
        box.refused = "desk@example.org"
        with pytest.raises(StandingError, match="did not take an e-mail"):
            mail_changes([change], mailing(box, mail_to="desk@example.org"), "register")


def test_a_mail_server_that_says_nothing_is_left_after_the_time_that_is_set(change: StandingChange) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = mailing(Mailbox(port=silent.getsockname()[1]), send_seconds=1)
        begun = time.monotonic()
        with pytest.raises(StandingError, match="took longer than 1 seconds"):
            mail_changes([change], settings, "register")
        assert time.monotonic() - begun < 5


def test_a_missing_address_is_told(library: Library, tmp_path: Path) -> None:
    sending(library, mail_server="127.0.0.1", mail_to="desk@example.org").update(tmp_path / "news")
    (problem,) = library.check_standing().unsent
    assert problem == "No e-mail can be sent without standing.mail_from; set it too"


def test_without_an_address_nothing_is_sent(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    library.update(tmp_path / "news")
    assert len(library.standing().changes) == 1
    with web_server() as hook:  # a channel that is set later gets what comes later
        monkeypatch.undo()
        sending(library, webhook=hook.url).check_standing()
        assert hook.got == []
