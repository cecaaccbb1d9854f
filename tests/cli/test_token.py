"""The tokens of programs in the terminal."""

from __future__ import annotations

import subprocess
from pathlib import Path

from rag.doors.tokens import Tokens
from rag.store.store import Store
from tests.cli.command import RAG, run


def test_a_token_is_shown_once_listed_and_removed(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    made = run("token", "add", "bot", "--can", "ask,edit", cwd=tmp_path)
    secret = made.stdout.strip()
    assert made.returncode == 0 and secret.startswith("rag_") and " " not in secret
    assert made.stderr.count("\n") == 1 and "shown once" in made.stderr and "Authorization: Bearer" in made.stderr
    held = Tokens(tmp_path / "index" / "tokens")
    token = held.check(secret)
    assert token is not None and token.rights == {"ask", "edit"}
    assert run("token", "add", "reader", cwd=tmp_path).returncode == 0
    assert run("token", "list", cwd=tmp_path).stdout == "bot  ask,edit\nreader  ask\n"
    assert run("token", "remove", "bot", cwd=tmp_path).stdout == "removed bot\n"
    assert held.check(secret) is None


def test_what_is_no_token_is_one_line_with_what_to_do(tmp_path: Path) -> None:
    assert "There is no index folder" in run("token", "list", cwd=tmp_path).stderr
    (tmp_path / "index").mkdir()
    for arguments, code, said in (
        (["add", "bot", "--can", "all"], 1, "use ask or edit, or both: ask,edit"),
        (["add", "a:b"], 1, "use letters, digits, dots and dashes"),
        (["remove", "bot"], 2, "run: rag token list"),
    ):
        failed = run("token", *arguments, cwd=tmp_path)
        assert (failed.returncode, failed.stderr.count("\n")) == (code, 1)
        assert failed.stderr.rstrip().endswith(said)


def test_other_machines_need_a_token(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "mill.txt").write_text("The mill\n\nThe last mill of the valley was sold.\n")
    assert run("update", "news", cwd=tmp_path).returncode == 0
    refused = run("serve", "--host", "0.0.0.0", cwd=tmp_path)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "make a token for each program first" in refused.stderr


def test_tokens_and_users_of_a_folder_of_collections_are_limited_to_those_named(tmp_path: Path) -> None:
    for name in ("politics", "sports"):
        Store.create(tmp_path / "all" / name / "index").close()
    here = ("--collections", "all")
    assert run("token", "add", "desk", *here, "--collection", "politics", cwd=tmp_path).returncode == 0
    assert run("token", "add", "all", "--can", "edit", *here, cwd=tmp_path).returncode == 0
    assert run("token", "list", *here, cwd=tmp_path).stdout == "desk  ask@politics\nall  edit\n"
    named = ("--collection", "sports", "--collection", "politics")
    command = [str(RAG), "user", "add", "ben", *here, *named]
    added = subprocess.run(command, cwd=tmp_path, input="open sesame\n", capture_output=True, text=True, check=True)
    assert added.stdout == "added ben, reader@politics,sports\n"
    assert run("user", "list", *here, cwd=tmp_path).stdout == "ben  reader@politics,sports\n"
    own = ("--collection", "politics=edit", "--collection", "sports=read")
    command = [str(RAG), "user", "add", "eve", *here, *own]
    added = subprocess.run(command, cwd=tmp_path, input="open sesame\n", capture_output=True, text=True, check=True)
    assert added.stdout == "added eve, editor@politics;reader@sports\n"
    (tmp_path / "all" / "news" / "text").mkdir(parents=True)
    made = run(
        "token", "add", "wire", *here, "--collection", "politics=ask,edit", "--collection", "sports", cwd=tmp_path
    )
    assert made.returncode == 0 and "news has no index" in made.stderr
    assert run("token", "list", *here, cwd=tmp_path).stdout.endswith("wire  ask,edit@politics;ask@sports\n")
    for arguments, said in (
        (["add", "x", *here, "--collection", "politics=read"], "'read' names no rights; use ask or edit"),
        (["add", "x", *here, "--collection", "sports", "--collection", "sports=edit"], "'sports' is named twice"),
        (["add", "x", *here, "--collection", "ghost"], "There is no collection 'ghost'; name one of politics, sports"),
        (["add", "x", "--collection", "politics", "--index", "all/sports/index"], "name it with --collections"),
        (["list", "--collections", "nowhere"], "There is no folder nowhere"),
    ):
        failed = run("token", *arguments, cwd=tmp_path)
        assert failed.returncode in (1, 2) and said in failed.stderr.splitlines()[-1]
    (tmp_path / "all" / "tokens").rename(tmp_path / "all" / "sports" / "index" / "tokens")
    failed = run("token", "list", "--index", "all/sports/index", cwd=tmp_path)
    assert "limited to collections (@politics)" in failed.stderr and failed.stderr.count("\n") == 1
