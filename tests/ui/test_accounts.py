"""The access to a page that is served to other machines."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from rag.core.errors import RagError
from rag_ui.accounts import is_allowed, read_accounts
from rag_ui.server import Door, start
from rag_ui.strings import ENGLISH

ACCOUNTS = {"ada": "s3:cret", "børge": "pässword"}


def basic(words: str, scheme: str = "Basic") -> str:
    return f"{scheme} {base64.b64encode(words.encode()).decode()}"


def test_accounts_come_from_the_option_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "passwords"
    file.write_text("ada:s3:cret\n\nbørge:pässword\n", encoding="utf-8")
    assert read_accounts("ada:s3:cret", ENGLISH) == {"ada": "s3:cret"}
    assert read_accounts(f"@{file}", ENGLISH) == ACCOUNTS
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


@pytest.mark.parametrize(
    ("header", "allowed"),
    [
        (basic("ada:s3:cret"), True),
        (basic("børge:pässword", "basic"), True),
        (basic("ada:s3:cre"), False),
        (basic("ada:pässword"), False),
        (basic("eve:"), False),
        (basic(":"), False),
        (basic("ada"), False),
        (basic("ada:s3:cret", "Bearer"), False),
        ("Basic", False),
        ("Basic ###", False),
        ("Basic /w==", False),
        ("", False),
    ],
)
def test_only_a_user_with_the_right_password_is_let_in(header: str, allowed: bool) -> None:
    assert is_allowed(ACCOUNTS, header) is allowed


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "archive.example", ""])
def test_without_a_password_other_machines_are_not_served(host: str) -> None:
    with pytest.raises(RagError) as refused:
        start(None, Door(host))
    assert str(refused.value) == ENGLISH.words.password_first.format(host=host)
