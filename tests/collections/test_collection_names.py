"""The names of collections, and the lines of users and tokens that are limited to some of them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.collections.names import ALL, Limit, checked_name, find_collections, split_limit
from rag.core.errors import CollectionError
from rag.doors.tokens import RIGHTS, Token, Tokens, read_tokens, write_tokens
from rag.store.store import Store
from rag_ui.web.accounts import Account, Accounts, read_users, write_users
from rag_ui.web.passwords import hashed

NAMES = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,20}", fullmatch=True)
SOME = st.sets(NAMES, min_size=1, max_size=4).map(Limit.to)
LIMITS = st.one_of(st.just(ALL), st.sets(NAMES, min_size=1, max_size=4).map(Limit.to))
TOKENS = st.builds(
    Token,
    st.from_regex(r"[a-z0-9][a-z0-9.\-]{0,20}", fullmatch=True),
    st.sets(st.sampled_from(RIGHTS), min_size=1).map(frozenset),
    st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    LIMITS,
    st.lists(st.tuples(st.sets(st.sampled_from(RIGHTS), min_size=1).map(frozenset), SOME), max_size=2).map(tuple),
)
PASSWORD = hashed("open@politics:sesame")
ACCOUNTS = st.builds(
    Account,
    st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20),
    st.just(PASSWORD),
    st.sampled_from(("reader", "editor")),
    LIMITS,
    st.lists(st.tuples(st.sampled_from(("reader", "editor")), SOME), max_size=2).map(tuple),
)


@given(st.dictionaries(st.integers(), TOKENS, max_size=4), st.lists(ACCOUNTS, max_size=4))
def test_what_is_written_of_tokens_and_users_is_read_again(tokens: dict[int, Token], accounts: list[Account]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lines"
        write_tokens(file, tokens.values())
        assert read_tokens(file, of_collections=True) == {token.name: token for token in tokens.values()}
        write_users(file, accounts)
        assert read_users(file, of_collections=True) == {account.name: account for account in accounts}


def test_a_line_without_collections_means_all_of_them() -> None:
    assert split_limit("ask,edit") == ("ask,edit", ALL)
    assert split_limit("ask@politics, sports") == ("ask", Limit(frozenset({"politics", "sports"})))
    assert ALL.allows("later") and not Limit.to(["politics"]).allows("later")
    assert Limit.to(["sports", "politics"]).written == "@politics,sports" and ALL.written == ""


def test_rights_and_roles_may_differ_between_collections() -> None:
    politics, sports = Limit.to(["politics"]), Limit.to(["sports"])
    token = Token("bot", frozenset({"ask", "edit"}), "", politics, ((frozenset({"ask"}), sports),))
    assert token.line == "ask,edit@politics;ask@sports"
    rights = [token.rights_in(name) for name in ("politics", "sports", "culture")]
    assert rights == [{"ask", "edit"}, {"ask"}, frozenset()] and token.all_rights == {"ask", "edit"}
    ada = Account("ada", PASSWORD, "editor", politics, (("reader", sports),))
    there = [ada.in_collection(name) for name in ("politics", "sports", "culture")]
    assert [account and account.role for account in there] == ["editor", "reader", None]


@pytest.mark.parametrize(
    "written", ["ask@", "ask@politics,", "ask@../etc", "ask@a b", "ask@a@b", "ask@a;", "ask@a;fly@b"]
)
def test_a_line_whose_collections_are_none_lets_nobody_in(tmp_path: Path, written: str) -> None:
    with pytest.raises(CollectionError):
        split_limit(written)
    file = tmp_path / "tokens"
    file.write_text(f"bot:{written}:{'0' * 64}\n")
    with pytest.raises(Exception, match="Line 1 of"):
        Tokens(file, of_collections=True)
    file.write_text(f"ben:{written.replace('ask', 'reader')}:{PASSWORD}\n")
    with pytest.raises(CollectionError):  # and it is no password of an editor
        Accounts({}, file, of_collections=True)


def test_beside_a_single_index_a_limited_line_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    write_tokens(file, [Token("bot", frozenset({"ask"}), "0" * 64, Limit.to(["politics"]))])
    with pytest.raises(CollectionError, match=r"Line 1 of .*limited to collections \(@politics") as refused:
        Tokens(file)
    assert "serve the folder of collections" in str(refused.value)
    write_users(file, [Account("ben", PASSWORD, limit=Limit.to(["politics"]))])
    with pytest.raises(CollectionError, match="The user 'ben' is limited"):
        Accounts({}, file)


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".hidden", "-x", "a b", "a/b", "a,b", "a@b", "a:b", "ä", "x" * 101, "a\n"]
)
def test_a_name_that_no_path_or_line_can_have_is_refused(name: str) -> None:
    with pytest.raises(CollectionError, match="can't be the name of a collection"):
        checked_name(name)


def test_the_folders_with_an_index_are_the_collections(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="has no collections"):
        find_collections(tmp_path)
    with pytest.raises(CollectionError, match="can't be read"):
        find_collections(tmp_path / "nowhere")
    for name in ("sports", "politics.2025"):
        Store.create(tmp_path / name / "index").close()
    (tmp_path / "users").write_text("")
    assert find_collections(tmp_path) == {name: tmp_path / name / "index" for name in ("politics.2025", "sports")}
    with pytest.raises(CollectionError, match="index is an index, and no folder of a collection; move it to"):
        find_collections(tmp_path / "sports")


def test_other_folders_are_told_and_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for index in ("sports/index", "old news/index", "spare"):
        Store.create(tmp_path / index).close()
    for plain in ("articles", ".git"):
        (tmp_path / plain).mkdir()
    assert find_collections(tmp_path) == {"sports": tmp_path / "sports" / "index"}
    articles, old, spare = (record.getMessage() for record in caplog.records)
    assert f"{tmp_path / 'articles'} has no index in index" in articles
    assert "'old news' can't be the name of a collection" in old
    assert f"{tmp_path / 'spare'} is an index" in spare
