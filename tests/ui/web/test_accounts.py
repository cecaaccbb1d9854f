"""Who may use a page that is served to other machines."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from rag.core.errors import RagError
from rag_ui.language.strings import ENGLISH
from rag_ui.web.accounts import Account, Accounts, check_name, read_accounts, read_users, write_users
from rag_ui.web.passwords import hashed, is_hash, matches
from rag_ui.web.server import Door, start
from rag_ui.web.sessions import SECONDS, Sessions

SECRET = hashed("s3:cret")
ADA = Account("ada", SECRET, "editor")
BEN = Account("børge", hashed("pässword"))


def test_a_password_is_kept_as_a_hash_that_no_other_password_has() -> None:
    assert is_hash(SECRET) and "cret" not in SECRET  # "s3" may stand in a hash by chance
    assert hashed("s3:cret") != SECRET
    assert matches("s3:cret", SECRET)
    for other in ("", "s3:cre", "s3:cret ", "S3:CRET", "\ud800"):
        assert not matches(other, SECRET)


@pytest.mark.parametrize(
    "stored",
    ["", "s3:cret", "scrypt$1$2$3$4$5", SECRET[:-1], SECRET.replace("16384", "99999999"), "²" + SECRET],
    ids=["nothing", "plain", "few bytes", "cut", "too slow", "foreign digit"],  # the salt is random
)
def test_what_is_no_hash_matches_nothing(stored: str) -> None:
    assert not matches("s3:cret", stored)


def test_the_file_of_users_holds_no_password_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "users"
    write_users(file, [ADA, BEN])
    assert read_users(file) == {"ada": ADA, "børge": BEN}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "cret" not in file.read_text() and "pässword" not in file.read_text()


def test_accounts_come_from_the_option_or_a_file_and_are_editors_if_nothing_else_is_said(tmp_path: Path) -> None:
    file = tmp_path / "passwords"
    file.write_text(f"ada:s3:cret\n\nbørge:reader:{BEN.password}\n", encoding="utf-8")
    (ada,) = read_accounts("ada:s3:cret", ENGLISH).values()
    assert ada.is_editor and matches("s3:cret", ada.password)
    both = Accounts(read_accounts(f"@{file}", ENGLISH))
    assert both.check("ada", "s3:cret") is not None
    assert both.check("børge", "pässword") == BEN and not BEN.is_editor
    assert read_accounts(None, ENGLISH) == read_accounts("", ENGLISH) == {}


@pytest.mark.parametrize("auth", ["ada", ":", "ada:", ":secret", "@nowhere", "@"])
def test_what_names_no_account_is_refused_in_one_line(auth: str) -> None:
    with pytest.raises(RagError) as refused:
        read_accounts(auth, ENGLISH)
    assert "\n" not in str(refused.value) and "--auth" in str(refused.value)


def test_an_empty_file_names_no_account(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(RagError, match="USER:PASSWORD"):
        read_accounts(f"@{tmp_path / 'empty'}", ENGLISH)


@pytest.mark.parametrize("name", ["", "  ", "a:b", "a\nb", "a\u202eb", "\x1b[31m", "a" * 2000])
def test_a_name_that_would_break_the_file_is_refused(name: str) -> None:
    with pytest.raises(RagError):
        check_name(name)


@pytest.mark.parametrize(
    ("name", "password", "allowed"),
    [
        ("ada", "s3:cret", True),
        ("ada", "s3:cre", False),
        ("ada", "", False),
        ("ada", SECRET, False),
        ("eve", "s3:cret", False),
        ("", "", False),
        ("ada", "x" * 10_000_000, False),
    ],
    ids=["right", "one letter less", "empty", "the hash", "another user", "no user", "long"],
)
def test_only_a_user_with_the_right_password_is_let_in(name: str, password: str, allowed: bool) -> None:
    accounts = Accounts({"ada": ADA})
    for _ in range(2):  # the second time, the right password is remembered
        assert (accounts.check(name, password) is not None) is allowed


def test_a_changed_file_counts_at_once(tmp_path: Path) -> None:
    file = tmp_path / "users"
    accounts = Accounts({}, file)
    assert not accounts
    write_users(file, [ADA, BEN])
    assert accounts.check("ada", "s3:cret") == ADA
    write_users(file, [Account("ada", hashed("other")), BEN])
    assert accounts.check("ada", "s3:cret") is None
    assert accounts.of("ada") != ADA
    file.unlink()
    assert accounts.of("børge") is None


def test_a_session_ends_by_signing_out_and_after_some_hours() -> None:
    now = 0.0
    sessions = Sessions(lambda: now)
    first, second = sessions.begin(ADA), sessions.begin(BEN)
    assert (sessions.account(first), sessions.account(second)) == (ADA, BEN)
    sessions.end(first)
    assert sessions.account(first) is sessions.account("") is sessions.account("\ud800") is None
    now += SECONDS - 1
    assert sessions.account(second) == BEN
    now += SECONDS + 1
    assert sessions.account(second) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "archive.example", ""])
def test_without_accounts_other_machines_are_not_served(host: str) -> None:
    with pytest.raises(RagError) as refused:
        start(None, Door(host))
    assert str(refused.value) == ENGLISH.words.password_first.format(host=host)
